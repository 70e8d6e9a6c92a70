"""How fast the main job is, and how much memory it takes: `python tests/bench/crawl.py [FILE.warc.gz]`.

Compared, in turns and on the same WARC file, with a bare Scrapy spider that takes three fields by CSS and
writes JSON Lines. Without a file, 2,000 synthetic pages. Times are CPU seconds of the process without
those of an empty run (imports, start-up), the best of ROUNDS each: a machine's other work disturbs them least.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sample.warc import DATE, Warc
from tests.support.commands import command, environment
from tests.support.pages import kind_of
from tests.support.warcs import address, page
from thaigov_crawler.pages.encoding import decode

ROUNDS = 3
PAGES = 2000
LARGE = 20_000
SMALL = 1_000


def bare(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "tests/bench/bare.py", f"warc:{source}", str(folder)]


def whole(source: Path, folder: Path) -> list[str]:
    return command("crawl", "thaigov", f"-asource=warc:{source}", f"-sTHAIGOV_DIR={folder}")


def run(job, source: Path, pages: int) -> tuple[float, float]:
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


def synthetic() -> list[bytes]:
    """Pages of about 20 kB."""
    sentence = "ประชาชนในพื้นที่สามารถลงทะเบียนได้ทุกวันทำการ ณ ที่ว่าการอำเภอ "
    return [page(number, body=f"<p>{number} {sentence * 12}</p>" * 10) for number in range(PAGES)]


def pages_of(path: Path) -> list[bytes]:
    """The pages of a WARC file that hold an article."""
    with path.open("rb") as file:
        pages = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    return [page for page in pages if kind_of("classic", decode(page)) == "article"]


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


def main(arguments: list[str]) -> None:
    pages = pages_of(Path(arguments[0])) if arguments else synthetic()
    with tempfile.TemporaryDirectory() as folder:
        source = replay(pages, PAGES, Path(folder) / "pages.warc.gz")
        nothing = replay(pages, 0, Path(folder) / "nothing.warc.gz")
        cpu = {job: [] for job in (bare, whole)}
        for _ in range(ROUNDS):
            for job, seconds in cpu.items():
                seconds.append(run(job, source, PAGES)[0] - run(job, nothing, 0)[0])
        best = {job: PAGES / min(seconds) for job, seconds in cpu.items()}
        for job, rate in best.items():
            print(f"{job.__name__:6} {rate:6.0f} pages a CPU second")
        print(f"ratio  {best[whole] / best[bare]:6.2f}")
        for number in (SMALL, LARGE):
            memory = run(whole, replay(pages, number, Path(folder) / f"{number}.warc.gz"), number)[1]
            print(f"peak memory at {number:6,} pages: {memory:5.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
