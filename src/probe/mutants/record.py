"""The arguments that tests give to a function: a JSON object on standard input, a JSON list on standard output.

The tests are run on a right answer, by the conventions that published tests follow; what they say of it is nobody's concern here.
"""

import copy
import functools
import io
import json
import sys

MOST = 400


def recorded(function, calls):
    @functools.wraps(function)
    def record(*args, **kwargs):
        if len(calls) < MOST:
            try:
                calls.append((copy.deepcopy(list(args)), copy.deepcopy(kwargs)))
            except Exception:
                pass
        return function(*args, **kwargs)

    return record


def attempt(work):
    try:
        work()
    except BaseException:
        pass


def run(module, function):
    """Whatever the tests define to be run."""
    check = module.get("check")
    if callable(check) and "candidate" in getattr(getattr(check, "__code__", None), "co_varnames", ()):
        attempt(lambda: check(function))
    for name, value in list(module.items()):
        if name.startswith("test") and callable(value):
            attempt(value)
        elif isinstance(value, type) and (name.startswith("Test") or any(base.__name__ == "TestCase" for base in value.__mro__)):
            for method in dir(value):
                if method.startswith("test"):
                    attempt(lambda: of_class(value, method))


def of_class(kind, method):
    instance = kind(method) if hasattr(kind, "assertEqual") else kind()
    for before in ("setUp", "setup_method"):
        if hasattr(instance, before):
            getattr(instance, before)()
    getattr(instance, method)()


def main():
    asked, out = json.load(sys.stdin), sys.stdout
    sys.stdout = io.StringIO()
    calls = []
    module = {"__name__": "candidate"}
    attempt(lambda: exec(compile(asked["code"], "candidate", "exec"), module))
    name = asked["name"]
    function = module.get(name) or getattr(module.get("Solution", object)(), name, None)
    if callable(function):
        module[name] = recorded(function, calls)
        sys.modules["solution"] = type(sys)("solution")
        setattr(sys.modules["solution"], name, module[name])
        statements = asked["tests"]
        try:
            compile("\n".join(statements), "tests", "exec")
            statements = split("\n".join(statements))
        except SyntaxError:
            pass
        for statement in statements:
            attempt(lambda: exec(compile(statement, "tests", "exec"), module))
        run(module, module[name])
    texts = []
    for args, kwargs in calls:
        text = f"({args!r}, {kwargs!r})"
        try:
            same = eval(text, {}) == (args, kwargs)
        except Exception:
            same = False
        if same and text not in texts:
            texts.append(text)
    json.dump(texts, out)


def split(source):
    """The statements of a module, so that one that fails does not end the others."""
    import ast

    return [ast.unparse(statement) for statement in ast.parse(source).body]


main()
