"""The modules that code may use under rules which forbid calls or imports, and the names it may use of them. Everything else of the
library could hand out what is forbidden by a name that the source does not write."""

import sys
from types import ModuleType

# All that is public in these, other modules apart.
_WHOLE = frozenset("""
__future__ _heapq _bisect _operator _collections _functools abc argparse array atexit base64 binascii bisect calendar cmath cmd collections
collections.abc colorsys concurrent.futures configparser contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno fileinput fnmatch
fractions functools getopt glob graphlib hashlib heapq hmac html http http.client io ipaddress itertools json json.decoder json.encoder keyword locale math
numbers operator os os.path pathlib platform posix posixpath pprint queue random re reprlib resource sched secrets shlex socket sqlite3 stat statistics string
struct tempfile textwrap time typing unicodedata urllib.error urllib.parse urllib.request uuid warnings weakref xml xml.dom xml.dom.minidom xml.etree xml.etree.ElementTree zlib zoneinfo builtins
""".split())  # fmt: skip
# What of them reads attributes or code by texts.
_BUT = {
    "copy": {"replace"},
    "dataclasses": {"make_dataclass"},
    "enum": {"global_enum", "global_flag_repr", "global_enum_repr", "global_str"},
    "string": {"Formatter"},
    "typing": {"ForwardRef", "evaluate_forward_ref", "get_type_hints"},
}  # fmt: skip
# Of these, nothing but.
_ONLY = {
    "ast": "literal_eval",
    "asyncio": """
        CancelledError Condition Event Future Lock PriorityQueue Queue QueueEmpty QueueFull Runner Semaphore Task TaskGroup
        TimeoutError all_tasks as_completed create_task current_task ensure_future gather get_event_loop get_running_loop iscoroutine
        iscoroutinefunction new_event_loop run set_event_loop shield sleep timeout wait wait_for FIRST_COMPLETED ALL_COMPLETED""",
    "doctest": "testmod",
    "gc": "collect disable enable isenabled",
    "importlib": "import_module __import__",
    "inspect": """
        isawaitable isclass iscoroutine iscoroutinefunction isfunction isgenerator isgeneratorfunction ismethod signature
        Parameter Signature""",
    "logging": """
        CRITICAL DEBUG ERROR INFO WARNING Logger basicConfig critical debug error exception getLogger info log warning NullHandler
        StreamHandler""",
    "pickle": "HIGHEST_PROTOCOL PickleError PicklingError dumps",
    "sys": """
        argv byteorder exc_info exit flags float_info getrecursionlimit getsizeof hash_info implementation int_info intern maxsize
        maxunicode modules path platform set_int_max_str_digits setrecursionlimit stderr stdin stdout version version_info
        __stderr__ __stdin__ __stdout__""",
    "threading": "Condition Event Lock RLock Semaphore Thread current_thread get_ident local stack_size",
    "timeit": "default_timer",
    "traceback": "format_exc print_exc",
    "types": """
        AsyncGeneratorType BuiltinFunctionType CoroutineType EllipsisType FunctionType GeneratorType GenericAlias LambdaType
        MappingProxyType MethodType NoneType NotImplementedType SimpleNamespace TracebackType UnionType""",
    "unittest": "TestCase TestSuite main skip skipIf skipUnless",
}  # fmt: skip
_ONLY = {module: frozenset(names.split()) for module, names in _ONLY.items()}
# Ours, and the source by the names that a run gives it.
_OURS = frozenset(("__main__", "solution"))

_modules = sys.modules.copy()
_gone = object()


def is_module(name):
    return name in _WHOLE or name in _ONLY


def may_import(name):
    """Whether a module may be imported: one that hides nothing, a package of one, or one that is not here."""
    root = name.partition(".")[0]
    if is_module(name) or name == "concurrent" or name == "urllib":
        return True
    return root not in sys.stdlib_module_names and root not in _modules and root not in _OURS


def member(module, name):
    """What a module calls by a name; what no module calls anything when there is no such thing."""
    return getattr(_modules.get(module), name, _gone)


def may_use(module, name):
    """Whether a name of a module that may be used hides nothing. One that is not there raises when it is used."""
    if module in _ONLY:
        return name in _ONLY[module]
    if name.startswith("_") and name not in ("__name__", "__doc__", "__all__", "__version__", "_exit") and module != "builtins":
        return False
    if name in _BUT.get(module, ()):
        return False
    return is_module(f"{module}.{name}") or not isinstance(member(module, name), ModuleType)


def split(value):
    """A dotted text as a module of the library and the names after it; no module is an empty text."""
    parts = value.split(".")
    for length in range(min(len(parts), 3), 0, -1):
        module = ".".join(parts[:length])
        if is_module(module) or length == 1 and module in _modules:
            return module, parts[length:]
    return "", parts
