"""Measures functions and lines, and compares signatures: the rules that only `required` has."""

import ast
import re

from syntax_scopes import FUNCTIONS, defaults, parameters
from syntax_finders import docstring_of, normal, shorten

_COMPOUND = frozenset(("If", "For", "AsyncFor", "While", "Try", "TryStar", "With", "AsyncWith", "Match"))
_DECISIONS = frozenset(("If", "IfExp", "For", "AsyncFor", "While", "ExceptHandler", "comprehension"))
SIGNATURE = re.compile(r"\s*(async\s+def|def)\s+([^\s(]+)\s*(\(.*)", re.DOTALL)


class Outline:
    """The functions and classes of a source by their names, and its lines with code."""

    def __init__(self, source, tree, prefix_lines):
        self.tree, self.prefix_lines = tree, prefix_lines
        self.lines = re.split(r"\r\n|\r|\n", source)
        self.functions, self.all, self.classes, self.methods = {}, [], set(), set()
        self.reaching = []  # Also the functions that begin in the prefix and go on after it.
        self._strings, self._docstrings = [], []
        self._read()
        self.code = self._code()

    def _read(self):
        """Goes through the tree; `place` is the name of what a node stands in, or None where no name reaches it."""
        pending = [(self.tree, "", "", False)]
        while pending:
            node, path, label, in_class = pending.pop()
            defines = isinstance(node, (*FUNCTIONS, ast.ClassDef))
            if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Module)) and docstring_of(node) is not None:
                self._docstrings.append(docstring_of(node))
            if isinstance(node, (ast.Constant, ast.JoinedStr)) and node.end_lineno > node.lineno:
                self._strings.append(node)
            if defines:
                name = node.name if path == "" else None if path is None else f"{path}.{node.name}"
                label = f"{label}.{node.name}" if label else node.name
                self._define(node, name, label, in_class)
                path = name if isinstance(node, ast.ClassDef) else None
                in_class = isinstance(node, ast.ClassDef)
            elif isinstance(node, ast.Lambda):
                path, in_class = None, False
            pending += [(child, path, label, in_class) for child in reversed(list(ast.iter_child_nodes(node)))]

    def _define(self, node, name, label, in_class):
        counts = node.lineno > self.prefix_lines
        if isinstance(node, ast.ClassDef):
            if counts and name:
                self.classes.add(normal(name))
            return
        if in_class:
            self.methods.add(node)
        if node.end_lineno > self.prefix_lines:
            self.reaching.append((label, node))
        if counts:
            self.all.append((label, node))
            if name:
                self.functions[name] = node

    def _code(self):
        """The numbers of the lines after the prefix that hold code."""
        in_string = {line for node in self._strings for line in range(node.lineno + 1, node.end_lineno + 1)}
        code = set()
        for number, text in enumerate(self.lines, 1):
            text = text.strip()
            if text and number > self.prefix_lines and (number in in_string or not text.startswith("#")):
                code.add(number)
        for node in self._docstrings:
            first, last = self.lines[node.lineno - 1].encode(), self.lines[node.end_lineno - 1].encode()
            code.difference_update(range(node.lineno + 1, node.end_lineno))
            before = first[: node.col_offset].strip()
            after = last[node.end_col_offset :].strip(b" \t\f;")
            if not before and (node.lineno < node.end_lineno or not after or after.startswith(b"#")):
                code.discard(node.lineno)
            if node.lineno < node.end_lineno and (not after or after.startswith(b"#")):
                code.discard(node.end_lineno)
        return code

    def named(self, names):
        """The functions asked for, by name; None for one that is not defined."""
        if names == "all":
            return self.all
        return [(name, self.functions.get(normal(name))) for name in names]


def _check_functions(outline, wanted):
    for text in wanted:
        name, signature = signature_of(text)
        function = outline.functions.get(name)
        if function is None:
            yield text
        elif signature is not None and not _same_signature(signature, function):
            yield shorten(f"{text}: found {_shown(function)}")


def signature_of(text):
    """The name asked for and, when more is asked for, a function of that signature."""
    match = SIGNATURE.match(text)
    if match is None:
        return normal(text), None
    tree = ast.parse(f"{match[1]} {match[2].rpartition('.')[2]}{match[3].rstrip().removesuffix(':')}: pass")
    if len(tree.body) != 1 or not isinstance(tree.body[0], FUNCTIONS):
        raise SyntaxError("it is more than a signature")
    return normal(match[2]), tree.body[0]


def _same_signature(wanted, found):
    if type(wanted) is not type(found) or not _same_hint(wanted.returns, found.returns):
        return False
    if _shape(wanted.args) != _shape(found.args):
        return False
    for mine, theirs in zip(parameters(wanted.args), parameters(found.args)):
        if not _same_hint(mine.annotation, theirs.annotation):
            return False
    given = {parameter.arg: default for parameter, default in defaults(found.args)}
    for parameter, default in defaults(wanted.args):
        other = given.get(parameter.arg)
        free = isinstance(default, ast.Constant) and default.value is ...
        if other is None or not (free or ast.dump(default) == ast.dump(other)):
            return False
    return True


def _shape(arguments):
    places = [parameter.arg for parameter in arguments.posonlyargs], [parameter.arg for parameter in arguments.args]
    rest = arguments.vararg and arguments.vararg.arg, arguments.kwarg and arguments.kwarg.arg
    return places, [parameter.arg for parameter in arguments.kwonlyargs], rest


def _same_hint(wanted, found):
    """Whether a hint is as stated; one in quotes is what the quotes hold."""
    return wanted is None or (found is not None and ast.dump(_unquoted(wanted)) == ast.dump(_unquoted(found)))


def _unquoted(hint):
    if isinstance(hint, ast.Constant) and isinstance(hint.value, str):
        try:
            return ast.parse(hint.value.strip(), mode="eval").body
        except (SyntaxError, ValueError):
            return hint
    return hint


def _shown(function):
    returns = f" -> {ast.unparse(function.returns)}" if function.returns is not None else ""
    head = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    return f"{head} {function.name}({ast.unparse(function.args)}){returns}"


def _check_classes(outline, wanted):
    yield from (name for name in wanted if normal(name) not in outline.classes)


def _check_docstrings(outline, wanted):
    for name, function in outline.named(wanted):
        docstring = function and docstring_of(function)
        if docstring is None or not docstring.value.value.strip():
            yield name


def _check_type_hints(outline, wanted):
    for name, function in outline.named(wanted):
        if function is None:
            yield name
            continue
        receivers = (function.args.posonlyargs + function.args.args)[:1] if function in outline.methods else []
        missing = [
            parameter.arg
            for parameter in parameters(function.args)
            if parameter.annotation is None and not (parameter in receivers and parameter.arg in ("self", "cls"))
        ]
        missing += ["return"] if function.returns is None else []
        if missing:
            yield shorten(f"{name}: {', '.join(missing)}")


def _check_max_lines(outline, limit):
    if len(outline.code) > limit:
        yield f"{len(outline.code)} lines of code, at most {limit}"


def _check_max_function_lines(outline, limit):
    before = [0]
    for number in range(1, len(outline.lines) + 2):
        before.append(before[-1] + (number in outline.code))
    for name, function in outline.reaching:
        count = before[function.end_lineno] - before[function.lineno - 1]
        if count > limit:
            yield f"{name}: {count} lines of code, at most {limit}"


def _check_max_nesting(outline, limit):
    deepest, where = 0, 0
    pending = [(outline.tree, 0)]
    while pending:
        node, depth = pending.pop()
        kind = type(node).__name__
        if isinstance(node, ast.stmt) and node.lineno > outline.prefix_lines:
            deepest, where = max((deepest, where), (depth, -node.lineno))
        inner = 0 if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)) else depth + (kind in _COMPOUND)
        for child in ast.iter_child_nodes(node):
            chained = kind == "If" and node.orelse == [child] and isinstance(child, ast.If)
            same = chained and child.col_offset == node.col_offset
            pending.append((child, depth if same else inner))
    if deepest > limit:
        yield f"{deepest} deep at line {-where}, at most {limit}"


def _check_max_line_length(outline, limit):
    for number, line in enumerate(outline.lines, 1):
        if number > outline.prefix_lines and len(line) > limit:
            yield f"line {number} has {len(line)} characters, at most {limit}"


def _check_min_functions(outline, limit):
    if len(outline.all) < limit:
        yield f"{len(outline.all)} functions, at least {limit}"


def _check_max_complexity(outline, limit):
    for name, function in outline.reaching:
        complexity = _complexity(function, outline.prefix_lines)
        if complexity > limit:
            yield f"{name}: complexity {complexity}, at most {limit}"


def _complexity(function, prefix_lines):
    total, pending = 1, list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, FUNCTIONS):
            continue
        if _line(node) > prefix_lines:
            total += _decisions(node)
        pending += ast.iter_child_nodes(node)
    return total


def _line(node):
    begin = node.target if isinstance(node, ast.comprehension) else getattr(node, "pattern", None) or node
    return getattr(begin, "lineno", 0)


def _decisions(node):
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, ast.match_case):
        bare = isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None and node.pattern.name is None
        return (not bare) + (node.guard is not None)
    return int(type(node).__name__ in _DECISIONS)


CHECKS = {
    "functions": _check_functions, "classes": _check_classes, "docstrings": _check_docstrings,
    "type_hints": _check_type_hints, "max_lines": _check_max_lines, "max_function_lines": _check_max_function_lines,
    "max_nesting": _check_max_nesting, "max_line_length": _check_max_line_length,
    "min_functions": _check_min_functions, "max_complexity": _check_max_complexity,
}  # fmt: skip
