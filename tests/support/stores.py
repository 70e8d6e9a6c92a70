"""Databases with articles that a test makes up."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from itemadapter import ItemAdapter

from tests.support.articles import article
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Store


def store_of(folder: Path, *changes: dict[str, Any]) -> Path:
    """The folder, with a database of articles that differ as told; each `id` follows the one before, from 1."""
    folder.mkdir(exist_ok=True)
    with contextlib.closing(Store.open(f"sqlite:///{folder / 'thaigov.db'}")) as store:
        run = store.begin_run(spider="thaigov", source="warc:x", arguments={}, version="1")
        for number, changed in enumerate(changes, 1):
            item = ItemAdapter(article(**{"id": number, **changed})).asdict()
            store.save(item, Visit.of(item, Outcome.STORED), run)
    return folder
