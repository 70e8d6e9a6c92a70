"""Tells what kind of page a crawl takes a page for."""

from __future__ import annotations

from dataclasses import asdict

from thaigov_crawler.items import missing_fields
from thaigov_crawler.loaders import load_article
from thaigov_crawler.pages.registry import read_page


def kind_of(layout: str, html: str, address: str = "") -> str:
    """Return "article", "absent" or "malformed", as for a source with this layout."""
    raw = read_page(layout, html, address)
    if raw is None:
        return "absent"
    return "malformed" if missing_fields(asdict(load_article(vars(raw)))) else "article"
