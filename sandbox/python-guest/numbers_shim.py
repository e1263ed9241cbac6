"""The few functions of numpy that test code for functions on plain data uses. There is no numpy in the sandbox."""

import math
from types import ModuleType


class _Array(list):
    """Truths, element by element; only a single one is true or false as a whole."""

    def __bool__(self):
        if len(self) != 1:
            raise ValueError("the truth value of an array with other than one element is ambiguous")
        return bool(self[0])


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Element by element, as numpy defines it: |a - b| <= atol + rtol * |b|. Unlike there, one number never stands for many
    or none: to numpy nothing at all is close to everything."""
    lists = [isinstance(side, (list, tuple)) for side in (a, b)]
    if any(lists):
        if not all(lists) or len(a) != len(b):
            raise ValueError("the operands have different shapes")
        return _Array(isclose(x, y, rtol, atol, equal_nan) for x, y in zip(a, b))
    if a != a or b != b:
        return bool(equal_nan and a != a and b != b)
    if math.inf in (abs(a), abs(b)):
        return a == b
    return abs(a - b) <= atol + rtol * abs(b)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _all(isclose(a, b, rtol, atol, equal_nan))


def _all(found):
    return all(map(_all, found)) if isinstance(found, list) else found


class ndarray:
    """Nothing is one."""


def module():
    numpy = ModuleType("numpy", "What test code needs of numpy: isclose and allclose.")
    numpy.isclose, numpy.allclose, numpy.ndarray = isclose, allclose, ndarray
    numpy.nan, numpy.inf, numpy.pi, numpy.e = math.nan, math.inf, math.pi, math.e
    return numpy
