"""What worker processes have from their beginning: the process from which they are forked imports it, and no other does.

The patterns of the Thai rooms take half a second.
"""

from thaigov_crawler.workers import without_scrapy

without_scrapy()

import thaigov_crawler.reading  # noqa: E402
import thaigov_crawler.thai.events  # noqa: E402
import thaigov_crawler.thai.people  # noqa: E402
import thaigov_crawler.thai.venues  # noqa: E402, F401
