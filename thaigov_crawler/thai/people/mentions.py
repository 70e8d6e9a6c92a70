"""A mention of a person in a text. One rule finds it, and others fill it in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A person who is named at a place of the text.

    The numbers are places in the text, in this order:

    - `left`: the mention begins, with an office before the name if there is one;
    - `start`: the title begins;
    - `name_end`: the name ends;
    - `end`: the asides behind the name end;
    - `stop`: the position behind the name ends.
    """

    start: int
    title: str
    parts: list[str]  # the parts of the name
    name_end: int
    end: int
    left: int
    stop: int = 0
    position: str | None = None
    attended: bool = False
    english: bool = False
    heads_list: bool = False  # the position stands before a list, and this person is in the list
