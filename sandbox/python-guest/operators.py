"""Operators of stand-ins: the owner works them out.

What an operator makes of plain data, which may be what the tests expect, must not be the owner's word about it: `abs(f(x) - 3) < 0.01`
would ask the candidate whether it is right. So with plain data there is no order, the result is an object and never plain data, and
that object gives no number either. But where the tests reckon with objects of the completion's classes, such an object says itself what it
makes of plain data (`owners.py`).
"""

import decoys
import objects
import owners

# Asks the candidate; `candidate.py` sets it. The others `handles.py` sets.
ask = is_handle = number_of = None

# Numbers of the objects that plain data went into, and whether they compare it: nothing but objects is asked of such.
told = {}
_COMPARING = ("sub", "mod", "xor", "truediv")
_WHY = "what an object of the candidate makes of plain data is not its to say"
_HARMLESS, _OPEN = frozenset(("op", "repr", "eq", "ne", "hash", "class")), frozenset(("get", "call", "item", "iter"))


def forget():
    told.clear()


def check(operation, number):
    """Whether an object may be asked that."""
    if operation == "bool" and number in owners.doubted:
        raise TypeError(_WHY)
    if number in told and operation not in _HARMLESS and (told[number] or operation not in _OPEN):
        raise TypeError(_WHY)


def _is_made(value):
    """Whether it came of a class that the tests name, and not of what gives numbers as well."""
    return is_handle(value) and number_of(value) in owners.made


def _own(self, other, kind):
    """Whether the tests ask an object for what its class says of another value."""
    return (_is_made(self) or _is_made(other)) and owners.allows(kind)


def _binary(name):
    comparing = name.strip("_").removeprefix("r").removeprefix("i") in _COMPARING

    def method(self, other, *more):
        if type(self).has_content and name[2] != "i" and not is_handle(other) and not _own(self, other, owners.RECKON):
            # What extends a builtin is reckoned with as that, here.
            reckon = getattr(ask("content", number_of(self)), name, None)
            return NotImplemented if reckon is None else reckon(other, *more)
        result = ask("op", number_of(self), (name, other, *more))
        if _own(self, other, owners.RECKON):
            return _of_owner(result)
        # Where `sum` begins is nothing to tell.
        plain = not is_handle(other) and not (type(other) is int and other == 0 and "add" in name)
        if plain or number_of(self) in told or is_handle(other) and number_of(other) in told:
            if is_handle(result):
                _tell(self, result, plain and comparing)
            elif result is not NotImplemented:
                raise TypeError(_WHY)
        return result

    return method


def _of_owner(result):
    """A result that the owner may give, and what it makes of it."""
    for one in result if type(result) is tuple else (result,):
        if is_handle(one):
            owners.made.add(number_of(one))
    return result


def _tell(self, result, comparing):
    before = told.get(number_of(self))
    of_class = type(result).number in owners.kinds
    if comparing and owners.allows(owners.RECKON if of_class else owners.OPEN):
        comparing = False
    if before is not None or comparing or not of_class:
        told[number_of(result)] = told.get(number_of(result), False) or comparing or bool(before)


def equal(self, other, name):
    """What an object's class says of its being equal to plain data, where the tests ask for that; else nothing."""
    if not _own(self, other, owners.EQUAL):
        return NotImplemented
    number = number_of(self)
    answer = decoys.equals(other, lambda value: _said(ask("equal", number, ("__eq__", value))))
    if answer is None or answer is True:
        # What is not believed is neither equal nor unequal.
        return answer is True and name == "__eq__"
    return _doubted(answer if name == "__eq__" else _said(ask("equal", number, (name, other))))


def _said(answer):
    """Plain data that a comparison gives stands for its truth."""
    return answer if is_handle(answer) or answer is NotImplemented else bool(answer)


def _doubted(answer):
    """What a comparison gives: an object, as of queries, is asked for anything but whether it is true."""
    if is_handle(answer):
        owners.doubted.add(number_of(answer))
    return answer


def _order(name):
    def method(self, other):
        if is_handle(other):
            return _alone(self, name, other)
        if _own(self, other, owners.ORDER):
            answer = decoys.orders(other, name, lambda name, value: _said(_alone(self, name, value)))
            return NotImplemented if answer is None else _doubted(answer)
        # What extends a builtin is compared as that, here.
        return getattr(ask("content", number_of(self)), name)(other) if type(self).has_content else NotImplemented

    return method


def _unary(name):
    return lambda self, *arguments: _alone(self, name, *arguments)


def _alone(self, name, *arguments):
    if any(is_handle(one) and number_of(one) in told for one in (self, *arguments)):
        raise TypeError(_WHY)
    result = ask("op", number_of(self), (name, *arguments))
    return _of_owner(result) if _is_made(self) and owners.allows(owners.RECKON) else result


def _converted(name):
    def method(self):
        result = _alone(self, name)
        if result is NotImplemented:
            raise TypeError(f"an object of the completion has no {name}")
        return result

    return method


def _plain(name):
    return lambda self, *arguments: ask("op", number_of(self), (name, *arguments))


def _exit(self, kind, error, trace):
    # The exception is the tests'; what stands for it says its kind.
    return ask("op", number_of(self), ("__exit__", kind, None if error is None else str(error), None))


_KINDS = {
    **{f"__{prefix}{name}__": _binary for name in (*objects.BINARY, "divmod") for prefix in ("", "r", "i")},
    **dict.fromkeys(objects.ORDER, _order),
    **dict.fromkeys(objects.UNARY, _unary),
    **dict.fromkeys(objects.CONVERTED, _converted),
}
METHODS = {name: _KINDS.get(name, _plain)(name) for name in (*objects.DEFINED, *objects.MORE)}
METHODS["__exit__"] = _exit


async def _anext(self):
    return ask("anext", number_of(self))


async def _aenter(self):
    return ask("aop", number_of(self), ("__aenter__",))


async def _aexit(self, kind, error, trace):
    return ask("aop", number_of(self), ("__aexit__", kind, None if error is None else str(error), None))


METHODS.update(__anext__=_anext, __aenter__=_aenter, __aexit__=_aexit)
