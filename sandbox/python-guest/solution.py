"""A completion's source as a module, and calls of its functions."""

import builtins
import sys
from types import ModuleType

import random
import report
import streams
from plain import decode, encode

__builtins__ = vars(builtins).copy()

_real_builtins = builtins
_seed = random.seed
_module = ModuleType("solution")
_names = vars(_module)


def load(source, seed):
    streams.install()
    _seed(seed)
    _names["__builtins__"] = _real_builtins
    sys.modules["solution"] = _module
    try:
        exec(compile(source, "solution.py", "exec", dont_inherit=True), _names)
    except BaseException as error:
        return report.raised(error)
    return report.returned(None, None)


def call(name, arguments, give_back):
    # An exact dict and an exact str: no code of the candidate's runs in the lookup.
    function = _names.get(name)
    if function is None:
        return encode(("missing",))
    arguments = decode(arguments)
    try:
        value = function(*arguments)
    except BaseException as error:
        return report.raised(error)
    return report.returned(value, arguments if give_back else None)
