"""SQLite's LIKE, GLOB and printf in linear time: its own take minutes for long texts, and nothing breaks them off."""

from __future__ import annotations

import re
import sqlite3
import threading
from functools import lru_cache
from typing import Any, NamedTuple

# Characters of a text times those of a part of a pattern that has wildcards for single characters.
_MOST_COMPARED = 200_000_000
_NUMBER = re.compile(r"\d+")
_ANY, _ONE = "any", "one"
_NOTHING = (_ONE, "(?!)", "")  # what no text matches
_GLOB_SIGN = re.compile(r"\[(?P<not>\^|(?!\^))(?P<members>\][^\]]*|[^\]]+)\]|.", re.DOTALL)
_here = threading.local()


class _Part(NamedTuple):
    """A part of a pattern between two that stand for anything. It is text, or a regular expression."""

    text: str
    expression: re.Pattern[str] | None
    length: int

    def find(self, text: str, start: int) -> tuple[int, int]:
        """Return where the part is found at or behind a place, and where it ends; -1 where it is not."""
        if self.expression is None:
            at = text.find(self.text, start)
            return at, at + self.length
        if (len(text) - start) * self.length > _MOST_COMPARED:
            raise ValueError("LIKE or GLOB pattern too complex")
        found = self.expression.search(text, start)
        return found.span() if found else (-1, -1)


def like(pattern: Any, text: Any, escape: Any = None) -> int | None:
    """Return whether a text is LIKE a pattern, letters of either case being equal; None where one of them is NULL."""
    if pattern is None or text is None:
        return None
    pattern, text = _text(pattern), _text(text)
    # Thai has one case: most texts need not be looked through for it.
    if pattern.lower() != pattern.upper():
        pattern, text = pattern.lower(), text.lower()
    return _matches(_parts_of_like(pattern, None if escape is None else _text(escape)), text)


def glob(pattern: Any, text: Any) -> int | None:
    """Return whether a text matches a GLOB pattern; None where one of them is NULL."""
    if pattern is None or text is None:
        return None
    return _matches(_parts_of_glob(_text(pattern)), _text(text))


def printf(longest: int, form: Any = None, *values: Any) -> str | None:
    """Return what SQLite's printf does, unless the widths in it come to more than `longest` characters."""
    if form is None:
        return None
    widths = sum(int(number[:12]) for number in _NUMBER.findall(_text(form)))
    if "*" in _text(form):
        widths += sum(map(_width, values))
    if widths > longest:
        raise OverflowError("string or blob too big")  # which SQLite says so
    if not hasattr(_here, "sqlite"):
        _here.sqlite = sqlite3.connect(":memory:")
        _here.sqlite.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
    marks = ", ".join("?" * (len(values) + 1))
    (said,) = _here.sqlite.execute(f"SELECT printf({marks})", (form, *values)).fetchone()
    return None if said is None else str(said)


def _width(value: Any) -> int:
    found = _NUMBER.search(_text(value)[:40]) if value is not None else None
    return int(found[0]) if found else 0


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _matches(parts: list[_Part], text: str) -> int:
    """Return 1 where the parts stand in a text in order: the first at its beginning, the last at its end; else 0."""
    first, *rest = parts
    if not rest:
        return int(first.length == len(text) and _ends(first, text))
    if not _begins(first, text):
        return 0
    *middle, last = rest
    place = first.length
    for part in middle:
        at, place = part.find(text, place)
        if at < 0:
            return 0
    return int(len(text) - last.length >= place and _ends(last, text))


def _begins(part: _Part, text: str) -> bool:
    return bool(part.expression.match(text)) if part.expression else text.startswith(part.text)


def _ends(part: _Part, text: str) -> bool:
    if part.expression is None:
        return text.endswith(part.text)
    return len(text) >= part.length and bool(part.expression.match(text, len(text) - part.length))


@lru_cache(maxsize=64)
def _parts_of_like(pattern: str, escape: str | None) -> list[_Part]:
    signs = []
    characters = iter(pattern)
    for character in characters:
        if character == escape:
            escaped = next(characters, "")
            signs.append(("", re.escape(escaped), escaped) if escaped else _NOTHING)
        else:
            kind = {"%": _ANY, "_": _ONE}.get(character, "")
            signs.append((kind, "." if kind == _ONE else re.escape(character), character))
    return _parts(signs)


@lru_cache(maxsize=64)
def _parts_of_glob(pattern: str) -> list[_Part]:
    signs = []
    for found in _GLOB_SIGN.finditer(pattern):
        sign = found[0]
        if members := found["members"]:
            signs.append((_ONE, _class_of(members, is_negated=bool(found["not"])), sign))
        elif sign == "[":
            signs.append(_NOTHING)
        else:
            kind = {"*": _ANY, "?": _ONE}.get(sign, "")
            signs.append((kind, "." if kind == _ONE else re.escape(sign), sign))
    return _parts(signs)


def _class_of(members: str, *, is_negated: bool) -> str:
    """Return the regular expression for one of some characters, which may be ranges."""
    inside, place = [], 0
    while place < len(members):
        first = last = members[place]
        if members[place + 1 : place + 2] == "-" and place + 2 < len(members):
            last, place = members[place + 2], place + 2
        if first <= last:
            inside.append(f"\\U{ord(first):08x}-\\U{ord(last):08x}")
        place += 1
    if not inside:
        return "." if is_negated else "(?!)"
    return f"[{'^' if is_negated else ''}{''.join(inside)}]"


def _parts(signs: list[tuple[str, str, str]]) -> list[_Part]:
    """Return the parts of a pattern: its signs are kind, regular expression and text."""
    parts: list[list[tuple[str, str, str]]] = [[]]
    for sign in signs:
        if sign[0] == _ANY:
            parts.append([])
        else:
            parts[-1].append(sign)
    return [_part(each) for each in parts]


def _part(signs: list[tuple[str, str, str]]) -> _Part:
    text = "".join(text for _, _, text in signs)
    if all(kind == "" for kind, _, _ in signs):
        return _Part(text, None, len(text))
    return _Part(text, re.compile("".join(expression for _, expression, _ in signs), re.DOTALL), len(signs))
