"""Makes texts of pages, files and hosts safe for terminals and logs, by escaping the characters that control them."""

from __future__ import annotations

import logging
import re
from typing import Any

# These characters are escaped: control characters (ESC among them), characters that change the direction of writing or
# break a line, invisible copies of ASCII, and lone surrogates. Python gives lone surrogates for bytes of a file's name
# that are not UTF-8, and no log file takes them. Zero-width spaces stay, because Thai texts have them between words.
_TELLING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_OURS = __name__.partition(".")[0]


def plain(text: object) -> str:
    r"""Return a text on one line. Characters that control a terminal become escapes such as `\x1b`."""
    return _TELLING.sub(_escaped, str(text))


def plain_lines(text: str) -> str:
    """Return a text with the same escapes, but keep its line breaks and tabs."""
    return _TELLING.sub(lambda found: found[0] if found[0] in "\n\t" else _escaped(found), text)


def log_plainly() -> None:
    """Make every log record plain from now on, for all loggers and handlers."""
    if logging.getLogRecordFactory() is not _PlainRecord:
        logging.setLogRecordFactory(_PlainRecord)


class _PlainRecord(logging.LogRecord):
    """A record whose message and traceback are plain."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:  # the formatters of all handlers use this text
            self.exc_text = plain_lines(logging.Formatter().formatException(self.exc_info))

    def getMessage(self) -> str:
        """Return the message.

        In our own messages, indent all lines but the first, so that none looks like a message.
        """
        message = plain_lines(super().getMessage())
        return re.sub(r"\n(?!\s)", "\n  ", message) if self.name.partition(".")[0] == _OURS else message


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
