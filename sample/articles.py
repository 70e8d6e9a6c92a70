"""The sample: captures of invented articles, of article IDs that the site never used (990001 to 990040).

990023 and 990038 have no capture, 990030 has two (the newer one first).
"""

from __future__ import annotations

from sample import ministries, oddities, press
from sample.capture import Capture

__all__ = ["CAPTURES", "Capture"]

# Sorting is stable: captures of one article stay in the order in which their module lists them.
CAPTURES: list[Capture] = sorted(
    [*press.CAPTURES, *ministries.CAPTURES, *oddities.CAPTURES], key=lambda capture: capture.article_id
)
