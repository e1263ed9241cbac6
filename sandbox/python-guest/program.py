"""A program run as `__main__`, the way `python3 program.py` runs one."""

import atexit
import builtins
import sys
import traceback
from types import ModuleType

import random
import report
import returning
import streams

__builtins__ = vars(builtins).copy()

_real_builtins = builtins
_run_exit_functions = atexit._run_exitfuncs
_print_exception = traceback.print_exception
_seed = random.seed
_compiled = returning.compiled


def _status(error):
    """The exit status that Python gives such an end."""
    if type(error) is KeyboardInterrupt:
        return 130
    if not issubclass(type(error), SystemExit):
        return 1
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        # Booleans too: `sys.exit(False)` says that all went well.
        return int.__and__(code, 0xFF)
    print(code, file=sys.stderr)
    return 1


def run(source, seed):
    streams.install()
    _seed(seed)
    main = ModuleType("__main__")
    vars(main)["__builtins__"] = _real_builtins
    sys.modules["__main__"] = main
    sys.argv = ["program.py"]
    status, end = 0, None
    try:
        exec(_compiled(source, "program.py"), vars(main))
    except BaseException as error:
        end = error
        try:
            status = _status(error)
            if not report.is_exit(error):
                _print_exception(error, limit=-20)
        except BaseException:
            status = 1
    try:
        _run_exit_functions()
    except BaseException:
        pass  # Reported on standard error, as in any Python; the exit status stays.
    streams.flush()
    return report.ended(status, end)
