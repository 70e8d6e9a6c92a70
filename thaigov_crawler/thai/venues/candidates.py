"""A place that may be the venue, and the landmarks of the text that it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thaigov_crawler.thai.venues.places import Place

# The head: in so many first lines, `ณ ห้อง…` on a line of its own is the place of a speech.
HEAD_LINES = 8
# The lead: so many first lines sum up the article.
LEAD_LINES = 2
# Characters between the event's date and a place behind it that stand side by side.
BESIDE = 70
# The beginning of the text. Gatherings and visits that are told of further on are the background.
BEGINNING = 1300


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The landmarks that a place is judged by.

    They are the event's date, other dates of the event's days, the paragraph of the event's date, and the ends of the
    next paragraph, of the lead and of the head.
    """

    event: tuple[int, int] | None
    same_days: tuple[tuple[int, int], ...]
    paragraph: tuple[int, int]
    next_end: int
    lead_end: int
    head_end: int

    @classmethod
    def of(cls, text: str, spans: Sequence[tuple[int, int]]) -> Landmarks:
        """Return the landmarks of a cleaned text that dates the event at `spans`."""
        event = spans[0] if spans else None
        ends: list[int] = []
        at = -1
        while len(ends) < HEAD_LINES and (at := text.find("\n", at + 1)) >= 0:
            ends.append(at)
        ends += [len(text)] * (HEAD_LINES - len(ends))
        paragraph = (0, 0)
        if event:
            end = text.find("\n", event[1])
            paragraph = text.rfind("\n", 0, event[0]) + 1, end if end >= 0 else len(text)
        next_end = text.find("\n", paragraph[1] + 1)
        next_end = next_end if next_end >= 0 else len(text)
        return cls(
            event, tuple(spans[1:]), paragraph, next_end if event else 0, ends[LEAD_LINES - 1], ends[HEAD_LINES - 1]
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place, its words (`phrase`), and what stands before it in its paragraph (`before`)."""

    text: str
    place: Place
    landmarks: Landmarks
    phrase: str
    before: str

    @property
    def behind_na(self) -> bool:
        """Tell whether ณ introduces it, alone or behind a word of a visit."""
        place = self.place
        return place.marker == "na" or (place.marker == "visit" and self.text.endswith("ณ ", place.at, place.start))

    @property
    def is_english(self) -> bool:
        """Tell whether "at" or "in" introduces it."""
        return self.place.marker == "english"

    @property
    def is_near(self) -> bool:
        """Tell whether it stands near the event's date.

        That is in the paragraph of the date, or before the date in the lead, or behind ณ on a line of its own in the
        head.
        """
        at, marks = self.place.at, self.landmarks
        if self.behind_na and at < marks.head_end and (at == 0 or self.text[at - 1] == "\n"):
            return True
        if at < marks.lead_end and (marks.event is None or at < marks.event[0]):
            return True
        return marks.paragraph[0] <= at < marks.paragraph[1]

    @property
    def is_near_behind_na(self) -> bool:
        return self.behind_na and self.is_near
