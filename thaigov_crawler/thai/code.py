"""Code that some pages show as text: the script of a film player, style rules, and characters written as entities."""

from __future__ import annotations

import re

# Lines of a player's script, at most.
LONGEST_SCRIPT = 60

_SCRIPT = re.compile(r"\$\([\"'#]|var \w+ = document\.|(?:flow|jw)player[.(]")
_SCRIPT_ENDS = re.compile(r"\}\);?")
_TAGS = "p|span|li|ul|ol|td|th|tr|table|div|body|a|b|i|h[1-6]|em|strong"
_RULE = rf"(?:[.#@][\w-]+|(?:{_TAGS})\b)[\w.#*:>,\s-]*\{{[^{{}}:]*:[^{{}}]*\}}"
_RULES = re.compile(rf"(?:{_RULE}\s*)+", re.ASCII)

# Entities of a page's text are read with its HTML. What is left was written as text.
_CHARACTERS = {
    "&": "amp #38 #038",
    '"': "quot #34 #034",
    "'": "apos #39 #039",
    " ": "nbsp #160",
    "“": "ldquo #8220",
    "”": "rdquo #8221",
    "‘": "lsquo #8216",
    "’": "rsquo #8217",
    "–": "ndash #8211",
    "—": "mdash #8212",
    "…": "hellip #8230",
    "•": "bull #8226",
}
_ENTITIES = {name: character for character, names in _CHARACTERS.items() for name in names.split()}
_ENTITY = re.compile(rf"&(?:amp;)*({'|'.join(_ENTITIES)});")


def without_code(lines: list[str]) -> list[str]:
    """Return the cleaned lines of a text without those of a player's script and of style rules."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _SCRIPT.match(lines[at]):
            at = _behind_script(lines, at)
            continue
        if line := without_rules(lines[at]):
            kept.append(line)
        at += 1
    return kept


def without_rules(line: str) -> str:
    """Return a cleaned line without style rules at its beginning (`p.p1 {margin: 0.0px}`). One of a script is ""."""
    if _SCRIPT.match(line):
        return ""
    rules = _RULES.match(line) if "{" in line else None
    return line[rules.end() :] if rules else line


def entities_read(text: str) -> str:
    """Return a text with characters for entities that were written as text (`&#39;`, `&amp;`)."""
    return _ENTITY.sub(lambda found: _ENTITIES[found[1]], text) if "&" in text else text


def _behind_script(lines: list[str], start: int) -> int:
    """Return where the script that begins at a line has ended; behind that line where it does not end."""
    for at in range(start, min(len(lines), start + LONGEST_SCRIPT)):
        if _SCRIPT_ENDS.fullmatch(lines[at]):
            return at + 1
    return start + 1
