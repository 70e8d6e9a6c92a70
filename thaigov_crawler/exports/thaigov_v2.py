"""The preset `thaigov-v2`: a dataset for `datasets.load_dataset(folder)` with the columns of thaigov-v2-corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from thaigov_crawler import __version__
from thaigov_crawler.exports import Articles
from thaigov_crawler.exports.parquet import write_rows

SCHEMA = pa.schema([(name, pa.string()) for name in ("title", "context", "url")])
# The size categories of Hugging Face's dataset cards, each with its limit.
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

_CARD = """\
---
language:
- th
license: cc0-1.0
pretty_name: News of the Thai government (thaigov.go.th)
size_categories:
- {size}
task_categories:
- text-generation
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*
dataset_info:
  features:
  - name: title
    dtype: string
  - name: context
    dtype: string
  - name: url
    dtype: string
---

# News of the Thai government (thaigov.go.th)

{count} articles of the Thai government's news site, https://www.thaigov.go.th, {period}, sorted by article ID.
{languages}

| column | meaning |
|---|---|
| `title` | headline |
| `context` | lead and body, one paragraph a line |
| `url` | the article's address on the site |

The columns are those of PyThaiNLP's thaigov-v2-corpus. Menus, dates, print links and the like are not in `context`.
Made by thaigov-crawler {version}.

## Licence

Public domain. News of the day, and announcements and explanations of the state, are not protected by copyright (section
7 of the Thai Copyright Act B.E. 2537). `cc0-1.0` is the Hub's term for that.

## Personal data

The articles name people as the site published them: office holders, and sometimes private persons. The Personal Data
Protection Act B.E. 2562 applies to every use of these names. The site may since have edited or withdrawn articles.
"""


def write(articles: Articles, folder: Path) -> None:
    """Write the dataset and its card, README.md, to an empty folder."""
    seen = _Seen()
    data = folder / "data" / "train-00000-of-00001.parquet"
    data.parent.mkdir()
    with data.open("wb") as file:
        write_rows(map(_row, seen.among(articles)), SCHEMA, file)
    (folder / "README.md").write_text(seen.card(), "utf-8")


def _row(article: Mapping[str, Any]) -> dict[str, str]:
    context = "\n".join(part for part in (article["lead"], article["body"]) if part)
    return {"title": article["title"], "context": context, "url": article["url"]}


class _Seen:
    """The figures of the articles for the card, counted while they are written."""

    def __init__(self) -> None:
        self._count = 0
        self._english = 0
        self._first = self._last = ""

    def among(self, articles: Articles) -> Iterator[Mapping[str, Any]]:
        for article in articles:
            day = article["date_published"]
            self._first = min(self._first or day, day)
            self._last = max(self._last, day)
            self._count += 1
            self._english += article["language"] == "en"
            yield article

    def card(self) -> str:
        size = next((name for limit, name in _SIZES if self._count < limit), "1M<n<10M")
        period = f"published from {self._first} to {self._last}" if self._count else "none chosen"
        languages = f"{self._count - self._english} are in Thai, {self._english} in English."
        return _CARD.format(count=self._count, size=size, period=period, languages=languages, version=__version__)
