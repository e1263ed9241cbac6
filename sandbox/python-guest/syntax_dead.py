"""Takes out of a syntax tree what cannot be reached: it meets no rule that requires something."""

import ast
import operator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_BLOCKS = ("body", "orelse", "finalbody")
_COMPARED = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Is: operator.is_, ast.IsNot: operator.is_not,
}  # fmt: skip
_SHALLOW = 20


def prune(tree):
    """Changes the tree in place: what follows an end, stands under a test that is never true, or is a function within another that
    nothing there names."""
    pending = [tree]
    while pending:
        node = pending.pop()
        for field in _BLOCKS:
            block = getattr(node, field, None)
            if isinstance(block, list):
                setattr(node, field, _live(block, isinstance(node, _FUNCTIONS)))
        if isinstance(node, ast.IfExp):
            known = truth(node.test)
            if known is not None:
                setattr(node, "orelse" if known else "body", ast.Constant(None))
        elif isinstance(node, ast.BoolOp):
            node.values = _evaluated(node)
        pending += ast.iter_child_nodes(node)
    return tree


def _live(block, of_function):
    """The statements of a block that can be reached."""
    live = []
    for statement in block:
        known = truth(statement.test) if isinstance(statement, (ast.If, ast.While)) else None
        if isinstance(statement, (ast.For, ast.AsyncFor)) and truth(statement.iter) is False:
            known = False
        if isinstance(statement, ast.If) and known is not None:
            live += _live(statement.body if known else statement.orelse, False)
        elif isinstance(statement, _LOOPS) and known is False:
            live += _live(statement.orelse, False)
        elif not isinstance(statement, ast.Expr) or not isinstance(statement.value, (ast.Lambda, ast.GeneratorExp)):
            live.append(statement)
        endless = isinstance(statement, ast.While) and known and not _breaks(statement.body)
        if endless or live and isinstance(live[-1], _ENDS):
            break
    return _named(live) if of_function else live


def _breaks(block):
    """Whether a loop's block may leave the loop."""
    pending = list(block)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Break):
            return True
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.Lambda)):
            inner = ast.iter_child_nodes(node)
            pending += node.orelse if isinstance(node, _LOOPS) else inner
    return False


def _named(block):
    """A function's block without the functions and classes in it that nothing else there names."""
    defined = [node for node in block if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and not node.decorator_list]
    if not defined:
        return block
    own = {id(node): {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} for node in block}
    shared = any(isinstance(part, (ast.Global, ast.Nonlocal)) for node in block for part in ast.walk(node))
    read = any(name in names for names in own.values() for name in ("locals", "eval", "exec"))
    if shared or read:
        return block
    gone = {id(node) for node in defined if not any(node.name in own[id(other)] for other in block if other is not node)}
    return [node for node in block if id(node) not in gone]


def _evaluated(node):
    """The operands of `and` or `or` that can be reached."""
    ends, values = isinstance(node.op, ast.Or), []
    for value in node.values:
        values.append(value)
        if truth(value) is ends:
            break
    return values


def truth(node, depth=0):
    """Whether an expression is always true or always false; None when that is not written there."""
    if depth > _SHALLOW:
        return None
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return bool(node.elts) if not any(isinstance(item, ast.Starred) for item in node.elts) else None
    if isinstance(node, ast.Dict):
        return None if None in node.keys else bool(node.keys)
    if isinstance(node, ast.Name):
        return False if node.id == "TYPE_CHECKING" else None
    if isinstance(node, ast.Attribute):
        return False if node.attr == "TYPE_CHECKING" else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        known = truth(node.operand, depth + 1)
        return None if known is None else not known
    if isinstance(node, ast.BoolOp):
        known = [truth(value, depth + 1) for value in node.values]
        decides = isinstance(node.op, ast.Or)
        return decides if decides in known else None if None in known else not decides
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        return _compared(node)
    return None


def _compared(node):
    left, right = node.left, node.comparators[0]
    compare = _COMPARED.get(type(node.ops[0]))
    if compare is None or not isinstance(left, ast.Constant) or not isinstance(right, ast.Constant):
        return None
    try:
        return bool(compare(left.value, right.value))
    except TypeError:
        return None
