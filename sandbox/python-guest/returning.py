"""Programs that end with a `return` at the left margin, as those do that were written for a judge that puts them into a function."""

import ast
import builtins

__builtins__ = vars(builtins).copy()

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_NAME = "_program"


def compiled(source, name):
    """The code of a program. Raises SyntaxError."""
    try:
        return compile(source, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        if "'return' outside function" not in str(error):
            raise
        return compile(_in_function(ast.parse(source, name)), name, "exec", dont_inherit=True)


def _in_function(tree):
    """The same as a function, whose names are the module's, and its call."""
    first = [node for node in tree.body if isinstance(node, ast.ImportFrom) and (node.module == "__future__" or node.names[0].name == "*")]
    body = [_Plain().visit(node) for node in tree.body if node not in first]
    names = sorted(set(_bound(body)))
    made = ast.parse(f"def {_NAME}():\n    pass\n{_NAME}()")
    made.body[0].body = [*([ast.Global(names)] if names else []), *body]
    return ast.fix_missing_locations(ast.Module(first + made.body, []))


class _Plain(ast.NodeTransformer):
    """A name that is a module's has no annotation in a function."""

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Global(self, node):
        return ast.copy_location(ast.Pass(), node)

    def visit_AnnAssign(self, node):
        if not isinstance(node.target, ast.Name):
            return node
        return ast.copy_location(ast.Assign([node.target], node.value) if node.value else ast.Pass(), node)


def _bound(nodes):
    """Names that statements bind where they are."""
    pending = [*nodes]
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name:
            yield node.name
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        if not isinstance(node, _INNER):
            pending += ast.iter_child_nodes(node)
