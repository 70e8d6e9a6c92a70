"""A matcher for regular expressions that counts its steps.

`re` does not say how much work a match was. Seconds depend on the machine. This matcher takes the tree that `re` makes
of a pattern, and tries what `re` tries, in the same order. So its steps grow with the length of a text in the same way
as the time of `re`. It is slow, but texts of some thousand characters show how the steps grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

try:
    from re import _constants as c
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as c  # type: ignore[no-redef]
    import sre_parse as parser  # type: ignore[no-redef]

Matcher = Callable[[int], "int | None"]  # takes where a match begins, returns where it ends, or None
Test = Callable[[str], bool]  # takes a character, returns whether it matches

# What `\d`, `\s` and `\w` match in a text. In bytes they match ASCII only.
_CATEGORIES: dict[Any, Test] = {
    c.CATEGORY_DIGIT: str.isdecimal,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
}
_NEGATED = {
    c.CATEGORY_NOT_DIGIT: c.CATEGORY_DIGIT,
    c.CATEGORY_NOT_SPACE: c.CATEGORY_SPACE,
    c.CATEGORY_NOT_WORD: c.CATEGORY_WORD,
}
_ONE = (c.LITERAL, c.NOT_LITERAL, c.IN, c.ANY)  # nodes that match one character


class Steps:
    """Counts the steps of one pattern, on one text at a time."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.count = 0
        self._pattern = pattern
        self._is_text = isinstance(pattern.pattern, str)
        self._text = ""
        self._end = 0
        self._groups: dict[int, tuple[int, int]] = {}
        self._opened: dict[int, int] = {}
        self._whole = False
        self._match = self._compiled(list(parser.parse(pattern.pattern, pattern.flags)), self._finish, pattern.flags)

    def search(self, text: str | bytes, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """Return where the first match begins and ends, as `re` finds it."""
        self._take(text, end)
        for at in range(min(start, self._end), self._end + 1):
            if (behind := self._match_at(at)) is not None:
                return at, behind
        return None

    def match(
        self, text: str | bytes, start: int = 0, end: int | None = None, *, whole: bool = False
    ) -> tuple[int, int] | None:
        """Return where the match at `start` begins and ends, or None.

        With `whole`, it must end at the end of the text.
        """
        self._take(text, end, whole=whole)
        behind = self._match_at(start)
        return None if behind is None else (start, behind)

    def find_all(self, text: str | bytes, start: int = 0, end: int | None = None) -> None:
        """Count the steps that find all matches."""
        at = start
        while found := self.search(text, at, end):
            at = found[1] + (found[0] == found[1])

    def _take(self, text: str | bytes, end: int | None, *, whole: bool = False) -> None:
        self._text = text if isinstance(text, str) else bytes(text).decode("latin-1")
        self._end = len(self._text) if end is None else max(0, min(end, len(self._text)))
        self._whole = whole

    def _match_at(self, at: int) -> int | None:
        self._groups.clear()
        self.count += 1
        return self._match(at)

    def _finish(self, at: int) -> int | None:
        return at if not self._whole or at == self._end else None

    def _compiled(self, nodes: list[Any], then: Matcher, flags: int) -> Matcher:
        for operation, argument in reversed(nodes):
            then = self._one_node(operation, argument, then, flags)
        return then

    def _one_node(self, operation: Any, argument: Any, then: Matcher, flags: int) -> Matcher:
        if operation in _ONE:
            return self._one_sign(self._test(operation, argument, flags), then)
        makers: dict[Any, Callable[[Any, Matcher, int], Matcher]] = {
            c.BRANCH: self._branch,
            c.SUBPATTERN: self._group,
            c.MAX_REPEAT: self._repeat,
            c.MIN_REPEAT: lambda argument, then, flags: self._repeat(argument, then, flags, lazy=True),
            c.AT: self._place,
            c.ASSERT: self._assertion,
            c.ASSERT_NOT: lambda argument, then, flags: self._assertion(argument, then, flags, negated=True),
            c.GROUPREF: self._reference,
            c.POSSESSIVE_REPEAT: self._possessive,
        }
        return makers[operation](argument, then, flags)

    def _test(self, operation: Any, argument: Any, flags: int) -> Test:
        """Return the function that tests one character."""
        if operation is c.ANY:
            return lambda sign: bool(flags & re.DOTALL) or sign != "\n"
        if operation is c.LITERAL:
            wanted = chr(argument)
            return (lambda sign: sign.lower() == wanted.lower()) if flags & re.IGNORECASE else wanted.__eq__
        if operation is c.NOT_LITERAL:
            test = self._test(c.LITERAL, argument, flags)
            return lambda sign: not test(sign)
        negated = argument[0][0] is c.NEGATE
        members = [self._member(*member, flags) for member in argument[negated:]]

        @cache
        def is_in(sign: str) -> bool:
            spellings = {sign, sign.lower(), sign.upper()} if flags & re.IGNORECASE else {sign}
            return (
                any(member(spelling) for member in members for spelling in spellings if len(spelling) == 1) != negated
            )

        return is_in

    def _member(self, operation: Any, argument: Any, flags: int) -> Test:
        if operation is c.LITERAL:
            return chr(argument).__eq__
        if operation is c.RANGE:
            first, last = map(chr, argument)
            return lambda sign: first <= sign <= last
        category = _CATEGORIES[_NEGATED.get(argument, argument)]
        negated = argument in _NEGATED
        is_ascii = not self._is_text or flags & re.ASCII
        return lambda sign: (category(sign) and (not is_ascii or sign.isascii())) != negated

    def _one_sign(self, test: Test, then: Matcher) -> Matcher:
        def match(at: int) -> int | None:
            self.count += 1
            return then(at + 1) if at < self._end and test(self._text[at]) else None

        return match

    def _branch(self, argument: Any, then: Matcher, flags: int) -> Matcher:
        branches = [(self._first(nodes, flags), self._compiled(list(nodes), then, flags)) for nodes in argument[1]]

        def match(at: int) -> int | None:
            sign = self._text[at] if at < self._end else ""
            for first, branch in branches:
                self.count += 1
                if (first is None or first == sign) and (behind := branch(at)) is not None:
                    return behind
            return None

        return match

    def _first(self, nodes: Any, flags: int) -> str | None:
        """Return the character that a branch begins with, or None if it may begin with several."""
        is_literal = len(nodes) and nodes[0][0] is c.LITERAL and not flags & re.IGNORECASE
        return chr(nodes[0][1]) if is_literal else None

    def _group(self, argument: Any, then: Matcher, flags: int) -> Matcher:
        number, added, removed, nodes = argument
        inner_flags = (flags | added) & ~removed
        if number is None:
            return self._compiled(list(nodes), then, inner_flags)

        def close(at: int) -> int | None:
            before, opened = self._groups.get(number), self._opened[number]
            self._groups[number] = opened, at
            if (behind := then(at)) is not None:
                return behind
            self._groups.pop(number) if before is None else self._groups.__setitem__(number, before)
            self._opened[number] = opened
            return None

        inner = self._compiled(list(nodes), close, inner_flags)

        def match(at: int) -> int | None:
            self._opened[number] = at
            return inner(at)

        return match

    def _possessive(self, argument: Any, then: Matcher, flags: int) -> Matcher:
        """Return the matcher of a repeat that gives nothing back: its first match is its only one."""
        inner = self._repeat(argument, lambda at: at, flags)

        def match(at: int) -> int | None:
            behind = inner(at)
            return None if behind is None else then(behind)

        return match

    def _repeat(self, argument: Any, then: Matcher, flags: int, *, lazy: bool = False) -> Matcher:
        least, most, nodes = argument
        most = None if most is c.MAXREPEAT else most
        if len(nodes) == 1 and nodes[0][0] in _ONE:
            return self._repeated_sign(self._test(*nodes[0], flags), least, most, then, lazy=lazy)
        done: list[int] = []  # pairs (times matched, where the last match began), the innermost repeat last

        def again(at: int) -> int | None:
            times, began = done[-2:]
            if at == began and times >= least:  # another empty match brings nothing
                return None
            return try_at(at, times + 1)

        inner = self._compiled(list(nodes), again, flags)

        def once_more(at: int, times: int) -> int | None:
            if most is not None and times >= most:
                return None
            done.extend((times, at))
            behind = inner(at)
            del done[-2:]
            return behind

        def go_on(at: int) -> int | None:
            outer, done[:] = list(done), []
            behind = then(at)
            done[:] = outer
            return behind

        def try_at(at: int, times: int) -> int | None:
            self.count += 1
            saved = list(done)
            ways = [lambda: once_more(at, times), lambda: go_on(at) if times >= least else None]
            for way in reversed(ways) if lazy else ways:
                behind = way()
                done[:] = saved
                if behind is not None:
                    return behind
            return None

        return lambda at: try_at(at, 0)

    def _repeated_sign(self, test: Test, least: int, most: int | None, then: Matcher, *, lazy: bool) -> Matcher:
        def lengths(at: int) -> Iterator[int]:
            length = 0
            if lazy:
                while True:
                    if length >= least:
                        yield length
                    self.count += 1
                    if length == most or at + length >= self._end or not test(self._text[at + length]):
                        return
                    length += 1
            while length != most and at + length < self._end and test(self._text[at + length]):
                length += 1
            self.count += length + 1
            yield from range(length, least - 1, -1)

        def match(at: int) -> int | None:
            for length in lengths(at):
                self.count += 1
                if (behind := then(at + length)) is not None:
                    return behind
            return None

        return match

    def _place(self, argument: Any, then: Matcher, flags: int) -> Matcher:
        def is_word(at: int) -> bool:
            return 0 <= at < self._end and _CATEGORIES[c.CATEGORY_WORD](self._text[at])

        places: dict[Any, Callable[[int], bool]] = {
            c.AT_BEGINNING: lambda at: at == 0 or (bool(flags & re.MULTILINE) and self._text[at - 1] == "\n"),
            c.AT_BEGINNING_STRING: lambda at: at == 0,
            c.AT_BOUNDARY: lambda at: is_word(at - 1) != is_word(at),
            c.AT_NON_BOUNDARY: lambda at: is_word(at - 1) == is_word(at),
            c.AT_END: lambda at: at == self._end or (at == self._end - 1 and self._text[at] == "\n"),
            c.AT_END_STRING: lambda at: at == self._end,
        }
        is_there = places[argument]

        def match(at: int) -> int | None:
            self.count += 1
            return then(at) if is_there(at) else None

        return match

    def _assertion(self, argument: Any, then: Matcher, flags: int, *, negated: bool = False) -> Matcher:
        direction, nodes = argument
        back = nodes.getwidth()[0] if direction < 0 else 0
        inner = self._compiled(list(nodes), lambda at: at, flags)

        def match(at: int) -> int | None:
            self.count += 1
            holds = at >= back and inner(at - back) is not None
            return then(at) if holds != negated else None

        return match

    def _reference(self, argument: Any, then: Matcher, flags: int) -> Matcher:
        def match(at: int) -> int | None:
            start, end = self._groups[argument]
            said = self._text[start:end]
            self.count += len(said) + 1
            return then(at + len(said)) if self._text.startswith(said, at, self._end) else None

        return match
