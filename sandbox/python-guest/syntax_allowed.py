"""Finds what a source reaches by other ways than names that it writes: modules that are not known to be harmless, reflection,
attributes by names that are not literal. Where calls or imports are forbidden, only what is known is allowed."""

import ast

import syntax_pure as pure
from syntax_finders import READS, is_read, shorten, spelling, texts
from syntax_names import IMPORTERS, RUNNERS
from syntax_scopes import FUNCTIONS, argument, literal

_OPERATORS = (
    "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor".split()
)
# Names with two underscores that a source may write: what Python calls by itself, and what says nothing of other objects.
SPECIAL = frozenset(
    f"__{name}__"
    for name in [
        *_OPERATORS, *("r" + name for name in _OPERATORS), *("i" + name for name in _OPERATORS),
        *"""init new del repr str bytes format lt le eq ne gt ge hash bool len length_hint getitem setitem delitem missing iter
        next reversed contains call neg pos abs invert complex int float index round trunc floor ceil enter exit aenter aexit
        await aiter anext get set delete set_name copy deepcopy getstate setstate name qualname doc module slots version file all
        author license date email cause context traceback notes suppress_context post_init class class_getitem init_subclass debug
        setattr delattr getattr getattribute dir sizeof fspath match_args title main concat annotations buffer hash prepare
        instancecheck subclasscheck future stdin stdout stderr import builtins loader spec package total mro""".split(),
    ]
)  # fmt: skip
# Attributes that lead from an object to what made it or runs it.
_REFLECTION = frozenset("""
    __annotations__ __builtins__ __getattribute__ __getattr__ __import__ __loader__ __mro__ __prepare__ __spec__ _convert_ ag_code ag_frame cr_code
    cr_frame cr_origin f_back f_builtins f_code f_globals f_locals func_globals gi_code gi_frame tb_frame fget_globals
""".split())  # fmt: skip
# Functions that take the name of an attribute, and the place of it.
_BY_NAME = {"builtins.getattr": 1, "builtins.setattr": 1, "builtins.delattr": 1, "operator.attrgetter": 0, "operator.methodcaller": 0}
# What may be called and asked for, and not handed on or kept in a class.
_IN_SIGHT = frozenset((*_BY_NAME, *RUNNERS, *IMPORTERS, "builtins.globals", "builtins.locals", "builtins.vars", "builtins.breakpoint",
    "functools.update_wrapper", "functools.wraps", "inspect.signature", "unittest.main", "doctest.testmod", "types.FunctionType",
    "types.LambdaType", "types.MethodType"))  # fmt: skip
# How many arguments these may have, and no keywords: the others name attributes, or texts to read as code.
_PLAINLY = {"functools.update_wrapper": 2, "functools.wraps": 1, "inspect.signature": 1, "unittest.main": 0, "doctest.testmod": 0}
_FIELDS = ("id", "attr", "arg", "name", "asname", "rest")


def find_unallowed(names, wanted, handed):
    """Rule, text and line of what is not allowed. `handed` says where values go (`syntax_hidden`)."""
    objects, own = _objects(wanted), _own_names(names.nodes)
    for text, line in names.overflowed:
        yield "hidden", f"`{shorten(text)}` has more values than can be followed", line
    for node, scope in names.nodes:
        line = getattr(node, "lineno", 0)
        for text in _unwritten(names, wanted, node, scope, handed, own):
            yield "hidden", f"`{shorten(text)}` could hide a forbidden name", line
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((rule, text, line) for rule, text in _imported(wanted, node, objects))
        elif isinstance(node, ast.ClassDef) and node.bases:
            if _may_inherit(names, node, scope):
                yield from ((rule, text, line) for rule, text in _fields(wanted, node))
        elif isinstance(node, ast.MatchClass):
            yield from ((rule, text, line) for rule, text in _matched(names, wanted, node, scope))
        if not isinstance(node, (ast.Name, *READS)) or not is_read(node):
            continue
        for value in texts(names.values(node, scope)):
            if value in wanted.values or not isinstance(node, ast.Call) and value == "builtins":
                continue
            key = _same_object(objects, value) if value.partition(".")[0] in names.imported else None
            if key is not None:
                yield "calls", f"{key} (written `{shorten(spelling(node))}`)", line
            elif not _may_stand(names, wanted, value, node, handed.get(node), scope):
                yield "hidden", f"`{shorten(spelling(node))}` could hide a forbidden name", line
        if isinstance(node, ast.Call) and not _plain_call(names, wanted, node, scope, handed.get(node)):
            yield "hidden", f"`{shorten(spelling(node.func))}` could hide a forbidden name", line


def _objects(wanted):
    """The forbidden functions themselves, which the library may have under other names."""
    found = []
    for value, key in wanted.values.items():
        module, rest = pure.split(value)
        held = pure.member(module, rest[0]) if module and len(rest) == 1 else None
        if callable(held):
            found.append((held, key))
    return found


def _same_object(objects, value):
    module, rest = pure.split(value)
    if not module or len(rest) != 1:
        return None
    held = pure.member(module, rest[0])
    return next((key for ours, key in objects if ours is held), None)


def _unwritten(names, wanted, node, scope, handed, own):
    """Identifiers that a node writes and that reach what is written nowhere."""
    attribute = isinstance(node, ast.Attribute)
    read = attribute or isinstance(node, ast.MatchClass)
    found = [getattr(node, field, None) for field in _FIELDS]
    found += node.kwd_attrs if isinstance(node, ast.MatchClass) else ()
    for name in found:
        if not isinstance(name, str) or name[:1] != "_" and name not in _REFLECTION or name in wanted.attributes:
            continue
        if not read:
            if _is_special(name) and name not in SPECIAL:
                yield name
        elif attribute and _followed(names, wanted, node, scope):
            continue
        elif name == "__dict__":
            if handed.get(node) != "nowhere":
                yield name
        elif name in ("__setattr__", "__delattr__"):
            if not _is_super_or_object(node):
                yield name
        elif name in ("__doc__", "__match_args__"):
            if not isinstance(node.ctx, ast.Load) and (name != "__doc__" or "doctest" in names.imported):
                yield name
        elif name in _REFLECTION or (name not in SPECIAL if _is_special(name) else name not in own and name not in _NAMED_TUPLE):
            yield name


def _followed(names, wanted, node, scope):
    """Whether what an attribute stands for is known, so that uses of it are found by that."""
    values = texts(names.values(node, scope))
    return bool(values) and all(value in ("builtins", "<globals>") or value in wanted.guarded for value in values)


_NAMED_TUPLE = frozenset(("_asdict", "_fields", "_make", "_replace", "_field_defaults", "_value_", "_name_", "_missing_", "_exit"))


def _is_special(name):
    return len(name) > 4 and name.startswith("__") and name.endswith("__")


def _is_super_or_object(node):
    value = node.value if isinstance(node, ast.Attribute) else None
    named = value.func if isinstance(value, ast.Call) else value
    return isinstance(named, ast.Name) and named.id in ("super", "object")


def _imported(wanted, node, objects):
    """Modules that are not known to hide nothing, and names of those that are."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if not pure.may_import(alias.name) and not wanted.module(alias.name):
                yield "hidden", f"`{shorten(alias.name)}` could hide a forbidden name"
        return
    module = node.module or ""
    if node.level or wanted.module(module):
        return
    if not pure.may_import(module):
        yield "hidden", f"`{shorten(module)}` could hide a forbidden name"
        return
    for alias in node.names:
        value = f"{module}.{alias.name}"
        if alias.name == "*":
            if module in ("builtins", "sys", "importlib"):
                yield "hidden", f"`from {module} import *` could hide a forbidden name"
        elif not wanted.module(value) and value not in wanted.values and pure.is_module(module):
            key = _same_object(objects, value)
            if key is not None:
                yield "calls", f"{key} (written `{shorten(value)}`)"
            elif not pure.may_use(module, alias.name):
                yield "hidden", f"`{shorten(value)}` could hide a forbidden name"


def _may_stand(names, wanted, value, node, way, scope):
    """Whether a value may be where it is."""
    if value in _IN_SIGHT:
        kept = way == "name" and scope.kind == "class"
        return way in ("call", "nowhere", "name") and not kept
    root = value.partition(".")[0]
    if root not in names.imported or value.startswith("<"):
        return True
    module, rest = pure.split(value)
    if not module or module == "sys" and rest[:1] == ["modules"]:
        return True
    if not pure.is_module(module):
        # Its import was found, unless it is reached another way.
        return bool(rest) or isinstance(node, ast.Name) or pure.may_import(module)
    if not rest:
        # A module may be asked for its names, and named.
        return way in ("attribute", "name", "nowhere", "call") and not (way == "name" and scope.kind == "class")
    if module == "builtins" and len(rest) == 1:
        return True
    if rest == ["__dict__"]:
        return way == "nowhere" or value in wanted.guarded
    return len(rest) > 1 or pure.may_use(module, rest[0])


def _plain_call(names, wanted, node, scope, way):
    """Whether a call of something that takes names or code is given what can be read."""
    functions = texts(names.values(node.func, scope))
    for value in functions:
        if value in wanted.values:
            continue
        if value in _BY_NAME and not _named_plainly(names, wanted, node, scope, value):
            return False
        if value == "unittest.main" and _runs_own_tests(node):
            continue
        if value in _PLAINLY and (len(node.args) > _PLAINLY[value] or node.keywords or _starred(node)):
            return False
        if value in ("builtins.eval", "builtins.exec") and not all(isinstance(space, ast.Dict) for space in _spaces(node)):
            # Python puts the builtins into a namespace that code runs in.
            return False
        if value in ("types.FunctionType", "types.LambdaType"):
            return False
        if value == "builtins.vars" and node.args and not _is_parsed(node.args[0]) and way != "nowhere" and not _followed(names, wanted, node, scope):
            return False
        if value == "builtins.breakpoint":
            return False
    return True


def _runs_own_tests(node):
    """Whether arguments of `unittest.main` name no tests: `exit`, `verbosity`, or a program's name alone."""
    for keyword in node.keywords:
        one = isinstance(keyword.value, (ast.List, ast.Tuple)) and len(keyword.value.elts) == 1
        if keyword.arg not in ("exit", "verbosity") and not (keyword.arg == "argv" and one):
            return False
    return not node.args


def _is_parsed(node):
    """Whether it is a call of `parse_args`, whose result holds texts and what they were turned into."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "parse_args"


def _spaces(node):
    return [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg in ("globals", "locals", None))]


def _starred(node):
    return any(isinstance(value, ast.Starred) for value in node.args)


def _named_plainly(names, wanted, node, scope, value):
    place = _BY_NAME[value]
    given = node.args[place:] if value == "operator.attrgetter" else [argument(node, place)]
    if _starred(node) or any(keyword.arg is None for keyword in node.keywords) and place:
        return False
    for name in given:
        text = literal(name) if name is not None else None
        if text is None:
            if value in ("builtins.setattr", "builtins.delattr") and _is_own(names, node.args[0], scope):
                continue
            if not _begins_harmlessly(name, wanted):
                return False
            continue
        for part in text.split("."):
            if part in ("__dict__", "__match_args__") or part in _REFLECTION or _is_special(part) and part not in SPECIAL:
                return _followed(names, wanted, node, scope)
    return True


def _is_own(names, node, scope):
    """Whether it is an instance of a class of the source, by what a method calls itself."""
    return any(isinstance(value, tuple) for value in names.values(node, scope))


def _begins_harmlessly(name, wanted):
    """Whether a name that is not literal begins with a text that no forbidden name begins with."""
    while isinstance(name, ast.BinOp) and isinstance(name.op, ast.Add):
        name = name.left
    if isinstance(name, ast.JoinedStr) and name.values:
        name = name.values[0]
    start = literal(name) if isinstance(name, ast.Constant) else None
    if not start or start.startswith("_") or "." in start:
        return False
    last = {value.rpartition(".")[2] for value in wanted.values} | set(wanted.methods) | set(wanted.attributes)
    return not any(known.startswith(start) for known in last)


# Bases from which a class inherits no method of a builtin type that is not its own field.
_BARE = frozenset("builtins.object typing.NamedTuple typing.Protocol typing.Generic abc.ABC enum.Enum builtins.Exception".split())


def _may_inherit(names, kind, scope, depth=8):
    """Whether a class could have methods of a builtin type by one of its bases."""
    for base in kind.bases:
        values = names.values(base.value if isinstance(base, ast.Subscript) else base, scope)
        for value in values:
            own = isinstance(value, ast.ClassDef) and depth and not _may_inherit(names, value, scope, depth - 1)
            if not own and value not in _BARE:
                return True
        if not values:
            return True
    return False


def _fields(wanted, kind):
    """Fields that a class declares by names of forbidden methods, which it may inherit."""
    targets = [statement.target for statement in kind.body if isinstance(statement, ast.AnnAssign) and statement.value is None]
    for target in targets:
        for _, key in wanted.methods.get(target.id, ()) if isinstance(target, ast.Name) else ():
            yield "calls", f"{key} (written `{shorten(target.id)}` as a field)"


_SELF_MATCHING = frozenset(("bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"))


def _matched(names, wanted, node, scope):
    """Attributes that a class pattern reads: those it writes, and those that its class names for places."""
    read = list(node.kwd_attrs)
    kinds = names.values(node.cls, scope)
    if node.patterns:
        own = [kind for kind in kinds if isinstance(kind, ast.ClassDef)]
        builtin = all(isinstance(kind, str) and kind.removeprefix("builtins.") in _SELF_MATCHING for kind in kinds)
        if not kinds or not builtin and (len(own) != len(kinds) or any(kind.keywords for kind in own)):
            yield "hidden", f"`{shorten(spelling(node.cls))}` could hide a forbidden name"
            return
        for kind in own:
            known = _places(kind)
            if known is None:
                yield "hidden", f"`{shorten(kind.name)}` could hide a forbidden name"
                return
            read += known
    for name in read:
        for _, key in wanted.methods.get(name, ()):
            yield "calls", f"{key} (written `{shorten(name)}` in a pattern)"


def _places(kind):
    """The attributes that a class of the source has for places of a pattern, or None where they are not literal."""
    names = []
    for statement in kind.body:
        target = statement.target if isinstance(statement, ast.AnnAssign) else None
        if isinstance(target, ast.Name):
            names.append(target.id)
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if any(isinstance(target, ast.Name) and target.id == "__match_args__" for target in targets):
            items = statement.value.elts if isinstance(statement.value, (ast.Tuple, ast.List)) else [None]
            items = [literal(item) if item is not None else None for item in items]
            if None in items:
                return None
            names += items
    return names


def _own_names(nodes):
    """The names that a source gives to attributes, functions, classes and variables."""
    found = set()
    for node, _ in nodes:
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Store):
            found.add(node.attr if isinstance(node, ast.Attribute) else node.id)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.add(node.name)
    return found
