"""The database: what articles, revisions, visits and runs there are. It is the truth; all else is made from it."""

from thaigov_crawler.store.filters import Filter
from thaigov_crawler.store.store import Store
from thaigov_crawler.store.versions import Change

__all__ = ["Change", "Filter", "Store"]
