"""What a judge's instance does: runs tests, looks at syntax, runs a checker written in Python, makes values."""

import math
import warnings

import random
import streams
import syntax
import testing
import weakened
from candidate import short
from plain import decode, encode


# What a checker's code is called in tracebacks.
_CHECKER = "checker.py"


def judge(request, seed):
    """The request is a tuple of its kind and what that kind takes; so is the answer."""
    streams.install()
    random.seed(seed)
    # What the parser thinks of a completion's escapes is no news.
    warnings.simplefilter("ignore")
    kind, *what = decode(request)
    return encode(_KINDS[kind](*what))


def _values(texts):
    """Values written as Python expressions; the spec's author wrote them."""
    values = []
    for text in texts:
        try:
            value = eval(text.strip(), {"inf": math.inf, "nan": math.nan})
            encode(value)
        except BaseException as error:
            return ("broken", f"`{short(text)[1:-1]}` is no value: {type(error).__name__}: {error}")
        values.append(value)
    return ("values", values)


def _checker(source):
    """The function `check` of a checker's source, or what is wrong with it."""
    names = {"__name__": "checker"}
    try:
        exec(compile(source, _CHECKER, "exec", dont_inherit=True), names)
    except BaseException as error:
        return None, f"its code fails: {type(error).__name__}: {error}"
    check = names.get("check")
    return check, None if callable(check) else "its code defines no function `check(completion, prompt, params)`"


def _check(source, completion, prompt, params):
    check, broken = _checker(source)
    if broken:
        return ("broken", broken)
    try:
        answer = check(completion, prompt, params)
    except BaseException as error:
        where = _where(error)
        lines = [line for name, line in where if name == _CHECKER]
        at = f" (line {lines[-1]})" if lines else ""
        # A name or a module that is not there, in the checker's own code: no completion can bring that about.
        own = isinstance(error, (NameError, ImportError)) and where[-1][0] == _CHECKER
        return ("mistaken" if own else "broken", f"`check` raised {type(error).__name__}: {short(str(error))}{at}")
    answer, why = answer if type(answer) is tuple and len(answer) == 2 else (answer, "")
    if type(answer) is bool:
        answer = float(answer)
    if type(answer) not in (int, float) or not 0 <= answer <= 1 or type(why) is not str:
        return ("broken", f"`check` returned {short(answer)}: return a bool, a number from 0 to 1, or one with a reason")
    return ("checked", float(answer), why)


def _where(error):
    """The files and lines that an exception went through, its origin last."""
    trace, where = error.__traceback__, []
    while trace is not None:
        where.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return where


def _defines_check(source):
    broken = _checker(source)[1]
    return ("broken", broken) if broken else ("checked", 1.0, "")


def _weakened(name, kind, *what):
    weakened.apply(name)
    return _KINDS[kind](*what)


_KINDS = {
    "prepare": testing.prepare,
    "tests": testing.run,
    "weakened": _weakened,
    "forbidden": syntax.forbidden,
    "required": syntax.required,
    "rules": lambda kind, rules: ("rules", syntax.check_rules(kind, rules)),
    "check": _check,
    "checker": _defines_check,
    "values": _values,
}
