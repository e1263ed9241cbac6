"""Takes defences away, one at a time, for the test that shows what each is worth (tests/defences.rs). Only a judge whose host
was built for that test is ever told to."""

import candidate
import free_names
import objects
import testing


def _plain_data():
    """A handle compares as its owner says."""

    def equal(self, other):
        return bool(self._ask("get", self._number, ("__eq__",))(other))

    objects.Handle.__eq__ = equal


def _finished_runner():
    """What ends the runner, and is no Exception, is no failure."""
    failed = testing._failed

    def lenient(tally, error, source):
        if isinstance(error, Exception):
            failed(tally, error, source)

    testing._failed = lenient


def _real_builtins():
    """The candidate's definitions come first."""
    free_names._BUILTIN = frozenset()
    testing._given = lambda names, function, prefix: {}


def _public_exceptions():
    """What ends a loop arrives as that."""
    error = candidate._error

    def faithful(kind, message):
        return StopIteration(message) if kind == "StopIteration" else error(kind, message)

    candidate._error = faithful


_WITHOUT = {
    "plain_data": _plain_data,
    "finished_runner": _finished_runner,
    "real_builtins": _real_builtins,
    "public_exceptions": _public_exceptions,
}


def apply(name):
    without = _WITHOUT.get(name)
    if without:
        without()
