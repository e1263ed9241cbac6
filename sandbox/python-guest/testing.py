"""Runs existing test code, unchanged, against a candidate that lives in another instance."""

import ast
import asyncio
import importlib
import inspect
import marshal
import sys
import typing
import unittest
from types import ModuleType

import candidate
import numbers_shim
from candidate import record, short, text_of
from free_names import free_names
from looking import looks

NAME = "tests.py"
LONGEST = 400


class Tally:
    """Tests run and passed, and what went wrong first: a kind, what anybody may see, what the author may see."""

    def __init__(self):
        self.run = self.passed = 0
        self.first = None

    def fail(self, kind, public, private):
        if self.first is None:
            self.first = kind, public, private[:LONGEST]


def layout_of(tree):
    """The layout that test code of its shape is written for."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "check":
            return "humaneval"
        if isinstance(node, ast.ClassDef) and any("TestCase" in ast.unparse(base) for base in node.bases):
            return "unittest"
    if any(isinstance(node, ast.FunctionDef) and node.name.startswith("test") for node in tree.body):
        return "functions"
    return "asserts"


def prepare(options, source):
    """What can be done before there is a candidate, once for all of them: the answer is a tuple of `prepared`, the layout, the
    names that the tests use, those of them that they want of a candidate, and their code; or `broken` and why."""
    function = options["function"]
    try:
        tree = ast.parse(source, NAME)
        names = free_names(source, NAME)
        layout = options["layout"] or layout_of(tree)
        parts = [(test, _compiled(nodes)) for test, nodes in _parts(layout, tree)]
        code = parts, _prefix(options["prefix"]), looks(tree)
    except (SyntaxError, ValueError, RecursionError) as error:
        return ("broken", f"the tests do not parse: {error}")
    if function is None and layout == "humaneval":
        return ("broken", "tests that define `check(candidate)` need `function`, the name of what they check")
    if function is not None and function not in names and layout == "humaneval":
        names.append(function)
    given = _given(names, None, ())
    return ("prepared", layout, names, [name for name in names if name not in given], marshal.dumps(code))


def run(options, source, layout, names, code):
    """Runs prepared tests; the answer is a tuple for the host: `tests`, how many were run and passed, how often the candidate
    was called, and the first failure; or `broken` and what is wrong with the tests themselves."""
    function = options["function"]
    code, prefix, looks = marshal.loads(code)
    candidate.mutates = looks if options["mutates"] is None else options["mutates"]
    namespace, data = _given(names, function, prefix), False
    for name in names:
        if name in namespace:
            continue
        try:
            namespace[name] = candidate.resolve(name)
            # What is not the function under test may be what the tests stumble over.
            tested = name == function or function is None and len(names) == 1
            data = data or not tested or not isinstance(type(namespace[name]), candidate.handles.Kind)
        except NameError:
            if name == function:
                return ("tests", 0, 0, 0, "missing", f"it defines no `{name}`", "")
        except BaseException as error:
            return ("tests", 0, 0, 0, "raised", "what it defines cannot be used", short(text_of(error)))
    record.error = None
    tests = ModuleType("tests")
    vars(tests).update(namespace)
    sys.modules["tests"] = tests
    sys.modules["numpy"] = numbers_shim.module()
    tally = Tally()
    record.calls = 0
    try:
        _LAYOUTS[layout](code, source, tests, function, tally)
    except BaseException as error:
        _failed(tally, error, source)
        # Nothing of the candidate's came into it yet: the tests fail by themselves.
        if not record.calls and not data and record.error is None and not isinstance(error, NameError):
            return ("broken", f"the tests fail before they call anything: {type(error).__name__}: {error}")
    if record.broken_promise is not None:
        _failed(tally, record.broken_promise, source)
    kind, public, private = tally.first or ("", "", "")
    if not kind and not tally.run:
        return ("broken", f"the tests hold no test in the layout `{layout}`")
    if not kind and not record.calls:
        kind, public = "unmet", "the tests passed without calling it"
    if not record.calls:
        tally.passed = 0
    return ("tests", tally.run, tally.passed, record.calls, kind, public, private)


def _prefix(source):
    """What the spec puts before the completion: as it is, and as the start of a function that only the completion ends."""
    found = []
    for end in ("", "    pass\n") if source else ():
        try:
            found.append(compile(source + end, "prefix.py", "exec", dont_inherit=True))
        except Exception:
            pass
    return found


def _given(names, function, prefix):
    """The names that are not the candidate's to give: the library's, and what the spec itself puts before the completion."""
    before = {"__name__": "prefix"}
    for code in prefix:
        try:
            exec(code, before)
            break
        except Exception:
            pass
    given = {}
    for name in names:
        if name == function:
            continue
        if name in sys.stdlib_module_names:
            given[name] = importlib.import_module(name)
        elif name in typing.__all__:
            given[name] = getattr(typing, name)
        elif name in before:
            given[name] = before[name]
    return given


def _failed(tally, error, source):
    """Files a failure under its kind."""
    message = text_of(error)
    private = f"{_place(error, source)}{type(error).__name__}: {short(message)}" if message else _place(error, source)
    if record.call:
        private = f"{private.rstrip(': ')}; the last call, {record.call}, gave {record.result or 'nothing'}"
    if record.error is error:
        public = "it raised an exception" if isinstance(error, Exception) else "it raised what is no Exception"
        tally.fail("raised", public, private)
    elif isinstance(error, NameError) and type(error) is NameError:
        tally.fail("missing", "it lacks a name that the tests use", private)
    else:
        tally.fail("wrong_answer", "a test failed", private)


def _place(error, source):
    """The line of the tests that the error came from."""
    trace, line = error.__traceback__, None
    while trace:
        if trace.tb_frame.f_code.co_filename == NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = source.splitlines()
    return f"line {line}, `{short(lines[line - 1].strip())[1:-1]}`: " if line and line <= len(lines) else ""


def _parts(layout, tree):
    """What is executed at once, and whether it is a test by itself."""
    if layout != "asserts":
        return [(False, tree.body)]
    asserting = _asserting(tree)
    return [(node in asserting, [node]) for node in tree.body]


def _compiled(nodes):
    return compile(ast.Module(nodes, []), NAME, "exec", dont_inherit=True)


def _execute(code, tests):
    for _, part in code:
        exec(part, vars(tests))


def _humaneval(code, source, tests, function, tally):
    """Defines `check(candidate)`; it returns when all is well."""
    _execute(code, tests)
    check = vars(tests).get("check")
    if check is None:
        raise RuntimeError("the tests define no `check`")
    tally.run += 1
    check(vars(tests)[function])
    tally.passed += 1


def _asserts(code, source, tests, function, tally):
    """Statements at module level; every one that asserts something is a test, and the rest prepares them."""
    tally.run = sum(test for test, _ in code)
    for test, part in code:
        if not test:
            exec(part, vars(tests))
            continue
        try:
            exec(part, vars(tests))
            tally.passed += 1
        except BaseException as error:
            _failed(tally, error, source)


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _asserting(tree):
    """The statements of a module that assert something, themselves or by calling a function of the module that does."""
    names = set()

    def asserts(node):
        return any(
            isinstance(part, ast.Assert)
            or isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in names
            for part in ast.walk(node)
        )

    definitions = [node for node in tree.body if isinstance(node, _DEFINITIONS)]
    while more := {node.name for node in definitions if node.name not in names and asserts(node)}:
        names |= more
    return {node for node in tree.body if not isinstance(node, _DEFINITIONS) and asserts(node)}


def _functions(code, source, tests, function, tally):
    """Functions named `test…` without arguments, each a test."""
    _execute(code, tests)
    found = [test for name, test in vars(tests).items() if name.startswith("test") and type(test) is type(run)]
    tally.run = len(found)
    for test in found:
        try:
            running = test()
            if inspect.iscoroutine(running):
                asyncio.run(running)
            tally.passed += 1
        except BaseException as error:
            _failed(tally, error, source)


class _Result(unittest.TestResult):
    """Counts what passed, and files the first failure."""

    def __init__(self, tally, source):
        super().__init__()
        self.tally, self.source, self.calls = tally, source, 0

    def startTest(self, test):
        super().startTest(test)
        self.calls = record.calls

    def addSuccess(self, test):
        self.tally.passed += 1

    def addSkip(self, test, reason):
        if record.calls > self.calls:
            self.tally.fail("unmet", "it made a test skip itself", f"{test}: {reason}")
        elif test.id() == unittest.TestCase.id(test):
            # Not a part of a test, which then goes on.
            self.tally.run -= 1

    def addExpectedFailure(self, test, error):
        self.tally.passed += 1

    def addUnexpectedSuccess(self, test):
        self.tally.fail("wrong_answer", "a test failed", f"{test}: unexpected success")

    def addError(self, test, error):
        _failed(self.tally, error[1], self.source)

    addFailure = addError

    def addSubTest(self, test, subtest, error):
        if error is not None:
            _failed(self.tally, error[1], self.source)


def _unittest(code, source, tests, function, tally):
    """Classes that extend `unittest.TestCase`, run by unittest."""
    _execute(code, tests)
    loader, result = unittest.TestLoader(), _Result(tally, source)
    kinds = [kind for kind in vars(tests).values() if isinstance(kind, type) and issubclass(kind, unittest.TestCase)]
    suites = [loader.loadTestsFromTestCase(kind) for kind in kinds if kind.__module__ == "tests"]
    tally.run = sum(suite.countTestCases() for suite in suites)
    for suite in suites:
        suite.run(result)


_LAYOUTS = {"humaneval": _humaneval, "asserts": _asserts, "functions": _functions, "unittest": _unittest}
