"""RefusalMiddleware: it ends the run after a refusal, pauses hosts that are overloaded, and gives up dead hosts."""

from __future__ import annotations

import logging
from math import inf

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
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
from thaigov_crawler.sources.base import IS_ONE_OF_MANY, IS_REPLAY, WANTS_PART

logger = logging.getLogger(__name__)

# The run ends after so many answers in a row that ask for a pause or show trouble, each after the pause for the last.
PATIENCE = 5
# So many failed connections in a row show that the host is in trouble. Fewer may be chance.
FAILURES_IN_A_ROW = 5
# Tries of one visit, each after a pause of its host.
TRIES = 3
_TROUBLES = "thaigov_troubles"  # meta key: how many such tries the request has had
# Seconds. This is the pause even if a host asks for none, or names a moment in the past.
SHORTEST_PAUSE = 1.0
# Seconds. If a host asks for a longer pause, the run ends.
LONGEST_PAUSE = 3600.0

OF_THE_NETWORK = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)


class RefusalMiddleware:
    """Judges every answer from a network, also to retries, robots.txt and CDX queries.

    - A refusal ends the run at once, with the reason `refused`: 401, 403, 451, a challenge of Cloudflare, a login page.
    - 429, and 503 with Retry-After, pause all requests to the host. The pause is as long as the host asks for, or else
      THAIGOV_PAUSE seconds. Each further pause in a row is twice as long. The fifth such answer in a row ends the run
      as refused.
    - Trouble pauses the host in the same way, and the fifth in a row ends the run as `unreachable`. Trouble is: several
      failed connections in a row, 5xx or a web page instead of data, a page of an archive's own instead of a capture,
      several captures in a row that an archive does not play back. A host that has never answered is given up at once.

    A capture in an archive is not judged, because it is the answer of another host.
    """

    def __init__(self, crawler: Crawler):
        """Raise NotConfigured for a spider that is not ours. In `scrapy shell`, a person judges the answers."""
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
        """Start the timer that looks whether somebody stops the run."""
        self._timer = create_looping_call(self._drop_where_stopped)
        self._timer.start(TICK, now=False)

    def spider_closed(self) -> None:
        """Stop the timer."""
        if self._timer and self._timer.running:
            self._timer.stop()

    def _drop_where_stopped(self) -> None:
        """If a signal has stopped the run, drop all requests that wait or are under way. A host may hang for minutes.

        If the run ends by itself, it still takes the answers that are on their way.
        """
        if not is_ending(self._crawler) or self._run.ending:
            return
        for host in self._hosts.values():
            host.drop_waiting()
        downloader = self._crawler.engine.downloader
        if isinstance(downloader, LettingGo):
            downloader.let_go()

    def _host(self, request: Request) -> Host | None:
        """Return the host of a request, or None if the request does not go to a network."""
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https"):
            return None
        if parts.netloc not in self._hosts:
            self._hosts[parts.netloc] = Host(parts.netloc, self._crawler)
        return self._hosts[parts.netloc]

    async def process_request(self, request: Request) -> None:
        """Hold a request while its host is paused. Raise NotSent if the run is ending."""
        if host := self._host(request):
            if not self._ended:
                await host.may_send(request)
            if self._ended or is_ending(self._crawler):
                raise NotSent("the run is ending")

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Judge a response by status and headers. This happens before the slot sends its next request."""
        if host := self._host(request):
            if is_ending(self._crawler):
                host.drop_waiting()
            request.meta["thaigov_judged"] = self._judge(host, request, response)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return the response, or the request to be sent again after a pause. Raise Refused or NotSent.

        Judge the response again, because only now its page is decompressed.
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
        """Pause the host or end the run, if a response says so.

        Return whether to send the request again, or the exception to raise, or None if the response says nothing about
        its host.
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
        elif not host.was_sent_before_the_pause(request):
            host.is_well()
        else:
            host.failures_in_a_row = 0
        return None

    def _doubtful(self, host: Host, request: Request, why: str) -> bool | Exception:
        """Count an answer that may be a sign of trouble.

        Several in a row are trouble, and so is one after a pause.
        """
        host.failures_in_a_row += 1
        is_sign = host.is_on_trial or host.failures_in_a_row >= FAILURES_IN_A_ROW
        if not is_sign or host.was_sent_before_the_pause(request):
            return False  # Scrapy's retries try it again
        host.failures_in_a_row = 0
        return self._in_trouble(host, request, why)

    def _paused(self, host: Host, request: Request, why: str, asked: float | None) -> bool | Exception:
        """Pause a host for the seconds that it asks for (None: it does not say), twice as long each time in a row."""
        seconds = self._pause if asked is None else max(asked, SHORTEST_PAUSE)
        if seconds > LONGEST_PAUSE:
            asks = f"for {seconds:,.0f} s" if seconds < inf else "for ever"
            return self._refused(request, f"{why}, asking to be left alone {asks}")
        if host.was_sent_before_the_pause(request):
            host.pause(seconds)
            return True
        host.troubles_in_a_row += 1
        if host.troubles_in_a_row >= PATIENCE:
            return self._refused(request, f"{why}, {PATIENCE} times in a row")
        self._pause_host(host, why, seconds)
        return True

    def _in_trouble(self, host: Host, request: Request, why: str) -> bool | Exception:
        """Pause a host that is in trouble, or give it up. After TRIES, give up only this visit, or this one of many.

        If a capture has met trouble before, it says nothing about the archive. Perhaps this capture is never played
        back.
        """
        if self._ended:
            return NotSent("the run is ending")
        if host.was_sent_before_the_pause(request):
            return True
        tries = request.meta[_TROUBLES] = request.meta.get(_TROUBLES, 0) + 1
        is_known = tries > 1 and request.meta.get(IS_REPLAY, False)
        if not is_known:
            host.troubles_in_a_row += 1
            if host.troubles_in_a_row >= PATIENCE:
                self._end(FinishReason.UNREACHABLE, f"{host.name} is in trouble: {why}, {PATIENCE} times in a row")
                return NotSent("the run is ending")
        self._pause_host(host, why, self._pause, doubles=not is_known)
        if ("article_id" in request.cb_kwargs or IS_ONE_OF_MANY in request.meta) and tries >= TRIES:
            request.meta["dont_retry"] = True
            return False
        return True

    def _pause_host(self, host: Host, why: str, seconds: float, *, doubles: bool = True) -> None:
        if doubles:
            seconds = min(seconds * 2 ** (host.troubles_in_a_row - 1), LONGEST_PAUSE)
        logger.warning("%s: %s. Nothing is sent to it for %.0f s, then the run goes on.", host.name, why, seconds)
        self._run.count("pauses")
        host.pause(seconds)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """End the run if another middleware found a refusal or an unreachable host. Count failed connections.

        If several connections failed in a row, pause the host and return the request to be sent again, or end the run.
        Raise Refused or NotSent.
        """
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
        if host and isinstance(exception, DownloadCancelledError) and WANTS_PART in request.meta:
            self._doubtful(host, request, "it sends more than the part of a file that was asked for")
        return None

    def _not_reached(self, host: Host, request: Request, why: str) -> Request | None:
        host.failures_in_a_row = 0
        if not host.has_answered:
            self._end(FinishReason.UNREACHABLE, f"{host.name} cannot be reached: {why}")
            raise NotSent("the run is ending")
        judged = self._in_trouble(host, request, why)
        if isinstance(judged, Exception):
            raise judged
        return _once_more(request) if judged else None

    def _refused(self, request: Request, why: str, advice: str = "") -> Refused | NotSent:
        """End the run as refused. Return the exception to raise for the request."""
        refused = Refused(f"{urlparse_cached(request).netloc} refuses: {why}, on {request.url}")
        self._end(FinishReason.REFUSED, str(refused), advice)
        return self._first(request, refused)

    def _first(self, request: Request, refused: Refused) -> Refused | NotSent:
        """Return the refusal for the first visit that meets it. Return NotSent for all other requests under way."""
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
    # For the live site, keep the order of article IDs, because the next run may go on from the highest. Captures need
    # no order: the answers to others tell sooner whether the host is in trouble.
    again.priority += -1 if request.meta.get(IS_REPLAY) else 1
    return again
