"""Worker processes, which use the other cores of the machine. They call a pure function on lots of values.

A worker imports the module of the function and what that needs, but nothing of Scrapy.

On Linux, one process imports what takes time, and the workers are its forks. A fork of this process would copy its
threads and connections. Elsewhere, each worker imports all by itself.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import Enum
from multiprocessing import connection, context
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from thaigov_crawler.errors import WorkerDied

Value = TypeVar("Value")
Result = TypeVar("Result")

# What workers have from their beginning, if they are forks.
_PRELOADED = "thaigov_crawler.preloaded"
# Workers ignore these. The process that started them ends in order, and they end with it.
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Raised(Enum):
    """What a worker answers for a value on which the function raised an exception."""

    RAISED = "raised"


Answers = Future[list[Result | Raised]]


def collect_rarely() -> None:
    """Have Python look for garbage after 10,000 new objects, not 700. A page makes hundreds, and few of them stay.

    Otherwise a crawl of files spends a twentieth of its time on it.
    """
    gc.set_threshold(10_000)


def without_scrapy() -> None:
    """Have this process never import Scrapy.

    itemadapter imports it if it can, for items that we do not have. That takes a third of a second and 30 MB.
    """
    sys.modules["scrapy"] = None  # type: ignore[assignment]


class Workers(Generic[Value, Result]):
    """Processes that call one function, which is pure and can be imported by its name."""

    def __init__(self, number: int, function: Callable[[Value], Result]):
        """Start processes. It takes about a second until they are ready, less after `expect_workers`."""
        self._function = function
        self._pool = ProcessPoolExecutor(number, _context(), _begin)
        for _ in range(number):
            self.call(())  # it starts a process, because none is idle
        self.at_a_time = 2 * number  # lots that keep all busy: each works on one and finds the next when it is done

    def call(self, lot: Sequence[Value]) -> Answers[Result]:
        """Have a process call the function for each of a lot of values. Raise WorkerDied."""
        try:
            with _shielded():
                return self._pool.submit(_call, self._function, lot)
        except BrokenProcessPool:
            raise _died() from None

    def results(self, answers: Answers[Result]) -> list[Result | Raised]:
        """Return what `call` has got, in the order of the lot. Wait for it if it is not there yet. Raise WorkerDied.

        Call the function for a value that has RAISED, to see the exception.
        """
        try:
            return answers.result()
        except BrokenProcessPool:
            raise _died() from None

    def close(self) -> None:
        """Let the processes end when they are done with what they work on."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def in_order(
    function: Callable[[Value], Result], values: Iterable[Value], number: int
) -> Iterator[tuple[Value, Result]]:
    """Yield each value with what the function makes of it, in order. `number` processes call it, or this one for 0.

    The values are taken a few ahead. Raise WorkerDied.
    """
    if not number:
        yield from ((value, function(value)) for value in values)
        return
    with contextlib.closing(Workers(number, function)) as workers:
        under_way: deque[tuple[Value, Answers[Result]]] = deque()

        def first() -> tuple[Value, Result]:
            value, answers = under_way.popleft()
            (result,) = workers.results(answers)
            return value, function(value) if isinstance(result, Raised) else result

        for value in values:
            under_way.append((value, workers.call([value])))
            if len(under_way) == workers.at_a_time:
                yield first()
        while under_way:
            yield first()


@contextlib.contextmanager
def _shielded() -> Iterator[None]:
    """Start processes that no signal ends before they can ignore it, and that do not import our main module.

    That is Scrapy's command line, which they do not need.
    """
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def expect_workers() -> None:
    """Have the process get ready of which workers are forks, if they are. Otherwise the first of them waits for it."""
    _context()


class _Killed(BaseProcess):
    """A worker that the pool can end, as it does when another has died."""

    def terminate(self) -> None:
        """End it, not with the usual signal: workers ignore that, so the pool would wait forever."""
        self.kill()


class _Spawned(_Killed, context.SpawnProcess):
    """A worker that imports all by itself."""


class _Spawning(context.SpawnContext):
    Process = _Spawned


if sys.platform == "linux":

    class _Fork(_Killed, context.ForkServerProcess):
        """A worker that is a fork of the process that has imported all."""

    class _Forking(context.ForkServerContext):
        Process = _Fork


def _context() -> context.BaseContext:
    """Return what says how processes are started. If they are forks, start the process of which they are."""
    if sys.platform != "linux":  # elsewhere a fork may crash
        return _Spawning()
    from multiprocessing import forkserver, resource_tracker  # not above: they are not for all systems

    forking = _Forking()
    forking.set_forkserver_preload([_PRELOADED])
    try:
        resource_tracker.ensure_running()  # `forkserver` would do it, which lets signals through the shield
        with _shielded(), _found_where_we_are():
            forkserver.ensure_running()
    except OSError:  # there is no folder for its socket, or the name of that is too long
        return _Spawning()
    return forking


@contextlib.contextmanager
def _found_where_we_are() -> Iterator[None]:
    """Start Python so that it finds the modules that this process finds, and no others in the working directory.

    multiprocessing tells that to the workers only. The process of which they are forks would have imported others.
    """
    ours = {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)), "PYTHONSAFEPATH": "1"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _died() -> WorkerDied:
    from thaigov_crawler.errors import WorkerDied  # not above: it imports Scrapy, and workers import this module

    return WorkerDied("A worker process has ended by itself. Often the system ends one if memory runs out")


# What follows is called in the workers.


def _begin() -> None:
    collect_rarely()
    gc.freeze()  # what a fork shares with the others is no garbage, and to look at it would copy it
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    without_scrapy()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    assert parent
    connection.wait([parent.sentinel])
    os._exit(1)


def _call(function: Callable[[Value], Result], lot: Sequence[Value]) -> list[Result | Raised]:
    results: list[Result | Raised] = []
    for value in lot:
        try:
            results.append(function(value))
        except Exception:  # whatever it is, the other process finds it, too
            results.append(Raised.RAISED)
    return results
