"""What a run counts. Verdict, summary and quality watch read it here; Scrapy's stats are a mirror for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store import Change

# The shares of a run's quality: their names, and the field of an article that each is about.
SHARES = {
    "lead": "lead",
    "section": "section",
    "event": "event_start",
    "attendees": "attendees",
    "venue": "venue",
}
BODY = "body_length"
# A summary of a cabinet's meeting has 120,000 characters: one would outweigh fifty other articles.
LONGEST = 5000


@dataclass
class Measured:
    """What the articles that a run read have, whether the store holds them already or not."""

    articles: int = 0
    having: Counter[str] = field(default_factory=Counter)  # articles with each of SHARES
    characters: int = 0  # of the bodies, at most LONGEST of each

    def add(self, article: Mapping[str, Any]) -> dict[str, int]:
        """Count an article (its fields as exported); returns by how much each number has grown."""
        grown = {name: int(bool(article[field])) for name, field in SHARES.items()}
        length = min(len(article["body"]), LONGEST)
        self.articles += 1
        self.having.update(grown)
        self.characters += length
        return {"articles": 1, **grown, "characters": length}

    def quality(self) -> dict[str, float] | None:
        """`articles`, how many were read; SHARES, the share that has each; BODY, the mean number of characters. None
        where none was read."""
        if not self.articles:
            return None
        shares = {name: round(self.having[name] / self.articles, 4) for name in SHARES}
        return {"articles": self.articles, **shares, BODY: round(self.characters / self.articles, 1)}


@dataclass
class Counters:
    """What a run has counted so far."""

    planned: int | None = None  # visits, as far as they are known
    outcomes: Counter[Outcome] = field(default_factory=Counter)  # of the visits
    changes: Counter[Change] = field(default_factory=Counter)  # of the articles that were saved
    days: tuple[str, str] | None = None  # first and last date_published (ISO, C.E.) of what was new
    measured: Measured = field(default_factory=Measured)
    program_errors: int = 0  # exceptions that nobody expected

    def outcomes_by_name(self) -> dict[str, int]:
        """How many visits ended in each outcome, those that none ended in included."""
        return {outcome.value: self.outcomes[outcome] for outcome in Outcome}

    def add_day(self, day: str) -> None:
        """Note the day of publication of an article that was new."""
        first, last = self.days or (day, day)
        self.days = min(first, day), max(last, day)
