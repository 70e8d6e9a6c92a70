"""Thai and English words as data: each list is a file in this folder. The functions make patterns of the lists.

A list is a text file (UTF-8) with one entry a line. It begins with a comment that says what the list is for. A comment
`# Used by:` names the modules that read it. Blank lines count for nothing, and neither does what follows a `#` behind
white space. To add a word, add a line. You need no regular expression:

    กล่าว                              the word, wherever it stands
    ร่วม  not before: สุข จิต ใจ         the word, but not where one of these follows it (ร่วมสุข is a surname)
    ได้  before: กล่าว เป็น              the word, only where one of these follows it
    ถึง  not after: กล่าว เผย            the word, but not where one of these stands before it; `after:` likewise
    น._ส.                            `_` is a space or nothing: น.ส. and น. ส.
    พฤหัสบดี  also: พฤหัส              the word in other spellings, too; a context belongs to all of them

Two spaces or more divide a word from its context. One space divides the words of a context. Words, and words of a
context, may hold the marks of `MARKS`: `ผู้(letter)`, `before: (space) (end)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain, product, takewhile

# The marks, and the regular expression that each stands for.
MARKS = {
    "(letter)": "[ก-๎]",  # a Thai letter or sign
    "(sign)": "[\u0e30-\u0e3a\u0e47-\u0e4e]",  # a vowel or tone mark that goes on with the word before it
    "(consonant)": "[ก-ฮ]",  # a Thai consonant
    "(tone)": "[่-์]",  # a Thai tone mark or thanthakhat
    "(digit)": r"\d",  # a digit, Arabic or Thai
    "(latin)": "[A-Za-z]",
    "(capital)": "[A-Z]",
    "(space)": r"\ ",
    "(end)": "$",  # the end of the text
}
_OPTIONAL_SPACE = "_"
_COMMENT = re.compile(r"(?:^|\s)#.*")
_CONTEXT = re.compile(r"(before|not before|after|not after|also):(.*)")
_PIECE = re.compile(r"\([a-z]+\)|.")

Pieces = tuple[str, ...]


class WordListError(ValueError):
    """A line of a word list cannot be read. The message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a list, its other spellings, and its context: what must, or must not, stand behind and before it."""

    word: str
    also: Pieces = ()
    before: Pieces = ()
    not_before: Pieces = ()
    after: Pieces = ()
    not_after: Pieces = ()

    @property
    def all_words(self) -> Pieces:
        """Return the word and its other spellings."""
        return self.word, *self.also

    def spellings(self) -> list[Pieces]:
        """Return all words as letters and marks."""
        return [pieces for word in self.all_words for pieces in _spellings(word)]


@dataclass(frozen=True, slots=True)
class Shape:
    """A beginning that is written like a word of a list, and a regular expression for the rest."""

    beginning: str
    rest: str


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """Return the entries of the list `name` (the file `name.txt` in this folder), in their order.

    Raise WordListError for a line that cannot be read, and FileNotFoundError if there is no such list.
    """
    text = files(__name__).joinpath(f"{name}.txt").read_text("utf-8")  # no path: a package may be in a zip file
    return read_entries(text, f"{name}.txt")


def words(name: str) -> tuple[str, ...]:
    """Return the words of the list `name` as plain strings, in their order. A word with `_` comes with and without the
    space.

    Raise ValueError if a word has a context or a mark. Such a list needs `pattern`.
    """
    return tuple(chain.from_iterable(spellings(name)))


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return for each line of the list `name` the word and its other spellings, in their order.

    Raise ValueError if a word has a context or a mark.
    """
    for entry in entries(name):
        if entry != Entry(entry.word, entry.also) or any(mark in word for mark in MARKS for word in entry.all_words):
            raise ValueError(f"{name}.txt: {entry.word!r} is no plain word: it has a context or a mark")
    return tuple(tuple("".join(pieces) for pieces in entry.spellings()) for entry in entries(name))


def beginnings(name: str) -> tuple[str, ...]:
    """Return plain strings such that each match of the pattern of the list `name` begins with one of them.

    Raise ValueError if a word begins with a mark.
    """
    found: list[str] = []
    for spelling in sorted(spelling for entry in entries(name) for spelling in entry.spellings()):
        beginning = "".join(takewhile(lambda piece: piece not in MARKS, spelling))
        if not beginning:
            raise ValueError(f"{name}.txt: {''.join(spelling)!r} begins with a mark")
        if not beginning.startswith(tuple(found)):
            found.append(beginning)
    return tuple(found)


def pattern(*lists: str | Iterable[Entry | Shape]) -> str:
    """Return a regular expression, uncompiled, that matches the words of `lists`: names of lists, or entries and
    shapes.

    It is a group without a name. It fits into any larger expression, with re.VERBOSE and without. If several words
    begin alike, the longest is tried first. If its context does not fit, or the rest of the larger expression fails,
    the next shorter one is tried. The order of lists and lines does not count. A shape is tried before the words that
    begin like it.

    The expression branches at each letter (a trie). If no word begins at a place, it fails at the first or second
    letter there, however many words there are. So it needs no test before it.
    """
    return _pattern(*(each if isinstance(each, str) else tuple(each) for each in lists))


@cache
def _pattern(*lists: str | tuple[Entry | Shape, ...]) -> str:
    root = _Node()
    for each in lists:
        for entry in entries(each) if isinstance(each, str) else each:
            if isinstance(entry, Shape):
                for pieces in _spellings(entry.beginning):
                    root.at(pieces).shapes.append(f"(?:{entry.rest})")
            else:
                for pieces in entry.spellings():
                    root.at(pieces).contexts.append(_context_of(pieces, entry))
    return f"(?:{root.expression()})"


def read_entries(text: str, file: str) -> tuple[Entry, ...]:
    """Return the entries of the text of a list. Raise WordListError, which names `file`, for a bad line."""
    found: list[Entry] = []
    lines: dict[Pieces, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = _COMMENT.sub("", line).rstrip()
        if not content:
            continue
        try:
            entry = _read_entry(content)
            for pieces in entry.spellings():
                if first := lines.get(pieces):
                    raise WordListError(f"{''.join(pieces)!r} stands in line {first} already")
                lines[pieces] = number
        except WordListError as error:
            raise WordListError(f"{file}, line {number}: {error}") from None
        found.append(entry)
    return tuple(found)


def _read_entry(content: str) -> Entry:
    word, *contexts = re.split(r"\s{2,}", content)
    if not word or _CONTEXT.search(word):
        raise WordListError(f"a word, two spaces and its context are expected, not {content.strip()!r}")
    _spellings(word)
    known: dict[str, Pieces] = {}
    for context in contexts:
        said = _CONTEXT.fullmatch(context)
        if not said:
            kinds = "before:, not before:, after:, not after: or also:"
            raise WordListError(f"a context begins with {kinds}, unlike {context!r}")
        name = said[1].replace(" ", "_")
        around = tuple(said[2].split())
        if not around or name in known or len(set(around)) < len(around):
            raise WordListError(f"{context!r} has no word, has one twice, or is the second of its kind")
        for each in around:
            _spellings(each)
        known[name] = around
    return Entry(word, **known)


@cache
def _spellings(word: str) -> tuple[Pieces, ...]:
    """Return `word` as letters and marks. For each `_` there is one spelling with the space and one without."""
    pieces = _PIECE.findall(word)
    for piece in pieces:
        if len(piece) > 1 and piece not in MARKS:
            raise WordListError(f"{piece} is no mark: there are {' '.join(MARKS)}")
    choices = [("", " ") if piece == _OPTIONAL_SPACE else (" " if piece == "(space)" else piece,) for piece in pieces]
    return tuple(tuple(filter(None, spelling)) for spelling in product(*choices))


def _context_of(pieces: Pieces, entry: Entry) -> str:
    """Return the assertions that stand behind a word for its context."""
    ahead = [(sign, _any_of(around)) for sign, around in (("=", entry.before), ("!", entry.not_before)) if around]
    # In Python, a look-behind has one length. So each word of the context gets its own.
    word = _literally(pieces)
    behind = [
        [f"(?<{sign}{_literally(spelling)}{word})" for each in around for spelling in _spellings(each)]
        for sign, around in (("=", entry.after), ("!", entry.not_after))
    ]
    after = f"(?:{'|'.join(behind[0])})" if behind[0] else ""
    return "".join(f"(?{sign}{words})" for sign, words in ahead) + after + "".join(behind[1])


def _any_of(around: Pieces) -> str:
    return pattern(Entry(word) for word in around)


def _literally(pieces: Pieces) -> str:
    return "".join(map(_letter, pieces))


@cache
def _letter(piece: str) -> str:
    return MARKS.get(piece) or re.escape(piece)


@dataclass(slots=True)
class _Node:
    """A place in the trie: which shapes begin here, which letters may come next, and in which contexts a word ends."""

    shapes: list[str] = field(default_factory=list)
    branches: dict[str, _Node] = field(default_factory=dict)
    contexts: list[str] = field(default_factory=list)

    def at(self, pieces: Pieces) -> _Node:
        node = self
        for piece in pieces:
            node = node.branches.setdefault(piece, _Node())
        return node

    def expression(self) -> str:
        """Return the alternatives from here on."""
        run, node = "", self
        while len(node.branches) == 1 and not node.shapes and not node.contexts:
            ((piece, node),) = node.branches.items()
            run += _letter(piece)
        choices = list(node.shapes)
        letters_first = sorted(node.branches.items(), key=lambda branch: branch[0] in MARKS)
        choices += [_letter(piece) + branch.expression() for piece, branch in letters_first]
        # A word without a context always fits, so it comes last.
        choices += sorted(dict.fromkeys(node.contexts), key=lambda context: context == "")
        return run + (choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})")
