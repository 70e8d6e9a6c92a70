"""Faults of the loopback servers: scripted faults, and random faults that follow from a seed."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.support.loopback.answers import Answer, Mishap, html
from tests.support.loopback.refusals import too_many_requests


@dataclass
class Fault:
    """A fault of the requests whose path (with query) matches `match`, a regular expression.

    The server sends `answer` instead of its own answer. Without `answer`, it sends its own, with the `mishap` and after
    the `delay` (seconds). The first `after` matching requests have no fault. Then the fault happens `times` times, or
    always if `times` is None. `met` counts the matching requests so far.
    """

    match: str
    answer: Answer | None = None
    mishap: Mishap | None = None
    delay: float = 0.0
    times: int | None = 1
    after: int = 0
    met: int = field(default=0, init=False)

    def meets(self, path: str) -> bool:
        """Tell whether the fault happens to this request. Call it once for each request, because it counts them."""
        if not re.search(self.match, path):
            return False
        self.met += 1
        return self.met > self.after and (self.times is None or self.met <= self.after + self.times)

    def apply(self, own: Answer) -> Answer:
        """Return the answer to send instead of the server's own."""
        answer = self.answer or own
        return replace(answer, mishap=self.mishap or answer.mishap, delay=self.delay or answer.delay)

    def __str__(self) -> str:
        """Return a word for the log: the mishap, the status, or `delay`."""
        if self.mishap:
            return self.mishap.value
        return str(self.answer.status) if self.answer else "delay"


class RandomFaults:
    """Random faults. Seed, path and number of the request for that path decide them, not the order of all requests.

    `shares` gives for each kind of fault the share, 0 to 1, of requests that meet it. A kind is a status ("503", or
    "429" with a Retry-After of 0 or 1) or a mishap ("reset", "truncated" …). Only the first `tries` requests for a path
    can fail.
    """

    def __init__(self, seed: int, shares: Mapping[str, float], *, tries: int = 2, match: str = "") -> None:
        self._seed, self._shares, self._tries, self._match = seed, dict(shares), tries, match
        self._asked: Counter[str] = Counter()

    def fault_for(self, path: str) -> Fault | None:
        """Return the fault that this request meets, or None. Call it once for each request, because it counts them."""
        if not re.search(self._match, path):
            return None
        number, self._asked[path] = self._asked[path], self._asked[path] + 1
        if number >= self._tries:
            return None
        lot = hashlib.sha256(f"{self._seed} {number} {path}".encode()).digest()
        drawn = int.from_bytes(lot[:8], "big") / 2**64
        for kind, share in self._shares.items():
            if drawn < share:
                return _fault_of_kind(kind, lot[8] % 2)
            drawn -= share
        return None


def _fault_of_kind(kind: str, retry_after: int) -> Fault:
    if not kind.isdigit():
        return Fault("", mishap=Mishap(kind))
    if kind == "429":
        return Fault("", answer=too_many_requests(retry_after))
    return Fault("", answer=html(kind, f"<h1>{kind}</h1>", status=int(kind)))
