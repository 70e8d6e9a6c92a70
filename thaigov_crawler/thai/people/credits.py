"""The staff whom the lines at the end of an article name: who wrote it, and who took the pictures.

Such a line has one name or several, and what these people did: `name: role`, `name / role`, `role : name`,
`Editor name`. The role may also be the line before or the line after. A person to contact has a telephone number behind
the name.

The persons have no title, and they took no part in the event. Their position is None, unless a noun such as Editor is
their role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thaigov_crawler.thai.people.letters import TH
from thaigov_crawler.thai.people.lexicon import given_names
from thaigov_crawler.thai.people.mentions import Mention
from thaigov_crawler.thai.people.offices import OFFICE
from thaigov_crawler.thai.people.thai_names import COMMON
from thaigov_crawler.thai.people.titles import TITLES
from thaigov_crawler.thai.people.untitled import is_no_given_name
from thaigov_crawler.thai.words import pattern

# The number of lines at the end of a text that are looked at, and the most letters of such a line.
_LINES = 16
_LONGEST_LINE = 160
_TAIL = 600  # letters at the end of a text; credits within a line are looked for in them

_PART = f"[เแโใไ]?[ก-ฮ][{TH}]{{2,19}}"
_NAME = re.compile(rf"({_PART}) ({_PART}(?: ณ {_PART})?)")
_GIVEN_NAME = re.compile(f"[เแโใไ]?[ก-ฮ][{TH}]{{3,14}}")
_AND = re.compile(" ?(?:[,/]|และ) ?")
_ROLE = pattern("credits_roles")
_SEVERAL_ROLES = rf"{_ROLE}(?: ?[/,] ?{_ROLE})*"
_ROLES = re.compile(rf"{_SEVERAL_ROLES}(?: ?/)?(?![{TH}])")
_OFFICE = re.compile(pattern("credits_offices"))
_ENGLISH = pattern("credits_english", "credits_offices")
_ROLE_FIRST = re.compile(rf"(?:{_SEVERAL_ROLES}(?:โดย ?:?| ?:)|{_ENGLISH}(?:/{_ENGLISH})*:?) ?")
# A body that stands before the first name, on the same line: กองเผยแพร่/name - role.
_BODY = re.compile(r"(?:กอง|กลุ่ม|สำนัก|ฝ่าย|ศูนย์)[^/\n]{2,60}/(?=[ก-ฮเแโใไ])")
_ROLE_COLON = re.compile(rf"(?<![{TH}]){_SEVERAL_ROLES}(?:โดย)? ?: ?")
_BEGINS_WORD = re.compile(rf"(?<![{TH}])[ก-ฮเแโใไ]")
_SIGN = re.compile("[:–-] ?")
_SIGN_BEFORE_ROLE = re.compile(f" ?{_SIGN.pattern}")
_BEFORE_ROLE = re.compile(" ?[:/–-] ?| ")
_CONTACT = re.compile(
    rf"(?<![{TH}.])({_PART}) ({_PART})(?: ?\([^()\n]{{1,20}}\))? ?[,:]? ?"
    r"(?:(?:โทรศัพท์|โทร|มือถือ|Tel)\.? ?:? ?)?(?:0[\d-]|\+66)[\d -]{6}"
)


def credited(text: str) -> list[Mention]:
    """Return the staff whom the last lines of a text name without a title, in order."""
    found: list[Mention] = []
    contacts: list[re.Match[str]] = []
    lines = _last_lines(text)
    for (start, end), (before, _), (_, after) in zip(lines, [(0, 0), *lines], [*lines[1:], (0, 0)], strict=False):
        found += (
            _role_first(text, start, end)
            or _names_first(text, start, end)
            or _names_alone(text, (before, start), (start, end), (end, after))
        )
        if contact := _CONTACT.search(text, start, end):
            contacts.append(contact)
    found += _contacts(contacts)
    known = {mention.start for mention in found}
    found += [mention for mention in _within_lines(text) if mention.start not in known]
    return sorted(found, key=lambda mention: mention.start)


def _within_lines(text: str) -> Iterator[Mention]:
    """Yield the persons whose credits stand within a line, because lines were joined: role : name, and name - role."""
    low, end = max(0, len(text) - _TAIL), len(text)
    if text.find(":", low) >= 0:
        for role in _ROLE_COLON.finditer(text, low):
            yield from (_mention(name, None) for name in _names(text, role.end(), end)[0])
    if not any(_ROLES.match(text, sign.end()) for sign in _SIGN.finditer(text, low)):
        return
    for word in _BEGINS_WORD.finditer(text, low):
        name = _NAME.match(text, word.start())
        sign = _SIGN_BEFORE_ROLE.match(text, name.end(2)) if name else None
        if name and sign and _ROLES.match(text, sign.end()) and not _is_no_name(name):
            yield _mention(name, None)


def _last_lines(text: str) -> list[tuple[int, int]]:
    """Return where each of the last lines of a text begins and ends.

    The first line of the text is none of them. If a line is too long, neither it nor an earlier one is among them.
    """
    lines: list[tuple[int, int]] = []
    end = len(text)
    while len(lines) < _LINES:
        start = text.rfind("\n", max(0, end - _LONGEST_LINE - 1), end) + 1
        if start == 0:
            break
        lines.insert(0, (start, end))
        end = start - 1
    return lines


def _contacts(lines: list[re.Match[str]]) -> list[Mention]:
    """Return the persons with a telephone number behind the name: none if no given name among them is known."""
    lines = [line for line in lines if not (_is_no_name(line) or COMMON.match(line[2]))]
    if not any(line[1] in given_names() for line in lines):
        return []
    return [_mention(name, None) for line in lines if (name := _NAME.match(line.string, line.start(1)))]


def _names_alone(text: str, before: tuple[int, int], line: tuple[int, int], after: tuple[int, int]) -> list[Mention]:
    """Return the persons of a line of nothing but names, if the line before or after is their role."""
    names, at = _names(text, *line)
    if not names or at < line[1]:
        return []
    role = text[before[0] : before[1] - 1]
    if _ROLE_FIRST.fullmatch(role):
        return [_mention(name, role.rstrip(" :") if _OFFICE.search(role) else None) for name in names]
    if _ROLES.fullmatch(text, after[0] + 1, max(after)):
        return [_mention(name, None) for name in names]
    return []


def _role_first(text: str, start: int, end: int) -> list[Mention]:
    """Return the persons of a line that begins with what they did: Photo Credit name, name."""
    role = _ROLE_FIRST.match(text, start, end)
    if not role:
        return []
    names, at = _names(text, role.end(), end)
    if at < end and text[at] not in " (":
        return []
    office = role[0].rstrip(" :") if _OFFICE.search(role[0]) else None
    return [_mention(name, office) for name in names]


def _names_first(text: str, start: int, end: int) -> list[Mention]:
    """Return the persons of a line of names and roles, once or several times: name / role name / role."""
    found: list[Mention] = []
    at = max(start, text.find("/", start, end) + 1 if _BODY.match(text, start, end) else start)
    while at < end:
        names, at = _names(text, at, end)
        if not names:
            names, at = _given_name(text, at, end)
        sign = _BEFORE_ROLE.match(text, at, end)
        role = _ROLES.match(text, sign.end(), end) if names and sign else None
        if not role or not (role.end() == end or text[role.end()] in " /" or role[0].endswith("/")):
            return found
        found += [_mention(name, None) for name in names]
        at = role.end() + (role.end() < end and text[role.end()] in " /")
    return found


def _names(text: str, at: int, end: int) -> tuple[list[re.Match[str]], int]:
    """Return the names that stand at `at`, with commas, strokes or และ between them, and where the last name ends."""
    found: list[re.Match[str]] = []
    sign = None
    while name := _NAME.match(text, sign.end() if sign else at, end):
        if _is_no_name(name):
            break
        found.append(name)
        at = name.end()
        sign = _AND.match(text, at, end)
        if not sign:
            break
    return found, at


def _given_name(text: str, at: int, end: int) -> tuple[list[re.Match[str]], int]:
    """Return a lone given name before a stroke and a role, and where it ends: name / role."""
    name = _GIVEN_NAME.match(text, at, end)
    if not name or text[name.end() : name.end() + 3] != " / " or _is_no_name(name):
        return [], at
    return [name], name.end()


def _is_no_name(name: re.Match[str]) -> bool:
    text, at = name.string, name.start()
    if OFFICE.match(text, at) or TITLES.match(text, at) or is_no_given_name(name[0]):
        return True
    return any(_ROLES.fullmatch(part) for part in name[0].split(" "))


def _mention(name: re.Match[str], office: str | None) -> Mention:
    start, end = name.span()
    return Mention(start, "", name[0].split(), end, end, left=start, stop=end, position=office)
