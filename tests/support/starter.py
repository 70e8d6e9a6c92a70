"""Starts `scrapy …` again and again in forks of one process that has imported everything: an import takes a second.

A command and its two files come over a socket, its process ID and its exit status go back. tests/support/commands.py is
the other end.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import socket
import sys
import time
import traceback

from scrapy.cmdline import execute
from scrapy.utils.misc import walk_modules_iter

MODULES = (
    "thaigov_crawler.spiders",
    "thaigov_crawler.commands",
    "thaigov_crawler.extensions",
    "thaigov_crawler.pipelines",
)


def serve(requests: socket.socket) -> None:
    """Start what is asked for, one after the other, until nobody asks any more."""
    while True:
        data, files, _, _ = socket.recv_fds(requests, 1 << 20, 2)
        if not data:
            return
        child = os.fork()
        if not child:
            requests.close()
            _run(files, **json.loads(data))
        for file in files:
            os.close(file)
        requests.sendall(b"%d\n" % child)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        requests.sendall(b"%d\n" % status)


def _run(files: list[int], arguments: list[str], environment: dict[str, str]) -> None:
    for file, standard in zip(files, (1, 2), strict=True):
        os.dup2(file, standard)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    status = 1
    try:
        execute(["scrapy", *arguments])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


if __name__ == "__main__":
    for module in MODULES:
        list(walk_modules_iter(module))
    assert "twisted.internet.reactor" not in sys.modules
    serve(socket.socket(fileno=int(sys.argv[1])))
