"""RefusalMiddleware: a refusal ends the run, a host that has too much to do is left alone, one that cannot be reached
is given up."""

from __future__ import annotations

import logging
from math import inf

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Request, Response
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.task import LoopingCall

from thaigov_crawler.checked import amount
from thaigov_crawler.errors import NotSent, Refused, Unreachable
from thaigov_crawler.middlewares import signs
from thaigov_crawler.middlewares.downloader import LettingGo
from thaigov_crawler.middlewares.hosts import TICK, Host, is_ending
from thaigov_crawler.run import run_of
from thaigov_crawler.run.ends import FinishReason
from thaigov_crawler.sources.base import IS_REPLAY

logger = logging.getLogger(__name__)

# So many times in a row, each behind its pause, and the host means it.
PATIENCE = 5
# So many failed connections in a row are a host in trouble, not chance.
FAILURES_IN_A_ROW = 5
# Of one visit, each behind a pause of its host.
TRIES = 3
_TROUBLES = "thaigov_troubles"  # the meta key that counts them
# Seconds; also where a host asks for none, or for a moment that has passed.
SHORTEST_PAUSE = 1.0
# A host that asks for a longer pause than this (seconds) is visited another day.
LONGEST_PAUSE = 3600.0

OF_THE_NETWORK = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class RefusalMiddleware:
    """Judges every answer of a network, those to retries, robots.txt and CDX queries included.

    - 401, 403, 451, Cloudflare's challenges and login pages end the run at once with the reason `refused`.
    - 429 and 503 with Retry-After pause all requests to the host: for as long as it asks, else THAIGOV_PAUSE seconds;
      doubled with each further one; the fifth in a row ends the run as refused.
    - Troubles pause it likewise, and the fifth in a row ends the run as `unreachable`: several failed connections in
      a row, 5xx or web pages instead of data, an archive's own pages instead of captures, and several answers in a row
      by which it plays back nothing. A host that never answered is given up at once.

    Copies in an archive of what another host answered once are not judged.
    """

    def __init__(self, crawler: Crawler):
        """Raises NotConfigured for a spider that is none of ours: in `scrapy shell` a person judges."""
        self._crawler = crawler
        self._run = run_of(crawler)
        self._pause = amount(crawler.settings, "THAIGOV_PAUSE")
        self._hosts: dict[str, Host] = {}
        self._ended = False
        self._refused_visit = False
        self._timer: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RefusalMiddleware:
        middleware = cls(crawler)
        for handler, signal in (
            (middleware.response_downloaded, signals.response_downloaded),
            (middleware.spider_opened, signals.spider_opened),
            (middleware.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)
        return middleware

    def spider_opened(self) -> None:
        """Begin to look whether somebody stops the run."""
        self._timer = create_looping_call(self._drop_where_stopped)
        self._timer.start(TICK, now=False)

    def spider_closed(self) -> None:
        """Look no more."""
        if self._timer and self._timer.running:
            self._timer.stop()

    def _drop_where_stopped(self) -> None:
        """Drop what waits and what is under way, where a signal ends the run: a host may hang for minutes. A run that
        ends itself takes the answers that are on their way."""
        if not is_ending(self._crawler) or self._run.ending:
            return
        for host in self._hosts.values():
            host.drop_waiting()
        downloader = self._crawler.engine.downloader
        if isinstance(downloader, LettingGo):
            downloader.let_go()

    def _host(self, request: Request) -> Host | None:
        """Return the host of a request; None for what is fetched from no network."""
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https"):
            return None
        if parts.netloc not in self._hosts:
            self._hosts[parts.netloc] = Host(parts.netloc, self._crawler)
        return self._hosts[parts.netloc]

    async def process_request(self, request: Request) -> None:
        """Hold a request while its host is paused. Raises NotSent where the run is ending."""
        if host := self._host(request):
            if not self._ended:
                await host.may_send(request)
            if self._ended or is_ending(self._crawler):
                raise NotSent("the run is ending")

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Judge what the status and the headers tell before the slot sends its next request."""
        if host := self._host(request):
            if is_ending(self._crawler):
                host.drop_waiting()
            request.meta["thaigov_judged"] = self._judge(host, request, response)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response; or the request once more, for after a pause. Raises Refused.

        Judges again, as the page is only now uncompressed.
        """
        host = self._host(request)
        if host is None:
            return response
        judged = request.meta.pop("thaigov_judged", None)
        if judged is None:
            judged = self._judge(host, request, response)
        if isinstance(judged, Exception):
            raise judged
        if judged:
            return _once_more(request)
        return response

    def _judge(self, host: Host, request: Request, response: Response) -> bool | Exception | None:
        """Pause the host or end the run where a response says so.

        Return whether to ask again, or what to raise; None where the response says nothing of its host.
        """
        host.has_answered = True
        if signs.is_about_a_capture(request, response):
            host.is_well()
        elif (why := signs.exclusion(request, response)) or (why := signs.refusal(response)):
            return self._refused(request, why, self._run.source.advice_where_refused)
        elif why := signs.wants_a_pause(response):
            host.failures_in_a_row = 0
            return self._paused(host, request, why, signs.retry_after(response))
        elif why := signs.overload(request, response):
            host.failures_in_a_row = 0
            return self._in_trouble(host, request, why)
        elif why := signs.doubt(request, response):
            return self._doubtful(host, request, why)
        elif not self._was_sent_before_the_pause(host, request):
            host.is_well()
        else:
            host.failures_in_a_row = 0
        return None

    def _doubtful(self, host: Host, request: Request, why: str) -> bool | Exception:
        """Count an answer that may be a sign of trouble. Several in a row are one, and so is one behind a pause."""
        host.failures_in_a_row += 1
        is_sign = host.is_on_trial or host.failures_in_a_row >= FAILURES_IN_A_ROW
        if not is_sign or self._was_sent_before_the_pause(host, request):
            return False  # to be tried again as others are
        host.failures_in_a_row = 0
        return self._in_trouble(host, request, why)

    def _paused(self, host: Host, request: Request, why: str, asked: float | None) -> bool | Exception:
        """Pause a host for the seconds that it asked for, twice as long with each time."""
        seconds = self._pause if asked is None else max(asked, SHORTEST_PAUSE)
        if seconds > LONGEST_PAUSE:
            asks = f"for {seconds:,.0f} s" if seconds < inf else "for ever"
            return self._refused(request, f"{why}, asking to be left alone {asks}")
        if self._was_sent_before_the_pause(host, request):
            host.pause(seconds)
            return True
        host.troubles_in_a_row += 1
        if host.troubles_in_a_row >= PATIENCE:
            return self._refused(request, f"{why}, {PATIENCE} times in a row")
        self._pause_host(host, why, seconds)
        return True

    def _in_trouble(self, host: Host, request: Request, why: str) -> bool | Exception:
        """Pause a host that is in trouble, or give it up; after some tries, give up the visit alone.

        A capture that has met trouble before proves nothing about its archive: it may be this one that is never played.
        """
        if self._ended:
            return NotSent("the run is ending")
        if self._was_sent_before_the_pause(host, request):
            return True
        tries = request.meta[_TROUBLES] = request.meta.get(_TROUBLES, 0) + 1
        is_known = tries > 1 and request.meta.get(IS_REPLAY, False)
        if not is_known:
            host.troubles_in_a_row += 1
            if host.troubles_in_a_row >= PATIENCE:
                self._end(FinishReason.UNREACHABLE, f"{host.name} is in trouble: {why}, {PATIENCE} times in a row")
                return NotSent("the run is ending")
        self._pause_host(host, why, self._pause, doubles=not is_known)
        if "article_id" in request.cb_kwargs and tries >= TRIES:
            request.meta["dont_retry"] = True
            return False
        return True

    def _pause_host(self, host: Host, why: str, seconds: float, *, doubles: bool = True) -> None:
        if doubles:
            seconds = min(seconds * 2 ** (host.troubles_in_a_row - 1), LONGEST_PAUSE)
        logger.warning("%s: %s. Nothing is sent to it for %.0f s, then the run goes on.", host.name, why, seconds)
        self._run.count("pauses")
        host.pause(seconds)

    def _was_sent_before_the_pause(self, host: Host, request: Request) -> bool:
        return host.was_sent_before_the_pause(request.meta.get("download_latency", 0))

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """End the run where another middleware found a refusal. Count failed connections: in a row they pause the
        host, and then the request is sent once more, or end the run. Raises Unreachable."""
        host = self._host(request)
        if isinstance(exception, Refused):
            self._end(FinishReason.REFUSED, str(exception))
            raise self._first(request, exception)
        if isinstance(exception, Unreachable):
            self._end(FinishReason.UNREACHABLE, str(exception))
            raise NotSent("the run is ending")
        if host and isinstance(exception, OF_THE_NETWORK) and not self._ended:
            host.failures_in_a_row += 1
            if host.failures_in_a_row >= FAILURES_IN_A_ROW:
                why = f"{host.failures_in_a_row} connections failed in a row, the last so: {exception}"
                return self._not_reached(host, request, why)
        return None

    def _not_reached(self, host: Host, request: Request, why: str) -> Request | None:
        host.failures_in_a_row = 0
        if not host.has_answered:
            self._end(FinishReason.UNREACHABLE, f"{host.name} cannot be reached: {why}")
            raise NotSent("the run is ending")
        request.meta.pop("download_latency", None)  # of an earlier answer
        judged = self._in_trouble(host, request, why)
        if isinstance(judged, Exception):
            raise judged
        return _once_more(request) if judged else None

    def _refused(self, request: Request, why: str, advice: str = "") -> Refused | NotSent:
        """End the run; what to raise for the request."""
        refused = Refused(f"{urlparse_cached(request).netloc} refuses: {why}, on {request.url}")
        self._end(FinishReason.REFUSED, str(refused), advice)
        return self._first(request, refused)

    def _first(self, request: Request, refused: Refused) -> Refused | NotSent:
        """Return the refusal for the first visit that met it; those that were only on their way were no visits."""
        if self._refused_visit:
            return NotSent("the run is ending")
        self._refused_visit = "article_id" in request.cb_kwargs
        return refused

    def _end(self, reason: FinishReason, why: str, advice: str = "") -> None:
        if self._ended or is_ending(self._crawler):
            return
        self._ended = True
        for host in self._hosts.values():
            host.drop_waiting()
        self._run.end(reason, why, advice or self._run.source.advice)


def _once_more(request: Request) -> Request:
    again = request.copy()
    again.dont_filter = True
    if request.meta.get(_TROUBLES, 0) <= 1:
        again.meta.pop("retry_times", None)
    # In the order of article IDs, for sources whose next run goes on from the highest. Captures have no such order, and
    # what others are answered tells whether it is the host that is in trouble.
    again.priority += -1 if request.meta.get(IS_REPLAY) else 1
    return again
