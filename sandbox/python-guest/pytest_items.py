"""Runs tests in pytest's layout: functions `test…`, classes `Test…`, marks and fixtures."""

import asyncio
import inspect
import io
import itertools
import sys
import unittest
from collections import namedtuple
from types import FunctionType

import patched
import pytest_shim as shim


class NotHere(Exception):
    """A fixture that the sandbox has not, or that nobody defines."""


class Request:
    """What a fixture may ask of the test that it is made for."""

    def __init__(self, item, param):
        self.node, self.instance, self._item, self.param = item, item.instance, item, param
        self.function, self.cls = item.function, type(item.instance) if item.instance is not None else None

    def getfixturevalue(self, name):
        return self._item.value(name)

    def addfinalizer(self, function):
        self._item.ends.append(function)


class _Captured:
    """What is written while a test runs."""

    _result = namedtuple("CaptureResult", ("out", "err"))

    def __init__(self):
        self.streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

    def readouterr(self):
        texts = []
        for stream in (sys.stdout, sys.stderr):
            texts.append(stream.getvalue())
            stream.seek(0)
            stream.truncate()
        return self._result(*texts)

    def disabled(self):
        return shim._Context(shim.MonkeyPatch(patched.note))

    def end(self):
        sys.stdout, sys.stderr = self.streams


def _marks(*holders):
    for holder in holders:
        marks = getattr(holder, "pytestmark", ()) if holder is not None else ()
        yield from marks if isinstance(marks, (list, tuple)) else (marks,)


class Item:
    """One test with one set of parameters."""

    def __init__(self, name, function, kind, case, fixtures, shared, indirect):
        self.name, self.originalname, self.function, self.kind, self.case = name, name, function, kind, case
        self.fixtures, self.shared, self.indirect, self.instance = fixtures, shared, indirect, None
        self.values, self.ends, self.choice, self.marks = {}, [], {}, []

    def value(self, name):
        if name in self.case and name not in self.indirect:
            return self.case[name]
        if name in self.values:
            return self.values[name]
        fixture = self.fixtures.get(name)
        if fixture is None:
            made = self._builtin(name)
        elif fixture.scope != "function" and (key := (name, self.choice.get(name, (0,))[0])) in self.shared:
            made = self.shared[key]
        else:
            made = self._made(fixture, name)
            if fixture.scope != "function":
                self.shared[name, self.choice.get(name, (0,))[0]] = made
        self.values[name] = made
        return made

    def _made(self, fixture, name):
        param = self.case.get(name) if name in self.indirect else self.choice.get(name, (0, None))[1]
        arguments, bound = {}, "self" in _parameters(fixture.function)[:1]
        for wanted in _parameters(fixture.function):
            if wanted == "request":
                arguments[wanted] = Request(self, param)
            elif not (bound and wanted == "self"):
                # A fixture that extends one of its own name is another's business.
                arguments[wanted] = self.value(wanted)
        made = fixture.function(*([self.instance] if bound else []), **arguments)
        if inspect.isgenerator(made):
            value = next(made)
            self.ends.append(lambda: next(made, None))
            return value
        return asyncio.run(made) if inspect.iscoroutine(made) else made

    def _builtin(self, name):
        if name == "request":
            return Request(self, None)
        if name in ("capsys", "capfd"):
            made = _Captured()
            self.ends.append(made.end)
            return made
        if name == "monkeypatch":
            made = shim.MonkeyPatch(patched.note)
            self.ends.append(made.undo)
            return made
        if name in ("tmp_path", "tmpdir", "tmp_path_factory", "caplog", "recwarn", "mocker", "pytester"):
            raise NotHere(f"the sandbox has no {name!r}")
        raise NotHere(f"fixture {name!r} not found")

    def run(self):
        for mark in self.marks:
            if mark.name == "skip" or mark.name == "skipif" and holds(mark, sys.modules["tests"]):
                raise shim.Skipped(str(mark.kwargs.get("reason", "")))
        try:
            if self.kind is not None:
                self.instance = self.kind()
                self._hook("setup_method")
            for name, fixture in self.fixtures.items():
                if fixture.autouse:
                    self.value(name)
            for mark in self.marks:
                if mark.name == "usefixtures":
                    for name in mark.args:
                        self.value(name)
            wanted = _parameters(self.function)[self.instance is not None :]
            arguments = {name: self.value(name) for name in wanted}
            made = self.function(*([self.instance] if self.instance is not None else []), **arguments)
            if inspect.iscoroutine(made):
                asyncio.run(made)
        finally:
            for end in reversed(self.ends):
                end()
            if self.instance is not None:
                self._hook("teardown_method")

    def _hook(self, name):
        hook = getattr(self.instance, name, None)
        if hook is not None:
            hook(*([self.function] if len(inspect.signature(hook).parameters) else []))


def holds(mark, tests):
    """Whether the condition of a mark is true; one without is. Text is an expression, which pytest evaluates too."""
    given = (*mark.args, *(mark.kwargs[name] for name in ("condition",) if name in mark.kwargs))
    return all(eval(one, {"sys": sys, **vars(tests)}) if isinstance(one, str) else one for one in given)


def _parameters(function):
    """Names that have no default."""
    code, defaults = function.__code__, function.__defaults__ or ()
    count = code.co_argcount - len(defaults)
    named = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    return [*code.co_varnames[:count], *(name for name in named if name not in (function.__kwdefaults__ or ()))]


def _cases(function, kind, module_marks):
    """The sets of parameters of a test, with their marks, and which of them go to fixtures."""
    rows, indirect = [({}, ())], set()
    for mark in (*_marks(function, kind), *module_marks):
        if mark.name != "parametrize":
            continue
        names, values = mark.args[0] if mark.args else mark.kwargs["argnames"], mark.args[1] if len(mark.args) > 1 else mark.kwargs["argvalues"]
        single = isinstance(names, str) and "," not in names
        names = [name.strip() for name in names.split(",") if name.strip()] if isinstance(names, str) else list(names)
        single = single or len(names) == 1 and isinstance(mark.args[0], str) and "," not in mark.args[0]
        through = mark.kwargs.get("indirect", False)
        indirect.update(names if through is True else through or ())
        made = []
        for row in values:
            marks = row.marks if isinstance(row, shim.Param) else ()
            row = row.values if isinstance(row, shim.Param) else (row,) if single else tuple(row)
            made.append((dict(zip(names, row, strict=True)), tuple(marks)))
        # The mark nearest to the function varies most slowly, as pytest has it.
        rows = [({**one, **more}, marks + further) for more, further in made for one, marks in rows]
    return rows, indirect


def items(tests):
    """All tests of a module, in its order."""
    fixtures = {one.name: one for one in vars(tests).values() if isinstance(one, shim.Fixture)}
    module_marks, shared = [*_marks(tests)], {}
    for name, value in [*vars(tests).items()]:
        if name.startswith("test") and type(value) is FunctionType:
            yield from _of(name, value, None, fixtures, shared, module_marks)
        elif isinstance(value, type) and _is_class(name, value):
            inside = {}
            for base in reversed(value.__mro__):
                inside.update(vars(base))
            own = {one.name: one for one in inside.values() if isinstance(one, shim.Fixture)}
            setup = getattr(value, "setup_class", None)
            for member, function in inside.items():
                if member.startswith("test") and type(function) is FunctionType:
                    if setup is not None:
                        setup()
                        setup = None
                    yield from _of(member, function, value, {**fixtures, **own}, shared, module_marks)


def _is_class(name, value):
    if issubclass(value, unittest.TestCase):
        return False
    return name.startswith("Test") and value.__module__ in ("tests", "__main__") and "__init__" not in vars(value)


def _of(name, function, kind, fixtures, shared, module_marks):
    rows, indirect = _cases(function, kind, module_marks)
    wanted, pending = {name for name, one in fixtures.items() if one.autouse}, [*_parameters(function)]
    while pending:
        one = pending.pop()
        if one in fixtures and one not in wanted:
            wanted.add(one)
            pending += _parameters(fixtures[one].function)
    choices = [
        [(name, place, value.values[0] if isinstance(value, shim.Param) else value) for place, value in enumerate(fixtures[name].params)]
        for name in sorted(wanted)
        if fixtures[name].params is not None and name not in indirect
    ]
    for choice in itertools.product(*choices):
        for case, marks in rows:
            item = Item(name, function, kind, case, fixtures, shared, indirect)
            item.choice = {name: (place, value) for name, place, value in choice}
            item.marks = [*_marks(function, kind), *module_marks, *marks]
            yield item
