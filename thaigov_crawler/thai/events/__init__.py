"""The event: the day or days on which something takes place that an article reports.

`rules` is a table of rules. The first rule of the table that fits any date of the text decides. `finding` asks the
rules, and mends slips in the year of a date.
"""

from thaigov_crawler.thai.events.finding import find_event, is_day_of_broadcast, spans_of, without_day_of_broadcast

__all__ = ["find_event", "is_day_of_broadcast", "spans_of", "without_day_of_broadcast"]
