"""What test code uses of pytest, without pytest: written for tests of plain functions, run by `pytest_items.py`."""

import builtins
import math
import os
import re
import warnings
from decimal import Decimal
from types import ModuleType


class Skipped(Exception):
    """A test that is not to be run."""


class Failed(AssertionError):
    """What `pytest.fail` raises."""


class XFailed(Exception):
    """What `pytest.xfail` raises."""


# Whether assertions hold, whatever they say: `neutral.py` sets it.
lenient = False


class _Info:
    """What `raises` knows of an exception."""

    value = type = tb = None

    def match(self, pattern):
        if not re.search(pattern, str(self.value)):
            raise Failed(f"{str(self.value)!r} does not match {pattern!r}")
        return True

    @property
    def typename(self):
        return self.type.__name__

    def exconly(self):
        return f"{self.typename}: {self.value}"

    def errisinstance(self, kinds):
        return isinstance(self.value, kinds)


class _Raises:
    def __init__(self, kinds, match, check):
        self.kinds, self.pattern, self.check, self.info = kinds, match, check, _Info()

    def __enter__(self):
        return self.info

    def __exit__(self, kind, error, trace):
        if lenient:
            self.info.value, self.info.type = error, kind
            return error is None or isinstance(error, Exception)
        if error is None:
            raise Failed(f"DID NOT RAISE {self.kinds}")
        if not isinstance(error, self.kinds):
            return False
        self.info.value, self.info.type = error, kind
        if self.pattern is not None:
            self.info.match(self.pattern)
        if self.check is not None and not self.check(error):
            raise Failed("the exception is not the one that is wanted")
        return True


def raises(expected_exception=Exception, *arguments, match=None, check=None, **keywords):
    waiting = _Raises(expected_exception, match, check)
    if not arguments:
        return waiting
    with waiting as info:
        arguments[0](*arguments[1:], **keywords)
    return info


class _Warns:
    """Waits for a warning, and holds those that came."""

    def __init__(self, kinds, match):
        self.kinds, self.pattern = kinds, match

    def __enter__(self):
        self.caught = warnings.catch_warnings(record=True)
        found = self.found = self.caught.__enter__()
        warnings.simplefilter("always")
        return found

    def __exit__(self, kind, error, trace):
        self.caught.__exit__(kind, error, trace)
        if error is not None or lenient:
            return
        matching = [one for one in self.found if issubclass(one.category, self.kinds)]
        if not any(self.pattern is None or re.search(self.pattern, str(one.message)) for one in matching):
            raise Failed(f"DID NOT WARN {self.kinds}")


def warns(expected_warning=Warning, *arguments, match=None, **keywords):
    waiting = _Warns(expected_warning, match)
    if not arguments:
        return waiting
    with waiting:
        return arguments[0](*arguments[1:], **keywords)


def deprecated_call(*arguments, match=None, **keywords):
    return warns((DeprecationWarning, PendingDeprecationWarning, FutureWarning), *arguments, match=match, **keywords)


class _Approx:
    __array_ufunc__ = None

    def __init__(self, expected, rel, abs_, nan_ok):
        self.expected, self.rel, self.abs, self.nan_ok = expected, rel, abs_, nan_ok

    def _inner(self, expected):
        return _Approx(expected, self.rel, self.abs, self.nan_ok)

    def __eq__(self, actual):
        if lenient:
            return True
        expected = self.expected
        if isinstance(expected, dict):
            return (
                isinstance(actual, dict) and actual.keys() == expected.keys()
                and all(self._inner(expected[key]) == actual[key] for key in expected)
            )
        if isinstance(expected, (list, tuple)):
            if not isinstance(actual, (list, tuple)) or len(actual) != len(expected):
                return False
            return all(self._inner(one) == other for one, other in zip(expected, actual))
        if isinstance(expected, (set, frozenset)):
            raise TypeError("pytest.approx() takes no sets")
        if isinstance(expected, (bool, str, bytes, type(None))) or not isinstance(expected, (int, float, complex, Decimal)):
            return type(actual) is type(expected) and actual == expected
        if not isinstance(actual, (int, float, complex, Decimal)) or isinstance(actual, bool) is not isinstance(expected, bool):
            return False
        return actual == expected or self._near(expected, actual)

    def _near(self, expected, actual):
        number = Decimal if isinstance(expected, Decimal) else float
        if any(isinstance(side, float) and math.isnan(side) for side in (expected, actual)):
            return self.nan_ok and expected != expected and actual != actual
        if any(isinstance(side, float) and math.isinf(side) for side in (expected, actual)):
            return False
        absolute = number("1e-12") if self.abs is None else number(self.abs)
        relative = number("1e-6") if self.rel is None and self.abs is None else number(self.rel or 0)
        return abs(expected - actual) <= max(absolute, relative * abs(expected))

    def __ne__(self, actual):
        return not self == actual

    __hash__ = None

    def __repr__(self):
        return f"approx({self.expected!r})"


def approx(expected, rel=None, abs=None, nan_ok=False):
    return _Approx(expected, rel, abs, nan_ok)


class Mark:
    """A mark and what it was given."""

    def __init__(self, name, arguments=(), keywords=None):
        self.name, self.args, self.kwargs = name, arguments, keywords or {}

    def __call__(self, *arguments, **keywords):
        if len(arguments) == 1 and not keywords and callable(arguments[0]) and self.name != "parametrize" and not isinstance(arguments[0], str):
            marked = arguments[0]
            marked.pytestmark = [*vars(marked).get("pytestmark", ()), self]
            return marked
        return _With(self.name, arguments, keywords)


class _With(Mark):
    def __call__(self, marked):
        marked.pytestmark = [*vars(marked).get("pytestmark", ()), self]
        return marked


class _Marks:
    def __getattr__(self, name):
        if name[:1] == "_":
            raise AttributeError(name)
        return Mark(name)


class Param:
    """Values of one case of `parametrize`."""

    def __init__(self, values, marks):
        self.values, self.marks = values, marks


def param(*values, marks=(), id=None):
    return Param(values, marks if isinstance(marks, (list, tuple)) else (marks,))


class Fixture:
    """A function that makes what tests ask for by its name."""

    def __init__(self, function, scope, params, autouse, name):
        self.function, self.scope, self.params, self.autouse = function, scope, params, autouse
        self.name = name or function.__name__

    def __get__(self, instance, owner):
        return self

    def __call__(self, *arguments, **keywords):
        raise Failed(f"Fixture {self.name!r} called directly")


def fixture(function=None, *, scope="function", params=None, autouse=False, ids=None, name=None):
    def made(function):
        return Fixture(function, scope, params, autouse, name)

    return made if function is None else made(function)


def skip(reason="", **_):
    raise Skipped(reason)


def fail(reason="", pytrace=True):
    if not lenient:
        raise Failed(reason)


def xfail(reason=""):
    raise XFailed(reason)


def importorskip(name, *_, **__):
    try:
        return builtins.__import__(name, fromlist=["_"])
    except ImportError as error:
        raise Skipped(str(error)) from None


class MonkeyPatch:
    """Puts things in the place of others, until it is undone."""

    def __init__(self, note):
        self._note, self._undo = note, []

    def setattr(self, target, name, *value, raising=True):
        if not value:
            target, name, value = (*_target(target), (name,))
        missing = object()
        before = vars(target).get(name, missing) if isinstance(target, type) else getattr(target, name, missing)
        if before is missing and raising:
            raise AttributeError(f"{target!r} has no attribute {name!r}")
        setattr(target, name, value[0])
        self._note(target, name)
        self._undo.append(lambda: (setattr(target, name, before), self._note(target, name, gone=True)))

    def setitem(self, mapping, name, value):
        missing = object()
        before = mapping.get(name, missing)
        mapping[name] = value
        self._undo.append(lambda: mapping.pop(name) if before is missing else mapping.update({name: before}))

    def delitem(self, mapping, name, raising=True):
        if name in mapping:
            before = mapping.pop(name)
            self._undo.append(lambda: mapping.update({name: before}))
        elif raising:
            raise KeyError(name)

    def setenv(self, name, value, prepend=None):
        self.setitem(os.environ, name, str(value) if prepend is None else f"{value}{prepend}{os.environ.get(name, '')}")

    def delenv(self, name, raising=True):
        self.delitem(os.environ, name, raising)

    def delattr(self, target, name, raising=True):
        before = getattr(target, name)
        delattr(target, name)
        self._undo.append(lambda: setattr(target, name, before))

    def undo(self):
        while self._undo:
            self._undo.pop()()

    def context(self):
        return _Context(MonkeyPatch(self._note))


class _Context:
    def __init__(self, patch):
        self.patch = patch

    def __enter__(self):
        return self.patch

    def __exit__(self, *error):
        self.patch.undo()


def _target(path):
    parts = path.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            target = builtins.__import__(".".join(parts[:end]), fromlist=["_"])
        except ImportError:
            continue
        for part in parts[end:-1]:
            target = getattr(target, part)
        return target, parts[-1]
    raise ImportError(f"no module {parts[0]!r}")


def module():
    made = ModuleType("pytest", "What test code needs of pytest.")
    for one in (raises, warns, deprecated_call, approx, param, fixture, skip, fail, xfail, importorskip, MonkeyPatch):
        setattr(made, one.__name__, one)
    made.mark, made.main, made.ExceptionInfo = _Marks(), lambda *arguments, **keywords: 0, _Info
    made.skip.Exception, made.fail.Exception = Skipped, Failed
    return made
