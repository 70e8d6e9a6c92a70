"""Text of pages, files and hosts, as a terminal and a log may have it: without what would tell them what to do."""

from __future__ import annotations

import logging
import re
from typing import Any

# Control characters (ESC among them), what turns the direction of writing round or breaks a line, invisible copies of
# ASCII, and half characters, which are bytes of a file's name that are no UTF-8 and which no log file takes. Thai texts
# have zero-width spaces between words: those stay.
_TELLING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_OURS = __name__.partition(".")[0]


def plain(text: object) -> str:
    r"""Return the text in one line, each character in it that a terminal obeys written as Python does: `\x1b`."""
    return _TELLING.sub(_escaped, str(text))


def plain_lines(text: str) -> str:
    """Return the same for a text of several lines, whose line breaks and tabs stay."""
    return _TELLING.sub(lambda found: found[0] if found[0] in "\n\t" else _escaped(found), text)


def log_plainly() -> None:
    """Have everything that is logged from now on plain, whatever logs it and whichever handler writes it."""
    if logging.getLogRecordFactory() is not _PlainRecord:
        logging.setLogRecordFactory(_PlainRecord)


class _PlainRecord(logging.LogRecord):
    """A record whose message and traceback are plain."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:  # the formatters of all handlers take what stands here
            self.exc_text = plain_lines(logging.Formatter().formatException(self.exc_info))

    def getMessage(self) -> str:
        """Return the message. In ours, no line but the first begins at the margin: it could be taken for another."""
        message = plain_lines(super().getMessage())
        return re.sub(r"\n(?!\s)", "\n  ", message) if self.name.partition(".")[0] == _OURS else message


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
