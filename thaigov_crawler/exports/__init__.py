"""What `scrapy export` writes: a format into one file or standard output, a preset into a folder.

Each is a module of this folder, under its own name (with `_` for `-`), whose function `write` takes the articles
(mappings of the fields as exported, by article ID) and a binary file or an empty folder (a Path). It goes through the
articles once, holds few of them at a time, and gives the same bytes for the same articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

Articles = Iterable[Mapping[str, Any]]

FORMATS = ("jsonl", "csv", "parquet", "txt")
PRESETS = ("thaigov-v2", "corpus")


def writer(name: str) -> Callable[..., None]:
    """The function `write` of a format or preset; imported here, as what Parquet needs takes a while to import."""
    write: Callable[..., None] = import_module(f"{__name__}.{name.replace('-', '_')}").write
    return write
