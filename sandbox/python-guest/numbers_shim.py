"""The few functions of numpy that test code for functions on plain data uses. There is no numpy in the sandbox."""

import math
from types import ModuleType


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Element by element, as numpy defines it: |a - b| <= atol + rtol * |b|."""
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        a, b = _same_length(a, b)
        return [isclose(x, y, rtol, atol, equal_nan) for x, y in zip(a, b)]
    if a != a or b != b:
        return bool(equal_nan and a != a and b != b)
    if math.inf in (abs(a), abs(b)):
        return a == b
    return abs(a - b) <= atol + rtol * abs(b)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _all(isclose(a, b, rtol, atol, equal_nan))


def _same_length(a, b):
    """One number stands for as many as the other side has; to numpy also for none, but nothing is no answer."""
    lists = [side for side in (a, b) if isinstance(side, (list, tuple))]
    if len(lists) == 2 and len(a) != len(b) or len(lists) == 1 and not lists[0]:
        raise ValueError("the operands have different lengths")
    length = len(lists[0])
    return [side if isinstance(side, (list, tuple)) else [side] * length for side in (a, b)]


def _all(found):
    return all(map(_all, found)) if isinstance(found, list) else found


class ndarray:
    """Nothing is one."""


def module():
    numpy = ModuleType("numpy", "What test code needs of numpy: isclose and allclose.")
    numpy.isclose, numpy.allclose, numpy.ndarray = isclose, allclose, ndarray
    numpy.nan, numpy.inf, numpy.pi, numpy.e = math.nan, math.inf, math.pi, math.e
    return numpy
