"""On a large store the pages read what they show, and indexes for what they count. They leave nothing out."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest

from tests.support.browsing import Pages, pages_of
from tests.support.large import multiply
from tests.support.stores import store_of
from thaigov_crawler.thai.names import name_key

FEW, MANY = 400, 800
WORDS = ["การ", "กก", "ไป", "ฝ", "PM", "ประชุมวิชาการ", "การ ไป", "ไม่มี"]
LISTS = [
    "/thaigov/articles",
    "/thaigov/articles?_view=table",
    "/thaigov/articles?_sort=date_published",
    "/thaigov/articles?section=ด้านสังคม",
    "/thaigov/articles?_month=2567-12",
    "/thaigov/articles?withdrawn_at__notnull=1",
    f"/thaigov/articles?_person={name_key('กอบชัย งามดี')}",
    "/thaigov/articles?_position=ปลัด",
    *(f"/thaigov/articles?_q={word}" for word in WORDS),
]
PAGES = [
    "/",
    "/thaigov",
    *LISTS,
    *(f"/thaigov/{table}" for table in ("people", "dates", "revisions", "changes", "runs", "visits", "forgotten")),
    "/thaigov/persons?_nocount=1",
    "/thaigov/persons?_nocount=1&_q=กอบชัย",
    "/thaigov/person_positions?_nocount=1",
    "/-/person?name=กอบชัย งามดี",
    "/thaigov/met_with?name=กอบชัย งามดี",
    "/thaigov/sections_by_month",
]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Pages]]:
    """The pages of stores with FEW and MANY articles."""
    folder = tmp_path_factory.mktemp("stores")
    person = {"title": "นาย", "name": "กอบชัย งามดี", "position": "ปลัด"}
    other = {"title": "นาง", "name": "ขวัญ อื่นใด", "position": None}
    texts = ["การประชุมวิชาการ ไปกก", "ฝนตก PM 2.5", "เปิดห้องสมุด", "การเดินทางไป"]
    day = {"start": "2024-12-30", "end": "2024-12-31", "precision": "day", "raw": "30-31 ธันวาคม 2567"}
    changes = [
        {"body": text * 20, "section": "ด้านสังคม", "attendees": [person], "mentions": [other], "dates": [day]}
        for text in texts
    ]
    for number in (FEW, MANY):
        multiply(store_of(folder / str(number), *changes) / "thaigov.db", number // len(texts))
    with pages_of(*(folder / str(number) / "thaigov.db" for number in (FEW, MANY))) as (few, many):
        yield {FEW: few, MANY: many}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_reads_all_articles(stores: dict[int, Pages], path: str) -> None:
    plans = stores[MANY].plans(path)
    assert plans
    whole = [sql for step, sql in plans if re.fullmatch("SCAN (articles|people)", step)]
    assert [sql for sql in whole if " in ()" not in sql] == []  # which Datasette asks of an empty table


@pytest.mark.parametrize("path", PAGES)
def test_twice_as_many_articles_are_twice_the_work_at_most(stores: dict[int, Pages], path: str) -> None:
    assert stores[MANY].steps(path) <= 2.2 * stores[FEW].steps(path) + 2_000


@pytest.mark.parametrize("table", ["articles", "people", "visits", "dates"])
def test_what_a_page_shows_is_no_more_work_in_a_larger_store(stores: dict[int, Pages], table: str) -> None:
    """Only what is counted is."""
    few, many = (pages.steps(f"/thaigov/{table}.json?_nocount=1&_nofacet=1") for pages in stores.values())
    assert many <= 1.1 * few + 500


@pytest.mark.parametrize(
    "narrowed",
    [
        {},
        {"_sort": "date_published"},
        {"_sort_desc": "title"},
        {"_q": "การ"},
        {"_q": "ไป", "_sort": "date_published"},
        {"section": "ด้านสังคม"},
        {"_person": name_key("กอบชัย งามดี")},
    ],
)
def test_the_pages_of_a_list_have_each_article_once(stores: dict[int, Pages], narrowed: dict[str, str]) -> None:
    """Though a hundred are of one day, and have one title."""
    pages = stores[FEW]
    listed = pages.rows("articles", _size="30", **narrowed)
    ids = [row["id"] for row in listed]
    assert len(ids) == len(set(ids)) == (FEW if "_q" not in narrowed else FEW // 2)
    column = narrowed.get("_sort") or narrowed.get("_sort_desc") or "date_published"
    values = [row[column] for row in listed]
    assert values == sorted(values, reverse="_sort" not in narrowed)


@pytest.mark.parametrize(("table", "sort"), [("people", "name"), ("dates", "start"), ("visits", "outcome")])
def test_the_pages_of_a_table_have_each_row_once(stores: dict[int, Pages], table: str, sort: str) -> None:
    rows = stores[FEW].rows(table, _size="70", _sort=sort)
    keys = [(row.get("source"), row["article_id"], row.get("ordinal")) for row in rows]
    assert len(keys) == len(set(keys)) == FEW * (2 if table == "people" else 1)


def test_many_found_and_few_found_are_counted_alike(stores: dict[int, Pages], monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> list[object]:
        page = stores[FEW].get("/thaigov/articles.json", _q="การ", _facet_size="max").json()
        facets = {name: facet["results"] for name, facet in page["facet_results"].items()}
        return [page["rows"], page["filtered_table_rows_count"], facets]

    few = told()
    monkeypatch.setattr("thaigov_crawler.browse.finding.MANY", 10)
    assert told() == few
    assert few[1] == FEW // 2


def test_many_persons_and_few_are_found_alike(stores: dict[int, Pages], monkeypatch: pytest.MonkeyPatch) -> None:
    few = stores[FEW].rows("persons", _q="ช")
    assert [row["articles"] for row in few] == [FEW]
    monkeypatch.setattr("thaigov_crawler.browse.finding.ONE_BY_ONE", 0)
    assert stores[FEW].rows("persons", _q="ช") == few


@pytest.mark.parametrize(
    "sql", ["select id from articles order by title limit 3", "select count(*) from articles order by 1 limit 1"]
)
def test_queries_that_people_type_stay_as_they_are(stores: dict[int, Pages], sql: str) -> None:
    assert sql in [asked for asked, _ in stores[FEW].queries("/thaigov.json", sql=sql, _shape="array")]


def test_sorting_by_the_text_is_not_offered(stores: dict[int, Pages]) -> None:
    page = stores[FEW].get("/thaigov/articles?_view=table").text
    assert "_sort=venue" in page
    assert "_sort=body" not in page


def test_a_search_does_not_need_the_functions_that_sql_is_bounded_by(stores: dict[int, Pages]) -> None:
    database = stores[FEW].datasette.get_database("thaigov").connect()
    (own,) = database.unbounded.execute("SELECT instr('กข', 'ข')").fetchone()
    assert own == 2
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.unbounded.execute("DELETE FROM articles")
    database.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.unbounded.execute("SELECT 1")
