"""What a run does if Common Crawl is overloaded, refuses, answers oddly, or if the run itself is cut off."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import QUICK, Started, query_database, scrapy, started
from tests.support.crawls import commoncrawl
from tests.support.loopback.answers import JSON, Answer, Mishap, html
from tests.support.loopback.crawls import LIST, CommonCrawl, said
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import overload_page, too_many_requests
from tests.support.waiting import wait_until
from tests.support.warcs import address, page

ALL_FAIL = {"THAIGOV_TOLERATED_FAILURES": 1}
HANGS = 3600  # seconds: longer than a test waits


def filled(commons: CommonCrawl, crawls: int = 3, articles: int = 2) -> CommonCrawl:
    """Add crawls with some articles each, the numbers of which go on from crawl to crawl."""
    for number in range(crawls):
        one = commons.crawl(2020 + number)
        for article_id in range(number * articles + 1, (number + 1) * articles + 1):
            one.add(address(article_id), f"{2020 + number}0302030405", page(article_id))
    return commons


def begun(tmp_path: Path, commons: CommonCrawl) -> Started:
    settings = {**QUICK, **commons.settings, "THAIGOV_DIR": tmp_path / "data"}
    options = [f"-s{name}={value}" for name, value in settings.items()]
    return started("crawl", "thaigov", "-asource=commoncrawl", *options)


# The index


@pytest.mark.parametrize("fault", [Answer(status=503), Answer(status=504), overload_page()], ids=str)
def test_an_overloaded_index_gets_pauses_that_double(tmp_path: Path, commons: CommonCrawl, fault: Answer) -> None:
    commons.index.faults.append(Fault("page=0", fault, times=2))
    run = commoncrawl(tmp_path, filled(commons, 1))
    assert (run.status, run.outcomes) == (0, {"stored": 2})
    assert [float(each) for each in re.findall(r"Nothing is sent to it for (\d+) s", run.log)] == [0, 1]
    first, *_, last = [logged.at for logged in commons.index.asked("page=0")]
    assert last - first > 0.5 + 1.0


def test_a_crawl_whose_index_fails_again_and_again_does_not_keep_from_the_others(
    tmp_path: Path, commons: CommonCrawl
) -> None:
    commons.index.faults.append(Fault("2021-10-index", Answer(status=504), times=None))
    quick = {"THAIGOV_PAUSE": 0.1}
    run = commoncrawl(tmp_path, filled(commons), settings=quick)
    assert (run.status, run.outcomes) == (4, {"stored": 4})
    assert "The crawl CC-MAIN-2021-10 is left out of this run" in run.log
    assert "Status:    4, the index of 1 crawl(s) could not be read" in run.log
    assert len(commons.index.asked("2021-10")) == 3
    assert run.rows("SELECT count(*) FROM listed WHERE newest IS NULL") == [(0,)]
    commons.index.faults.clear()
    commons.index.log.clear()
    second = commoncrawl(tmp_path, commons, settings=quick)
    assert (second.status, second.outcomes) == (0, {"stored": 2})
    assert len(commons.index.asked("-index")) == len(commons.index.asked("2021-10")) == 2


def test_an_index_that_fails_for_good_ends_the_run(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.index.faults.append(Fault("-index", Answer(status=503), times=None))
    run = commoncrawl(tmp_path, filled(commons), settings={"THAIGOV_PAUSE": 0.1})
    assert run.status == 4
    assert "is in trouble: overloaded (HTTP status 503), 5 times in a row" in run.log
    assert len(commons.index.asked("-index")) == 5
    assert not commons.data.log


@pytest.mark.parametrize("path", [LIST, "-index"])
def test_a_block_ends_the_run_and_is_said(tmp_path: Path, commons: CommonCrawl, path: str) -> None:
    commons.index.faults.append(Fault(path, html("403 Forbidden", "<h1>Forbidden</h1>", status=403), times=None))
    run = commoncrawl(tmp_path, filled(commons))
    assert run.status == 3
    (message,) = re.findall("ERROR: (.*)", run.log)
    assert f"127.0.0.1:{commons.index.port} refuses: its index says 'Forbidden' (HTTP status 403)" in message
    assert "Common Crawl blocks who asks too much." in message
    assert len(commons.index.asked(path)) == 1
    assert not commons.data.log


@pytest.mark.parametrize(
    "answer",
    [
        html("Not Found", "<h1>Not Found</h1>", status=404),
        said(404, "No Resource Found"),
        Answer(b'{"pages": "many"}', content_type=JSON),
        Answer(b'{"pages": 5000}', content_type=JSON),
        Answer(b"", content_type=JSON),
    ],
    ids=lambda answer: f"{answer.status} {answer.body[:20]!r}",
)
def test_an_odd_answer_is_not_taken_for_an_empty_index(tmp_path: Path, commons: CommonCrawl, answer: Answer) -> None:
    commons.index.faults.append(Fault("2021-10-index.*showNumPages", answer, times=None))
    run = commoncrawl(tmp_path, filled(commons))
    assert (run.status, run.outcomes) == (4, {"stored": 4})
    assert run.rows("SELECT count(*) FROM crawls") == [(2,)]


@pytest.mark.parametrize("asked", ["showNumPages", "page=0"])
def test_a_crawl_that_has_none_says_so_with_404(tmp_path: Path, commons: CommonCrawl, asked: str) -> None:
    answer = said(404, "No Captures found for: www.thaigov.go.th/news/contents/")
    commons.index.faults.append(Fault(f"2021-10-index.*{asked}", answer))
    run = commoncrawl(tmp_path, filled(commons))
    assert (run.status, run.outcomes) == (0, {"stored": 4})
    assert run.rows("SELECT count(*) FROM crawls") == [(3,)]


@pytest.mark.parametrize("mishap", [Mishap.RESET, Mishap.TRUNCATED, Mishap.TRUNCATED_CHUNKED])
def test_an_answer_that_is_cut_is_asked_for_again(tmp_path: Path, commons: CommonCrawl, mishap: Mishap) -> None:
    commons.index.faults.append(Fault("page=0", mishap=mishap))
    commons.data.faults.append(Fault("crawl-data", mishap=mishap))
    assert commoncrawl(tmp_path, filled(commons)).outcomes == {"stored": 6}


@pytest.mark.parametrize("body", [b"[]", b"{}", b'[{"id": "../x", "cdx-api": "http://example.invalid/x-index"}]'])
def test_without_a_list_of_crawls_the_run_ends(tmp_path: Path, commons: CommonCrawl, body: bytes) -> None:
    commons.index.faults.append(Fault(LIST, Answer(body, content_type=JSON), times=None))
    run = commoncrawl(tmp_path, filled(commons))
    assert run.status == 4
    assert "could not be read" in run.log
    assert len(commons.index.log) == 3


def test_an_index_elsewhere_is_not_asked(tmp_path: Path, commons: CommonCrawl) -> None:
    entry = b'[{"id": "CC-MAIN-2020-10", "cdx-api": "http://example.invalid/x-index", "to": "2020-03-14T00:00:00"}]'
    commons.index.faults.append(Fault(LIST, Answer(entry, content_type=JSON), times=None))
    assert commoncrawl(tmp_path, filled(commons, 1)).outcomes == {"stored": 2}


# The files


def test_slow_down_is_a_pause(tmp_path: Path, commons: CommonCrawl) -> None:
    slow_down = Answer(b"<Error><Code>SlowDown</Code></Error>", 503, "application/xml")
    commons.data.faults.append(Fault("crawl-data", slow_down, times=2))
    # Scrapy counts a request as under way a moment after it took it from the queue. If the process has to wait just then
    # for longer than the delay, a second one is sent, and both answers are one reason for a pause.
    run = commoncrawl(tmp_path, filled(commons), {"THAIGOV_COMMONCRAWL_DATA_DELAY": 0.2})
    assert (run.status, run.outcomes) == (0, {"stored": 6})
    first, _, last, *_ = [logged.at for logged in commons.data.log]
    assert last - first > 0.5 + 1.0
    assert len(commons.data.log) == 6 + 2


def test_what_failed_is_visited_again_and_last(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.data.faults.append(Fault("CC-MAIN-2021", Answer(status=500), times=3))
    quick = {"THAIGOV_PAUSE": 0.1}
    first = commoncrawl(tmp_path, filled(commons, 3, 1), settings=quick)
    assert (first.status, first.outcomes) == (4, {"stored": 2, "failed": 1})
    ((failed, reason),) = first.rows("SELECT article_id, reason FROM visits WHERE outcome = 'failed'")
    assert (failed, reason) == (2, "the archive does not send the part of a file that was asked for (HTTP status 500)")
    commons.crawl(2024).add(address(9), "20240302030405", page(9))
    commons.data.log.clear()
    second = commoncrawl(tmp_path, commons, settings=quick, plan_only="true", visit="failed")
    assert f"Plan: 1 visits from commoncrawl, visit=failed; article IDs {failed} to {failed}" in second.log
    assert commoncrawl(tmp_path, commons).outcomes == {"stored": 2}
    assert [("2024" in logged.path) for logged in commons.data.log] == [True, False]


@pytest.mark.parametrize("fault", [Answer(status=403), too_many_requests(4000)], ids=str)
def test_a_refusal_of_the_files_ends_the_run(tmp_path: Path, commons: CommonCrawl, fault: Answer) -> None:
    commons.data.faults.append(Fault("crawl-data", fault, times=None, after=1))
    run = commoncrawl(tmp_path, filled(commons))
    assert (run.status, run.outcomes["stored"]) == (3, 1)
    assert len(commons.data.log) == 2


@pytest.mark.parametrize("size", [0, 1 << 20])
def test_a_host_that_sends_whole_files_is_given_up(tmp_path: Path, commons: CommonCrawl, size: int) -> None:
    whole = Answer(filled(commons, 1, 20).crawls[0].content + b"\0" * size, content_type="application/octet-stream")
    commons.data.faults.append(Fault("crawl-data", whole, times=None))
    run = commoncrawl(tmp_path, commons, settings={"THAIGOV_PAUSE": 0.1, **ALL_FAIL})
    assert run.status == 4
    assert run.rows("SELECT count(*) FROM articles") == [(0,)]
    assert re.search("is in trouble: it sends .*, 5 times in a row", run.log)
    assert len(commons.data.log) < 20


def test_of_files_that_are_not_there_several_are_trouble(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.data.faults.append(Fault("crawl-data", said(404, "NoSuchKey"), times=None))
    run = commoncrawl(tmp_path, filled(commons, 1, 20), settings={"THAIGOV_PAUSE": 0.1, **ALL_FAIL})
    assert run.status == 4
    assert "it does not have the file (HTTP status 404), 5 times in a row" in run.log
    assert len(commons.data.log) < 20


# A run that is cut off


def test_a_kill_while_the_index_is_asked_loses_no_crawl(tmp_path: Path, commons: CommonCrawl) -> None:
    filled(commons, 4)
    commons.index.faults.append(Fault("-index.*page=0", delay=HANGS, after=2, times=None))
    with begun(tmp_path, commons) as run:
        wait_until(lambda: len(commons.index.asked("page=0")) == 3)
        run.kill()
        assert run.wait() == -signal.SIGKILL
    commons.index.let_go()
    commons.index.faults.clear()
    commons.index.log.clear()
    second = commoncrawl(tmp_path, commons)
    assert (second.status, second.outcomes) == (0, {"stored": 8})
    assert {logged.path[9:16] for logged in commons.index.asked("-index")} == {"2021-10", "2020-10"}


def test_a_kill_while_pages_are_fetched_loses_none(tmp_path: Path, commons: CommonCrawl) -> None:
    filled(commons, 3, 5)
    commons.data.faults.append(Fault("crawl-data", delay=HANGS, after=7, times=None))
    with begun(tmp_path, commons) as run:
        wait_until(lambda: len(commons.data.log) == 8)
        run.kill()
        run.wait()
    commons.data.let_go()
    commons.data.faults.clear()
    (stored,) = query_database(tmp_path / "data" / "thaigov.db", "SELECT count(*) FROM articles")[0]
    assert stored in (6, 7)  # the last answer may have come just before the kill
    fetched = {logged.headers["Range"] + logged.path for logged in commons.data.log[:stored]}
    commons.index.log.clear()
    commons.data.log.clear()
    second = commoncrawl(tmp_path, commons)
    assert (second.status, second.outcomes) == (0, {"stored": 15 - stored})
    assert len(commons.index.log) == 1
    assert not {logged.headers["Range"] + logged.path for logged in commons.data.log} & fetched


def test_a_second_run_at_the_same_time_ends_at_once(tmp_path: Path, commons: CommonCrawl) -> None:
    commons.index.faults.append(Fault(LIST, delay=HANGS))
    with begun(tmp_path, filled(commons)) as run:
        wait_until(lambda: commons.index.asked(LIST))
        second = commoncrawl(tmp_path, commons)
        assert second.status == 5
        assert len(commons.index.log) == 1
        run.kill()
        run.wait()
    commons.index.let_go()


# Settings


@pytest.mark.parametrize(
    ("settings", "said_of_it"),
    [
        ({"THAIGOV_COMMONCRAWL_INDEX_DELAY": 2.9}, "a number, 3 or more for index.commoncrawl.org"),
        ({"THAIGOV_COMMONCRAWL_DATA_DELAY": 0.5}, "a number, 1 or more for data.commoncrawl.org"),
        ({"THAIGOV_COMMONCRAWL_INDEX": "ftp://x"}, "an address, as in https://example.org/"),
        ({"THAIGOV_COMMONCRAWL_DATA": "data"}, "an address, as in https://example.org/"),
    ],
)
def test_settings_that_are_not_allowed(tmp_path: Path, settings: dict[str, Any], said_of_it: str) -> None:
    options = [f"-s{name}={value}" for name, value in {"THAIGOV_DIR": tmp_path, **settings}.items()]
    done = scrapy("crawl", "thaigov", "-asource=commoncrawl", *options)
    assert done.returncode == 2
    (name,) = settings
    assert f"setting {name}: {settings[name]!r} is not allowed: ".replace(
        repr(settings[name]), f"'{settings[name]}'"
    ) in (done.stderr)
    assert said_of_it in done.stderr
