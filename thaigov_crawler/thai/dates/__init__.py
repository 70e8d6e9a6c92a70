"""Dates in Thai government prose: Thai and English, days, months, ranges and lists.

What a text holds are forms first (a month, and days and a year where these are written: `forms` and the modules that
find them). Two of them may be the ends of one range or members of one list (`joining`); missing years are filled in
(`years`); then they are dates (`reading`). `header` reads the one day that a page's header says.

All days and years returned are those of the Common Era.
"""

from thaigov_crawler.thai.dates.header import EPOCH, read_day
from thaigov_crawler.thai.dates.reading import DateInText, read_dates
from thaigov_crawler.thai.dates.weekdays import weekday_mismatches

__all__ = ["EPOCH", "DateInText", "read_dates", "read_day", "weekday_mismatches"]
