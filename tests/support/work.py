"""Counts the work of a call. The number is the same on every machine, busy or not.

It counts calls of functions of Python and C, and the steps of our regular expressions (see `steps`). It does not count
the work inside functions of C, such as how long a text they copy or search.
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

# The matcher of `steps` calls itself for every character of a match.
_STACK = 256 * 1024 * 1024  # bytes
_DEPTH = 1_000_000  # calls
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")
_steps: dict[tuple[Any, int], Steps] = {}


def work_of(call: Callable[[], object], *, patterns: bool = True) -> int:
    """Run `call`, and return the number of calls in it.

    With `patterns`, add the steps of patterns. Raise what it raises.
    """
    return work_by_place(call, patterns=patterns).total()


def work_by_place(call: Callable[[], object], *, patterns: bool = True) -> Counter[str]:
    """Run `call`, and return the number of calls in it by source file, and with `patterns` the steps by pattern.

    A call of a function in C counts for the file that calls it. Raise what `call` raises.
    """
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
    """Count the steps of every pattern in our modules, until the end of the block."""
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
    """A compiled pattern whose steps are counted."""

    def __init__(self, pattern: re.Pattern[Any], counter: _Counter) -> None:
        self._pattern = pattern
        self._counter = counter

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        return self._with_steps(name, method) if name in _METHODS else method

    def _with_steps(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            sys.setprofile(None)  # the counting itself is not counted
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
