"""The component's exports, and what is prepared before the snapshot: this file runs once, when the guest is built."""

import gc
import sys

import preload
import wit_world

preload.preload()

import absent  # noqa: E402 (after the library, which they change)
import memo  # noqa: E402
import stdin  # noqa: E402
import threads  # noqa: E402
import timers  # noqa: E402

absent.install()
memo.install()
stdin.install()
threads.install()
timers.install()

import around  # noqa: E402
import candidate  # noqa: E402
import crossing  # noqa: E402
import errors  # noqa: E402
import given  # noqa: E402
import guard  # noqa: E402
import immortal  # noqa: E402
import judging  # noqa: E402
import looked_into  # noqa: E402
import mirrored  # noqa: E402
import objects  # noqa: E402
import patched  # noqa: E402
import plain  # noqa: E402
import program  # noqa: E402
import report  # noqa: E402
import returning  # noqa: E402
import settle  # noqa: E402
import shared  # noqa: E402
import signatures  # noqa: E402
import solution  # noqa: E402
import streams  # noqa: E402

candidate.reach = solution.reach = guard.reach = wit_world.reach
guard.helpers = around, crossing, errors, given, guard, mirrored, objects, plain, program, report, returning, shared, signatures, solution, streams
looked_into.install()
patched.install()


class WitWorld(wit_world.WitWorld):
    """See wit/world.wit."""

    def run(self, source, seed):
        return program.run(str(source, "utf-8"), seed)

    def guard(self, request):
        guard.arm(*plain.decode(request))

    def load(self, source, seed):
        answer = solution.load(str(source, "utf-8"), seed)
        streams.flush()
        return answer

    def serve(self, request):
        answer = solution.serve(request)
        streams.flush()
        return answer

    def judge(self, request, seed):
        return judging.judge(request, seed)


# A program that imports `plain` means its own.
for _helper in (
    "absent", "around", "asked_types", "bindings", "blame", "candidate", "crossing", "decoys", "errors", "free_names", "given", "giving", "guard", "handles",
    "immortal", "imported", "judging", "live", "looked_into", "looking", "memo", "mirrored", "neutral", "numbers_shim", "objects", "operators", "owned_lines",
    "owners", "patched", "plain", "preload", "program", "pytest_items", "pytest_shim", "report", "returning", "settle", "shared", "signatures",
    "solution", "stdin", "streams", "syntax", "syntax_allowed", "syntax_dead", "syntax_finders", "syntax_hidden", "syntax_imported",
    "syntax_measures", "syntax_names", "syntax_pure", "syntax_recursion", "syntax_rules", "syntax_scopes", "testing", "threads",
    "timers", "under_test", "unseen",
):  # fmt: skip
    del sys.modules[_helper]
sys.path = [folder for folder in sys.path if folder == preload.LIBRARY]
sys.dont_write_bytecode = True

_modules = solution, candidate, judging, program, streams
_before = settle.executions()
settle.warm(_modules)
_executed = settle.executed(_before) | settle.entries(WitWorld, wit_world.reach, objects.told_type, objects.apart_error)
gc.collect()
settle.plug()
settle.relocate(_executed)
settle.relocate(settle.own(_before) - _executed)
settle.gather()
settle.renew(_modules)
# Once more, for the copies.
settle.warm(_modules)
del _before, _executed
gc.collect()
# The last step of the build, after the snapshot, reads these three and does what they ask for.
IMMORTAL = immortal.listed()
CONSTANTS = settle.constants()
TOUCHED = settle.touched()
gc.freeze()
# Twice: the second time also what the first gave back. What lies between stays free, for the run.
settle.plug()
_room = bytes(settle.ROOM)
settle.plug()
del _room
