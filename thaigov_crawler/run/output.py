"""Where the output of a run lies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from thaigov_crawler.errors import StoreError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

JOURNAL = "thaigov.jsonl"
RECORDINGS = "warc"
_DATABASE = "thaigov.db"


def output_folder(settings: BaseSettings, folder: str | None = None) -> Path:
    """Where output lies: THAIGOV_DIR, or the folder below it of a source whose articles must not mix with others."""
    return Path(settings["THAIGOV_DIR"]).expanduser() / (folder or "")


def database_url(settings: BaseSettings, folder: str | None = None) -> URL | str:
    """The SQLAlchemy URL of the database: THAIGOV_DATABASE, else a file in the output folder."""
    path = output_folder(settings, folder) / _DATABASE
    return settings["THAIGOV_DATABASE"] or URL.create("sqlite", database=str(path))


def database_file(settings: BaseSettings, folder: str | None = None) -> Path | None:
    """The file of the database; None where it is none (a database of a server, in memory, an SQLite URI)."""
    try:
        url = make_url(database_url(settings, folder))
    except ArgumentError:  # Store.open says so
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":", "file:")):
        return None
    return Path(url.database)


def made(folder: Path) -> Path:
    """The folder, made where it is not there. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder
