"""Names of people in Latin letters, and where they end."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import words

_LONGEST_PART = 40  # letters; more are no part of a name
_REST = rf"[\wÀ-ÿ’'`‘\-]{{0,{_LONGEST_PART}}}"  # of a part: a run without end is not read to its end at each title
_NAME = re.compile(
    rf"(?:[A-Z]\.[ ]?){{0,3}}[A-ZÀ-Þ]{_REST}\.?"
    r"(?: (?:(?:van|von|der|den|de|da|di|du|del|dos|la|le|bin|binti|ibn|al|el|bte|na|y|d[’'])[ ]){0,2}"
    rf"(?:\([A-Z][a-z]+\) )?(?:[A-Z]\.(?:[A-Z]\.)*|(?:al-|el-|d[’']|de)?[A-ZÀ-Þ]{_REST})){{0,7}}"
)
_NOT_NAMES = frozenset(words("names_not_english"))
_PARTICLES = ("van", "von", "der", "de", "da", "la", "al", "el", "y", "d’")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_POSSESSIVE = re.compile(r"[’'`‘]s$")
_QUOTES = "’'`‘"


def latin_name(text: str, at: int) -> tuple[list[str], int]:
    """The parts of the name at `at`, and where it ends; no parts where there is none.

    A name is capitalised words, initials and particles; it ends at a word of office or another word that is no name.
    """
    run = _NAME.match(text, at)
    if not run:
        return [], at
    parts, length = _parts(run[0])
    if any(len(part) > _LONGEST_PART for part in parts):
        return [], at
    while parts and parts[-1] in _PARTICLES:
        parts.pop()
        length = run[0][:length].rfind(" ")
    if parts and _POSSESSIVE.search(parts[-1]):
        parts[-1] = parts[-1][:-2]
        length -= 2
    if parts and len(parts[-1]) > 2 and parts[-1].endswith("."):
        parts[-1] = parts[-1][:-1]
        length -= 1
    if not parts or (len(parts) == 1 and len(parts[0]) < 2):
        return [], at
    return parts, at + length


def _parts(run: str) -> tuple[list[str], int]:
    """The words of `run` that are parts of a name, and where the last of them ends; words in brackets are left out."""
    parts: list[str] = []
    end = 0
    for word in re.finditer(r"[^ ]+", run):
        bare = word[0].strip(_QUOTES)
        if bare.startswith("("):
            continue
        if bare.rstrip(".") in _NOT_NAMES:
            break
        parts.append(word[0].rstrip(_QUOTES))
        end = word.start() + len(parts[-1])
        if len(word[0]) > 3 and word[0].endswith(".") and not _INITIALS.fullmatch(word[0]):
            break  # the end of the sentence
    return parts, end
