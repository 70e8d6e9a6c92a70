"""Tells which files no command may write over: databases, the journal and the recordings."""

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
from thaigov_crawler.store.sqlite_file import BESIDE, beside, header_of

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

# Endings of recordings, of this project or of others. At a polite rate, a recording takes hours.
_RECORDED = (".warc", ".warc.gz", ".warc.zst", ".warc.gz.open", ".wacz")


def spared(name: str | os.PathLike[str], settings: BaseSettings, *, backups: bool = True) -> bool:
    """Return whether `name` leads to a file that no command may write over. The file need not exist.

    Symbolic and hard links are followed. These files are spared:

    - the database of the settings, and the files of SQLite beside it;
    - the journal, and the folder of the recordings with everything in it;
    - any other SQLite database or recording, because other settings may use it. Without `backups`, databases that the
      settings do not name are not spared.
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
    """Yield the files of an output folder that a crawl writes, without the recordings."""
    yield output_folder(settings, folder) / JOURNAL
    if database := file_of_database(database_url(settings, folder)):
        yield database
        yield from beside(database)


def file_of_database(url: URL | str) -> Path | None:
    """Return the file of a database, or None if it has no file. An SQLite URI (`file:…`) may name it, too."""
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
    """Yield the path of the database that a file belongs to, judged by the file's name."""
    for ending in BESIDE:
        if target.name.endswith(ending) and target.name != ending:
            yield target.with_name(target.name.removesuffix(ending))


def _is_database(path: Path) -> bool:
    try:
        return bool(header_of(path))
    except OSError:
        return False


def _is_same(target: Path, path: Path) -> bool:
    return target == _real(path) or (target.exists() and path.exists() and target.samefile(path))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
