"""The files that nothing may be written over: the database, the journal and the recordings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from thaigov_crawler.run.output import JOURNAL, RECORDINGS, database_url, output_folder
from thaigov_crawler.sources.registry import SOURCES

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_DATABASE_BEGINS = b"SQLite format 3\0"
_BESIDE_DATABASE = ("-wal", "-shm", "-journal")
# Recordings, of this project or of others. An answer of hours at a polite rate is in each.
_RECORDED = (".warc", ".warc.gz", ".warc.zst", ".warc.gz.open", ".wacz")


def spared(name: str | os.PathLike[str], settings: BaseSettings, *, backups: bool = True) -> bool:
    """Return whether `name` leads to a file that a crawl keeps, whether it is there yet or not.

    Those files are the database of the settings and what SQLite keeps beside it, the journal, the folder of the
    recordings and all that is in it. Symbolic and hard links are followed. So is every SQLite database, and every
    recording that is there, wherever it lies: it may be the store of other settings. Without `backups`, databases that
    the settings do not name are left to the caller.
    """
    target = Path(os.path.realpath(name))
    folders = {None, *(source.folder for source in SOURCES.values())}
    named = [path for folder in folders for path in _files_of(settings, folder)]
    recordings = [output_folder(settings, folder) / RECORDINGS for folder in folders]
    if any(_is_same(target, path) for path in named):
        return True
    if any(folder == target or folder in target.parents for folder in map(_real, recordings)):
        return True
    if backups and any(map(_is_database, (target, *_database_beside(target)))):
        return True
    if not target.is_file():
        return False
    if target.name.lower().endswith(_RECORDED) and target.stat().st_size:
        return True
    return target.stat().st_nlink > 1 and any(
        _is_same(target, path) for folder in recordings for path in folder.rglob("*")
    )


def _files_of(settings: BaseSettings, folder: str | None) -> Iterator[Path]:
    """Yield the files of one output folder that a crawl writes to, but for the recordings."""
    yield output_folder(settings, folder) / JOURNAL
    if database := _file_of_database(database_url(settings, folder)):
        yield from (Path(f"{database}{ending}") for ending in ("", *_BESIDE_DATABASE))


def _file_of_database(url: URL | str) -> Path | None:
    """Return the file of a database, also of one that is named by an URI of SQLite's own. None: it has none."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite" or not parsed.database:
            return None
        (path, *_), options = parsed.get_dialect()().create_connect_args(parsed)
    except (SQLAlchemyError, ImportError, TypeError, ValueError):  # Store.open says what is wrong
        return None
    if options.get("uri") or path.startswith("file:"):
        path = unquote(urlsplit(path).path)
    return None if path.startswith(":") or not path else Path(os.path.realpath(path))


def _database_beside(target: Path) -> Iterator[Path]:
    """Yield the database that a file belongs to by its name, if there may be one."""
    for ending in _BESIDE_DATABASE:
        if target.name.endswith(ending) and target.name != ending:
            yield target.with_name(target.name.removesuffix(ending))


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():  # to open a pipe would wait for who writes to it
            return False
        with path.open("rb") as file:
            return file.read(len(_DATABASE_BEGINS)) == _DATABASE_BEGINS
    except OSError:
        return False


def _is_same(target: Path, path: Path) -> bool:
    return target == _real(path) or (target.exists() and path.exists() and target.samefile(path))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
