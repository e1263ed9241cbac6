"""The component's exports, and what is prepared before the snapshot: this file runs once, when the guest is built."""

import gc
import sys

import preload
import wit_world

preload.preload()

import memo  # noqa: E402 (after the library, which they change)
import stdin  # noqa: E402
import timers  # noqa: E402

memo.install()
stdin.install()
timers.install()

import candidate  # noqa: E402
import judging  # noqa: E402
import program  # noqa: E402
import solution  # noqa: E402
import streams  # noqa: E402

candidate.reach = solution.reach = wit_world.reach


class WitWorld(wit_world.WitWorld):
    """See wit/world.wit."""

    def run(self, source, seed):
        return program.run(str(source, "utf-8"), seed)

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
    "candidate", "free_names", "judging", "memo", "numbers_shim", "objects", "plain", "preload", "program",
    "report", "solution", "stdin", "streams", "syntax", "syntax_finders", "syntax_hidden", "syntax_measures",
    "syntax_names", "syntax_recursion", "syntax_rules", "testing", "timers", "weakened",
):  # fmt: skip
    del sys.modules[_helper]
sys.path = [folder for folder in sys.path if folder == preload.LIBRARY]
sys.dont_write_bytecode = True
gc.collect()
gc.freeze()
