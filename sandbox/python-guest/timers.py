"""An asyncio loop that knows timers and nothing else: there is no socket to wait for, and `time.sleep` costs nothing."""

import asyncio
import selectors
import time
from asyncio import events, selector_events


class Timers(selectors._BaseSelectorImpl):
    """Waits for the next timer."""

    def select(self, timeout=None):
        if timeout is None:
            raise RuntimeError("asyncio waits for something that can never happen")
        if timeout > 0:
            time.sleep(timeout)
        return []


class EventLoop(selector_events.BaseSelectorEventLoop):
    """The usual loop without the pipe that other threads and signals would wake it by."""

    def __init__(self, selector=None):
        super().__init__(Timers())

    def _make_self_pipe(self):
        self._internal_fds = 0

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass


class Policy(events._BaseDefaultEventLoopPolicy):
    """Hands out these loops."""

    _loop_factory = EventLoop


def install():
    asyncio.SelectorEventLoop = asyncio.EventLoop = EventLoop
    events._set_event_loop_policy(Policy())
