"""What worker processes have from their beginning. Only the process from which they are forked imports this module.

To import the rest here makes the patterns of the Thai rooms, which takes half a second.
"""

import atexit
import os
from contextlib import suppress
from multiprocessing import forkserver

from thaigov_crawler.workers import collect_rarely, without_scrapy

collect_rarely()
without_scrapy()

import thaigov_crawler.reading  # noqa: E402
import thaigov_crawler.thai.events  # noqa: E402
import thaigov_crawler.thai.people.reading  # noqa: E402
import thaigov_crawler.thai.venues  # noqa: E402, F401


@atexit.register
def _remove_socket() -> None:
    """Remove the socket over which this process was asked for forks, and its folder: a killed run does not."""
    address = forkserver._forkserver._forkserver_address  # type: ignore[attr-defined]
    with suppress(OSError):
        os.unlink(address)
        os.rmdir(os.path.dirname(address))
