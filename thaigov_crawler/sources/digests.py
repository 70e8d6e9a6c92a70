"""Digests of pages, as WARC files and indexes write them: with or without their algorithm, in three alphabets."""

from __future__ import annotations

import base64
import re
from contextlib import suppress

_ALGORITHMS = {16: "md5", 20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}  # by the number of their bytes
_SIZES = {name: size for size, name in _ALGORITHMS.items()}
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_BASE32 = re.compile(r"[a-z2-7]+", re.IGNORECASE)
_BASE64 = re.compile(r"[a-z0-9+/_-]+", re.IGNORECASE)


def read_digest(told: str | None) -> tuple[str, str] | None:
    """Return the algorithm and the digest, written in one way; None where there is none.

    A digest that is of no known size stays as it is, if it names its algorithm.
    """
    algorithm, colon, value = (told or "").strip().rpartition(":")
    algorithm, value = algorithm.lower().replace("-", ""), value.rstrip("=")
    for size in [_SIZES[algorithm]] if algorithm in _SIZES else _ALGORITHMS:
        if digest := _of_size(value, size):
            return algorithm or _ALGORITHMS[size], digest
    return (algorithm, value) if colon and value else None


def _of_size(value: str, size: int) -> str | None:
    """Return a digest of so many bytes in hexadecimal, whichever alphabet it is written in; None where it is none."""
    if _HEX.fullmatch(value) and len(value) == 2 * size:
        return value.lower()
    padded = value + "=" * (-len(value) % 8)
    if _BASE32.fullmatch(value) and len(value) == -(-size * 8 // 5):
        with suppress(ValueError):
            return base64.b32decode(padded, casefold=True).hex()
    padded = value + "=" * (-len(value) % 4)
    if _BASE64.fullmatch(value) and len(value) == -(-size * 8 // 6):
        with suppress(ValueError):
            return base64.b64decode(padded.translate({45: "+", 95: "/"})).hex()
    return None
