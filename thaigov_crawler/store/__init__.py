"""The database: what articles, revisions, visits and runs there are. It is the truth; all else is made from it.

`Store` gives connections; the modules, each named for what it holds, have the functions that take one. A function that
takes the store instead says how it uses it: for one snapshot while the caller works, or for a transaction a batch.
"""

from thaigov_crawler.store.filters import Filter
from thaigov_crawler.store.merging import Change
from thaigov_crawler.store.store import Store

__all__ = ["Change", "Filter", "Store"]
