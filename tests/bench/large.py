"""How long the queue gets and how memory grows in a run over many article IDs: `python tests/bench/large.py [IDS]`.

With 100,000, the default, it takes some minutes. The test suite and the soak tests do the same with fewer.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.support import commands
from tests.support.large import watched

LOOKS = 100  # at the memory, or one an ID
EARLIER = 10  # looks


def main(arguments: list[str]) -> None:
    visits = int(arguments[0]) if arguments else 100_000
    step = max(visits // LOOKS, 1)
    commands.TIMEOUT = 3600
    with tempfile.TemporaryDirectory() as folder:
        run, seen = watched(Path(folder), visits, step)
    print(f"{visits:,} visits: exit status {run.status}, longest queue {seen.longest_queue}")
    for look in (1, EARLIER, len(seen.memory) // 2, len(seen.memory)):
        print(f"memory after {look * step:7,} responses: {seen.memory[look - 1] / 1024:6.1f} MB")
    print(
        f"ratio  {seen.memory[-1] / seen.memory[EARLIER - 1]:.2f}: the last to that after {EARLIER * step:,} responses"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
