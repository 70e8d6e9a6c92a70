"""What is known already, for deciding what to visit."""

from __future__ import annotations

from tests.support.stored import article, record, save
from thaigov_crawler.outcomes import Outcome, Visit
from thaigov_crawler.store import Store, known


def test_what_is_known(store: Store, run_id: int) -> None:
    save(store, article(), run_id)
    here, there = "http://a/web/", "http://b/web/"
    record(store, Visit(2, "wayback", Outcome.ABSENT, url=f"{here}2"), run_id)
    record(store, Visit(3, "wayback", Outcome.MOVED, url=f"{here}3"), run_id)
    record(store, Visit(4, "wayback", Outcome.FAILED, url=f"{here}4"), run_id)
    with store.reading() as connection:
        assert known.settled(connection, "wayback", here, "") == {1, 2, 3}
        assert known.settled(connection, "wayback", there, "") == {1}
        assert known.settled(connection, "live", here, "") == {1}
        assert known.settled(connection, "wayback", here, "9999-12-31T23:59:59+00:00") == {1}
