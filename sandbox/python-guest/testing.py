"""Runs existing test code, unchanged, against a candidate that lives in another instance."""

import ast
import inspect
import marshal
import sys
import typing
import unittest
from types import ModuleType

import asked_types
import blame
import candidate
import imported
import live
import neutral as neutrals
import numbers_shim
import owned_lines
import owners
import patched
import pytest_items
import pytest_shim
import under_test
import unseen
from blame import NAME, Tally
from candidate import record, short, text_of
from free_names import free_names
from looking import HANDED, NOTHING, looks


def layout_of(tree, function):
    """The layout that test code of its shape is written for."""
    called = {node.value.func.id for node in tree.body if _is_call(node)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "check" and (function is not None or "check" not in called):
            return "humaneval"
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef) and any("TestCase" in ast.unparse(base) for base in node.bases)}
    functions = ast.FunctionDef, ast.AsyncFunctionDef
    if any(isinstance(node, functions) and node.name.startswith("test") or _is_test_class(node, names) for node in tree.body):
        return "functions"
    return "unittest" if names else "asserts"


def _is_call(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name)


def _is_test_class(node, cases):
    """Whether it is a class of tests that extends nothing of unittest's."""
    if not isinstance(node, ast.ClassDef) or not node.name.startswith("Test") or node.name in cases:
        return False
    if any(getattr(base, "id", None) in cases for base in node.bases):
        return False
    return any(isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name.startswith("test") for one in node.body)


def prepare(options, source):
    """What can be done before there is a candidate, once for all of them: the answer is a tuple of `prepared`, the layout, the
    names that the tests use, those of them that they want of a candidate, and their code; or `broken` and why."""
    function = options["function"]
    try:
        tree = ast.parse(source, NAME)
        names, builtins = free_names(source, NAME)
        layout = options["layout"] or layout_of(tree, function)
        imports = imported.Imports(tree, function, any(not under_test.is_shared(name) for name in names))
        # Who imports what it tests, takes nothing else from there.
        explicit = imports.modules and not imports.stars
        doubtful = [[]] if explicit else under_test.doubtful(tree, names, builtins, function)
        parts = [(test, _compiled(nodes)) for test, nodes in _parts(layout, tree)]
        asked = {*names, *builtins, *imports.names, *({function} if function else ())}
        looked = looks(tree, asked), patched.looked_at(tree), patched.offers(tree), owned_lines.read(tree, asked)
        code = parts, _prefix(options["prefix"]), looked, doubtful, (sorted(imports.modules), sorted(imports.names))
        mistyped = under_test.mistyped(tree, names, function)
    except (SyntaxError, ValueError, RecursionError) as error:
        return ("broken", f"the tests do not parse: {error}")
    if function is None and layout == "humaneval":
        return ("broken", "tests that define `check(candidate)` need `function`, the name of what they check")
    hidden = unseen.found(tree, {name for name in asked if name not in builtins or name == function})
    if hidden:
        return ("broken", hidden)
    used = function is not None and (layout == "humaneval" or function in builtins)
    names += sorted(({function} if used else set()).union(imports.names).difference(names))
    given = {*_given(names, {*imports.names, function}, ()), *mistyped}
    wanted = [name for name in names if name not in given or name in doubtful[0]]
    # With nothing else, the first names that may be under test are.
    wanted = wanted or next((some for some in doubtful if some), [])
    return ("prepared", layout, names, wanted, marshal.dumps((*code, mistyped)))


def run(options, source, layout, names, code):
    """Runs prepared tests; the answer is a tuple for the host: `tests`, how many were run and passed, how often the candidate
    was called, the first failure, the signatures of failures that may be the tests' own, and whether there are others; or `broken` and
    what is wrong with the tests themselves."""
    function = options["function"]
    code, prefix, (looked, streams, offers, owned), doubtful, (modules, wanted), _ = marshal.loads(code)
    _share(looked, options)
    namespace, data = _given(names, {*wanted, function}, prefix), False
    tests, tally = _module(layout), Tally()
    patched.begin(streams, offers, tests)
    owners.begin(owned, NAME)
    kept = []
    try:
        names = _settled(names, doubtful, namespace, prefix)
    except BaseException as error:
        return _before("raised", "what it defines cannot be used", short(text_of(error)))
    for name in names:
        if name in namespace:
            continue
        try:
            namespace[name] = candidate.resolve(name)
            # What is not the function under test may be what the tests stumble over.
            tested = name == function or function is None and len(names) == 1
            handle = isinstance(type(namespace[name]), candidate.handles.Kind)
            data = data or not tested or not handle
            if isinstance(namespace[name], (list, dict, set, int)) and not handle:
                kept.append(name)
        except NameError:
            if name == function or name in wanted:
                return _before("missing", f"it defines no `{name}`", "")
        except BaseException as error:
            return _before("raised", "what it defines cannot be used", short(text_of(error)))
    record.error = None
    vars(tests).update(namespace)
    live.begin(kept, tests)
    imported.install(modules, candidate.resolve, {name: namespace[name] for name in wanted if name in namespace})
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
    kind, public, private = tally.first or tally.doubtful or ("", "", "")
    if not kind and not tally.run:
        return ("broken", f"the tests hold no test in the layout `{layout}`")
    if not kind and not record.calls:
        kind, public = "uncalled", "the tests passed without calling it"
    if not record.calls:
        tally.passed = 0
    return ("tests", tally.run, tally.passed, record.calls, kind, public, private, tally.own, tally.first is not None)


def _share(looked, options):
    """Which containers are shared with the candidate: as the spec says, or as far as the tests look."""
    candidate.mutates = looked if options["mutates"] is None else HANDED if options["mutates"] else NOTHING
    candidate.shared.tells = candidate.mutates == HANDED


def _before(kind, public, private):
    return ("tests", 0, 0, 0, kind, public, private, [], True)


def neutral(options, source, layout, names, code, variant):
    """What fails in the tests although all their assertions hold and a neutral candidate has every name: the signatures."""
    function, blame.neutral_type = options["function"], neutrals.type_of(variant)
    _, prefix, (looked, *_), doubtful, (modules, wanted), mistyped = marshal.loads(code)
    _share(looked, options)
    tree = neutrals.holding(ast.parse(source, NAME))
    imported.Imports(tree, function, True)
    parts = [(test, _compiled(nodes)) for test, nodes in _parts(layout, tree)]
    namespace, made = _given(names, {*wanted, function}, prefix), neutrals.stub(variant)
    for name in dict.fromkeys([*names, *doubtful[0]]):
        if name not in mistyped:
            namespace.setdefault(name, made)
    tests, tally = _module(layout), Tally()
    vars(tests).update(namespace)
    imported.install(modules, lambda name: made, {name: made for name in wanted})
    try:
        _LAYOUTS[layout](parts, source, tests, function, tally)
    except BaseException as error:
        _failed(tally, error, source)
    return ("own", tally.own)


def _module(layout):
    """The module that the tests run as, and what stands for packages that the sandbox has not."""
    tests = ModuleType("tests")
    tests.__file__ = "/tests/tests.py"
    if layout == "asserts":
        tests.__name__ = "__main__"
    sys.modules["tests"] = sys.modules[tests.__name__] = tests
    vars(tests).update({"issubclass": asked_types.issubclass, asked_types.CLASS_OF: asked_types.class_of})
    sys.modules["numpy"] = numbers_shim.module()
    sys.modules["pytest"] = pytest_shim.module()
    return tests


def _settled(names, doubtful, namespace, prefix):
    """The names, with those of the library that the candidate defines itself and the tests may mean."""
    if not any(doubtful):
        return names
    before = _before_it(prefix)
    defined = set(candidate.defined(sorted({name for some in doubtful for name in some})))
    own = next((own for some in doubtful if (own := [name for name in some if name in defined and name not in before])), [])
    for name in own:
        namespace.pop(name, None)
    return [*names, *(name for name in own if name not in names)]


def _prefix(source):
    """What the spec puts before the completion: as it is, and as the start of a function that only the completion ends."""
    found = []
    for end in ("", "    pass\n") if source else ():
        try:
            found.append(compile(source + end, "prefix.py", "exec", dont_inherit=True))
        except Exception:
            pass
    return found


def _before_it(prefix):
    """The names that the spec puts before the completion, and what they stand for."""
    before = {"__name__": "prefix"}
    for code in prefix:
        try:
            exec(code, before)
            break
        except Exception:
            pass
    return before


def _given(names, own, prefix):
    """The names that are not the candidate's `own`: the library's, and what the spec itself puts before the completion."""
    before, given = _before_it(prefix), {}
    for name in names:
        if name in own:
            continue
        module = under_test.module_named(name)
        if module is not None:
            given[name] = module
        elif name in typing.__all__:
            given[name] = getattr(typing, name)
        elif name in before:
            given[name] = before[name]
    return given


_failed = blame.failed


def _parts(layout, tree):
    """What is executed at once, and whether it is a test by itself."""
    if layout != "asserts":
        return [(False, tree.body)]
    asserting = _asserting(tree)
    return [(node in asserting, [node]) for node in tree.body]


def _compiled(nodes):
    return compile(ast.Module(asked_types.by_equality(nodes), []), NAME, "exec", dont_inherit=True)


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
    """Functions named `test…` and classes named `Test…`, as pytest has them, and classes that extend `unittest.TestCase`."""
    _execute(code, tests)
    _run_cases(_suites(tests), source, tally)
    setup = [vars(tests).get(name) for name in ("setup_module", "setup_function", "teardown_function")]
    if setup[0] is not None:
        setup[0](*([tests] if inspect.signature(setup[0]).parameters else []))
    for item in pytest_items.items(tests):
        tally.run += 1
        blame.begun = calls = record.calls
        expected = []
        try:
            for hook in setup[1:2]:
                if hook is not None:
                    hook(*([item.function] if inspect.signature(hook).parameters else []))
            expected = [mark for mark in item.marks if mark.name == "xfail" and pytest_items.holds(mark, tests)]
            item.run()
            if setup[2] is not None:
                setup[2](*([item.function] if inspect.signature(setup[2]).parameters else []))
            if any(mark.kwargs.get("strict") for mark in expected):
                tally.fail("wrong_answer", "a test failed", f"{item.name} passes, and is marked to fail")
            else:
                tally.passed += 1
        except (pytest_shim.Skipped, pytest_shim.XFailed, unittest.SkipTest) as error:
            if record.error is error:
                _failed(tally, error, source)
            elif record.calls > calls:
                tally.fail("unmet", "it made a test skip itself", f"{item.name}: {error}")
            else:
                # Not a part of what is to be passed.
                tally.run -= 1
        except BaseException as error:
            if expected and isinstance(error, Exception) and all(isinstance(error, mark.kwargs.get("raises") or Exception) for mark in expected):
                tally.passed += 1
            else:
                _failed(tally, error, source)


class _Result(unittest.TestResult):
    """Counts what passed, and files the first failure."""

    def __init__(self, tally, source):
        super().__init__()
        self.tally, self.source, self.calls = tally, source, 0

    def startTest(self, test):
        super().startTest(test)
        blame.begun = self.calls = record.calls

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


def _suites(tests):
    loader = unittest.TestLoader()
    kinds = [kind for kind in vars(tests).values() if isinstance(kind, type) and issubclass(kind, unittest.TestCase)]
    return [loader.loadTestsFromTestCase(kind) for kind in dict.fromkeys(kinds) if kind.__module__ in ("tests", "__main__")]


def _run_cases(suites, source, tally):
    result = _Result(tally, source)
    tally.run += sum(suite.countTestCases() for suite in suites)
    for suite in suites:
        suite.run(result)


def _unittest(code, source, tests, function, tally):
    """Classes that extend `unittest.TestCase`, run by unittest."""
    _execute(code, tests)
    _run_cases(_suites(tests), source, tally)


_LAYOUTS = {"humaneval": _humaneval, "asserts": _asserts, "functions": _functions, "unittest": _unittest}
