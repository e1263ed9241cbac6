"""What programs make of inputs: a JSON object on standard input, a JSON list on standard output.

Of each program a list with an object for each input: how it ended, a text that two results share where they are alike, and the result as it is.
"""

import io
import json
import sys

def ended(how, alike="", shown="", of="", writable=False):
    return {"how": how, "alike": alike, "shown": shown, "of": of, "writable": writable}


RAISED = ended("raised")
ENDLESS = ended("endless")
LINES = 20_000


class Endless(BaseException):
    pass


def limited(work):
    """The work's result, unless it takes too many lines."""
    left = LINES

    def trace(frame, event, _):
        nonlocal left
        left -= 1
        if left < 0:
            raise Endless
        return trace

    sys.settrace(trace)
    try:
        return work()
    finally:
        sys.settrace(None)


def alike(value, unordered, depth=0):
    """A text that two values share where a judge may take them for equal."""
    if depth > 30:
        raise ValueError("too deep")
    inside = lambda item: alike(item, False, depth + 1)
    if value is None or isinstance(value, str):
        return repr(value)
    if isinstance(value, (bool, int, float, complex)):
        number = value + 0
        if isinstance(number, float):
            return repr(int(number)) if number == number and abs(number) < 1e15 and number == int(number) else format(number, ".5g")
        return repr(number)
    if isinstance(value, (list, tuple)):
        items = [inside(item) for item in value]
        return "[" + ", ".join(sorted(items) if unordered else items) + "]"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(inside(item) for item in value)) + "}"
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(inside(key) + ": " + inside(item) for key, item in value.items())) + "}"
    if hasattr(value, "__next__"):
        return alike(list(value), unordered, depth)
    raise TypeError("no plain data")


def is_writable(value):
    """Whether its text is the value again, without a number whose last digits another right way may give otherwise."""
    try:
        if eval(repr(value), {}) != value or len(repr(value)) > 2000:
            return False
    except Exception:
        return False
    return isinstance(value, float) or not has_long_float(value)


def has_long_float(value):
    if isinstance(value, float):
        return len(repr(value)) > 10
    if isinstance(value, dict):
        return any(has_long_float(key) or has_long_float(item) for key, item in value.items())
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(has_long_float, value))


def load(code):
    module = {"__name__": "candidate"}
    exec(compile(code, "candidate", "exec"), module)
    return module


def find(module, name):
    if name in module:
        return module[name]
    return getattr(module["Solution"](), name)


def called(module, name, text, unordered):
    args, kwargs = eval(text, {})
    value = find(module, name)(*args, **kwargs)
    if hasattr(value, "__next__"):
        value = list(value)
    return ended("gave", alike(value, unordered), repr(value), type(value).__name__, is_writable(value))


def ran(code, text):
    before = sys.stdin, sys.stdout, sys.argv
    sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode()))
    sys.stdout = out = io.TextIOWrapper(io.BytesIO(), write_through=True)
    try:
        exec(code, {"__name__": "__main__"})
    except SystemExit:
        pass
    finally:
        sys.stdin, sys.stdout, sys.argv = before
    printed = out.buffer.getvalue().decode()
    return ended("gave", " ".join(printed.split()), printed, "str", True)


def observed(code, asked):
    try:
        if asked["kind"] == "run":
            program = compile(code, "candidate", "exec")
            one = lambda text: ran(program, text)
        else:
            module = limited(lambda: load(code))
            one = lambda text: called(module, asked["name"], text, asked["unordered"])
    except Endless:
        return [ENDLESS] * len(asked["inputs"])
    except BaseException:
        return [RAISED] * len(asked["inputs"])
    results = []
    for text in asked["inputs"]:
        try:
            results.append(limited(lambda: one(text)))
        except Endless:
            results.append(ENDLESS)
        except BaseException:
            results.append(RAISED)
    return results


def main():
    asked = json.load(sys.stdin)
    out = sys.stdout
    sys.setrecursionlimit(400)
    answer = [observed(code, asked) for code in asked["codes"]]
    json.dump(answer, out)


main()
