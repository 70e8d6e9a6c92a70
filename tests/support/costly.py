"""Pages, texts and answers that may take long to read: made on purpose, or by chance. Each can have any length.

`python -m tests.support.costly [NAME ...]` prints the seconds of CPU that they take at 50 kB, 200 kB and 1 MB. Tests count
work instead (see `assert_linear`), because seconds depend on the machine, too.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scrapy.http import HtmlResponse, Request

from sample.anatomy import ORIGIN
from tests.support.work import work_by_place
from thaigov_crawler.errors import NoIndex
from thaigov_crawler.loaders import load_article
from thaigov_crawler.middlewares import signs
from thaigov_crawler.pages import classic, generic, listing
from thaigov_crawler.pages.encoding import decode
from thaigov_crawler.pages.registry import read_page
from thaigov_crawler.sources import cdx
from thaigov_crawler.sources.base import WANTS_JSON
from thaigov_crawler.thai import words
from thaigov_crawler.thai.dates import read_dates, read_day, weekday_mismatches
from thaigov_crawler.thai.names import name_key

ARTICLE = f"{ORIGIN}/news/contents/details/1"
RELAUNCHED = f"{ORIGIN}/th/news/1"
LISTED = f"{ORIGIN}/news/contents/index/8?per_page=0"


# Functions that read a text


def read_article(html: str, layout: str = classic.LAYOUT) -> object:
    """Decode and read a page, and return its article, or None."""
    raw = read_page(
        layout, decode(html.encode("utf-8", "replace")), RELAUNCHED if layout == generic.LAYOUT else ARTICLE
    )
    return raw and load_article(vars(raw))


def read_relaunched(html: str) -> object:
    """Return the article of a page of the relaunched site, or None."""
    return read_article(html, generic.LAYOUT)


def read_file(text: str) -> object:
    """Return the article of a file of a corpus, or None."""
    return read_article(text, "corpus")


def read_listing(html: str) -> listing.Listing:
    """Return what a page of a listing says."""
    return listing.parse(html, LISTED)


def read_answer(html: str) -> tuple[object, ...]:
    """Return the signs in a page with status 200: refusal, pause, trouble (see `middlewares.signs`)."""
    response = HtmlResponse(ARTICLE, body=html.encode("utf-8", "replace"))
    return signs.refusal(response), signs.wants_a_pause(response), signs.overload(Request(ARTICLE), response)


def read_query(html: str) -> tuple[object, ...]:
    """Return what is read from an answer with status 403 to a query of an index."""
    request = Request(ARTICLE, meta={WANTS_JSON: True})
    response = HtmlResponse(ARTICLE, body=html.encode("utf-8", "replace"), status=403)
    return signs.exclusion(request, response), signs.overload(request, response)


def read_index(text: str) -> object:
    """Return what an answer of an index says, or None if it is not an index."""
    try:
        return cdx.read(text.encode("utf-8", "replace"))
    except NoIndex:
        return None


def read_dated(text: str) -> int:
    """Return how many weekdays of the dates of a text are wrong."""
    return weekday_mismatches(text, read_dates(text))


# Pages around a text


def page(body: str, *, box: str = "", behind: str = "") -> str:
    """Return a classic page with markup in its body, in its box before the body, and behind the body."""
    return (
        "<html><head><title>รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-ชาวสวนปลูกป่า</title></head><body>"
        '<div class="panel-body"><div class="panel-heading"><span class="headtitle-2">สังคม</span></div>'
        '<div class="border-normal"><p class="col-xs-8"><span></span><span>วันเสาร์ที่ 24 พฤษภาคม 2568</span></p>'
        f'<div class="col-sm-6 padding-sm1"><h3 class="news-1">ชาวสวนปลูกป่า</h3></div>{box}'
        f'<div class="padding-sm1 news-2">{body}</div>{behind}</div></div></body></html>'
    )


def relaunched(body: str) -> str:
    """Return a page of the relaunched site with markup in its article."""
    return (
        '<html><head><meta property="og:type" content="article"><meta property="og:title" content="ชาวสวนปลูกป่าริมน้ำ">'
        '<meta property="article:published_time" content="2026-04-10"></head>'
        f"<body><article><h1>ชาวสวนปลูกป่าริมน้ำ</h1>{body}</article></body></html>"
    )


def listed(links: str, panels: int = 1) -> str:
    """Return a page of a listing with links in panels that stand within each other."""
    return f"<html><body>{'<div class=panel-body>' * panels}{links}{'</div>' * panels}</body></html>"


# Texts


def repeated(unit: str) -> Callable[[int], str]:
    """Return a function that repeats `unit` until the text has about `size` bytes."""
    return lambda size: unit * (size // len(unit.encode("utf-8", "replace")) + 1)


def counted(unit: str) -> Callable[[int], str]:
    """Return a function that repeats `unit` up to about `size` bytes, with another word for `{}` each time."""

    def make(size: int) -> str:
        letters = "กขคงจชซดตถทนบปผพฟมยรลวสหอ" if re.search("[ก-ฮ]", unit) else "abcdefghijklmnopqrstuvwxyz"
        pieces: list[str] = []
        length = 0
        for word in itertools.product(letters, repeat=4):
            # Twice, as two names that differ in one letter are one person's.
            pieces.append(unit.format(2 * ("า".join(word) if letters[0] == "ก" else "".join(word))))
            length += len(pieces[-1].encode())
            if length >= size:
                break
        return "".join(pieces)

    return make


def english_days(size: int) -> str:
    """Return English dates that all differ, about `size` bytes."""
    months = "January February March April May June July August September October November December".split()
    days = (f"{day} {month} {year}. " for year in range(1901, 2100) for month in months for day in range(1, 29))
    return "".join(itertools.islice(days, size // 16 + 1))


def disordered_marks(size: int) -> str:
    """Return a letter with marks that are not in the order of Unicode, about `size` bytes."""
    marks = random.Random(1).choices("\u0316\u0301\u0327\u0338\u0e38\u0e48\u0345\u05b0\u094d", k=size // 2 + 1)
    return "ก" + "".join(marks)


def attributes(size: int) -> str:
    """Return a tag with attributes that all have different names, about `size` bytes."""
    return "<p" + "".join(f" a{number}=1" for number in range(size // 8 + 1)) + ">"


@dataclass(frozen=True)
class Case:
    """A text that may take long to read, and the function that reads it."""

    read: Callable[[str], object]
    make: Callable[[int], str]  # takes the length in bytes (about), returns the text


def _in_body(make: Callable[[int], str]) -> Case:
    """Return a case with the text as the body of an article."""
    return Case(read_article, lambda size: page("<p>" + make(size).replace("\n", "</p><p>")[:size] + "</p>"))


# Texts in the body of an article.
TEXTS = {
    "one given name, many surnames": counted("นายสมชาย {} "),
    "one surname, many given names": counted("นาย{} ใจดี "),
    "given names alone": counted("นาย{}\n"),
    "Latin names": counted("Mr. A{} Bcd "),
    "Latin given names": counted("Mr. A{}\n"),
    "Latin offices": counted("Minister A{} Bcd, "),
    "offices before titles": repeated("Minister Mr. Abc Defg, "),
    "offices of areas before titles": repeated("Minister of Abc and Minister of A-b C Mr. Abc Defg, "),
    "offices before titles, in lines": repeated("Prime Minister Mr. Abc Defg,\n"),
    "a Latin name without end": lambda size: "Mr. A" + "a" * size,
    "capitals without end": lambda size: "Mr. " + "A" * size,
    "titles": repeated("นาย"),
    "titles and spaces": repeated("H.E. Mr. "),
    "names": repeated("นายสมชาย ใจดี "),
    "names in a word": repeated("นายสมชายใจดี"),
    "names and offices": repeated("นายสมชาย ใจดี นายกรัฐมนตรี "),
    "persons without titles": repeated("โดยมี สมชาย ใจดี อธิบดีกรม"),
    "distinct English days": english_days,
    "days": repeated("5 มกราคม "),
    "days of one month": lambda size: "5," * (size // 2) + " มกราคม 2568",
    "lists of days": repeated("1, " * 18 + "มกราคม "),
    "lists of days of the week": repeated("1, วันที่ ที่ " * 5 + "มกราคม "),
    "a year without end": lambda size: "5 มกราคม " + "1" * size,
    "numeric days": repeated("5/5/2568 "),
    "ranges": repeated("5 มกราคม - 5 กุมภาพันธ์ "),
    "today": repeated("วันนี้ (5 มกราคม 2568) "),
    "English months": repeated("Jan. "),
    "places": repeated("ณ ห้อง"),
    "brackets": repeated("("),
    "lines": repeated("ก\n"),
    "disordered marks": disordered_marks,
    "piles of marks": repeated("a" + "\u0301\u0316" * 40),
    "disordered Thai marks": repeated("ก่ั้"),
    "odd characters": repeated("\u009f"),
}

# What `read_dates` may be given, which lines of a body never are: spaces in a row too.
DATES: dict[str, Callable[[int], str]] = {
    "days and months": repeated("5 มกราคม "),
    "days, months and years": repeated("5 มกราคม 2568 "),
    "days and abbreviated months": repeated("5ม.ค."),
    "joined": repeated("5 มกราคม - "),
    "between": repeated("5 มกราคม และ 7 กุมภาพันธ์ 2568 คั่น "),
    "some with years": repeated("วันที่ 5 มกราคม ปลูก วันที่ 7 มกราคม 2568 รดน้ำ "),
    "months": repeated("มกราคม "),
    "abbreviated months": repeated("ม.ค. "),
    "English months": repeated("May "),
    "English days": repeated("May 5, "),
    "digits": repeated("1"),
    "Thai digits": repeated("๑"),
    "spaced digits": repeated("1 "),
    "listed digits": lambda size: repeated("1, ")(size) + "มกราคม",
    "dashes": repeated("-"),
    "digits and dashes": repeated("1-"),
    "digits and slashes": repeated("1/"),
    "numeric dates": repeated("1/2/2568 "),
    "spaces": repeated(" "),
    "a month far behind": lambda size: "5" + " " * (size // 2) + "มกราคม" + " " * (size // 2) + "2568",
    "spaces behind an English month": lambda size: "May" + " " * size,
    "spaces before a year": lambda size: "May 5" + " " * (size // 2) + "of" + " " * (size // 2),
    "words": repeated("วันที่"),
}

CASES: dict[str, Case] = {
    "inputs without end": Case(read_answer, lambda size: "<title>log in</title>" + repeated("<input")(size)),
    "types without end": Case(read_answer, lambda size: "<title>log in</title>" + repeated("<input type=")(size)),
    "paragraphs before the body": Case(read_article, lambda size: page("", box=repeated("<p>ก</p>")(size))),
    "paragraphs behind the body": Case(read_article, lambda size: page("ก", behind=repeated("<p>ก</p>")(size))),
    "bodies": Case(read_article, lambda size: page("", behind=repeated("<div class='padding-sm1'>ก</div>")(size))),
    "boxes": Case(
        read_article, lambda size: repeated("<div class='border-normal'>")(size) + "<h3 class='news-1'>ก</h3>"
    ),
    "boxes beside": Case(read_article, repeated("<div class='border-normal'><p>ก</p></div>")),
    "headlines": Case(read_article, lambda size: page("", box=repeated("<div><h3 class='news-1'>")(size))),
    "figures": Case(read_article, lambda size: page("", box=repeated("<figure><img src=a>")(size))),
    "pictures": Case(read_article, lambda size: page("".join(f"<img src={n}>" for n in range(size // 15)))),
    "documents": Case(read_article, lambda size: page("".join(f"<a href={n}.pdf>" for n in range(size // 18)))),
    "attributes": Case(read_article, lambda size: page(attributes(size) + "ก</p>")),
    "attributes of a listing": Case(read_listing, lambda size: listed(attributes(size))),
    "panels": Case(read_listing, lambda size: listed(repeated("<a href=/news/contents/details/12>x</a>")(size), 200)),
    "links": Case(read_listing, lambda size: listed("".join(f"<a href=/details/{n}>" for n in range(size // 20)))),
    "pagers": Case(
        read_listing, lambda size: listed(repeated("<ul class=pagination><a data-ci-pagination-page href=x>")(size))
    ),
    "comments": Case(read_article, lambda size: page(repeated("ก<!-->")(size))),
    "relaunched paragraphs": Case(read_relaunched, lambda size: relaunched(repeated("<p>ชาวสวนปลูกป่าริมน้ำ</p>")(size))),
    "short relaunched paragraphs": Case(read_relaunched, lambda size: relaunched(repeated("<p>ก</p>")(size))),
    "relaunched headings": Case(
        read_relaunched, lambda size: relaunched("<h1>" * 200 + repeated("ก ")(size) + "</h1>" * 200)
    ),
    "relaunched lists": Case(
        read_relaunched,
        lambda size: relaunched((100 * "<ul><li>" + "ก" + 100 * "</ul>") * (size // 1303 + 1)),
    ),
    "articles in JSON": Case(
        read_relaunched,
        lambda size: relaunched(
            "<script type='application/ld+json'>[" + repeated('{"@type":"Article","url":"a"},')(size) + "1]</script>"
        ),
    ),
    "a day of publication": Case(
        read_relaunched, lambda size: relaunched("").replace("04-10", "04-10" + repeated(" January 1, 1970")(size))
    ),
    "lines of a file": Case(read_file, lambda size: "รัฐบาลไทย-ก\n" + repeated("วันที่1")(size) + "\nที่มา : x"),
    "scripts of a query": Case(read_query, repeated("<script ")),
    "rows of no JSON": Case(read_index, repeated("x\n")),
    "rows of an array": Case(read_index, lambda size: '[["timestamp","original"],' + repeated("[],\n")(size) + "[]]"),
    "rows of no array": Case(read_index, lambda size: '[["timestamp","original"],' + repeated("[x],\n")(size) + "[]]"),
    "the epoch as a day": Case(read_day, repeated("January 1, 1970, ")),
    "initials of a name": Case(name_key, repeated("J. ")),
    "titles of a name": Case(name_key, repeated("นาย")),
    **{name: _in_body(make) for name, make in TEXTS.items()},
    **{f"dates: {name}": Case(read_dated, make) for name, make in DATES.items()},
}


# Times the work of a text a quarter as long. Where work grows with the square of the length it is up to sixteen times.
# What stands in between comes of windows that the shorter text does not fill.
MOST = 8
# Calls and steps for each byte, and as many for each of a thousand more. Where the ways to match a few characters double
# with each of them, work grows no faster with the text, but is a thousand times this.
FOR_A_BYTE = 1000


def assert_linear(case: Case, size: int, *, patterns: bool, least: float = 0.5) -> None:
    """Assert that the work of a text grows with its length and no faster, and that it is little for a byte.

    That holds in each file of the code and, with `patterns`, for each pattern, so that much work of one kind hides no
    growth of another. What grows too fast must do so once more at four times the size: a short text may be refused at
    first sight. `least`: work for a byte that is too little to say anything.
    """

    def work_at(length: int) -> Counter[str]:
        text = case.make(length)
        return work_by_place(lambda: case.read(text), patterns=patterns)

    case.read(case.make(size // 4))  # what is imported and compiled at first is no work on it
    before, work = work_at(size // 4), work_at(size)
    assert work.total() < FOR_A_BYTE * (size + 1000)
    grown = {place for place, done in work.items() if done >= MOST * max(before[place], least * size)}
    if grown:
        more = work_at(4 * size)
        assert {place: (work[place], more[place]) for place in grown if more[place] >= MOST * work[place]} == {}


# Fuzz


@cache
def vocabulary() -> list[str]:
    """Return the words in thai/words and in their contexts.

    Each mark, such as `(letter)`, is replaced by an example.
    """
    marks = {
        "(letter)": "ก",
        "(sign)": "า",
        "(consonant)": "ก",
        "(tone)": "่",
        "(digit)": "1",
        "(space)": " ",
        "(end)": "",
    }
    marks |= {"(latin)": "a", "(capital)": "A", "_": " "}
    found = set()
    for path in sorted(Path(words.__file__).parent.glob("*.txt")):
        for entry in words.entries(path.stem):
            found |= {*entry.all_words, *entry.before, *entry.not_before, *entry.after, *entry.not_after}
    return sorted({re.sub(r"\([a-z]+\)|_", lambda mark: marks[mark[0]], word) for word in found} - {""})


# Pieces of text that are in no list.
SIGNS = [*" \n,.()“”\"'-–/:;!?•*_…ฯๆ@#&%‘`’", ", ", "1", "25", "2568", "๕", "A.", "Abc", "of", "the", "นายสมชาย ใจดี"]
SIGNS += [
    "5 มกราคม 2568",
    "H.E. Mr. Abc Defg",
    "ณ ห้องประชุม",
    "\u0301",
    "\u200b",
    "\u00a0",
    "\u200d",
    "่",
    "ั",
    "ำ",
    "เ",
    "ํ",
]
PARTS_OF_DATES = "1 12 ๕ , และ หรือ กับ ถึง - ที่ วันที่ วันจันทร์ที่ ระหว่าง ของ เดือน มกราคม ม.ค. พ.ศ. 2568".split()
PARTS_OF_DATES += [", ", "1, ", " ", *"( ) / to and of the May January st between 10.30 น. เวลา ณ ห้อง".split()]
PARTS_OF_NAMES = "นาย ดร. พล.ต.อ. คุณ สมชาย ใจดี ณ อธิบดี รอง ผู้ว่าราชการจังหวัด ที่ปรึกษา พร้อมด้วย โดยมี กล่าว จาก".split()
PARTS_OF_NAMES += [*"Mr. H.E. Abc Abc-De A. van de Minister Deputy of and the for".split(), *"()“”,- \n", ", ", " of "]
TAGS = [
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<span>",
        "</span>",
        "<br>",
        "<ul><li>",
        "</ul>",
        "<table><tr><td>",
        "</table>",
    ),
    *("<h1>", "</h1>", "<h3 class='news-1'>", "</h3>", "<div class='border-normal'>", "<div class='padding-sm1'>"),
    *(
        "<div class='padding-sm1 col-sm-6'>",
        "<p class='col-xs-8'>",
        "<p class='font_level2'>",
        "<div class='text-right'>",
    ),
    *("<div class='panel-body'>", "<div class='panel-heading'>", "<b class='headtitle-2'>", "<ul class='pagination'>"),
    *("<figure>", "</figure>", "<img src=/a.jpg>", "<a href=/b.pdf>", "<a href=/news/contents/details/5>", "</a>"),
    *(
        "<a data-ci-pagination-page=2 href=?per_page=10>",
        "<article>",
        "</article>",
        "<main>",
        "<time datetime=2026-01-01>",
    ),
    *(
        "<script>",
        "</script>",
        "<script type='application/ld+json'>",
        '{"@type": "NewsArticle", "headline": "ก"}',
        "<style>",
    ),
    *(
        "<title>",
        "</title>",
        "<base href=x>",
        "<meta property='og:title' content='ก'>",
        "<iframe>",
        "<object>",
        "<input",
    ),
    *(
        "<!--",
        "-->",
        "<",
        ">",
        "<a",
        "<a b",
        "='",
        "'",
        '="',
        '"',
        "&nbsp;",
        "&#3585;",
        "\0",
        "ก",
        "อัลบั้มภาพ",
        "24/05/2568",
    ),
    *("<input type=password>", "type=password", "<title>log in", "window._cf_chl_opt"),
]
ROWS = [
    *(
        "[",
        "]",
        "{",
        "}",
        '"',
        ",",
        ":",
        "\n",
        '["urlkey","timestamp","original","mimetype","statuscode","digest","length"]',
    ),
    *(
        f'["x","20240101000000","{ARTICLE}","text/html","200","D","1"]',
        '"timestamp": "20240101000000"',
        "[], [",
        "null",
        "1",
    ),
    *(
        f'{{"url": "{ARTICLE}", "timestamp": "20240101000000", "digest": "D"}}\n',
        '"status": "200"',
        "e9",
        "\\ud800",
        "-",
    ),
]


def shuffled(tokens: list[str], seed: int) -> Callable[[int], str]:
    """Return a function that makes a text of about the given number of bytes, of tokens in random order."""

    def make(size: int) -> str:
        mean = sum(len(token.encode("utf-8", "replace")) for token in tokens) / len(tokens)
        return "".join(random.Random(seed).choices(tokens, k=int(size / mean) + 1))

    return make


def _any_order(source: random.Random, tokens: list[str], glue: str = "") -> Callable[[int], str]:
    """Return a function that makes a text of tokens: repeated in rows, or in random order."""
    if source.random() < 0.7:
        rows = [(token + glue) * source.choice((1, 1, 1, 2, 8, 30)) for token in tokens]
        return repeated("".join(rows) + source.choice(("", " ", "\n")))
    return shuffled([token + glue for token in tokens], source.randrange(1000))


def fuzzed(source: random.Random) -> Case:
    """Return a case with some random tokens, repeated or shuffled, in a body, a page, an answer or an index."""
    kind = source.randrange(8)
    if kind < 4:
        known = vocabulary()
        number = source.choice((1, 1, 2, 3, 5, 20))
        signs = source.choice((SIGNS, PARTS_OF_DATES, PARTS_OF_NAMES))
        tokens = [source.choice(known if source.random() < 0.5 else signs) for _ in range(number)]
        tokens += ["".join(source.choices(tokens, k=2))] * source.randrange(2)
        return _in_body(_any_order(source, tokens, source.choice(("", " "))))
    tokens = [source.choice(ROWS if kind == 7 else TAGS) for _ in range(source.choice((1, 2, 3, 5, 8, 20)))]
    make = _any_order(source, tokens)
    around: tuple[Callable[[str], str], ...]
    if kind == 7:
        read: Callable[[str], object] = read_index
        around = (lambda text: text), lambda text: f'[["timestamp","original"],{text}[]]'
    else:
        read = source.choice((read_article, read_relaunched, read_listing, read_answer, read_query, read_file))
        around = (lambda text: text), page, lambda text: page("", box=text), relaunched, listed
    wrap = source.choice(around)
    return Case(read, lambda size: wrap(make(size)))


def mutated(source: random.Random, html: str) -> str:
    """Return a page in which random tags and texts are deleted, repeated, moved and inserted."""
    parts = re.findall(r"<[^>]*>|[^<]+", html)
    for _ in range(source.choice((1, 3, 10, 30))):
        at, other = (source.randrange(len(parts) + 1) for _ in range(2))
        some = parts[at : at + source.randrange(12)]
        change = source.randrange(4)
        if change == 0:
            del parts[at : at + len(some)]
        elif change == 1:
            parts.insert(at, source.choice(TAGS))
        elif change == 2:
            parts[at:at] = some * source.choice((1, 1, 2, 40))
        else:
            parts[other:other] = some
    return "".join(parts)


# Seconds


def main(names: list[str]) -> None:
    """Print the seconds of CPU that cases take at three sizes."""
    for name in names or CASES:
        case = CASES[name]
        case.read(case.make(100))  # what is imported and compiled at first is not of it
        taken = []
        for text in map(case.make, (50_000, 200_000, 1_000_000)):
            began = time.process_time()
            case.read(text)
            taken.append(f"{time.process_time() - began:7.2f}")
        print(*taken, f"  {name}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
