"""Classes of the completion as tests ask for them with what Python does not let a stand-in answer: `type(x) is X`, and `issubclass`.

A stand-in's class is no class of the completion's, but it equals the stand-in for that. So what tests ask of identity is asked of equality where one
side is a type; for every class of Python itself that is the same.
"""

import ast
import builtins

import handles
import objects
from candidate import record

_OPERATORS = {ast.Is: ast.Eq, ast.IsNot: ast.NotEq, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq}

# What tests have `class_of` as: no name that they could use.
CLASS_OF = "class of"


class _Equal(ast.NodeTransformer):
    def visit_Compare(self, node):
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        for place, operator in enumerate(node.ops):
            if type(operator) in _OPERATORS and any(map(_is_type, sides[place : place + 2])):
                node.ops[place] = _OPERATORS[type(operator)]()
        node.left, *node.comparators = map(_asked, sides)
        return node


def _is_type(node):
    """Whether an expression is `type(x)` or `x.__class__`."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type"
    return called and len(node.args) == 1 and not node.keywords or _is_class(node)


def _is_class(node):
    return isinstance(node, ast.Attribute) and node.attr == "__class__"


def _asked(node):
    """The same side, of which `x.__class__` is asked by `class_of`."""
    if not _is_class(node):
        return node
    call = ast.Call(ast.Name(CLASS_OF, ast.Load()), [node.value], [])
    return ast.fix_missing_locations(ast.copy_location(call, node))


def class_of(value):
    """What stands for a value's class. For `isinstance` a stand-in names the library's class that its object's extends."""
    return type(value) if objects.is_handle(value) else value.__class__


def by_equality(nodes):
    """The same statements, in which types are compared by equality."""
    return [_Equal().visit(node) for node in nodes]


def issubclass(kind, others):
    """Python's own, which does not take a stand-in for a class. Of the library's classes it extends what its owner says, as for `isinstance`."""
    if not (objects.is_handle(kind) and type(kind).is_type):
        # A class of the completion's exceptions is one here too, and who asks for its bases has used it.
        record.calls += isinstance(kind, type) and "__theirs__" in vars(kind)
        return builtins.issubclass(kind, others)
    if type(others) is tuple:
        return any([issubclass(kind, other) for other in others])
    if objects.is_handle(others):
        return builtins.issubclass(kind, others)
    held = handles.library_class(handles.number_of(kind))
    return builtins.issubclass(object if held is None else held, others)
