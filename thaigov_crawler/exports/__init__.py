"""The formats and presets of `scrapy export`. A format is written to a file or standard output, a preset to a folder.

Each is a module in this folder with the same name (with `_` for `-`). Its function `write` takes the articles and a
binary file, or the articles and an empty folder (a Path). The articles are mappings of the fields as exported, by
article ID. `write` goes through them once, keeps few in memory, and writes the same bytes for the same articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

Articles = Iterable[Mapping[str, Any]]

FORMATS = ("jsonl", "csv", "parquet", "txt")
PRESETS = ("thaigov-v2", "corpus")


def writer(name: str) -> Callable[..., None]:
    """Return the function `write` of a format or preset.

    Its module is imported only now, because importing Parquet takes a while.
    """
    write: Callable[..., None] = import_module(f"{__name__}.{name.replace('-', '_')}").write
    return write
