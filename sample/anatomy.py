"""Pages in the anatomy of the site's classic generation (2016 to 2025-09), rendered from plain values.

The anatomy is that of the selectors in PyThaiNLP's `run.py` (2018–2025) and OpenThaiGPT's crawler (2023).
What those do not tell (the page around the article box, the inside of albums, the view counter) is made up.

Pure functions: values go in, the page goes out as text, and the caller encodes it. Dates are
Buddhist-era text as the site writes them (`วันเสาร์ที่ 24 พฤษภาคม 2568`, `24/05/2568`).
Headline, section, lead and dates are text and get escaped here; a body is HTML and goes in as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

ORIGIN = "https://www.thaigov.go.th"
TITLE_PREFIX = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-"
EPOCH = "วันพฤหัสบดีที่ 1 มกราคม 2513"
LISTED = 10  # articles on a page of a listing
_PAGER_REACH = 2  # pages linked on either side of the one that is shown

_NAVIGATION = """<nav class="navbar navbar-default">
<ul class="nav navbar-nav">
<li><a href="/main">หน้าแรก</a></li>
<li><a href="/aboutus/contents/index/1">เกี่ยวกับรัฐบาล</a></li>
<li><a href="/news/contents/index/8">ข่าวทำเนียบรัฐบาล</a></li>
<li><a href="/news/contents/details/990901"><img src="/assets/images/banner-highlight.png" alt=""> ข่าวเด่น</a></li>
<li><a href="/contact">ติดต่อเรา</a></li>
</ul>
</nav>"""

# Headlines of other articles, as any page shows them beside its own.
_OTHER_NEWS = (
    (990902, "จังหวัดเปิดศูนย์บริการร่วมแห่งใหม่ใกล้สถานีขนส่ง", "วันจันทร์ที่ 6 มกราคม 2568"),
    (990903, "แนะเกษตรกรตรวจสอบระบบให้น้ำก่อนเข้าฤดูแล้ง", "วันอังคารที่ 7 มกราคม 2568"),
    (990904, "เชิญชวนร่วมงานหนังสือเพื่อเยาวชนชายฝั่ง", "วันพุธที่ 8 มกราคม 2568"),
)


def _text(value: str) -> str:
    return escape(value, quote=False)


def _head(title: str, charset: str | None) -> str:
    meta = f'<meta charset="{charset}">\n' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="th">\n<head>\n{meta}<title>{_text(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="stylesheet" href="/assets/css/style.css">\n'
        '<link rel="shortcut icon" href="/assets/images/favicon.ico">\n'
        '<script>var site_url = "https://www.thaigov.go.th/";</script>\n</head>\n'
    )


def _top() -> str:
    return (
        '<div class="topbar"><img src="/assets/images/logo.png" alt="รัฐบาลไทย">'
        '<form action="/search"><input name="q"> ค้นหา</form>'
        '<a href="/lang/th">ภาษาไทย</a> <a href="/lang/en">English</a></div>\n'
        f"{_NAVIGATION}\n"
    )


def _sidebar() -> str:
    rows = "\n".join(
        f'<li><a href="/news/contents/details/{number}"><img src="{ORIGIN}/uploads/thumbnail/news/{number}.jpg" alt="">'
        f'<h3 class="news-1 Circular">{_text(headline)}</h3></a><p class="color7">{_text(day)}</p></li>'
        for number, headline, day in _OTHER_NEWS
    )
    return f'<div class="col-md-3 sidebar">\n<h3 class="Circular">ข่าวอื่น ๆ</h3>\n<ul>\n{rows}\n</ul>\n</div>\n'


def _document(head: str, section: str, box: str, colour: str) -> str:
    """The page around the article box: what a reader of articles has to leave alone."""
    heading = f'<span class="Circular headtitle-2 font_level6 {colour} col-xs-9 remove-xs">{_text(section)} </span>'
    return (
        f"{head}<body>\n{_top()}"
        '<div id="banner-group">\n<div class="row">\n'
        '<div class="col-md-9">\n<div class="panel-body">\n'
        f'<div class="panel-heading clearfix Circular">{heading}</div>\n'
        f'<div class="border-normal clearfix">\n{box}</div>\n'
        "</div>\n</div>\n"
        f"{_sidebar()}</div>\n</div>\n"
        '<div class="footer"><p>สำนักเลขาธิการนายกรัฐมนตรี ทำเนียบรัฐบาล</p>'
        '<p><a href="/policy">นโยบายเว็บไซต์</a> จำนวนผู้เข้าชม 1,234,567</p></div>\n</body>\n</html>\n'
    )


def _long_date(value: str) -> str:
    icon = '<span class="glyphicon glyphicon-calendar"></span>'
    return f'<p class="col-xs-8 remove-xs color7">{icon} <span>{_text(value)}</span></p>\n'


def _headline(value: str, picture: str | None, colour: str) -> str:
    image = f'<img src="{escape(picture)}" class="img-responsive" alt="">' if picture else ""
    return (
        '<div class="col-xs-12 col-sm-6 padding-sm1 news-2">\n'
        f'<figure>{image}</figure>\n<h3 class="news-1 Circular {colour}">{_text(value)}</h3>\n</div>\n'
    )


def classic_page(
    *,
    headline: str,
    section: str,
    long_date: str,
    body: str,
    lead: str | None = None,
    news_date: str | None = None,
    press: bool = True,
    picture: str | None = None,
    title_tag: str | None = None,
    colour: str = "color2",
    charset: str = "utf-8",
    declare_charset: bool = True,
    views: str | None = None,
    after_body: str = "",
) -> str:
    """One whole article page.

    `headline`, `section`, `long_date`, `lead`, `news_date` (numeric) and `views` are text, `body` and
    `after_body` are HTML: `after_body` (an album, related news) stands behind the body, still inside the box.
    `press=False` leaves out the column of the numeric date and the print link, as ministries' releases do.
    `picture` is the address of the lead picture, `title_tag` replaces the whole title tag, `colour` is the
    colour class of the year, `charset` is what the page declares unless `declare_charset` is false.
    """
    box = [_long_date(long_date)]
    if views is not None:
        box.append(f'<div class="col-xs-4 remove-xs color7">{_text(views)}</div>\n')
    if press:
        day = f"{_text(news_date)}\n" if news_date else ""
        box.append(
            f'<div class="col-xs-12 col-sm-6 col-md-5 news-2 font_level3 text-right">{day}'
            '<a href="#" onclick="window.print()"> พิมพ์</a></div>\n'
        )
    box.append(_headline(headline, picture, colour))
    if lead is not None:
        box.append(f'<p class="font_level2 Circular {colour}">{_text(lead)}</p>\n')
    box.append(f'<div class="col-xs-12 padding-sm1 news-2 Circular">\n{body}\n</div>\n')
    box.append(after_body)
    title = TITLE_PREFIX + headline if title_tag is None else title_tag
    return _document(_head(title, charset if declare_charset else None), section, "".join(box), colour)


def album(pictures: Iterable[str], related: Iterable[tuple[int, str]] = ()) -> str:
    """The block of pictures and related news that stands inside the article box (HTML, for `after_body`).

    `pictures` are addresses, `related` are (article ID, headline) of other articles. Its text lines are
    what the corpora show: อัลบั้มภาพ, prev, next, ข่าวที่เกี่ยวข้อง and the headlines.
    """
    slides = "\n".join(
        f'<li><a href="{escape(address)}"><img src="{escape(address)}" alt=""></a></li>' for address in pictures
    )
    links = "\n".join(
        f'<li><a href="{ORIGIN}/news/contents/details/{number}">{_text(headline)}</a></li>'
        for number, headline in related
    )
    return (
        '<div class="col-xs-12 padding-sm1 album">\n<h4 class="Circular">อัลบั้มภาพ</h4>\n'
        f'<ul class="slides">\n{slides}\n</ul>\n'
        '<a class="left carousel-control" href="#album">prev</a>\n'
        '<a class="right carousel-control" href="#album">next</a>\n</div>\n'
        '<div class="col-xs-12 padding-sm1 relate">\n<h4 class="Circular">ข่าวที่เกี่ยวข้อง</h4>\n'
        f"<ul>\n{links}\n</ul>\n</div>\n"
    )


def absent_page(form: str) -> str:
    """The page, sent with status 200, of an ID that has no article.

    `form` is "title" (a title that ends in its last hyphen, and an empty date) or "epoch" (a shorter
    title, and day zero of the server's clock as the date). Both have the box with all its elements empty.
    """
    forms = {"title": (TITLE_PREFIX, ""), "epoch": ("รัฐบาลไทย-", EPOCH)}
    if form not in forms:
        raise ValueError(f"form is {form!r}, must be one of {', '.join(sorted(forms))}")
    title, day = forms[form]
    box = (
        f"{_long_date(day)}{_headline('', None, 'color2')}"
        '<p class="font_level2 Circular color2"></p>\n'
        '<div class="col-xs-12 padding-sm1 news-2 Circular">\n</div>\n'
    )
    return _document(_head(title, "utf-8"), "", box, "color2")


def listing_page(section: str, rows: Sequence[tuple[str, str, str]], *, path: str, offset: int, total: int) -> str:
    """One page of a category's listing, with its pager.

    `rows` are (address, headline, long date) of the articles from `offset` on, of `total`; `path` is the
    listing's own address without a query. Each article is linked twice, from its picture and its headline.
    """
    items = "\n".join(
        f'<div class="col-xs-12 col-sm-4 news-2"><a href="{escape(address)}">'
        f'<img src="{ORIGIN}/uploads/thumbnail/news/list.jpg" alt=""></a>\n'
        f'<h3 class="news-1 Circular color2"><a href="{escape(address)}">{_text(headline)}</a></h3>\n'
        f'<p class="color7">{_text(day)}</p></div>'
        for address, headline, day in rows
    )
    return _document(
        _head(f"รัฐบาลไทย-{section}", "utf-8"), section, f"{items}\n{_pager(path, offset, total)}", "color2"
    )


def _pager(path: str, offset: int, total: int) -> str:
    """The links to the pages around the one that begins at `offset`, to the next and to the last."""
    last = max(1, -(-total // LISTED))
    current = offset // LISTED + 1

    def link(page: int, text: str) -> str:
        address = escape(f"{path}?per_page={(page - 1) * LISTED}" if page > 1 else path)
        return f'<li><a href="{address}" data-ci-pagination-page="{page}">{text}</a></li>'

    around = range(max(1, current - _PAGER_REACH), min(last, current + _PAGER_REACH) + 1)
    links = [
        f'<li class="active"><a href="#">{page}</a></li>' if page == current else link(page, str(page))
        for page in around
    ]
    if current < last:
        links += [link(current + 1, "&gt;"), link(last, "หน้าสุดท้าย")]
    return f'<ul class="pagination pagination-sm">{"".join(links)}</ul>\n' if last > 1 else ""
