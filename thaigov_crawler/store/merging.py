"""The rules of versions: which capture of a page is the article, and what another capture changes.

Nothing here uses the database. A version is what one capture of the page says: a mapping of the fields as exported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from thaigov_crawler.outcomes import Outcome, lies_ahead
from thaigov_crawler.pages.registry import is_text

PROVENANCE = ("source", "captured_at", "capture_url")

Version = dict[str, Any]


class Change(Enum):
    """What saving an article does to the store."""

    NEW = "new"  # the article ID was not stored
    EDITED = "edited"  # the page says something else now; the stored version becomes a revision
    REPLACED = "replaced"  # a page replaces a text of a corpus, which becomes a revision; this is no edit
    OLDER = "older"  # an unknown earlier version, or another text of a corpus; there is one revision more
    REFRESHED = "refreshed"  # a known version, but from a newer capture or read by a newer extractor
    SAME = "same"  # nothing changes
    FORGOTTEN = "forgotten"  # nothing changes: the article is forgotten and must not be stored

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of the visit that brought the article."""
        says_something_new = (Change.NEW, Change.EDITED, Change.REPLACED, Change.OLDER)
        return Outcome.STORED if self in says_something_new else Outcome.UNCHANGED


def merge(held: Sequence[Version], article: Mapping[str, Any]) -> list[Version]:
    """Return the versions of an article, newest first, after `article` was read from one more capture.

    `held` are the versions known before, newest first. Each version (digest) is there once: as the newest extractor
    read it, with the provenance of the newest capture that shows it. If one capture was read several times, only the
    reading of the newest extractor counts.
    """
    versions: dict[str, Version] = {}
    for version in [*held, dict(article)]:
        again = next((v for v in versions.values() if _capture(v) == _capture(version)), None)
        if again is not None:
            if again["extractor"] > version["extractor"]:
                continue
            if again["extractor"] < version["extractor"]:
                del versions[again["digest"]]
        same = versions.get(version["digest"])
        versions[version["digest"]] = version if same is None else _united(same, version)
    return sorted(versions.values(), key=rank, reverse=True)


def rank(version: Mapping[str, Any]) -> tuple[bool, str, str]:
    """Return the sort key of a version. The version with the highest key is the article, the others are revisions.

    A page is higher than a text of a corpus, and a newer capture is higher than an older one. A capture at a time that
    has not come yet is the lowest of its kind, because nobody knows when it was made.
    """
    captured_at = "" if lies_ahead(version["captured_at"]) else version["captured_at"]
    # The digest decides between two captures of one second, so that the order of arrival does not.
    return not is_text(version["layout"]), captured_at, version["digest"]


def change_between(before: Sequence[Version], after: Sequence[Version]) -> Change:
    """Return the change from the versions `before` of an article to the versions `after`, both newest first."""
    if before == after:
        return Change.SAME
    was_text, is_now_text = is_text(before[0]["layout"]), is_text(after[0]["layout"])
    is_another = before[0]["digest"] != after[0]["digest"]
    if is_another and was_text and not is_now_text:
        return Change.REPLACED
    # Two texts of a corpus may differ only because they were cut from the page in different ways: that is no edit.
    if is_another and _capture(before[0]) != _capture(after[0]) and not is_now_text:
        return Change.EDITED
    return Change.OLDER if len(after) > len(before) else Change.REFRESHED


def _capture(version: Mapping[str, Any]) -> tuple[str, str]:
    return version["captured_at"], version["capture_url"]


def _united(one: Version, other: Version) -> Version:
    derived = max(other, one, key=lambda version: int(version["extractor"]))
    # The address decides between two captures of one second, so that the order of arrival does not.
    newest = max(one, other, key=lambda version: (rank(version), version["capture_url"], version["source"]))
    return {**derived, **{name: newest[name] for name in PROVENANCE}}
