"""What is known of the layouts beside how their pages are read."""

from __future__ import annotations


def is_text(layout: str) -> bool:
    """Whether a layout is that of texts whose pages are lost: a page says more, whenever it was captured."""
    return layout == "corpus"
