"""Finds imports, uses, identifiers, attributes and kinds of syntax in a source: what `syntax` looks for."""

import ast
import unicodedata

from syntax_names import BUILTINS, IMPORTERS, ITEM_METHODS
from syntax_scopes import FUNCTIONS, argument, literal, parameters
from syntax_recursion import note_calls, recursive

OF_NODE = {
    "For": ("for",), "AsyncFor": ("for", "async"), "While": ("while",), "ListComp": ("comprehension",),
    "SetComp": ("comprehension",), "DictComp": ("comprehension",), "GeneratorExp": ("comprehension",),
    "Lambda": ("lambda",), "ClassDef": ("class",), "FunctionDef": ("def",), "AsyncFunctionDef": ("def", "async"),
    "Await": ("async",), "Try": ("try",), "TryStar": ("try",), "With": ("with",), "AsyncWith": ("with", "async"),
    "Global": ("global",), "Nonlocal": ("nonlocal",), "Import": ("import",), "ImportFrom": ("import",), "If": ("if",),
    "IfExp": ("conditional",), "Match": ("match",), "Yield": ("yield",), "YieldFrom": ("yield",),
    "Assert": ("assert",), "NamedExpr": ("walrus",), "JoinedStr": ("f-string",), "Return": ("return",),
    "Delete": ("delete",), "Raise": ("raise",), "AnnAssign": ("type-hint",), "TypeAlias": ("type-hint",),
    "Break": ("break",), "Continue": ("continue",),
}  # fmt: skip
LISTS = {
    "imports": "module names", "calls": "dotted names", "names": "identifiers", "attributes": "attribute names",
    "nodes": "kinds of syntax",
}  # fmt: skip
_TYPES = frozenset((
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "memoryview", "object",
    "range", "set", "slice", "str", "tuple", "type",
))  # fmt: skip
_LITERALS = {
    "List": "list", "ListComp": "list", "Dict": "dict", "DictComp": "dict", "Set": "set", "SetComp": "set",
    "Tuple": "tuple", "JoinedStr": "str",
}  # fmt: skip
# Members of modules that are neither modules nor classes.
_DATA = frozenset(("sys.argv", "sys.path", "sys.modules", "os.environ", "string.ascii_letters", "string.digits"))
_ATTRIBUTE_FUNCTIONS = frozenset("builtins." + name for name in ("getattr", "setattr", "delattr", "hasattr"))
_NAMED_ATTRIBUTES = frozenset(("operator.attrgetter", "operator.methodcaller"))
READS = (ast.Attribute, ast.Subscript, ast.Call)


def normal(name):
    """A name as Python reads it."""
    return unicodedata.normalize("NFKC", name)


class Wanted:
    """The rules, arranged for looking up what was found."""

    def __init__(self, rules):
        listed = {rule: {normal(key): key for key in rules.get(rule, ())} for rule in LISTS}
        self.imports, self.names = listed["imports"], listed["names"]
        self.attributes, self.nodes = listed["attributes"], listed["nodes"]
        self.calls, self.values, self.reads, self.methods = listed["calls"], {}, {}, {}
        for name, key in listed["calls"].items():
            root, _, rest = name.partition(".")
            if root == "builtins" and rest:
                root, _, rest = rest.partition(".")
                name = f"{root}.{rest}" if rest else root
            if root in BUILTINS:
                self.values["builtins." + name] = key
                if root in _TYPES and rest and "." not in rest:
                    self.methods.setdefault(rest, []).append((root, key))
            elif rest:
                self.values["builtins.open" if name == "io.open" else name] = key
            else:
                self.reads[name] = key
        resolved = listed["calls"] or self.imports or self.attributes or {"print", "recursion"} & set(self.nodes)
        self.resolves = bool(resolved)
        # Modules that must not be passed along.
        self.guarded = {"builtins", "importlib", "builtins.__dict__", "importlib.__dict__", "<globals>", "sys.modules"}
        for value in self.values:
            parts = value.split(".")[:-1]
            for length in range(1, len(parts) + 1):
                module = ".".join(parts[:length])
                self.guarded.update((module, module + ".__dict__"))

    def module(self, name):
        """The rules that cover an import of a module."""
        if name.startswith("."):
            return [self.imports["*"]] if "*" in self.imports else []
        parts = name.split(".")
        prefixes = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
        return [self.imports[key] for key in ("*", *prefixes) if key in self.imports]


def find(names, wanted, prefix_lines):
    """Everything that the rules name: rule, the entry of it, what was found, and its line."""
    calls = {}
    finders = [(_nodes, ast.AST)] if wanted.nodes else []
    finders += [(_names, ast.AST)] if wanted.names else []
    finders += [(_imports, (ast.Import, ast.ImportFrom, *READS))] if wanted.imports else []
    finders += [(_uses, (ast.Name, ast.MatchClass, *READS))] if wanted.calls or wanted.attributes else []
    # Children come first, so that what they stand for is known when their parents are looked at.
    for node, scope in reversed(names.nodes) if wanted.resolves else names.nodes:
        for finder, types in finders:
            for rule, key, text, part in finder(names, wanted, node, scope) if isinstance(node, types) else ():
                line = (part or node).lineno
                if line > prefix_lines:
                    yield rule, key, text, line
        if "recursion" in wanted.nodes and isinstance(node, ast.Call):
            note_calls(names, node, scope, calls)
    for name, line in recursive(calls, prefix_lines):
        yield "nodes", wanted.nodes["recursion"], f"recursion of `{name}`", line


def _nodes(names, wanted, node, scope):
    for kind in OF_NODE.get(type(node).__name__, ()):
        if kind in wanted.nodes:
            yield "nodes", wanted.nodes[kind], kind, None
    for kind, part in _parts(node):
        if kind in wanted.nodes:
            yield "nodes", wanted.nodes[kind], kind, part
    if "print" in wanted.nodes and isinstance(node, ast.Call) and "builtins.print" in names.values(node.func, scope):
        yield "nodes", wanted.nodes["print"], "print", None


def _parts(node):
    """Kinds of syntax that are not one class of nodes, and where they begin."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        yield from (("decorator", decorator) for decorator in node.decorator_list)
        if isinstance(node, FUNCTIONS):
            hints = [node.returns, *(parameter.annotation for parameter in parameters(node.args))]
            yield from (("type-hint", hint) for hint in hints if hint is not None)
    if isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Module)) and docstring_of(node) is not None:
        yield "docstring", node.body[0]
    if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
        yield "star-import", node
    if isinstance(node, ast.comprehension) and node.is_async:
        yield "async", node.target


def _names(names, wanted, node, scope):
    for name in _identifiers(node):
        if name in wanted.names:
            yield "names", wanted.names[name], name, None


def _identifiers(node):
    """The identifiers that a node itself writes."""
    for field in ("id", "attr", "arg", "name", "asname", "rest"):
        name = getattr(node, field, None)
        if isinstance(name, str):
            yield from name.split(".")
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names
    elif isinstance(node, ast.MatchClass):
        yield from node.kwd_attrs
    elif isinstance(node, ast.ImportFrom):
        yield from (node.module or "").split(".")


def _imports(names, wanted, node, scope):
    if isinstance(node, ast.Import):
        found = [(alias.name, f"import {alias.name}") for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        text = shorten(f"from {module} import " + ", ".join(alias.name for alias in node.names))
        dot = "" if module.endswith(".") else "."
        found = [(module, text), *((f"{module}{dot}{alias.name}", text) for alias in node.names)]
    elif isinstance(node, ast.Call):
        found = _called_imports(names, node, scope)
    elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Load):
        found = _named_modules(names, wanted, node, scope)
    else:
        return
    for module, text in found:
        for key in wanted.module(module):
            yield "imports", key, text, None


def _called_imports(names, node, scope):
    functions = texts(names.values(node.func, scope))
    name = literal(argument(node, 0, "name")) if functions & IMPORTERS else None
    if name is not None:
        return [(name, shorten(f'{spelling(node.func)}("{name}")'))]
    if any(value == "sys.modules." + method for value in functions for method in ITEM_METHODS):
        name = literal(argument(node, 0))
        return [(name, shorten(f'sys.modules["{name}"]'))] if name is not None else []
    return []


def _named_modules(names, wanted, node, scope):
    """Modules reached without an import of their own: `sys.modules["os"]`, `os.path`, `shutil.os`."""
    if isinstance(node, ast.Subscript):
        name = literal(node.slice)
        known = name is not None and "sys.modules" in names.values(node.value, scope)
        return [(name, shorten(f'sys.modules["{name}"]'))] if known else []
    values = texts(names.values(node, scope))
    exact = [value for value in values if value in wanted.imports]
    return [(value, _written(value, node)) for value in exact if value.partition(".")[0] in names.imported]


def texts(values):
    return {value for value in values if isinstance(value, str)}


def _uses(names, wanted, node, scope):
    """Uses of what `calls` and `attributes` name."""
    if isinstance(node, ast.Attribute):
        yield from _attribute_uses(names, wanted, node, scope, node.value, node.attr)
    elif isinstance(node, ast.Call):
        yield from _literal_attributes(names, wanted, node, scope)
    elif isinstance(node, ast.MatchClass):
        for name in node.kwd_attrs:
            if name in wanted.attributes:
                yield "attributes", wanted.attributes[name], name, None
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in wanted.reads:
        yield "calls", wanted.reads[node.id], node.id, None
    if wanted.values and is_read(node):
        for value in texts(names.values(node, scope)):
            if value in wanted.values:
                key = wanted.values[value]
                yield "calls", key, _written(key, node), None


def is_read(node):
    if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)):
        return isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.Call)


def _literal_attributes(names, wanted, node, scope):
    functions = texts(names.values(node.func, scope))
    if functions & _ATTRIBUTE_FUNCTIONS:
        name = literal(argument(node, 1))
        if name is not None and not isinstance(node.args[0], ast.Starred):
            yield from _attribute_uses(names, wanted, node, scope, node.args[0], name)
    if functions & _NAMED_ATTRIBUTES:
        for name in (literal(value) or "" for value in node.args):
            for part in name.split("."):
                yield from _attribute_uses(names, wanted, node, scope, None, part)


def _attribute_uses(names, wanted, node, scope, receiver, name):
    if name in wanted.attributes:
        yield "attributes", wanted.attributes[name], name, None
    written = not isinstance(node, ast.Attribute) or isinstance(node.ctx, ast.Load)
    for kind, key in wanted.methods.get(name, ()) if written else ():
        if receiver is None or _may_be(names, receiver, scope, kind, name):
            yield "calls", key, _written(key, node), None


def _may_be(names, receiver, scope, kind, method):
    """Whether a receiver may be of a builtin type, as far as it is known."""
    values = names.values(receiver, scope)
    if not values:
        known = _LITERALS.get(type(receiver).__name__)
        if isinstance(receiver, ast.Constant):
            known = type(receiver.value).__name__
        return known is None or known == kind
    return any(_value_may_be(names, value, kind, method) for value in values)


def _value_may_be(names, value, kind, method):
    if not isinstance(value, str):
        return not names.member(value, method)
    if value.startswith("builtins."):
        return value == "builtins." + kind
    if value in _DATA or value.partition(".")[0] not in names.imported:
        return True
    return "." in value and value.rpartition(".")[2][:1].isupper()


def spelling(node):
    """A short form of an expression: its dotted name, with what is not a name left out."""
    parts = []
    while len(parts) < 6:
        if isinstance(node, ast.Attribute):
            parts.append("." + node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            parts.append("(...)")
            node = node.func
        elif isinstance(node, ast.Subscript):
            parts.append("[...]")
            node = node.value
        else:
            break
    return "".join([node.id if isinstance(node, ast.Name) else "(...)", *reversed(parts)])


def _written(name, node):
    spelled = spelling(node)
    return name if spelled == name else shorten(f"{name} (written `{spelled}`)")


def shorten(text):
    return text if len(text) <= 100 else text[:97] + "..."


def docstring_of(node):
    """The statement that is the docstring of a module, class or function, or None."""
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None
