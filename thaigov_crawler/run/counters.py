"""The counts of a run. Verdict, summary and quality watch read them here. Scrapy's stats are a copy for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thaigov_crawler.outcomes import Outcome
from thaigov_crawler.store import Change

# The quality of a run is the share of articles that have each of these: name of the share, field of an article.
SHARES = {
    "lead": "lead",
    "section": "section",
    "event": "event_start",
    "attendees": "attendees",
    "venue": "venue",
}
BODY = "body_length"
# Characters. A summary of a cabinet meeting has 120,000: it would weigh as much as fifty other articles.
LONGEST = 5000


@dataclass
class Measured:
    """Counts over all articles that a run has read, new or not."""

    articles: int = 0
    having: Counter[str] = field(default_factory=Counter)  # number of articles that have each of SHARES
    characters: int = 0  # sum of the lengths of the bodies; one counts LONGEST at most

    def add(self, article: Mapping[str, Any]) -> None:
        """Count an article (its fields as exported)."""
        self.articles += 1
        for share, name in SHARES.items():
            self.having[share] += bool(article[name])
        self.characters += min(len(article["body"]), LONGEST)

    def numbers(self) -> dict[str, int]:
        """Return all counts by name. There are none if no article was counted."""
        return {"articles": self.articles, **self.having, "characters": self.characters} if self.articles else {}

    def quality(self) -> dict[str, float] | None:
        """Return the quality of the run, or None if it read no article.

        `articles` is the number of articles read. Each name in SHARES has the share, 0 to 1, of articles that have it.
        BODY is the mean length of a body in characters.
        """
        if not self.articles:
            return None
        shares = {name: round(self.having[name] / self.articles, 4) for name in SHARES}
        return {"articles": self.articles, **shares, BODY: round(self.characters / self.articles, 1)}


@dataclass
class Counters:
    """The counts of a run so far."""

    planned: int | None = None  # number of planned visits; None while it is unknown
    plans_only: bool = False  # whether no visit is made
    outcomes: Counter[Outcome] = field(default_factory=Counter)  # visits by outcome
    changes: Counter[Change] = field(default_factory=Counter)  # saved articles by what saving changed
    days: tuple[str, str] | None = None  # first and last date_published (ISO day, C.E.) of the new articles
    measured: Measured = field(default_factory=Measured)
    program_errors: int = 0  # exceptions that nobody expected
    failed_feeds: int = 0  # files of -o and -O that could not be written

    @property
    def left_out(self) -> int:
        """Return the number of planned visits that have not ended, as far as it is known."""
        return 0 if self.planned is None or self.plans_only else max(0, self.planned - self.outcomes.total())

    def outcomes_by_name(self) -> dict[str, int]:
        """Return the number of visits for every outcome, zeros included."""
        return {outcome.value: self.outcomes[outcome] for outcome in Outcome}

    def add_day(self, day: str) -> None:
        """Note the day of publication (ISO day, C.E.) of a new article."""
        first, last = self.days or (day, day)
        self.days = min(first, day), max(last, day)
