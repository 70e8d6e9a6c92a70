"""`python -m sample` writes the sample's WARC file anew."""

from __future__ import annotations

from sample.make import SAMPLE, write_sample

print(f"{SAMPLE}: {write_sample(SAMPLE)} records")
