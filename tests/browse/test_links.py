"""What `scrapy browse` makes a link of."""

from __future__ import annotations

import pytest

from thaigov_crawler.browse.formats import web_address


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://www.thaigov.go.th/news/contents/details/7", True),
        ("https://web.archive.org/web/20240102030405id_/https://www.thaigov.go.th/news/contents/details/7", True),
        ("https://data.commoncrawl.org/crawl-data/x.warc.gz#bytes=0-99", False),  # it would fetch the whole file
        ("javascript:alert(1)", False),
        ("", False),
        (None, False),
    ],
)
def test_an_address_is_a_link_if_it_leads_to_a_page(text: str | None, is_link: bool) -> None:
    assert bool(web_address(text)) == is_link
