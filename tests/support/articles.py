"""Items for tests of pipelines."""

from __future__ import annotations

from typing import Any

from thaigov_crawler.items import Article


def article(**changes: Any) -> Article:
    """Return a complete article with some fields changed."""
    values = {
        "id": 7,
        "url": "https://www.thaigov.go.th/news/contents/details/7",
        "title": "หัวข้อข่าว",
        "language": "th",
        "date_published": "2025-01-01",
        "body": "เนื้อข่าว",
        "source": "sample",
        "captured_at": "2025-01-02T00:00:00+00:00",
        "capture_url": "https://www.thaigov.go.th/news/contents/details/7",
        "layout": "classic",
        "digest": "d",
        "extractor": 1,
        **changes,
    }
    return Article(**values)
