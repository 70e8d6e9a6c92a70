"""Compresses pages as servers do, with a function for each content coding."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Packer = Callable[[bytes], bytes]


def bare_deflate(data: bytes) -> bytes:
    """Return deflate data without the zlib format around them, as some servers send them."""
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


# The name in the header Content-Encoding, and the function that compresses a body.
PACKERS: tuple[tuple[str, Packer], ...] = (
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", bare_deflate),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
)
