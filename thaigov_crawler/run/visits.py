"""Visits: how the visits of one crawl end, and what is stored of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from twisted.internet.defer import Deferred

from thaigov_crawler.errors import StoreError
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.run.waiting import Changes, Ended, Waiting
from thaigov_crawler.store import Change, versions, visits

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from sqlalchemy import Connection

    from thaigov_crawler.run.run import Run

logger = logging.getLogger(__name__)

# The signal of a visit that was recorded and counted. Its argument `visit` is a Visit.
visit_ended = object()


class Visits:
    """Ends the visits of a run. Each is recorded, together with its article. Then it is counted and told.

    Visits to files wait, so that one transaction records many of them: see Waiting.
    """

    def __init__(self, run: Run, crawler: Crawler):
        self._run, self._crawler = run, crawler
        self._compared: dict[tuple[Any, ...], versions.Comparison] = {}  # of articles that `save` will get
        self._waiting = Waiting(self._stored_together, self._tell_or_store)

    def compare(self, article: Mapping[str, Any]) -> Change | None:
        """Return what saving an article (its fields as exported) would change. Raise StoreError, which ends the run.

        Return None while many visits are written together: `save` compares many articles with two queries.
        """
        if self._waiting.may_wait:
            return None
        comparison = self._run.store.patiently(lambda: self._compared_quickly(article))
        if comparison is None:
            comparison = self._run.read(lambda connection: versions.compare(connection, article))
        if comparison.change is not Change.SAME:
            self._compared[_key(article)] = comparison
        return comparison.change

    def _compared_quickly(self, article: Mapping[str, Any]) -> versions.Comparison | None:
        with self._run.store.glancing() as connection:
            return versions.compare_quickly(connection, article)

    def save(self, article: Mapping[str, Any]) -> Deferred[Change]:
        """Save an article, and end the visit that brought it.

        The result comes when the article and the visit are stored: what that changed. It is a StoreError, which also
        ends the run, if they cannot be stored.
        """
        visit, told = Visit.of(article, Outcome.STORED), Deferred[Change]()
        comparison = self._compared.pop(_key(article), None)
        self._waiting.add(Ended(visit, versions.Saving(article, comparison, visit.visited_at), told))
        return told

    def end(self, visit: Visit) -> None:
        """End a visit that saves no article."""
        if self._run.stores:
            self._waiting.add(Ended(visit))
        else:
            self._tell(visit)

    def written_together(self) -> AbstractContextManager[None]:
        """Within the block, let visits wait so that many are written in one transaction. It is for visits to files."""
        return self._waiting.gathering()

    def write_waiting(self) -> None:
        """Write the visits that wait, with their articles. An error of the database ends the run."""
        self._waiting.write()

    def reopen(self, article_ids: Iterable[int], reason: str) -> None:
        """Record that visits of this run failed, though they have ended otherwise before. Raise StoreError."""
        ids = list(article_ids)
        self._run.write(lambda connection: visits.reopen(connection, self._run.source.name, ids, reason))

    def _stored_together(self, ended: Sequence[Ended]) -> Changes | None:
        """Write visits and their articles in one transaction. Return what that changed, or None if it fails.

        A thread may call it.
        """
        if len(ended) == 1:  # `_tell_or_store` does as much for it, and more if that fails
            return None
        try:
            with self._run.store.trying_to_write() as connection:
                return self._store_all(connection, ended)
        except Exception:  # whatever it is, `_tell_or_store` finds whose it is
            return None

    def _tell_or_store(self, ended: Sequence[Ended], changes: Changes | None) -> None:
        """Tell how visits have ended that are written, with what that changed.

        If they could not be written in one transaction, each gets one of its own. So an article that no database takes
        does not keep others out of it.
        """
        if changes is not None:
            self._tell_all(ended, changes)
            return
        for each in ended:
            try:
                changes = self._run.store.patiently(partial(self._stored_alone, each))
            except StoreError as error:  # it has ended the run already
                if each.told:
                    each.told.errback(error)
                else:
                    self._tell(each.visit)
            except Exception as error:  # a bug; the others go on, and the run says at its end that this visit did not
                if each.told:
                    each.told.errback(error)
                else:
                    logger.exception("The visit of article %d was not stored.", each.visit.article_id)
            else:
                self._tell_all([each], changes)

    def _stored_alone(self, ended: Ended) -> Changes:
        with self._run.store.writing() as connection:
            return self._store_all(connection, [ended])

    def _store_all(self, connection: Connection, ended: Sequence[Ended]) -> Changes:
        """Write articles and visits. Return for each visit what its article changed, or None if it brought none."""
        run_id, is_the_site = self._run.store.run_id, self._run.source.is_the_site
        saved = iter(versions.save(connection, [each.saving for each in ended if each.saving], run_id=run_id))
        changes = [next(saved) if each.saving else None for each in ended]
        how = [_as_saved(each.visit, change) for each, change in zip(ended, changes, strict=True)]
        visits.record(connection, how, run_id, is_the_site=is_the_site)
        return changes

    def _tell_all(self, ended: Sequence[Ended], changes: Changes) -> None:
        """Count visits that are written now, and tell how each has ended."""
        for each, change in zip(ended, changes, strict=True):
            if change and change is not Change.SAME:
                self._run.counters.changes[change] += 1
                self._run.count(f"article/{change.value}")
            self._tell(_as_saved(each.visit, change))
            if each.told and change:
                each.told.callback(change)

    def _tell(self, visit: Visit) -> None:
        self._run.counters.outcomes[visit.outcome] += 1
        self._run.count(f"outcome/{visit.outcome}")
        if visit.outcome in (Outcome.FAILED, Outcome.REFUSED):
            logger.warning(
                "Article %d was not read (%s): %s. Another run will visit it again.",
                visit.article_id,
                visit.outcome,
                visit.reason,
            )
        self._crawler.signals.send_catch_log(visit_ended, visit=visit)


def _key(article: Mapping[str, Any]) -> tuple[Any, ...]:
    return article["id"], *versions.reading_of(article)


def _as_saved(visit: Visit, change: Change | None) -> Visit:
    return replace(visit, outcome=change.outcome) if change else visit
