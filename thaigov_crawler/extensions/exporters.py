"""The formats of `-o` and `-O`. They write what `scrapy export` writes."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.exporters import (
    BaseItemExporter,
    CsvItemExporter,
    JsonItemExporter,
    JsonLinesItemExporter,
    MarshalItemExporter,
)
from scrapy.item import Field
from scrapy.utils.python import to_bytes

from thaigov_crawler.exports.csv import cell
from thaigov_crawler.exports.txt import SEPARATOR, text_of
from thaigov_crawler.items import FIELDS, Article, exported

if TYPE_CHECKING:
    from thaigov_crawler.exports.parquet import ArticleWriter

# Formats that cannot be appended to. A file that holds something is refused.
WHOLE = ("parquet", "xml")


class CsvExporter(CsvItemExporter):
    """CSV without formulas. If it appends to a file, it does not repeat the names of the fields."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        kwargs["fields_to_export"] = kwargs.get("fields_to_export") or FIELDS
        super().__init__(file, include_headers_line=not _holds_something(file), **kwargs)

    def export_item(self, item: Any) -> None:
        super().export_item(_fields(item))

    def serialize_field(self, field: Mapping[str, Any] | Field, name: str, value: Any) -> Any:
        return cell(value)

    def finish_exporting(self) -> None:
        if self._headers_not_written:  # there was no article
            self._write_headers_and_set_fields_to_export({})
        super().finish_exporting()


class JsonLinesExporter(JsonLinesItemExporter):
    """JSON Lines, as of the journal. It writes what Scrapy's own writes, in a tenth of the time."""

    def export_item(self, item: Any) -> None:
        """Write a line. An article with all its fields consists of plain values, so none needs a serializer."""
        if isinstance(item, Article) and self.fields_to_export is None:
            self.file.write(to_bytes(self.encoder.encode(exported(item)) + "\n", self.encoding))
        else:
            super().export_item(_fields(item))


class JsonExporter(JsonItemExporter):
    """A JSON array. If it appends to a file, it goes on with the array there."""

    def start_exporting(self) -> None:
        end = _end_of_array(self.file) if _holds_something(self.file) else None
        if end is None:
            super().start_exporting()
            return
        position, self.first_item = end
        self.file.truncate(position)


class MarshalExporter(MarshalItemExporter):
    """Python's marshal, which knows no dataclasses."""

    def export_item(self, item: Any) -> None:
        super().export_item(_fields(item))


class TextExporter(BaseItemExporter):
    """Plain text."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        super().__init__(dont_fail=True, **kwargs)
        self._file, self._before = file, SEPARATOR if _holds_something(file) else ""

    def export_item(self, item: Any) -> None:
        self._file.write((self._before + text_of(_fields(item))).encode())
        self._before = SEPARATOR


class ParquetExporter(BaseItemExporter):
    """Parquet with all fields. The file can be read when the run has ended."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        super().__init__(dont_fail=True, **kwargs)
        self._file = file
        self._writer: ArticleWriter | None = None

    def start_exporting(self) -> None:
        from thaigov_crawler.exports.parquet import ArticleWriter  # takes a while, and is an extra

        self._writer = ArticleWriter(self._file)

    def export_item(self, item: Any) -> None:
        assert self._writer
        self._writer.add(_fields(item))

    def finish_exporting(self) -> None:
        assert self._writer
        self._writer.close()


def _fields(item: Any) -> dict[str, Any]:
    """Return the fields of an item as plain values. Spiders of other makers may yield items of any kind."""
    return exported(item) if isinstance(item, Article) else ItemAdapter(item).asdict()


def _holds_something(file: IO[bytes]) -> bool:
    """Return whether a feed appends to a file that holds something. Return false for standard output."""
    try:
        return file.seekable() and file.tell() > 0 and isinstance(file.name, str)
    except (AttributeError, OSError):
        return False


def _end_of_array(file: IO[bytes]) -> tuple[int, bool] | None:
    """Return the byte at which the array in a feed's file goes on, and whether it is empty.

    Return None if it is no array.
    """
    begin = max(0, file.tell() - 64)
    with open(file.name, "rb") as written:
        written.seek(begin)
        tail = written.read().rstrip()
    if not tail.endswith(b"]"):
        return None
    kept = tail[:-1].rstrip()
    return begin + len(kept), kept.endswith(b"[")
