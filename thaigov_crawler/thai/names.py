"""One person under several spellings and titles: the key by which people are found across articles."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from thaigov_crawler.thai.text import clean_line

# The first letter of a name; what looks like a title before anything else is the beginning of a name (คุณากร).
_BEGINS = re.compile(r"[ก-ฮเแโใไ]|[^\W\d_฀-๿]")
_BETWEEN = re.compile(r"[\s.\-‐‑–'’‘`]+")
# What makes no other name of a given name: thanthakhat and phinthu, lost or put in, and ฎ for ฏ.
_SILENT = {0x0E4C: None, 0x0E3A: None, ord("ฎ"): "ฏ"}
# What spellings of one surname, or of a long given name, differ in beside: tone marks and maitaikhu, …
_MARKS = re.compile("[\u0e47-\u0e4c\u0e3a]")
# … letters of one sound or of nearly one shape, and the length of a vowel. Of short given names that makes others'.
_ALIKE = str.maketrans("ศษณญฎฐีืู", "สสนยฏฏิึุ")
_CONSONANTS = re.compile("[ก-ฮ]")
_LONG_GIVEN = 7  # consonants
# A name shorter than this without its marks (many a Chinese one) says too little for them to be left out.
_LONG = 10
# A lone part as long as this is a given name and a surname whose space was lost; the longest given names have 14.
_GLUED = 16
# Runs of titles in front of a name, of six titles each at most. Nobody has more than two.
_MOST_RUNS = 10
SEPARATOR = "|"


def name_key(name: str) -> str:
    """Return the key of a person's name, as it is stored or with titles in front; "" for a name that may be anybody's.

    Names with equal keys are one person's, as far as a name can tell: titles, white space, hyphens, full stops,
    capitals and accents do not count, nor, in Thai names of some length, thanthakhat and phinthu, and ฎ for ฏ. Of
    surnames and long given names tone marks, maitaikhu, ศ ษ ส, ณ น, ญ ย, ฎ ฏ ฐ and the length of ◌ิ ◌ึ ◌ุ do not count
    either; of other given names they do (ธณพร and ธนพร may be sisters). Of 8,012 such spellings in 12,615 articles that
    makes 7,930 persons; 69 of the 75 who were merged were read, and none was two.

    The key is the given name (the first part), SEPARATOR, and the rest; a name that lost its space has a key of its
    own. A given name or a surname alone, one of initials but for one part (`J. D.` counts as one), and one cut short by
    ฯ have none. Two people of one name have one key; the same person in Thai and in Latin letters has two.
    """
    name = without_titles(name)
    parts = _parts(name)
    known = [part for part in parts if len(part) > 1]
    if "ฯ" in name or (len(known) < 2 and not (known and _is_thai(known[0]) and len(known[0]) >= _GLUED)):
        return ""
    given, surname = parts[0], "".join(parts[1:])
    if not _is_thai(given):
        given, surname = _without_accents(given), _without_accents(surname)
    elif len(_MARKS.sub("", given + surname)) >= _LONG:
        surname = _folded(surname)
        is_long = len(_CONSONANTS.findall(given)) >= _LONG_GIVEN
        given = _folded(given) if is_long else given.translate(_SILENT)
    return SEPARATOR.join(filter(None, (given, surname)))


def _parts(name: str) -> list[str]:
    """Return the parts of a name without what stands between letters, initials in a row as one (`J.D.`, `J. D.`)."""
    parts = filter(None, (_BETWEEN.sub("", each).casefold() for each in name.split()))
    groups = groupby(parts, key=lambda part: len(part) == 1)
    return [part for initials, group in groups for part in (["".join(group)] if initials else group)]


def _folded(part: str) -> str:
    return _MARKS.sub("", part).translate(_ALIKE)


def _without_accents(part: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", part) if not unicodedata.combining(sign))


def without_titles(name: str) -> str:
    """Return a name, or the part of one that is known, on one line, without titles in front (นาย, พล.อ., H.E. Mr.).

    What looks like a title and is all there is stays. So does what stands behind _MOST_RUNS runs of titles.
    """
    # Here, as every command imports this module: their patterns take a twentieth of a second.
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


def _is_thai(name: str) -> bool:
    return "\u0e00" <= name[0] <= "\u0e7f"
