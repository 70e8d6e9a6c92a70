"""The formats and presets of `scrapy export`. A format is written to a file or standard output, a preset to a folder.

Each is a module in this folder with the same name (with `_` for `-`). Its function `write` takes the articles and a
binary file, or the articles and an empty folder (a Path). The articles are mappings of the fields as exported, by
article ID. `write` goes through them once, keeps few in memory, and writes the same bytes for the same articles.

SQLITE is another format. It holds more than the articles, so `store.snapshot` writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from importlib import import_module
from typing import Any

from thaigov_crawler.errors import extra

Articles = Iterable[Mapping[str, Any]]

FORMATS = ("jsonl", "csv", "parquet", "txt")
SQLITE = "sqlite"
# Formats by the ending of a file's name, in lower case and without the dot.
ENDINGS = {**dict(zip(FORMATS, FORMATS, strict=True)), SQLITE: SQLITE, "db": SQLITE}
PRESETS = ("thaigov-v2", "corpus")
# The extra of pyproject.toml that a format or preset needs. Those that are not named here need none.
EXTRAS = {"parquet": "parquet", "thaigov-v2": "parquet"}


def writer(name: str) -> Callable[..., None]:
    """Return the function `write` of a format or preset. Raise MissingExtra where what it needs is not installed.

    Its module is imported here and not above, as what Parquet needs takes a while to import.
    """
    kind = "preset" if name in PRESETS else "format"
    with extra(EXTRAS[name], f"the {kind} {name}") if name in EXTRAS else nullcontext():
        module = import_module(f"{__name__}.{name.replace('-', '_')}")
    write: Callable[..., None] = module.write
    return write
