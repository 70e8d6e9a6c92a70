"""How fast the main job is, and how much memory it takes: `python tests/bench/crawl.py [FILE.warc.gz]`.

Compared in turns, on the same WARC file:

- `bare`: a bare Scrapy spider that takes three fields by CSS and writes JSON Lines;
- `alone`: the main job in one process, `workers`: the same with a worker for each core;
- `trafilatura` and `soup`: see peers.py.

Without a file, the pages are synthetic. CPU seconds are those of all processes of a job, seconds those of the clock, both
without those of an empty run (imports, start-up) and the best of some rounds. The clock tells something on an idle machine
only. Memory is that of the largest process of a job.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from warcio.archiveiterator import ArchiveIterator

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sample.warc import DATE, Warc
from tests.support.commands import command, environment
from tests.support.warcs import address, page
from thaigov_crawler.items import missing_fields
from thaigov_crawler.loaders import load_article
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.registry import read_page

PRECISION = 0.01  # of seconds
SYNTHETIC = 2000  # different pages at most
PR_SET_CHILD_SUBREAPER = 36


class Took(NamedTuple):
    """What a run takes."""

    cpu: float  # seconds
    clock: float  # seconds
    memory: float  # MB, the peak


def bare(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "tests/bench/bare.py", str(source), str(folder)]


def alone(source: Path, folder: Path) -> list[str]:
    return command("crawl", "thaigov", f"-asource=warc:{source}", f"-sTHAIGOV_DIR={folder}", "-sTHAIGOV_WORKERS=0")


def workers(source: Path, folder: Path) -> list[str]:
    return command("crawl", "thaigov", f"-asource=warc:{source}", f"-sTHAIGOV_DIR={folder}")


def trafilatura(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "tests/bench/peers.py", "trafilatura", str(source), str(folder)]


def soup(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "tests/bench/peers.py", "soup", str(source), str(folder)]


Job = Callable[[Path, Path], list[str]]
JOBS: tuple[Job, ...] = (bare, alone, workers, trafilatura, soup)


def run(job: Job, source: Path, pages: int) -> Took:
    """Run a job into a folder of its own, in which it must write `pages` lines."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        adopt_orphans()
        process = subprocess.Popen(
            job(source, Path(folder)), cwd=ROOT, env=environment(), start_new_session=True, **quiet
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        usages = [usage, *usages_of_group(process.pid)]
        written = sum(lines_of(path) for path in Path(folder).glob("*.jsonl"))
    assert (process.returncode, written) == (0, pages), job
    cpu = sum(each.ru_utime + each.ru_stime for each in usages)
    return Took(cpu, clock, max(each.ru_maxrss for each in usages) / 1024)


def lines_of(path: Path) -> int:
    """Count the lines of a file, without reading it whole: what this process once had would count for the next job."""
    with path.open("rb") as file:
        return sum(1 for _ in file)


def adopt_orphans() -> None:
    """Become the parent of processes whose parent ends, such as the one that workers are forks of (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def usages_of_group(number: int) -> Iterator[resource.struct_rusage]:
    """What the children in a process group have used, with their own children. Wait until they end."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-number, 0)[2]


def synthetic(number: int) -> list[bytes]:
    """Pages of about 20 kB."""
    sentence = "ประชาชนในพื้นที่สามารถลงทะเบียนได้ทุกวันทำการ ณ ที่ว่าการอำเภอ "
    return [page(each, body=f"<p>{each} {sentence * 12}</p>" * 10) for each in range(number)]


def pages_of(path: Path) -> list[bytes]:
    """The pages of a WARC file that hold an article."""
    with path.open("rb") as file:
        pages = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    return [page for page in pages if _holds_article(decode(page))]


def _holds_article(html: str) -> bool:
    raw = read_page("classic", html, "")
    return raw is not None and not missing_fields(vars(load_article(vars(raw))))


def replay(pages: list[bytes], number: int, path: Path) -> Path:
    """A WARC file of `number` articles, the pages over and over under new article IDs."""
    with path.open("wb") as file:
        about = Warc()
        about.about(path.name, DATE, {"software": "tests/bench/crawl.py"})
        file.write(about.records[0])
        for article_id in range(1, number + 1):
            warc = Warc()
            warc.response(address(article_id), body=pages[article_id % len(pages)])
            file.write(warc.records[0])
    return path


def written(file: Path | None, number: int, path: Path) -> Path:
    """Write a WARC file of `number` articles, with the pages of a file or synthetic ones. Return it.

    Another process does it, because Linux counts the memory of the process that starts a job as that of the job.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(write, file, number, path).result()


def write(file: Path | None, number: int, path: Path) -> Path:
    return replay(pages_of(file) if file else synthetic(min(number, SYNTHETIC)), number, path)


def options() -> argparse.ArgumentParser:
    """What the benchmarks of reading pages are told."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "file", nargs="?", type=Path, help="a WARC file whose pages are read, instead of synthetic ones"
    )
    parser.add_argument("--pages", type=int, default=2000, help="how many are read at a time")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


def rates(job: Job, took: Sequence[Took], empty: Took, pages: int) -> tuple[float, float]:
    """Return the pages a CPU second and the pages a second of the clock."""
    return (
        pages / max(min(each.cpu for each in took) - empty.cpu, PRECISION),
        pages / max(min(each.clock for each in took) - empty.clock, PRECISION),
    )


def main(arguments: list[str] | None = None) -> None:
    given = options().parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = written(given.file, given.pages, folder / "pages.warc.gz")
        nothing = replay([b""], 0, folder / "no.warc.gz")
        took: dict[Job, list[Took]] = {job: [] for job in JOBS}
        for _ in range(given.rounds):
            for job, each in took.items():
                each.append(run(job, source, given.pages))
        best = {job: rates(job, each, run(job, nothing, 0), given.pages) for job, each in took.items()}
        print(f"{'':12} pages a CPU second  of bare  pages a second  of bare    MB")
        for job, (cpu, clock) in best.items():
            of_bare = cpu / best[bare][0], clock / best[bare][1]
            memory = max(each.memory for each in took[job])
            print(f"{job.__name__:12} {cpu:18.0f} {of_bare[0]:8.2f} {clock:15.0f} {of_bare[1]:8.2f} {memory:5.0f}")
        print(
            f"ratio  {best[alone][0] / best[bare][0]:.2f} by CPU, {best[workers][1] / best[bare][1]:.2f} by the clock"
        )
        for job in (alone, workers):
            few, many = given.pages // 2, given.pages * 10
            peaks = [
                run(job, written(given.file, number, folder / "m.warc.gz"), number).memory for number in (few, many)
            ]
            print(f"memory of {job.__name__}: {peaks[0]:.0f} MB for {few:,} pages, {peaks[1]:.0f} MB for {many:,}")


if __name__ == "__main__":
    main()
