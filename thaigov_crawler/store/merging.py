"""Which reading of which capture is the article, and what a further one changes. Pure: nothing of the database.

A version is a mapping of an article's fields as exported: what one capture of its page says.
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

    NEW = "new"  # the article ID was not there
    EDITED = "edited"  # it says something else now; the version held before becomes a revision
    REPLACED = "replaced"  # a page takes the place of a text, which becomes a revision: nobody edited anything
    OLDER = "older"  # an earlier version, or another text, which the store did not hold; one is a revision
    REFRESHED = "refreshed"  # a version that the store holds, at a newer capture or by a newer extractor
    SAME = "same"  # nothing
    FORGOTTEN = "forgotten"  # nothing: it must not come back

    @property
    def outcome(self) -> Outcome:
        """The outcome of the visit that brought the article."""
        says_something_new = (Change.NEW, Change.EDITED, Change.REPLACED, Change.OLDER)
        return Outcome.STORED if self in says_something_new else Outcome.UNCHANGED


def merge(held: Sequence[Version], article: Mapping[str, Any]) -> list[Version]:
    """The versions of an article, newest first, once another reading of a capture of it is known.

    `held` are those known before, newest first. A version (one digest) is kept once: as the newest extractor
    reads it, at the newest capture that shows it. A capture read again is what the newest extractor says of it.
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
    """Return what the versions of an article are ordered by: the highest is the article.

    A version captured at a time that has not come yet is the lowest: when it was captured is unknown.
    """
    captured_at = "" if lies_ahead(version["captured_at"]) else version["captured_at"]
    # Of two captures of one second the digest decides, so that the order of arrival does not.
    return not is_text(version["layout"]), captured_at, version["digest"]


def change_between(before: Sequence[Version], after: Sequence[Version]) -> Change:
    """What it is that makes the versions `before` of an article those `after`; both newest first."""
    if before == after:
        return Change.SAME
    was_text, is_now_text = is_text(before[0]["layout"]), is_text(after[0]["layout"])
    is_another = before[0]["digest"] != after[0]["digest"]
    if is_another and was_text and not is_now_text:
        return Change.REPLACED
    # Texts differ because they were cut from a page differently.
    if is_another and _capture(before[0]) != _capture(after[0]) and not is_now_text:
        return Change.EDITED
    return Change.OLDER if len(after) > len(before) else Change.REFRESHED


def _capture(version: Mapping[str, Any]) -> tuple[str, str]:
    return version["captured_at"], version["capture_url"]


def _united(one: Version, other: Version) -> Version:
    derived = max(other, one, key=lambda version: int(version["extractor"]))
    newest = max(one, other, key=rank)
    return {**derived, **{name: newest[name] for name in PROVENANCE}}
