"""There are no threads in the sandbox: one that is started runs at once, to its end. So `threading.Thread(target=main)`, the usual
way to a deeper stack, and pools of threads do what they do elsewhere, as long as no thread waits for a later one."""

import _thread
import concurrent.futures.thread as pools
import sys
import threading

_threads, _next = threading._active, [2]


def start(self):
    if not self._initialized:
        raise RuntimeError("thread.__init__() not called")
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    caller, _next[0] = threading.get_ident(), _next[0] + 1
    self._ident, self._at_once = _next[0], True
    self._started.set()
    outer = _threads.get(caller)
    # Who asks for the current thread gets this one.
    _threads[caller] = self
    try:
        self.run()
    except BaseException:
        self._invoke_excepthook(self)
    finally:
        _threads[caller] = outer
        self._ended = True


def join(self, timeout=None):
    if not self._started.is_set():
        raise RuntimeError("cannot join thread before it is started")


def is_alive(self):
    return self._started.is_set() and not self.__dict__.get("_ended", False)


def _timed(self):
    """A timer that was not cancelled: its time is up at once, for waiting costs nothing."""
    if not self.finished.is_set():
        self.function(*self.args, **self.kwargs)
    self.finished.set()


def submit(self, function, /, *arguments, **keywords):
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    future = pools._base.Future()
    future.set_running_or_notify_cancel()
    try:
        future.set_result(function(*arguments, **keywords))
    except BaseException as error:
        future.set_exception(error)
    return future


def start_new_thread(function, arguments, keywords=None, /):
    try:
        function(*arguments, **(keywords or {}))
    except SystemExit:
        pass
    except BaseException:
        sys.excepthook(*sys.exc_info())
    return threading.get_ident()


def stack_size(size=0):
    if size and size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before, stack_size.now = stack_size.now, size
    return before


stack_size.now = 0


def install():
    threading.Thread.start, threading.Thread.join, threading.Thread.is_alive = start, join, is_alive
    threading.Timer.run = _timed
    threading.stack_size = _thread.stack_size = stack_size
    _thread.start_new_thread = start_new_thread
    pools.ThreadPoolExecutor.submit = submit
