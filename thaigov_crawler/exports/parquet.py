"""The format `parquet`: typed columns, for pandas, DuckDB, Polars and other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from thaigov_crawler.exports import Articles
from thaigov_crawler.items import FIELDS

# A row group ends at the first of these limits. Writer and readers hold one whole group in memory.
GROUP_ROWS = 1_000
GROUP_CHARACTERS = 8_000_000

_PEOPLE = pa.list_(pa.struct([(name, pa.string()) for name in ("title", "name", "position")]))
_DATES = pa.list_(
    pa.struct([("start", pa.date32()), ("end", pa.date32()), ("precision", pa.string()), ("raw", pa.string())])
)
_TYPES = {
    "id": pa.int64(),
    "extractor": pa.int64(),
    "captured_at": pa.timestamp("us", tz="UTC"),
    "attendees": _PEOPLE,
    "mentions": _PEOPLE,
    "dates": _DATES,
    **dict.fromkeys(("images", "attachments"), pa.list_(pa.string())),
    **dict.fromkeys(("date_published", "news_date", "event_start", "event_end"), pa.date32()),
}
SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in FIELDS])


def write(articles: Articles, file: IO[bytes]) -> None:
    """Write the articles to a binary file, with all fields in their order."""
    write_rows((_row(article) for article in articles), SCHEMA, file)


def write_rows(rows: Iterable[Mapping[str, Any]], schema: pa.Schema, file: IO[bytes]) -> None:
    """Write rows with this schema to a binary file, in row groups of limited size."""
    with ParquetWriter(_Counting(file), schema, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema))


class ArticleWriter:
    """Writes articles that come one by one to a binary file, in the same form."""

    def __init__(self, file: IO[bytes]):
        self._writer = ParquetWriter(_Counting(file), SCHEMA, compression="zstd")
        self._group: list[Mapping[str, Any]] = []
        self._size = 0

    def add(self, article: Mapping[str, Any]) -> None:
        """Add an article: its fields as exported."""
        self._group.append(row := _row(article))
        self._size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(self._group) >= GROUP_ROWS or self._size >= GROUP_CHARACTERS:
            self._write()

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._group:
            self._writer.write_table(pa.Table.from_pylist(self._group, SCHEMA))
        self._group, self._size = [], 0


def _groups(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    group, size = [], 0
    for row in rows:
        group.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(group) >= GROUP_ROWS or size >= GROUP_CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _row(article: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(article[name], SCHEMA.field(name).type) for name in FIELDS}


def _value(value: Any, kind: pa.DataType) -> Any:
    """Return a value of an article as Arrow needs it for a column of this type. Days and times become real ones."""
    if value is None:
        return None
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(value)
    if kind == _DATES:
        return [{**each, **{name: date.fromisoformat(each[name]) for name in ("start", "end")}} for each in value]
    return value


class _Counting:
    """A binary file that counts the bytes written to it. Arrow asks for their number, and a pipe cannot tell it."""

    closed = False

    def __init__(self, file: IO[bytes]):
        self._file = file
        self._position = 0

    def write(self, data: bytes) -> int:
        written = self._file.write(data)
        self._position += written
        return written

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        """Do nothing, because the code that opened the file closes it."""
