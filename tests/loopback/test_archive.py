"""The loopback archive speaks as its descriptions say."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlencode

import pytest

from sample.anatomy import ORIGIN
from tests.support.loopback.archive import CDX, Archive, urlkey
from tests.support.loopback.client import get
from tests.support.loopback.faults import Fault
from tests.support.loopback.refusals import overload_page
from tests.support.warcs import address

PREFIX = "thaigov.go.th/news/contents/details/"


def cdx(archive: Archive, url: str = PREFIX, **query: object) -> list[list[str]]:
    """What the index answers, as JSON; `filter` may be a list."""
    parameters = {"url": url, "matchType": "prefix", "output": "json", **query}
    status, headers, body = get(archive, f"{CDX}?{urlencode(parameters, doseq=True)}")
    assert (status, headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    return json.loads(body)


class TestIndex:
    @pytest.mark.parametrize(
        "url",
        [
            "http://www.thaigov.go.th:80/news/contents/details/1",
            "https://thaigov.go.th/news/contents/details/1/",
            "HTTPS://WWW.thaigov.go.th:443/News/Contents/Details/1?#top",
            "thaigov.go.th/news/contents/details/1",
        ],
    )
    def test_one_key_for_all_forms_of_an_address(self, url: str) -> None:
        assert urlkey(url) == "th,go,thaigov)/news/contents/details/1"

    def test_other_keys(self) -> None:
        assert urlkey("http://www2.a.th:8080/?b=2&a=1") == "th,a:8080)/?a=1&b=2"
        assert urlkey("http://a.th") == "th,a)/"

    def test_rows(self, archive: Archive) -> None:
        archive.add(f"{ORIGIN}/news/contents/details/10", "20200101000000", b"ten")
        archive.add(
            "http://www.thaigov.go.th:80/news/contents/details/1", "20210101000000", b"new", content_type="text/html"
        )
        archive.add("https://thaigov.go.th/news/contents/details/1", "20200101000000", b"old", 404)
        archive.add(f"{ORIGIN}/news/contents/details/1/undefined", "20200101000000")
        archive.add(f"{ORIGIN}/news/contents/details/1?x=y", "20200101000000")
        archive.add(f"{ORIGIN}/news/contents/ministry_details/1", "20200101000000")
        header, *rows = cdx(archive)
        assert header == ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        key = "th,go,thaigov)/news/contents/details/1"
        assert [row[:2] for row in rows] == [
            [key, "20200101000000"],
            [key, "20210101000000"],
            [f"{key}/undefined", "20200101000000"],
            [f"{key}0", "20200101000000"],
            [f"{key}?x=y", "20200101000000"],
        ]
        url = "http://www.thaigov.go.th:80/news/contents/details/1"
        assert rows[1][2:] == [url, "text/html", "200", "YKTLAPYZBX5SWSVJD6FPRVDXVG6DIAO4", "3"]
        assert cdx(archive, url, matchType="exact")[1:] == rows[:2]
        assert cdx(archive, "thaigov.go.th/nothing/") == []

    def test_filters_columns_and_times(self, archive: Archive) -> None:
        for number, status, kind in ((1, 200, "text/html"), (2, 404, "text/html"), (3, 200, "image/png")):
            archive.add(address(number), f"202{number}0101000000", b"", status, kind)
        archive.add(address(4), "20240101000000", b"", revisit=True)

        def ids(**query: object) -> list[str]:
            return [row[0].rpartition("/")[2] for row in cdx(archive, fl="original,statuscode", **query)[1:]]

        assert ids(filter=["statuscode:200", "mimetype:text/html"]) == ["1"]
        assert ids(filter="!statuscode:[23]..") == ["2", "4"]
        assert ids(filter="statuscode:20") == []
        assert ids(filter="mimetype:warc/revisit") == ["4"]
        assert ids(**{"from": "2022", "to": "2023"}) == ["2", "3"]

    @pytest.mark.parametrize(("rows", "eager", "requests"), [(25, False, 3), (20, False, 2), (20, True, 3)])
    def test_resume_keys(self, archive: Archive, rows: int, eager: bool, requests: int) -> None:
        archive.eager_key = eager
        for number in range(1, rows + 1):
            archive.add(address(number), "20200101000009", b"")
        seen, query = [], {"limit": 10, "showResumeKey": "true"}
        while True:
            lines = cdx(archive, **query)
            key = lines.pop()[0] if [] in lines else None
            seen += [row[0] for row in lines[1:] if row]
            if not key:
                break
            assert re.fullmatch(r"th%2Cgo%2Cthaigov%29%2Fnews%2Fcontents%2Fdetails%2F\d+\+2020010100000%3A", key)
            query["resumeKey"] = key
        assert sorted(seen) == sorted({urlkey(address(number)) for number in range(1, rows + 1)})
        assert len(archive.log) == requests

    def test_a_resume_key_may_be_pasted_as_it_is(self, archive: Archive) -> None:
        for number in (1, 2):
            archive.add(address(number), "20200101000000", b"")
        key = cdx(archive, limit=1, showResumeKey="true")[-1][0]
        body = get(archive, f"{CDX}?url={quote(PREFIX)}&matchType=prefix&output=json&resumeKey={key}")[2]
        assert [row[2] for row in json.loads(body)[1:]] == [address(2)]

    def test_what_is_too_long_is_cut_without_a_word(self, archive: Archive) -> None:
        archive.max_rows = 2
        for number in range(1, 5):
            archive.add(address(number), "20200101000000", b"")
        assert len(cdx(archive)) == 1 + 2
        assert len(cdx(archive, limit=3, showResumeKey="true")) == 1 + 2 + 2

    def test_overload_comes_as_a_page(self, archive: Archive) -> None:
        archive.faults.append(Fault(f"^{CDX}", answer=overload_page()))
        status, headers, _ = get(archive, f"{CDX}?url=a&output=json")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")

    def test_a_bad_query(self, archive: Archive) -> None:
        assert get(archive, f"{CDX}?output=json")[0] == 400


class TestReplay:
    URL = "http://www.thaigov.go.th:80/news/contents/details/1?x=y"

    def test_the_bytes_as_they_were(self, archive: Archive) -> None:
        archive.add(self.URL, "20200102030405", b"\xff\x00", content_type="text/html", headers={"ETag": '"1"'})
        status, headers, body = get(archive, f"/web/20200102030405id_/{self.URL}")
        assert (status, body, headers["Content-Type"]) == (200, b"\xff\x00", "text/html")
        assert headers["Memento-Datetime"] == "Thu, 02 Jan 2020 03:04:05 GMT"
        assert headers["Link"].startswith(f'<{self.URL}>; rel="original", ')
        assert (headers["X-Archive-Orig-ETag"], headers["ETag"]) == ('"1"', None)

    @pytest.mark.parametrize(("asked", "found"), [("20200101000001", "20200101000000"), ("2022", "20210101000000")])
    def test_another_time_leads_to_the_nearest_capture(self, archive: Archive, asked: str, found: str) -> None:
        archive.add("http://thaigov.go.th/a", "20200101000000", b"old")
        archive.add("https://www.thaigov.go.th/a", "20210101000000", b"new")
        status, headers, _ = get(archive, f"/web/{asked}id_/http://www.thaigov.go.th/a")
        assert status == 302
        assert headers["X-Archive-Redirect-Reason"] == f"found capture at {found}"
        assert re.fullmatch(rf"/web/{found}id_/https?://(www\.)?thaigov\.go\.th/a", headers["Location"])
        assert headers["Memento-Datetime"] is None
        assert get(archive, headers["Location"])[0] == 200

    def test_two_captures_in_a_second_are_told_apart_by_their_address(self, archive: Archive) -> None:
        for scheme in ("http", "https"):
            archive.add(f"{scheme}://thaigov.go.th/a", "20200101000000", scheme.encode())
        assert get(archive, "/web/20200101000000id_/https://thaigov.go.th/a")[2] == b"https"

    def test_an_archived_redirect(self, archive: Archive) -> None:
        archive.add(self.URL, "20200101000000", b"", 301, headers={"Location": "/main"})
        status, headers, _ = get(archive, f"/web/20200101000000id_/{self.URL}")
        assert (status, headers["Location"]) == (301, "/web/20200101000000id_/http://www.thaigov.go.th:80/main")
        assert headers["Memento-Datetime"]

    def test_no_capture(self, archive: Archive) -> None:
        status, headers, _ = get(archive, f"/web/20200101000000id_/{self.URL}")
        assert (status, headers["Memento-Datetime"]) == (404, None)
        assert headers["X-Archive-Wayback-Runtime-Error"] is None

    @pytest.mark.parametrize("lost", [404, 503])
    def test_a_lost_capture(self, archive: Archive, lost: int) -> None:
        archive.add(self.URL, "20200101000000", b"", lost=lost)
        status, headers, _ = get(archive, f"/web/20200101000000id_/{self.URL}")
        assert (status, headers["Memento-Datetime"]) == (lost, None)
        assert headers["X-Archive-Wayback-Runtime-Error"].startswith("ResourceNotAvailableException")

    def test_a_lost_capture_with_another_beside_it(self, archive: Archive) -> None:
        archive.add(self.URL, "20200101000000", b"", lost=302)
        archive.add(self.URL, "20210101000000", b"")
        headers = get(archive, f"/web/20200101000000id_/{self.URL}")[1]
        assert headers["X-Archive-Redirect-Reason"] == "found capture at 20210101000000"
