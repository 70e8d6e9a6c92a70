"""What stands before Scrapyd: no page of another site reaches it, in a real browser. Further requests: tests/deploy."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.loopback.answers import Answer
from tests.support.loopback.server import Asked, LoopbackServer
from tests.support.machine import Machine


class OtherSite(LoopbackServer):
    """A site that has whoever comes by upload a program to Scrapyd, in each way that a page has."""

    target = ""

    def answer(self, asked: Asked) -> Answer:
        body = f"""<form id=f method=post enctype=multipart/form-data action="{self.target}/addversion.json">
        <input name=project value=evil><input name=version value=1><input name=egg type=file></form>
        <img src="{self.target}/daemonstatus.json"><iframe src="{self.target}/jobs"></iframe>
        <script>
        const files = new DataTransfer();
        files.items.add(new File(["a program"], "evil.egg"));
        f.elements.egg.files = files.files;
        fetch(f.action, {{method: "POST", mode: "no-cors", credentials: "include", body: new FormData(f)}})
            .finally(() => f.submit());
        </script>"""
        return Answer(body.encode())


@pytest.fixture
def opened(machine: Machine, browser: Browser, password: str) -> Iterator[Page]:
    """A browser whose user has opened Scrapyd's own page and typed the password."""
    context = browser.new_context(http_credentials={"username": "thaigov", "password": password})
    page = context.new_page()
    answer = page.goto(f"http://localhost:{machine.port}/")
    assert answer
    assert answer.status == 200
    yield page
    context.close()


def projects(machine: Machine) -> list[str]:
    return json.loads(machine.shell(f"curl -fns http://localhost:{machine.port}/listprojects.json"))["projects"]


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_a_page_of_another_site_uploads_nothing(machine: Machine, opened: Page, name: str) -> None:
    with OtherSite() as site:
        site.target = f"http://localhost:{machine.port}"
        asked: list[tuple[str, int]] = []
        opened.on("response", lambda answer: asked.append((answer.url, answer.status)))
        with opened.expect_navigation(url="**/addversion.json"):
            opened.goto(site.url.replace("127.0.0.1", name), wait_until="commit")
        opened.wait_for_load_state()
    assert "Pages of other sites are not answered" in opened.content()
    assert {status for url, status in asked if url.startswith(site.target)} <= {401, 403}
    assert projects(machine) == ["thaigov_crawler"]


def test_its_own_pages_work(machine: Machine, opened: Page) -> None:
    opened.get_by_role("link", name="Jobs").click()
    assert opened.locator("#jobs").count() == 1
    said = opened.evaluate("fetch('/daemonstatus.json', {method: 'GET'}).then(answer => answer.status)")
    assert said == 200
    cancelling = (
        "fetch('/cancel.json', {method: 'POST', body: new URLSearchParams({project: 'thaigov_crawler', job: 'x'})})"
    )
    assert opened.evaluate(f"{cancelling}.then(answer => answer.status)") == 200
