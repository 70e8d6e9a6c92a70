"""How long the queue gets and how memory grows in a run over 100,000 article IDs: `python tests/bench/large.py [IDS]`.

It takes some minutes. The test suite does the same with fewer.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.spiders.test_large_runs import IDS, watched
from tests.support import commands
from tests.support.watching import STEP

commands.TIMEOUT = 3600
EARLIER = 10_000


def main(arguments: list[str]) -> None:
    visits = int(arguments[0]) if arguments else IDS
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        run, seen = watched(Path(folder), visits)
    took = time.monotonic() - began
    print(f"{visits:,} visits in {took:.0f} s: exit status {run.status}, longest queue {seen.longest_queue}")
    for responses in (STEP, EARLIER, visits // 2, visits):
        print(f"memory after {responses:7,} responses: {seen.memory[responses // STEP - 1] / 1024:6.1f} MB")
    print(f"the last is {seen.memory[-1] / seen.memory[EARLIER // STEP - 1]:.2f} times that after {EARLIER:,}")


if __name__ == "__main__":
    main(sys.argv[1:])
