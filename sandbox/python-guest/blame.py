"""What is said of a failure of the tests, and whether it may be their own fault.

An assertion that does not hold is the candidate's, and so is what the candidate raised. Any other error has a signature: its type, its
place in the tests and in the library, and its message. The host asks whether neutral candidates bring about the same (`neutral.py`).
"""

import re
from types import ModuleType

import objects
import patched
import pytest_shim
from candidate import CandidateError, record, short, text_of
from handles import Unseen
from pytest_items import NotHere

NAME = "tests.py"
LONGEST = 400


class Tally:
    """Tests run and passed, and what went wrong first: a kind, what anybody may see, what the author may see."""

    def __init__(self):
        self.run = self.passed = 0
        self.first = self.doubtful = None
        self.own = []

    def fail(self, kind, public, private, own=None):
        if own is None:
            self.first = self.first or (kind, public, private[:LONGEST])
        else:
            self.doubtful = self.doubtful or (kind, public, private[:LONGEST])
            self.own.append(own)


def failed(tally, error, source):
    """Files a failure under its kind."""
    message = text_of(error)
    private = f"{_place(error, source)}{type(error).__name__}: {short(message)}" if message else _place(error, source)
    if record.call:
        private = f"{private.rstrip(': ')}; the last call, {record.call}, gave {record.result or 'nothing'}"
    if record.error is error:
        public = "it raised an exception" if isinstance(error, Exception) else "it raised what is no Exception"
        tally.fail("raised", public, private)
    elif isinstance(error, NameError) and type(error) is NameError:
        tally.fail("missing", "it lacks a name that the tests use", private, signature(error))
    elif isinstance(error, MemoryError):
        tally.fail("memory", "what it gave and the tests take more memory than the limit", private)
    elif _is_assertion(error):
        tally.fail("wrong_answer", "a test failed", private)
    else:
        tally.fail("wrong_answer", "a test failed", private, signature(error) if _may_be_own(error) else None)


# Calls of the candidate before the test that runs.
begun = 0


def _may_be_own(error):
    """Whether no candidate can bring it about by doing nothing: what it was to write, to fill or to call may be missing where the tests look."""
    if neutral_type is not None or record.calls == begun or isinstance(error, (ImportError, OSError, NotImplementedError, NotHere, Unseen)):
        return True
    if isinstance(error, AttributeError) and isinstance(error.obj, (ModuleType, type)):
        return True
    if isinstance(error, KeyError) and _last_file(error) in ("<frozen os>", "/python/os.py"):
        # An environment variable: what a candidate sets is not seen here.
        return True
    # It was given nothing that it could write to, fill or call.
    return type(error) is NameError or not (record.filled or patched.looks or objects.any_kept())


def _is_assertion(error):
    if isinstance(error, (AssertionError, pytest_shim.Skipped, pytest_shim.XFailed, CandidateError)) or not isinstance(error, Exception):
        return True
    # What comes of what the candidate raised is its own.
    before = error.__cause__ or error.__context__
    return before is not None and before is record.error


def _last_file(error):
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_filename if trace else ""


# A pattern of the names of the types of what the neutral candidate gives, while one is tried.
neutral_type = None


def signature(error):
    """The test, the type, the places, and the message; or the test alone, where it shows no more than the type of a neutral answer."""
    trace, places, test = error.__traceback__, [], None
    while trace:
        code = trace.tb_frame.f_code
        if code.co_filename == NAME and test is None:
            test = f"{code.co_name}:{trace.tb_lineno if code.co_name == '<module>' else code.co_firstlineno}"
        if code.co_filename == NAME or trace.tb_next is None:
            places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    message = text_of(error)[:LONGEST]
    if neutral_type and isinstance(error, (TypeError, AttributeError)) and re.search(rf"\b({neutral_type})\b", message):
        return f"{test}|*"
    return f"{test}|{type(error).__name__} {' '.join(places)} {message}"


def _place(error, source):
    """The line of the tests that the error came from."""
    trace, line = error.__traceback__, None
    while trace:
        if trace.tb_frame.f_code.co_filename == NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = source.splitlines()
    return f"line {line}, `{short(lines[line - 1].strip())[1:-1]}`: " if line and line <= len(lines) else ""
