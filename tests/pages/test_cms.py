"""Pages as systems for government sites emit them. The relaunched site may be one of these. All texts are invented.

The markup follows what the standard themes of these systems write. A page without a date that a program can read is
malformed, and no other date may take its place.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pages.test_generic import BASE, LINES, OTHER_NEWS
from tests.support.pages import kind_of
from thaigov_crawler.loaders import load_article
from thaigov_crawler.pages.generic import parse

HEADLINE = "ชาวสวนปลูกป่าริมน้ำและคลองสามร้อยไร่"
SITE = "กรมสวนป่า กระทรวงตัวอย่าง"
TEXT = "".join(f"<p>{line}</p>\n" for line in LINES)
MENU = '<ul class="menu"><li><a href="/">หน้าแรก</a></li><li><a href="/news">ข่าวประชาสัมพันธ์</a></li></ul>'
FOOTER = f"<p>{SITE} เลขที่ 1 ถนนตัวอย่าง แขวงสวนป่า กรุงเทพมหานคร 10000 โทรศัพท์ 0 0000 0000</p>"
RELATED = "".join(
    f'<article class="post type-post"><h3><a href="/{n}">{title}</a></h3><time class="entry-date published" '
    f'datetime="2026-03-0{n}T09:00:00+07:00">{n} มีนาคม 2569</time></article>'
    for n, title in enumerate(OTHER_NEWS, start=1)
)


def wordpress(head: str, *, time: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="th"><head><title>{HEADLINE} - {SITE}</title>{head}</head>'
        f'<body class="single single-post"><header id="masthead"><p class="site-title">{SITE}</p><nav>{MENU}</nav></header>'
        f'<div id="primary"><main id="main"><article id="post-1" class="post-1 post type-post status-publish">'
        f'<header class="entry-header"><h1 class="entry-title">{HEADLINE}</h1><div class="entry-meta">{time}'
        f'<span class="byline"> โดย <a href="/author/admin">admin</a></span></div></header><div class="entry-content">{TEXT}'
        f'<div class="sharedaddy"><h3 class="sd-title">แบ่งปันสิ่งนี้:</h3><ul><li><a href="#">Facebook</a></li></ul></div></div>'
        f'<footer class="entry-footer"><span class="cat-links">หมวด <a href="/c">ข่าว</a></span></footer></article>'
        f'<nav class="post-navigation"><a href="/1">{OTHER_NEWS[0]}</a></nav></main></div>'
        f'<aside id="secondary"><h2>เรื่องล่าสุด</h2>{RELATED}</aside><footer>{FOOTER}</footer></body></html>'
    )


PUBLISHED = '<time class="entry-date published" datetime="2026-04-10T01:30:00+07:00">10 เมษายน 2569</time>'
UPDATED = '<time class="updated" datetime="2026-04-20T09:00:00+07:00">20 เมษายน 2569</time>'


def yoast(**article: Any) -> str:
    graph = [
        {"@type": "Article", "@id": f"{BASE}#article", "headline": HEADLINE, "datePublished": "2026-04-09T18:30:00+00:00",
         "dateModified": "2026-04-20T02:00:00+00:00", "mainEntityOfPage": {"@id": BASE}, "articleSection": ["ข่าว"]} | article,
        {"@type": "WebPage", "@id": BASE, "name": f"{HEADLINE} - {SITE}", "datePublished": "2026-04-09T18:30:00+00:00"},
        {"@type": "WebSite", "name": SITE},
    ]  # fmt: skip
    metas = {
        "og:type": "article",
        "og:title": f"{HEADLINE} - {SITE}",
        "og:site_name": SITE,
        "article:published_time": "2026-04-09T18:30:00+00:00",
        "article:modified_time": "2026-04-20T02:00:00+00:00",
    }
    tags = "".join(f'<meta property="{name}" content="{text}">' for name, text in metas.items())
    schema = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return f'{tags}<script type="application/ld+json" class="yoast-schema-graph">{schema}</script>'


def joomla(*, heading: str = "h1", time: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="th-th"><head><title>{HEADLINE}</title></head><body class="site com_content view-article">'
        f'<header class="header"><div class="brand">{SITE}</div>{MENU}</header><main>'
        f'<div class="com-content-article item-page" itemscope itemtype="https://schema.org/Article">'
        f'<meta itemprop="inLanguage" content="th-TH"><div class="page-header"><{heading} itemprop="headline">{HEADLINE}</{heading}>'
        f'</div><dl class="article-info text-muted"><dt>รายละเอียด</dt>{time}<dd class="hits">ฮิต: 990</dd></dl>'
        f'<div itemprop="articleBody" class="com-content-article__body">{TEXT}</div>'
        f'<nav class="pagenavigation"><a href="/1">ก่อนหน้า</a></nav></div></main><footer>{FOOTER}</footer></body></html>'
    )


def joomla_time(kind: str, name: str, day: str) -> str:
    return f'<dd class="{kind}"><time datetime="{day}T01:30:00+07:00" itemprop="{name}">{day}</time></dd>'


def drupal(*, fields: str = "", submitted: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="th" dir="ltr"><head><title>{HEADLINE} | {SITE}</title></head><body class="path-node">'
        f'<header role="banner">{SITE}<nav>{MENU}</nav></header><main role="main"><h1 class="page-title"><span '
        f'class="field field--name-title">{HEADLINE}</span></h1><article data-history-node-id="1" role="article" '
        f'class="node node--type-article node--view-mode-full"><footer class="node__meta">{submitted}</footer>'
        f'<div class="node__content">{fields}<div class="clearfix text-formatted field field--name-body">{TEXT}</div></div></article>'
        f'<div class="views-element-container"><h2>ข่าวที่เกี่ยวข้อง</h2>{RELATED}</div></main><footer>{FOOTER}</footer></body></html>'
    )


def liferay(*, time: str = "") -> str:
    return (
        f'<!DOCTYPE html><html class="ltr" lang="th-TH"><head><title>{HEADLINE} - {SITE}</title></head><body class="controls-visible">'
        f'<header id="banner">{SITE}{MENU}</header><section id="content"><div class="portlet-body"><div class="asset-full-content">'
        f'<h1 class="header-title">{HEADLINE}</h1>{time}<div class="journal-content-article" data-analytics-asset-type="web-content">'
        f"{TEXT}</div></div></div></section><footer>{FOOTER}</footer></body></html>"
    )


def application(state: str = "") -> str:
    """A page of Next.js: with its text, and with data for its JavaScript."""
    return (
        f'<!DOCTYPE html><html lang="th"><head><title>{HEADLINE}</title><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{HEADLINE}"></head><body><div id="__next"><main class="x1"><h1 class="x2">{HEADLINE}</h1>'
        f'<time datetime="2026-04-09T18:30:00.000Z" class="x3">10 เม.ย. 69</time><div class="x4">{TEXT}</div></main></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
    )


JOOMLA_TIMES = joomla_time("published", "datePublished", "2026-04-10") + joomla_time(
    "modified", "dateModified", "2026-04-20"
)
DRUPAL_DAY = (
    '<div class="field field--name-field-published"><time datetime="2026-04-10T05:00:00Z">10 เมษายน 2569</time></div>'
)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(wordpress(yoast(), time=PUBLISHED + UPDATED), id="WordPress with Yoast"),
        pytest.param(wordpress(yoast()), id="WordPress with Yoast, without a date in the text"),
        pytest.param(wordpress("", time=PUBLISHED), id="WordPress"),
        pytest.param(wordpress("", time=PUBLISHED + UPDATED), id="WordPress, changed"),
        pytest.param(joomla(time=JOOMLA_TIMES), id="Joomla"),
        pytest.param(drupal(fields=DRUPAL_DAY), id="Drupal with a field for the day"),
        pytest.param(application(json.dumps({"date": "2026-05-01"})), id="Next.js"),
    ],
)
def test_title_day_and_text_are_read(html: str) -> None:
    article = load_article(vars(parse(html, BASE)))
    assert (article.title, article.date_published, article.body) == (HEADLINE, "2026-04-10", "\n".join(LINES))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(wordpress("", time=UPDATED), id="WordPress that shows the day of the change only"),
        pytest.param(wordpress(yoast(datePublished="2026-03-01")), id="WordPress that contradicts itself"),
        pytest.param(joomla(), id="Joomla without dates"),
        pytest.param(joomla(heading="h2", time=JOOMLA_TIMES), id="Joomla whose headline is no main heading"),
        pytest.param(joomla(time=joomla_time("modified", "dateModified", "2026-04-20")), id="Joomla, changed"),
        pytest.param(drupal(submitted="เมื่อ 10 เมษายน 2569"), id="Drupal with the day in words"),
        pytest.param(
            drupal(fields=DRUPAL_DAY.replace("published", "event") + DRUPAL_DAY.replace("published", "end")),
            id="Drupal with the day of an event",
        ),
        pytest.param(liferay(time="<span class=date>10 เมษายน 2569</span>"), id="Liferay"),
        pytest.param(application().replace(TEXT, ""), id="Next.js without the text"),
    ],
)
def test_what_is_not_certain_is_refused(html: str) -> None:
    assert kind_of("generic", html, BASE) == "malformed"
