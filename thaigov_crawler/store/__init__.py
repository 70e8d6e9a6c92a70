"""The database: articles, revisions, visits and runs. All other output can be made from it.

`Store` gives connections. The functions in the other modules take a connection and work in its transaction. A few take
the store instead, because they read one snapshot while the caller works, or need one transaction for each batch.
"""

from thaigov_crawler.store.filters import Filter
from thaigov_crawler.store.merging import Change
from thaigov_crawler.store.store import Store

__all__ = ["Change", "Filter", "Store"]
