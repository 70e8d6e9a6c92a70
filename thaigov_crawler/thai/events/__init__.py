"""The event: on which day, or days, what an article reports took place or will take place.

Each date of the text is asked in turn by the rules of a table (`rules`). `finding` takes the date that the first rule
of the table fits, and mends slips in its year.
"""

from thaigov_crawler.thai.events.finding import find_event, is_day_of_broadcast, spans_of

__all__ = ["find_event", "is_day_of_broadcast", "spans_of"]
