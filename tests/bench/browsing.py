"""How long the pages of `scrapy browse` take: `python tests/bench/browsing.py [DATABASE | ARTICLES]`.

A database is copied and brought to the present schema. Without one, invented articles (90,000, or the number given) are
stored. Times are CPU seconds of the process, the best of two. The ratio is that of the slowest page to the first page.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.support.browsing import Pages, pages_of
from tests.support.large import multiply
from tests.support.stores import store_of
from thaigov_crawler.store import Store

NAME = "ประยุทธ์ จันทร์โอชา"
WORDS = [
    *("การ", "กก", "ไป", "ก", "ฝ", "ๆ", "9", "PM", "us", "ประชาชน", "นายกรัฐมนตรี", "ประยุทธ์", "Minister", "100%"),
    *("การ ไป", "การ ใน ที่", "นายกรัฐมนตรี ประชาชน"),
]
PAGES = [
    *("/", "/thaigov", "/thaigov/articles", "/thaigov/articles?_sort=date_published", "/thaigov/articles?_view=table"),
    *(f"/thaigov/articles?_q={word}" for word in WORDS),
    *("/thaigov/articles?_month=2563", "/thaigov/articles?withdrawn_at__notnull=1", f"/-/person?name={NAME}"),
    *("/thaigov/articles?_position=นายกรัฐมนตรี", "/thaigov/articles?section=ด้านเศรษฐกิจ"),
    *(f"/thaigov/persons?_nocount=1{more}" for more in ("", "&_next=5000", "&_q=ประยุทธ์", "&_q=สม")),
    *(f"/thaigov/{table}" for table in ("people", "dates", "revisions", "changes", "visits", "runs")),
    "/thaigov/person_positions?_nocount=1",
    *(f"/thaigov/met_with?name={NAME}", f"/thaigov/met_together?name_1={NAME}&name_2=ประวิตร"),
    *(f"/thaigov/person_year?name={NAME}&year=2563", "/thaigov/sections_by_month", "/thaigov/on_day?day=24/5/2563"),
    "/thaigov/edits_and_withdrawals",
]
TEXTS = ["นายกรัฐมนตรีประชุมการเดินทางไปต่างประเทศ ", "ประชาชนลงทะเบียนได้ ฝนตก ", "PM meets Minister of Lao PDR "]
TIMES = 30  # a text in a body


def invented(folder: Path, articles: int) -> Path:
    """A database of invented articles."""
    both = [{"title": "นาย", "name": NAME, "position": "นายกรัฐมนตรี"}, {"title": "", "name": "สมใจ ดี", "position": None}]
    changes = [{"body": text * TIMES, "attendees": both[:number]} for number, text in enumerate(TEXTS)]
    database = store_of(folder / "store", *changes) / "thaigov.db"
    multiply(database, max(articles // len(changes), 1))
    return database


def measured(pages: Pages, path: str) -> float:
    """CPU seconds of a page."""
    taken = []
    for _ in range(2):
        begun = time.process_time()
        pages.get(path)
        taken.append(time.process_time() - begun)
    return min(taken)


def main(arguments: list[str]) -> None:
    given = arguments[0] if arguments else "90000"
    with tempfile.TemporaryDirectory() as folder:
        if given.isdigit():
            database = invented(Path(folder), int(given))
        else:
            database = Path(shutil.copy(given, folder))
            Store.open(f"sqlite:///{database}").close()
        with pages_of(database) as (pages,):
            taken = {path: measured(pages, path) for path in PAGES}
    for path, seconds in sorted(taken.items(), key=lambda each: -each[1]):
        print(f"{seconds:6.2f} {path}")
    print(f"ratio  {max(taken.values()) / taken['/']:.2f}: the slowest page to the first page")


if __name__ == "__main__":
    main(sys.argv[1:])
