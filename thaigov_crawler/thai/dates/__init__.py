"""Dates in Thai government prose, in Thai and in English: days, months, ranges and lists.

A text is read in four steps:

1. Find the forms: a month, with days and a year if they are written (`forms`, and the modules that find them).
2. Join two forms that are the ends of one range or members of one list (`joining`).
3. Fill in the years that are not written (`years`).
4. Make dates of the forms (`reading`).

`header` reads the one day that a page's header says. All days and years that come out are those of the Common Era.
"""

from thaigov_crawler.thai.dates.header import EPOCH, read_day
from thaigov_crawler.thai.dates.reading import DateInText, read_dates
from thaigov_crawler.thai.dates.weekdays import weekday_mismatches

__all__ = ["EPOCH", "DateInText", "read_dates", "read_day", "weekday_mismatches"]
