"""How fast the main job is, and how much memory it takes: `python tests/bench/crawl.py [FILE.warc.gz]`.

Compared, in turns and on the same WARC file, with a bare Scrapy spider that takes three fields by CSS and
writes JSON Lines. Without a file, synthetic pages. Times are CPU seconds of the process without those of an
empty run (imports, start-up), the best of some rounds each: a machine's other work disturbs them least.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

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

MORE = 20  # times as many pages, for the memory
PRECISION = 0.01  # of CPU seconds
Job = Callable[[Path, Path], list[str]]


def bare(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "tests/bench/bare.py", str(source), str(folder)]


def whole(source: Path, folder: Path) -> list[str]:
    return command("crawl", "thaigov", f"-asource=warc:{source}", f"-sTHAIGOV_DIR={folder}")


def run(job: Job, source: Path, pages: int) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of one run into a folder of its own, which must store `pages` articles."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            job(source, Path(folder)), cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        stored = sum(len(path.read_bytes().splitlines()) for path in Path(folder).glob("*.jsonl"))
    assert (process.returncode, stored) == (0, pages), job
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


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


def options() -> argparse.ArgumentParser:
    """What the benchmarks of reading pages are told."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "file", nargs="?", type=Path, help="a WARC file whose pages are read, instead of synthetic ones"
    )
    parser.add_argument("--pages", type=int, default=2000, help="how many are read at a time")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


def main(arguments: list[str] | None = None) -> None:
    given = options().parse_args(arguments)
    pages = pages_of(given.file) if given.file else synthetic(given.pages)
    with tempfile.TemporaryDirectory() as folder:
        source = replay(pages, given.pages, Path(folder) / "pages.warc.gz")
        nothing = replay(pages, 0, Path(folder) / "nothing.warc.gz")
        more = replay(pages, given.pages * MORE, Path(folder) / "more.warc.gz")
        cpu: dict[Job, list[float]] = {bare: [], whole: []}
        for _ in range(given.rounds):
            for job, seconds in cpu.items():
                took, few = run(job, source, given.pages)
                seconds.append(max(took - run(job, nothing, 0)[0], PRECISION))
        best = {job: given.pages / min(seconds) for job, seconds in cpu.items()}
        for job, rate in best.items():
            print(f"{job.__name__:6} {rate:6.0f} pages a CPU second")
        print(f"ratio  {best[whole] / best[bare]:6.2f}")
        many = run(whole, more, given.pages * MORE)[1]
        print(f"memory {many / few:6.2f} times as much for {MORE} times as many pages ({few:.0f} MB, {many:.0f} MB)")


if __name__ == "__main__":
    main()
