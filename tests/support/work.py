"""How much work a call is, counted: the same number on every machine, however busy.

Counted are the calls of Python's and of C's functions, and the steps of our regular expressions (see `steps`). What C
functions do within is not: how long a text they copy, how far they search in it.
"""

from __future__ import annotations

import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import Any
from unittest.mock import patch

from tests.support.steps import Steps

# The matcher of `steps` calls itself for every sign of a match.
_STACK = 256 * 1024 * 1024
_DEPTH = 1_000_000
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_steps: dict[tuple[Any, int], Steps] = {}


def work_of(call: Callable[[], object], *, patterns: bool = True) -> int:
    """Return how many calls `call` takes, and with `patterns` how many steps too. What it raises is raised."""
    return work_by_place(call, patterns=patterns).total()


def work_by_place(call: Callable[[], object], *, patterns: bool = True) -> Counter[str]:
    """Return the work of `call` (see `work_of`) by the file in which a function, or a call of C's functions, stands; the
    steps by the pattern."""
    counter = _Counter()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with _counted_patterns(counter) if patterns else nullcontext():
                sys.setprofile(counter.event)
                try:
                    call()
                finally:
                    sys.setprofile(None)
        except BaseException as error:
            failed.append(error)

    before, stack = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(_DEPTH)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(before)
        threading.stack_size(stack)
    if failed:
        raise failed[0]
    return counter.work


class _Counter:
    def __init__(self) -> None:
        self.work: Counter[str] = Counter()

    def event(self, frame: FrameType, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            self.work[frame.f_code.co_filename] += 1


@contextmanager
def _counted_patterns(counter: _Counter) -> Iterator[None]:
    """Count the steps of every pattern that a module of ours holds."""
    patches = []
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "thaigov_crawler":
            for attribute, value in list(vars(module).items()):
                counted = _counted(value, counter)
                if counted is not value:
                    patches.append(patch.object(module, attribute, counted))
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def _counted(value: Any, counter: _Counter) -> Any:
    if isinstance(value, re.Pattern):
        return _CountedPattern(value, counter)
    if isinstance(value, tuple) and any(isinstance(each, re.Pattern) for each in value):
        return tuple(_counted(each, counter) for each in value)
    return value


class _CountedPattern:
    """A compiled pattern, the steps of which are counted."""

    def __init__(self, pattern: re.Pattern[Any], counter: _Counter) -> None:
        self._pattern = pattern
        self._counter = counter

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        return self._with_steps(name, method) if name in _METHODS else method

    def _with_steps(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            sys.setprofile(None)  # what the counting takes is no work
            try:
                self._count(name, *(arguments[1:] if name == "sub" else arguments))
            finally:
                sys.setprofile(self._counter.event)
            return method(*arguments)

        return counted

    def _count(self, name: str, text: Any, start: int = 0, end: int | None = None) -> None:
        key = self._pattern.pattern, self._pattern.flags
        if key not in _steps:
            _steps[key] = Steps(self._pattern)
        steps = _steps[key]
        steps.count = 0
        if name == "search":
            found = steps.search(text, start, end)
        elif name in ("match", "fullmatch"):
            found = steps.match(text, start, end, whole=name == "fullmatch")
        else:
            steps.find_all(text, *(() if name in ("sub", "split") else (start, end)))
            self._counter.work[str(self._pattern.pattern)] += steps.count
            return
        self._counter.work[str(self._pattern.pattern)] += steps.count
        real = getattr(self._pattern, name)(text, start, *(() if end is None else (end,)))
        assert found == (real and real.span()), f"the steps of {self._pattern.pattern!r} are wrong"
