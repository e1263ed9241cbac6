"""Runs every completion of this folder with the Python it is started by, without a sandbox; prints what fails.

    python3 tests/honest/run_plain.py [part of a path ...]

Needs Python 3.11 or newer, PyYAML (`pip install pyyaml`) and a system that can fork. It shows that the solutions are right
and the tests fair: what passes here and fails in the verifier is a false rejection. Nothing contains the completions here.
"""

import contextlib
import copy
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
import unittest
import warnings
from collections import Counter
from pathlib import Path
from types import ModuleType

import yaml

HERE = Path(__file__).resolve().parent
PLAIN = (bool, int, str, float, list, tuple, dict, bytes, set, frozenset, complex, bytearray)
SECONDS = 10


def read(path):
    """Front matter and completion; line ends are kept as they are."""
    text = path.read_bytes().decode("utf-8")
    start, head, completion = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    assert start == "", "the file begins with ---"
    return yaml.safe_load(head), completion


def code(completion):
    """The last fenced block in Python, or in no named language, after any thinking section."""
    blocks, lines, fence, indent, language = [], [], None, 0, ""
    for line in re.findall(r"[^\n]*\n|[^\n]+", completion.rpartition("</think>")[2]):
        if fence is None:
            opening = re.match(r"( *)(`{3,}|~{3,})\s*([^\s`]*)", line)
            if opening:
                lines, fence, indent, language = [], opening[2], len(opening[1]), opening[3].lower()
        elif line.startswith(" " * indent + fence) and not line.strip().strip(fence[0]):
            blocks.append((language, "".join(lines)))
            fence = None
        else:
            lines.append(line.removeprefix(" " * indent))
    if fence is not None:
        blocks.append((language, "".join(lines)))
    return [text for language, text in blocks if language in ("", "py", "python", "python3")][-1]


def value(written):
    """A value of the front matter: plain, or a Python literal, which may call set and frozenset."""
    if not isinstance(written, dict) or set(written) != {"python"}:
        return written
    names = {"__builtins__": {"set": set, "frozenset": frozenset}}
    return eval(compile(written["python"], "case", "eval"), names)


def plain(result):
    """The value as it crosses: instances of subclasses become what they extend, with the type beside each value."""
    kind = type(result)
    if kind not in PLAIN and result is not None:
        kind = next((base for base in PLAIN if isinstance(result, base)), None)
        assert kind is not None, f"{type(result).__name__} is not plain data"
    if kind in (list, tuple):
        return kind, [plain(item) for item in kind.__iter__(result)]
    if kind in (set, frozenset):
        return kind, sorted((plain(item) for item in kind.__iter__(result)), key=repr)
    if kind is dict:
        return kind, sorted(((plain(k), plain(v)) for k, v in dict.items(result)), key=repr)
    return kind, result if kind in (type(None), bool) else kind.__add__(result, kind())


def load(source):
    sys.modules["solution"] = module = ModuleType("solution")
    exec(compile(source, "solution.py", "exec", dont_inherit=True), vars(module))
    return module


def run_calls(source, spec):
    function = getattr(load(source), spec["function"])
    for case in spec["cases"]:
        arguments = [copy.deepcopy(value(argument)) for argument in case["args"]]
        returned = function(*arguments)
        expected = value(case["returns"])
        assert plain(returned) == plain(expected), f"{case['args']} gave {returned!r}, not {expected!r}"


def run_tests(source, spec):
    assert spec["layout"] in ("humaneval", "asserts", "unittest"), spec["layout"]
    function = getattr(load(source), spec["function"])
    sys.modules["tests"] = module = ModuleType("tests")
    names = vars(module)
    names[spec["function"]] = function
    exec(compile(spec["tests"], "tests.py", "exec", dont_inherit=True), names)
    if spec["layout"] == "humaneval":
        names["check"](function)
    if spec["layout"] == "unittest":
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        assert suite.countTestCases() > 0, "no tests"
        result = unittest.TextTestRunner(io.StringIO()).run(suite)
        assert result.wasSuccessful(), "\n".join(text for _, text in result.failures + result.errors)


def run_stdio(source, spec):
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program.py")
        program.write_bytes(source.encode("utf-8"))
        for case in spec["cases"]:
            stdin = Path(folder, "stdin")
            stdin.write_bytes(case["stdin"].encode("utf-8"))
            environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
            with stdin.open("rb") as opened:
                done = subprocess.run(
                    [sys.executable, str(program)],
                    stdin=opened, capture_output=True, cwd=folder, env=environment, timeout=SECONDS,
                )  # fmt: skip
            printed = done.stdout.decode("utf-8")
            assert done.returncode == 0, f"status {done.returncode}: {done.stderr.decode()[-500:]}"
            assert printed.rstrip() == case["stdout"].rstrip(), f"{case['stdin']!r} gave {printed!r}"


KINDS = {"calls": run_calls, "stdio": run_stdio, "tests": run_tests}


def check(path):
    front, completion = read(path)
    kinds = [kind for kind in KINDS if kind in front]
    assert len(kinds) == 1 and set(front) == {"what", *kinds}, f"front matter: {sorted(front)}"
    spec = front[kinds[0]]
    assert kinds[0] == "tests" or len(spec["cases"]) >= 2, "fewer than two cases"
    KINDS[kinds[0]](code(completion), spec)
    return kinds[0]


def in_a_child(path):
    """Settings that a completion changes must not reach the next one; its noise is dropped."""
    sys.stdout = sys.stderr = open(os.devnull, "w")
    descriptor, name = tempfile.mkstemp()
    child = os.fork()
    if child == 0:
        status = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                kind = check(path)
            os.write(descriptor, kind.encode())
        except BaseException:
            os.write(descriptor, traceback.format_exc(-8).encode("utf-8", "backslashreplace"))
            status = 1
        os._exit(status)
    _, status = os.waitpid(child, 0)
    sys.stdout.close()
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    text = Path(name).read_text()
    os.unlink(name)
    return status, text


def main(wanted):
    counts, failed = Counter(), 0
    for path in sorted(HERE.glob("*/*.md")):
        name = str(path.relative_to(HERE))
        if wanted and not any(part in name for part in wanted):
            continue
        started = time.perf_counter()
        status, text = in_a_child(path)
        if status:
            failed += 1
            print(f"FAILED {name}\n{text}")
        else:
            counts[text] += 1
        if time.perf_counter() - started > 2:
            print(f"slow: {name}")
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())), f"pass; {failed} fail")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
