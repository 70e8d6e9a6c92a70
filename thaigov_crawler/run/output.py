"""Where a run writes its output."""

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
SNAPSHOT = "browse.db"  # what `scrapy browse` shows of a store on a server
_DATABASE = "thaigov.db"


def output_folder(settings: BaseSettings, folder: str | None = None) -> Path:
    """Return the output folder: THAIGOV_DIR, or its subfolder `folder`.

    A source has a subfolder of its own if its articles must not mix with others.
    """
    return Path(settings["THAIGOV_DIR"]).expanduser() / (folder or "")


def database_url(settings: BaseSettings, folder: str | None = None) -> URL | str:
    """Return the SQLAlchemy URL of the database: THAIGOV_DATABASE, or else a file in the output folder."""
    path = output_folder(settings, folder) / _DATABASE
    return settings["THAIGOV_DATABASE"] or URL.create("sqlite", database=str(path))


def database_key(settings: BaseSettings, folder: str | None = None) -> str:
    """Return a text that is the same for all who name the same database, whatever their working folder and password."""
    url = make_url(database_url(settings, folder))
    file = database_file(settings, folder)
    return str(file.resolve()) if file else url._replace(username=None, password=None).render_as_string()


def database_file(settings: BaseSettings, folder: str | None = None) -> Path | None:
    """Return the file of the database. Return None for a server, a database in memory and an SQLite URI."""
    try:
        url = make_url(database_url(settings, folder))
    except (ArgumentError, ValueError):  # Store.open raises the error for the user
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":", "file:")):
        return None
    return Path(url.database)


def made(folder: Path) -> Path:
    """Make a folder unless it exists, and return it. Raise StoreError if it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder
