"""Text files as PyThaiNLP's corpora have them, of ordinary articles of our own."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.warcs import address


def corpus_text(article_id: int, *lines: str, at: str | None = None) -> str:
    """The text of an ordinary article, which says the same as `warcs.page`, with further lines of the body."""
    title = f"เปิดห้องสมุดชุมชนแห่งที่ {article_id}"
    body = [f"ห้องสมุดแห่งที่ {article_id} เปิดให้ประชาชนใช้แล้ว", "เปิดทุกวันไม่เว้นวันหยุด", *lines]
    said = [f"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{title}", "", "", "วันพุธที่ 1 มกราคม 2568", title, title, *body]
    return "\n".join([*said, "", f"ที่มา : {at or address(article_id)}"])


def write_corpus(folder: Path, article_ids: range, section: str = "ด้านสังคม") -> Path:
    """A file for each article ID, where and as the second corpus has it; returns `folder`."""
    place = folder / "data" / "2025" / "01" / "02"
    place.mkdir(parents=True)
    for article_id in article_ids:
        name = f"{section} _{article_id}_00000000-0000-4000-8000-{article_id:012}.txt"
        (place / name).write_text(corpus_text(article_id), "utf-8")
    return folder


def put(folder: Path, name: str | bytes, text: str, encoding: str = "utf-8") -> None:
    """Write a text to a file in a folder, whose name may be no UTF-8."""
    path = os.path.join(os.fsencode(folder), os.fsencode(name))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text.encode(encoding))
