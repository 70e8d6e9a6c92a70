"""Pages that JavaScript draws: pages of the relaunched site, and classic pages.

The DOM of the real relaunch is unknown, so this one is invented. A browser that draws a relaunch page requests its shell,
`/api/news/<id>`, and the picture, font and video of `MEDIA`. If it blocks media, it requests the first two only.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

from tests.support.loopback.answers import JSON, Answer

_PICTURE = "/media/picture.svg"
_FONT = "/media/thai.woff2"
_VIDEO = "/media/film.mp4"
MEDIA = MappingProxyType(
    {
        _PICTURE: Answer(
            b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', content_type="image/svg+xml"
        ),
        _FONT: Answer(b"wOF2 (no real font)", content_type="font/woff2"),
        _VIDEO: Answer(b"(no real film)", content_type="video/mp4"),
    }
)

_RELAUNCH_SHELL = """<!DOCTYPE html>
<html lang="th">
<head>
<meta charset="utf-8">
<title>รัฐบาลไทย</title>
<style>
@font-face {{ font-family: "Thai"; src: url("{font}") format("woff2"); }}
body {{ font-family: "Thai", sans-serif; }}
</style>
</head>
<body>
<header><a href="/th">หน้าแรก</a></header>
<main id="app"><p>กำลังโหลด</p></main>
<script>
function add(parent, name, text, attributes) {{
  const element = Object.assign(document.createElement(name), attributes);
  element.textContent = text;
  return parent.appendChild(element);
}}
function draw(news) {{
  const app = document.getElementById("app");
  app.replaceChildren();
  if (!news) return add(app, "p", "ไม่พบข่าว", {{ id: "not-found" }});
  document.title = news.headline;
  add(document.head, "script", JSON.stringify(news.schema), {{ type: "application/ld+json" }});
  const article = app.appendChild(document.createElement("article"));
  add(article, "h1", news.headline);
  add(article, "time", news.day, {{ dateTime: news.schema.datePublished }});
  add(article, "img", "", {{ src: "{picture}", alt: "" }});
  for (const text of news.paragraphs) add(article, "p", text);
  add(article, "video", "", {{ src: "{video}", preload: "auto" }});
}}
fetch("/api/news/{number}").then(answer => answer.ok ? answer.json() : null).then(draw);
</script>
</body>
</html>
"""

_DRAWN_PAGE = """<!DOCTYPE html>
<html lang="th">
<head>
<meta charset="utf-8">
<title>รัฐบาลไทย</title>
</head>
<body>
<p>กำลังโหลด</p>
<script>
fetch("{address}").then(answer => answer.text()).then(markup => {{
  const page = new DOMParser().parseFromString(markup, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
}});
</script>
</body>
</html>
"""


def relaunch_article(number: int) -> dict[str, Any]:
    """Return an ordinary article as the interface of the relaunch gives it. It has a number, so that articles differ."""
    headline = f"เปิดสวนสาธารณะริมน้ำแห่งที่ {number}"
    return {
        "id": number,
        "headline": headline,
        "day": "วันศุกร์ที่ 2 ตุลาคม 2569",
        "paragraphs": [f"สวนสาธารณะริมน้ำแห่งที่ {number} เปิดให้ประชาชนใช้แล้ว", "เปิดทุกวันตั้งแต่เช้าถึงค่ำ"],
        "schema": {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": headline,
            "articleSection": "ด้านสังคม",
            "datePublished": "2026-10-02T09:30:00+07:00",
            "image": [_PICTURE],
        },
    }


def relaunch_shell(number: int) -> str:
    """Return the page of an article as the server sends it: without the article, and the same for all but the number."""
    return _RELAUNCH_SHELL.format(number=number, picture=_PICTURE, font=_FONT, video=_VIDEO)


def relaunch_page(article: dict[str, Any]) -> str:
    """Return the page of an article as a browser has drawn it."""
    schema = json.dumps(article["schema"], ensure_ascii=False)
    paragraphs = "".join(f"<p>{text}</p>" for text in article["paragraphs"])
    return (
        f'<!DOCTYPE html><html lang="th"><head><meta charset="utf-8"><title>{article["headline"]}</title>'
        f'<script type="application/ld+json">{schema}</script></head><body><header><a href="/th">หน้าแรก</a></header>'
        f'<main id="app"><article><h1>{article["headline"]}</h1>'
        f'<time datetime="{article["schema"]["datePublished"]}">{article["day"]}</time>'
        f'<img src="{_PICTURE}" alt="">{paragraphs}</article></main></body></html>'
    )


def api_answer(article: dict[str, Any] | None) -> Answer:
    """Return the answer of the interface: the article as JSON, or 404 for None."""
    if article is None:
        return Answer(b'{"error": "not found"}', 404, JSON)
    return Answer(json.dumps(article, ensure_ascii=False).encode(), content_type=JSON)


def drawn_page(address: str) -> str:
    """Return a page whose script replaces it by the page at `address`. Its markup has nothing of that page."""
    return _DRAWN_PAGE.format(address=address)
