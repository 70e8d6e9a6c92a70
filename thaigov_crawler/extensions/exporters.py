"""The formats of `-o` and `-O`, written as `scrapy export` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from itemadapter import ItemAdapter
from scrapy.exporters import BaseItemExporter, CsvItemExporter, JsonItemExporter, MarshalItemExporter
from scrapy.item import Field

from thaigov_crawler.exports.csv import cell
from thaigov_crawler.exports.txt import SEPARATOR, text_of
from thaigov_crawler.items import FIELDS

if TYPE_CHECKING:
    from thaigov_crawler.exports.parquet import ArticleWriter

# What can only be written whole: a file of it that holds something takes no more.
WHOLE = ("parquet", "xml")


class CsvExporter(CsvItemExporter):
    """CSV without formulas. A file that is appended to has the names of the fields once."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        kwargs["fields_to_export"] = kwargs.get("fields_to_export") or FIELDS
        super().__init__(file, include_headers_line=not _holds_something(file), **kwargs)

    def export_item(self, item: Any) -> None:
        super().export_item(ItemAdapter(item).asdict())

    def serialize_field(self, field: Mapping[str, Any] | Field, name: str, value: Any) -> Any:
        return cell(value)

    def finish_exporting(self) -> None:
        if self._headers_not_written:  # there was no article
            self._write_headers_and_set_fields_to_export({})
        super().finish_exporting()


class JsonExporter(JsonItemExporter):
    """A JSON array. One that is appended to goes on, so that the file is one array."""

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
        super().export_item(ItemAdapter(item).asdict())


class TextExporter(BaseItemExporter):
    """Plain text."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        super().__init__(dont_fail=True, **kwargs)
        self._file, self._before = file, SEPARATOR if _holds_something(file) else ""

    def export_item(self, item: Any) -> None:
        self._file.write((self._before + text_of(ItemAdapter(item).asdict())).encode())
        self._before = SEPARATOR


class ParquetExporter(BaseItemExporter):
    """Parquet, all fields. It can be read when the run has ended."""

    def __init__(self, file: BytesIO, **kwargs: Any):
        super().__init__(dont_fail=True, **kwargs)
        self._file = file
        self._writer: ArticleWriter | None = None

    def start_exporting(self) -> None:
        from thaigov_crawler.exports.parquet import ArticleWriter  # takes a while, and is an extra

        self._writer = ArticleWriter(self._file)

    def export_item(self, item: Any) -> None:
        assert self._writer
        self._writer.add(ItemAdapter(item).asdict())

    def finish_exporting(self) -> None:
        assert self._writer
        self._writer.close()


def _holds_something(file: IO[bytes]) -> bool:
    """Return whether a feed's file is appended to. Standard output is not."""
    try:
        return file.seekable() and file.tell() > 0 and isinstance(file.name, str)
    except (AttributeError, OSError):
        return False


def _end_of_array(file: IO[bytes]) -> tuple[int, bool] | None:
    """Return where the array in a feed's file is to go on, and whether it is empty. None: it is no array."""
    begin = max(0, file.tell() - 64)
    with open(file.name, "rb") as written:
        written.seek(begin)
        tail = written.read().rstrip()
    if not tail.endswith(b"]"):
        return None
    kept = tail[:-1].rstrip()
    return begin + len(kept), kept.endswith(b"[")
