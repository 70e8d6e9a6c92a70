"""The venue: the place where something took place that an article reports.

`places` finds what may be a place, by the word that introduces it. `ends` tells where the place ends. `rules` is a
table of rules. The first rule that fits a place says how likely it is the venue.
"""

from thaigov_crawler.thai.venues.finding import find_venue
from thaigov_crawler.thai.venues.places import LONGEST

__all__ = ["LONGEST", "find_venue"]
