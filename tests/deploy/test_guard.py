"""What stands before Scrapyd: no page of another site reaches it, by what a browser would send. In one: tests/soak/deploy."""

from __future__ import annotations

import http.client
from base64 import b64encode

import pytest

from tests.support.machine import Machine


def status(machine: Machine, password: str, method: str = "POST", **headers: str) -> int:
    """What the interface answers to somebody with the password."""
    connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=60)
    given = {"Authorization": "Basic " + b64encode(f"thaigov:{password}".encode()).decode()}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, "/daemonstatus.json" if method == "GET" else "/listprojects.json", headers=given)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://other.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://[broken"},
        {"Referer": "https://other.example/page"},
        {"Host": "other.example"},
        {"Host": "localhost.other.example:6800"},
        {"Host": "localhost:6800@other.example"},
        {"Host": ""},
    ],
    ids=str,
)
def test_what_a_browser_sends_for_another_site(
    machine: Machine, password: str, method: str, headers: dict[str, str]
) -> None:
    assert status(machine, password, method, **headers) == 403


def test_programs_are_answered(machine: Machine, password: str) -> None:
    own = f"localhost:{machine.port}"
    for headers in (
        {},
        {"Host": own},
        {"Host": own, "Origin": f"http://{own}", "Sec_Fetch_Site": "same-origin"},
        {"Host": "LOCALHOST", "Sec_Fetch_Site": "none"},
        {"Host": f"[::1]:{machine.port}"},
    ):
        assert status(machine, password, "GET", **headers) == 200
