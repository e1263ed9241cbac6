"""Watches a candidate while it is judged: forbidden builtins, methods of builtin types, functions of modules and imports tell the host
when the candidate calls them. The host keeps what it is told, outside of the memory that the candidate shares with this.

What can be called is put in the place of the forbidden: also who finds it by reflection finds that. Types stay what they are, since
others ask `isinstance` of them; their calls are watched by `sys.monitoring`, where the code itself makes them.
"""

import builtins
import gc
import sys

import preload

__builtins__ = vars(builtins).copy()

# The import that reaches the host, and the modules whose copies of the builtins a candidate must not find; `guest.py` sets them.
reach = None
helpers = ()

_frame, _referents, _monitoring = sys._getframe, gc.get_referents, sys.monitoring
_clear = getattr(sys, "_clear_type_cache", None) or sys._clear_internal_caches
_modules = sys.modules
_starts, _ends = str.startswith, str.endswith
_is_method = type(list.append)
_LIBRARY = preload.LIBRARY, "<frozen ", _frame().f_code.co_filename.removesuffix("guard.py")
_NAMES = ("solution.py", "program.py")
# Who sorts with these sorts by what they call: `heapq.nsmallest(len(xs), xs)`, `json.dumps(x, sort_keys=True)`.
_SORTED = ("sorted", "builtins.sorted")
_SORTS = (*_SORTED, "list.sort")
_SORTERS = tuple(f"/{name}.py" for name in ("collections/__init__", "heapq", "statistics", "json/encoder", "pprint", "ipaddress"))
# Types that are used as functions: nobody asks whether something is one.
_AS_FUNCTIONS = (enumerate, filter, map, reversed, zip)
# The same functions in another module.
_ALSO = {"os": ("posix",), "collections": ("_collections",), "functools": ("_functools",), "heapq": ("_heapq",), "bisect": ("_bisect",),
    "operator": ("_operator",), "random": ("_random",), "io": ("_io",)}  # fmt: skip
_list_sort, _list = list.sort, list

_told = set()
_prefix_lines = 0


def _tell(rule, key):
    if (rule, key) not in _told:
        _told.add((rule, key))
        reach(b"#" + f"{rule} {key}".encode("utf-8", "replace"))


def _theirs(frame):
    """Whether a frame runs code that the completion wrote or made: neither the spec's prefix, nor the library, nor ours."""
    name = frame.f_code.co_filename
    if name in _NAMES:
        return frame.f_lineno > _prefix_lines
    return not _starts(name, _LIBRARY)


def _counts(frame, key):
    return _theirs(frame) or key in _SORTS and _ends(frame.f_code.co_filename, _SORTERS)


class _Watched:
    """Stands for a function. It is no function itself, for such a one would become a method in a class."""

    __slots__ = ("_key", "_held")

    def __init__(self, key, held):
        self._key, self._held = key, held

    def __call__(self, *arguments, **keywords):
        frame = _frame(1)
        if _counts(frame, self._key):
            _tell("calls", self._key)
        return self._held(*_scoped(self._held, frame, arguments), **keywords)

    def __getattr__(self, name):
        return getattr(self._held, name)


def asked(function):
    """Tells that whoever judges the code calls a watched function, by a name that the code gave it."""
    if type(function) in (_Watched, _WatchedScope):
        _tell("calls", function._key)


def _scoped(held, frame, arguments):
    """The arguments of a function that reads the scope of its caller, with that scope."""
    if held is builtins_eval or held is builtins_exec:
        return arguments if len(arguments) > 1 else (*arguments, frame.f_globals, frame.f_locals)
    return arguments


builtins_eval, builtins_exec = eval, exec
_SCOPES = {
    globals: lambda frame: frame.f_globals,
    locals: lambda frame: frame.f_locals,
    vars: lambda frame: frame.f_locals,
    dir: lambda frame: list(frame.f_locals),
}


class _WatchedScope(_Watched):
    """Stands for a function that without arguments gives the scope of its caller."""

    __slots__ = ()

    def __call__(self, *arguments):
        frame = _frame(1)
        if _counts(frame, self._key):
            _tell("calls", self._key)
        return self._held(*arguments) if arguments else _SCOPES[self._held](frame)


class _Sorting:
    """Stands for a function written in C that sorts what the code gives it, if `does` says so."""

    __slots__ = ("_key", "_held", "_does")

    def __init__(self, key, held, does):
        self._key, self._held, self._does = key, held, does

    def __call__(self, *arguments):
        frame = _frame(1)
        if self._does(arguments) and _counts(frame, self._key):
            _tell("calls", self._key)
        return self._held(*arguments) if arguments or self._held not in _SCOPES else _SCOPES[self._held](frame)

    def __getattr__(self, name):
        return getattr(self._held, name)


_FIXED = (bool, bytes, complex, dict, float, frozenset, int, list, range, set, str, tuple, type(None))
_flags, _MADE = type.__dict__["__flags__"].__get__, 1 << 9


def _names_are_theirs(arguments):
    """Whether `dir` is asked for names that the code may have chosen: all but those of builtin types and their plain instances."""
    of = arguments[0] if arguments else 0
    return not (type(of) in _FIXED or type(of) is type and not _flags(of) & _MADE)


class _Plain:
    """`sorted`, by the true `list.sort`."""

    __slots__ = ()

    def __call__(self, items, /, **keywords):
        items = _list(items)
        _list_sort(items, **keywords)
        return items

    def __getattr__(self, name):
        return getattr(builtins_sorted, name)


builtins_sorted = sorted


def _method(key, held):
    def method(*arguments, **keywords):
        if _counts(_frame(1), key):
            _tell("calls", key)
        return held(*arguments, **keywords)

    return method


def _importer(imports, held, by_statement):
    def importer(name, globals=None, locals=None, fromlist=(), level=0):
        if _theirs(_frame(1)) and type(name) is str and not level:
            for key in _covering(imports, name, fromlist or ()):
                _tell("imports", key)
        return held(name, globals, locals, fromlist, level) if by_statement else held(name, globals)

    return importer


def _covering(imports, name, parts):
    names = [name, *(f"{name}.{part}" for part in parts)]
    return [key for key in imports if key == "*" or any(f"{name}.".startswith(f"{key}.") for name in names)]


def _put(namespace, name, watched):
    namespace[name] = watched


def _put_builtin(name, watched):
    held = vars(builtins)[name]
    for namespace in (vars(builtins), *(vars(module)["__builtins__"] for module in helpers)):
        if type(namespace) is dict and namespace.get(name) is held:
            namespace[name] = watched


def _watch_builtin(name, key, types):
    held = vars(builtins).get(name)
    if isinstance(held, type) and held not in _AS_FUNCTIONS:
        types.append((held, key))
    elif held in _SCOPES:
        _put_builtin(name, _WatchedScope(key, held))
    elif callable(held):
        _put_builtin(name, _Watched(key, _Plain() if held is builtins_sorted else held))


def _watch_method(kind, name, key):
    held = vars(kind).get(name)
    if type(held) is _is_method and not name.startswith("__"):
        _put(_referents(vars(kind))[0], name, _method(key, held))


def _watch_member(module, name, key, types):
    for other in (module, *_ALSO.get(module, ())):
        namespace = vars(_modules[other]) if other in _modules else {}
        held = namespace.get(name)
        if isinstance(held, type) and held.__module__ != "itertools":
            types.append((held, key))
        elif callable(held):
            _put(namespace, name, _Watched(key, held))


def _watch_sorters(key):
    held = vars(builtins)["dir"]
    if type(held) is not _WatchedScope:
        _put_builtin("dir", _Sorting(key, held, _names_are_theirs))
    encoder = vars(_modules["json.encoder"])
    # Its seventh argument is `sort_keys`.
    _put(encoder, "c_make_encoder", _Sorting(key, encoder["c_make_encoder"], lambda arguments: len(arguments) > 6 and arguments[6]))


def _watch_types(types):
    events = _monitoring.events

    def called(code, offset, function, argument):
        for kind, key in types:
            if function is kind:
                frame = _frame(1)
                if frame.f_code is code and _theirs(frame):
                    _tell("calls", key)
                return None
        if code.co_filename not in _NAMES and _starts(code.co_filename, _LIBRARY):
            return _monitoring.DISABLE
        return None

    _monitoring.use_tool_id(3, "guard")
    _monitoring.register_callback(3, events.CALL, called)
    _monitoring.set_events(3, events.CALL)


def arm(calls, imports, prefix_lines):
    """Puts the guard up, before the candidate's source is read."""
    global _prefix_lines
    _prefix_lines = prefix_lines
    types = []
    sorting = next((key for key in calls if key in _SORTED), None)
    if "list.sort" in calls and sorting is None:
        _put_builtin("sorted", _Plain())
    for key in calls:
        root, _, rest = key.removeprefix("builtins.").partition(".")
        if root in vars(builtins):
            held = vars(builtins)[root]
            if not rest:
                _watch_builtin(root, key, types)
            elif isinstance(held, type):
                _watch_method(held, rest, key)
        elif rest:
            module, _, name = key.rpartition(".")
            _watch_member(module, name, key, types)
    if sorting is not None:
        _watch_sorters(sorting)
    if imports:
        _put_builtin("__import__", _importer(imports, builtins.__import__, True))
        library = vars(_modules["importlib"])
        _put(library, "import_module", _importer(imports, library["import_module"], False))
        _put(library, "__import__", _importer(imports, library["__import__"], True))
    _clear()
    if types:
        _watch_types(types)
