"""`scrapy export --format parquet`: typed columns, which the usual readers open."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.support.commands import EndedCrawl, piped, scrapy
from tests.support.stores import store_of
from thaigov_crawler.exports import parquet
from thaigov_crawler.items import FIELDS


@pytest.fixture(scope="module")
def file(sample_run: EndedCrawl, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as Parquet."""
    return export(sample_run.folder, tmp_path_factory.mktemp("parquet") / "news.parquet")


def export(folder: Path, file: Path, *options: str) -> Path:
    done = scrapy("export", f"-sTHAIGOV_DIR={folder}", "-o", str(file), *options)
    assert done.returncode == 0, done.stderr
    return file


def as_exported(row: dict[str, Any]) -> dict[str, Any]:
    """A row with days and times as the text of JSON Lines."""

    def text(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(timezone.utc).isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {name: text(part) for name, part in value.items()}
        return [text(part) for part in value] if isinstance(value, list) else value

    return text(row)


def test_it_holds_what_json_lines_hold(sample_run: EndedCrawl, file: Path) -> None:
    rows = [as_exported(row) for row in pq.read_table(file).to_pylist()]
    assert rows == sorted(sample_run.journal, key=lambda article: article["id"])
    assert tuple(rows[0]) == FIELDS


def test_pandas_reads_it(sample_run: EndedCrawl, file: Path) -> None:
    import pandas  # here, as each process of pytest would import it for nothing

    frame = pandas.read_parquet(file)
    assert list(frame.columns) == list(FIELDS)
    assert len(frame) == len(sample_run.rows("SELECT 1 FROM articles"))
    assert frame["date_published"].min() == date(2020, 9, 7)
    assert str(frame["captured_at"].dt.tz) == "UTC"
    people = frame.explode("attendees")["attendees"].dropna().map(lambda person: person["name"])
    assert set(people) == {name for (name,) in sample_run.rows("SELECT name FROM people WHERE attended")}


def test_duckdb_reads_it(sample_run: EndedCrawl, file: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.read_parquet(str(file)).create_view("news")
        types = dict(connection.execute("SELECT column_name, column_type FROM (DESCRIBE news)").fetchall())
        counted = connection.execute(
            "SELECT who.name, count(*) FROM (SELECT unnest(attendees) AS who FROM news) GROUP BY 1 ORDER BY 1"
        ).fetchall()
    assert (types["date_published"], types["captured_at"]) == ("DATE", "TIMESTAMP WITH TIME ZONE")
    assert dict(counted) == dict(sample_run.rows("SELECT name, count(*) FROM people WHERE attended GROUP BY 1"))


def test_groups_of_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 3)
    monkeypatch.setattr(parquet, "GROUP_CHARACTERS", 1_000)
    rows = [{"text": "ก" * length} for length in (1, 1, 1, 1, 5_000, 600, 600, 1)]
    with (tmp_path / "x").open("wb") as file:
        parquet.write_rows(rows, parquet.pa.schema([("text", parquet.pa.string())]), file)
    metadata = pq.read_metadata(tmp_path / "x")
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [3, 2, 2, 1]


def test_a_big_article(tmp_path: Path) -> None:
    body = "\n".join(["ย่อหน้าที่ยาวมาก" * 1_000] * 300)  # 14 MB as UTF-8
    folder = store_of(tmp_path / "store", {}, {"body": body}, {})
    table = pq.read_table(export(folder, tmp_path / "x.parquet"))
    assert table["body"].to_pylist() == ["เนื้อข่าว", body, "เนื้อข่าว"]


def test_nothing_chosen_is_a_file_without_rows(sample_run: EndedCrawl, tmp_path: Path) -> None:
    table = pq.read_table(export(sample_run.folder, tmp_path / "x.parquet", "--ids", "1"))
    assert (table.num_rows, table.column_names) == (0, list(FIELDS))


def test_a_pipe_gets_the_same_bytes(sample_run: EndedCrawl, file: Path) -> None:
    status, content, _ = piped("export", f"-sTHAIGOV_DIR={sample_run.folder}", "--format", "parquet")
    assert (status, content) == (0, file.read_bytes())
