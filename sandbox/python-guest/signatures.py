"""Signatures that cross: an owner tells the parameters of a function, the other side makes a signature of them."""

import builtins
import inspect

__builtins__ = vars(builtins).copy()

_signature, _empty = inspect.signature, inspect.Parameter.empty


def parameters(value):
    signature = _signature(value)
    told = lambda what: () if what is _empty else (what,)  # noqa: E731
    found = [(name, int(one.kind), told(one.default), told(one.annotation)) for name, one in signature.parameters.items()]
    return found, told(signature.return_annotation)


def signature(told):
    found, returned = told
    made = inspect.Signature(
        inspect.Parameter(
            name,
            inspect._ParameterKind(kind),
            default=default[0] if default else _empty,
            annotation=annotation[0] if annotation else _empty,
        )
        for name, kind, default, annotation in found
    )
    return made.replace(return_annotation=returned[0]) if returned else made
