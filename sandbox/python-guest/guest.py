"""The component's exports, and what is prepared before the snapshot: this file runs once, when the guest is built."""

import gc
import sys

import preload
import wit_world

preload.preload()

import memo  # noqa: E402 (after the library, which they change)
import timers  # noqa: E402

memo.install()
timers.install()

import program  # noqa: E402
import solution  # noqa: E402
import streams  # noqa: E402


class WitWorld(wit_world.WitWorld):
    """See wit/world.wit."""

    def run(self, source, seed):
        return program.run(str(source, "utf-8"), seed)

    def load(self, source, seed):
        answer = solution.load(str(source, "utf-8"), seed)
        streams.flush()
        return answer

    def call(self, name, arguments, give_back):
        answer = solution.call(str(name, "utf-8"), arguments, give_back)
        streams.flush()
        return answer


# A program that imports `plain` means its own.
for _helper in ("memo", "plain", "preload", "program", "report", "solution", "streams", "timers"):
    del sys.modules[_helper]
sys.path = [folder for folder in sys.path if folder == preload.LIBRARY]
sys.dont_write_bytecode = True
gc.collect()
gc.freeze()
