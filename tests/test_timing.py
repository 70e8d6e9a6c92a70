"""No test looks at the clock: a machine may be busy, and a test that has to be fast then fails of it.

Count what is done, or wait for what happens (tests/support/waiting.py). What a server saw of a rate may be asserted as
the least that the program must wait. Benchmarks measure.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.commands import ROOT

CLOCKS = re.compile(r"\b(?:monotonic|perf_counter|process_time|time\.time|elapsed_time_seconds)\b")


def test_no_test_looks_at_the_clock() -> None:
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    assert tests
    assert not [str(path) for path in tests if CLOCKS.search(path.read_text("utf-8"))]
