"""The command line: ``fullmarks``, or ``python -m fullmarks``. The same program as the one that cargo builds."""

import signal
import sys

from ._fullmarks import _command


def main() -> int:
    """Runs the command that this process was started with, and gives its exit status."""
    # The interpreter would only note Ctrl-C, and look at its note when the command is through.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _command(["fullmarks", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
