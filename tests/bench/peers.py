"""What a user could take instead, on the same pages: `python tests/bench/peers.py NAME FILE.warc.gz FOLDER`.

NAME is `trafilatura`, which finds the main text of any page, or `soup`: BeautifulSoup with selectors for this site, as
the script uses it that PyThaiNLP's corpora were made with. Both write JSON Lines, and read neither events nor people.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

Fields = dict[str, str | None]


def trafilatura() -> Callable[[bytes], Fields]:
    from trafilatura import bare_extraction

    def read(page: bytes) -> Fields:
        document = bare_extraction(page, with_metadata=True)
        return {name: getattr(document, name) for name in ("title", "date", "text")}

    return read


def soup() -> Callable[[bytes], Fields]:
    from bs4 import BeautifulSoup

    def read(page: bytes) -> Fields:
        html = page.decode()
        title = re.search("<title>(.*?)</title>", html, re.DOTALL)
        parsed = BeautifulSoup(html, "lxml")
        section = parsed.find("span", {"class": "headtitle-2"})
        article = parsed.find("div", {"class": "border-normal"})
        lines = (line.strip() for line in article.text.split("\n"))
        text = "\n".join(line for line in lines if line)
        return {"title": title and title[1], "section": section and section.text, "text": text}

    return read


def main() -> None:
    name, source, folder = sys.argv[1:]
    read = {"trafilatura": trafilatura, "soup": soup}[name]()
    with open(source, "rb") as file, (Path(folder) / f"{name}.jsonl").open("w", encoding="utf-8") as output:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                fields = read(record.content_stream().read())
                output.write(json.dumps(fields, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
