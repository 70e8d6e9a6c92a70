"""A mention of a person in a text, as the rules find it and fill it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A person named at a place of the text.

    It begins at `left` (with an office that stands before the name) or at `start` (the title), the name ends at
    `name_end`, the asides behind it at `end`, the position at `stop`.
    """

    start: int
    title: str
    parts: list[str]  # of the name
    name_end: int
    end: int
    left: int
    stop: int = 0
    position: str | None = None
    attended: bool = False
    english: bool = False
    heads_list: bool = False  # the position stands before a list that this person is in
