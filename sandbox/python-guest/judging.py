"""What a judge's instance does: runs tests, looks at syntax, runs a checker written in Python, makes values."""

import dis
import inspect
import math
import warnings

import decoys
import giving
import objects
import random
import streams
import syntax
import testing
from candidate import short
from plain import decode, encode


def judge(request, seed):
    """The request is a tuple of its kind and what that kind takes; so is the answer."""
    streams.install()
    random.seed(seed)
    decoys.begin(seed, request)
    objects.told_type, objects.apart_error, objects.is_member = giving.told_type, giving.apart_error, giving.is_member
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
    """The names of a checker's source, `check` among them, and its code objects; or what is wrong with it."""
    names = {"__name__": "checker"}
    try:
        code = compile(source, "checker.py", "exec", dont_inherit=True)
        exec(code, names)
    except BaseException as error:
        return names, [], f"its code fails: {type(error).__name__}: {error}"
    defined = callable(names.get("check"))
    return names, _codes(code), None if defined else "its code defines no function `check(completion, prompt, params)`"


def _codes(code):
    """A code object and those inside it."""
    inner = [const for const in code.co_consts if type(const) is type(code)]
    return [code, *(found for const in inner for found in _codes(const))]


def _check(source, completion, prompt, params):
    names, codes, broken = _checker(source)
    if broken:
        return ("broken", broken)
    check, known = names["check"], frozenset(names)
    try:
        answer = check(completion, prompt, params)
    except BaseException as error:
        kind, at = _blame(error, codes, known)
        name = getattr(error, "name", None) if isinstance(error, (ImportError, NameError)) else None
        if kind == "broken" and name and name in completion:
            # Nothing of that name is there, and the completion chose it.
            kind = "brought"
        return (kind, f"`check` raised {type(error).__name__}: {short(str(error))}{at}")
    answer, why = answer if type(answer) is tuple and len(answer) == 2 else (answer, "")
    if type(answer) is bool:
        answer = float(answer)
    if type(answer) not in (int, float) or not 0 <= answer <= 1 or type(why) is not str:
        return ("broken", f"`check` returned {short(answer)}: return a bool, a number from 0 to 1, or one with a reason")
    return ("checked", float(answer), why)


def _blame(error, codes, known):
    """Whether an exception is a mistake of the checker itself, which no completion brings about, and where in its code it was.

    It is when the checker's own code asks for a name that it has never had, or by name for a module that is not there. One whose name
    it took from a completion is the completion's.
    """
    trace, line, own = error.__traceback__, None, False
    while trace is not None:
        last = trace
        own = any(trace.tb_frame.f_code is code for code in codes)
        line = trace.tb_lineno if own else line
        trace = trace.tb_next
    lacks = isinstance(error, NameError) and error.name not in known
    if isinstance(error, UnboundLocalError):
        lacks = not (own and _assigned_before(error, last))
    # The names of modules that code imports are among its names.
    lacks = lacks or (isinstance(error, ImportError) and any(error.name in code.co_names for code in codes))
    return "mistaken" if own and lacks else "broken", "" if line is None else f" (line {line})"


def _assigned_before(error, trace):
    """Whether the function that lacks a local gives it a value further up, where a completion decides whether it gets there."""
    name = str(error).split("'")[1:2]
    return any(
        step.opname.startswith("STORE_FAST") and step.offset < trace.tb_lasti and name[0] in step.argrepr.split(", ")
        for step in dis.get_instructions(trace.tb_frame.f_code)
        if name
    )


def _defines_check(source):
    names, _, broken = _checker(source)
    broken = broken or _takes_others(names["check"])
    return ("broken", broken) if broken else ("checked", 1.0, "")


def _takes_others(check):
    """What is wrong with the parameters of a checker; nothing where they cannot be known."""
    code = getattr(check, "__code__", None)
    line = "" if code is None else f" (line {code.co_firstlineno})"
    if inspect.iscoroutinefunction(check):
        return f"`check` is `async`, and nobody awaits it: write `def check(completion, prompt, params)`{line}"
    try:
        inspect.signature(check).bind("", "", {})
    except TypeError as error:
        return f"`check` does not take (completion, prompt, params): {error}{line}"
    except ValueError:
        return None


_KINDS = {
    "prepare": testing.prepare,
    "tests": testing.run,
    "neutral": testing.neutral,
    "forbidden": syntax.forbidden,
    "required": syntax.required,
    "rules": lambda kind, rules: ("rules", syntax.check_rules(kind, rules)),
    "check": _check,
    "checker": _defines_check,
    "values": _values,
}
