"""The key of a name. It finds one person across articles, under several spellings and titles."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from thaigov_crawler.thai.text import clean_line

# The first letter of a name. If nothing but a title stands before it, that title is the beginning of the name (คุณากร).
_BEGINS = re.compile(r"[ก-ฮเแโใไ]|[^\W\d_฀-๿]")
_BETWEEN = re.compile(r"[\s.\-‐‑–'’‘`]+")
# These do not make another given name: thanthakhat and phinthu, lost or put in, and ฎ in place of ฏ.
_SILENT = {0x0E4C: None, 0x0E3A: None, ord("ฎ"): "ฏ"}
# Spellings of one surname, or of a long given name, also differ in tone marks and maitaikhu.
_MARKS = re.compile("[\u0e47-\u0e4c\u0e3a]")
# They differ in letters of one sound or of nearly one shape, and in the length of a vowel. In a short given name, these
# make another name.
_ALIKE = str.maketrans("ศษณญฎฐีืู", "สสนยฏฏิึุ")
_CONSONANTS = re.compile("[ก-ฮ]")
_LONG_GIVEN = 7  # consonants of a long given name, at least
# A name that is shorter than this without its marks says too little for them to be left out. Many Chinese names are.
_LONG = 10
# A lone part with so many letters or more is a given name and a surname whose space was lost. The longest given names
# have 14.
_GLUED = 16
# Runs of titles in front of a name. A run has at most six titles, and nobody has more than two runs.
_MOST_RUNS = 10
SEPARATOR = "|"


def name_key(name: str) -> str:
    """Return the key of a person's name, with or without titles in front. Return "" for a name that may be anybody's.

    Names with equal keys are one person's, as far as a name can tell. These do not count:

    - titles, white space, hyphens, full stops, capitals and accents;
    - in Thai names of some length: thanthakhat, phinthu, and whether ฎ or ฏ is written;
    - in surnames and long given names: tone marks, maitaikhu, ศ ษ ส, ณ น, ญ ย, ฎ ฏ ฐ, and the length of ◌ิ ◌ึ ◌ุ. They
      do count in other given names: ธณพร and ธนพร may be sisters.

    This makes 7,930 persons of 8,012 spellings in 12,615 articles. We read 69 of the 75 merged persons, and none of
    them was two.

    The key is the given name (the first part), SEPARATOR, and the rest. A name whose space was lost has a key of its
    own. These names have no key: a lone given name or surname, a name of which all parts but one are initials (`J. D.`
    is one part), and a name cut short by ฯ. Two people of one name have one key. A person whose name is written in Thai
    and in Latin letters has two keys.
    """
    name = without_titles(name)
    parts = _parts(name)
    known = [part for part in parts if len(part) > 1]
    if "ฯ" in name or (len(known) < 2 and not (known and is_thai(known[0]) and len(known[0]) >= _GLUED)):
        return ""
    given, surname = parts[0], "".join(parts[1:])
    if not is_thai(given):
        given, surname = _without_accents(given), _without_accents(surname)
    elif len(_MARKS.sub("", given + surname)) >= _LONG:
        surname = _folded(surname)
        is_long = len(_CONSONANTS.findall(given)) >= _LONG_GIVEN
        given = _folded(given) if is_long else given.translate(_SILENT)
    return SEPARATOR.join(filter(None, (given, surname)))


def _parts(name: str) -> list[str]:
    """Return the parts of a name without signs between letters. Initials in a row are one part (`J.D.`, `J. D.`)."""
    parts = filter(None, (_BETWEEN.sub("", each).casefold() for each in name.split()))
    groups = groupby(parts, key=lambda part: len(part) == 1)
    return [part for initials, group in groups for part in (["".join(group)] if initials else group)]


def _folded(part: str) -> str:
    return _MARKS.sub("", part).translate(_ALIKE)


def _without_accents(part: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", part) if not unicodedata.combining(sign))


def without_titles(name: str) -> str:
    """Return a name, or a known part of one, on one line and without titles in front (นาย, พล.อ., H.E. Mr.).

    If a title is all there is, it stays. At most _MOST_RUNS runs of titles are taken away.
    """
    # Imported here, because every command imports this module and the patterns take a thirtieth of a second.
    from thaigov_crawler.thai.people.monks import MONK
    from thaigov_crawler.thai.people.titles import TITLES

    name = clean_line(name)
    for _ in range(_MOST_RUNS):
        titles = TITLES.match(name)
        rest = name[titles.end() :].lstrip() if titles else ""
        if not _BEGINS.match(rest):
            break
        name = rest
    monk = MONK.match(name)
    return name[monk.start(2) :] if monk else name


def is_thai(name: str) -> bool:
    """Tell whether a name, or the key of one (see `name_key`), begins with a Thai letter."""
    return "\u0e00" <= name[:1] <= "\u0e7f"
