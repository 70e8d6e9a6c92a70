"""Venues in Thai government prose: the place where what an article reports took place.

What may be a place is found by the word that introduces it (`places`) and ends by rules of its own (`ends`); the first
rule that fits a place says how likely it is the venue (`rules`).
"""

from thaigov_crawler.thai.venues.finding import find_venue
from thaigov_crawler.thai.venues.places import LONGEST

__all__ = ["LONGEST", "find_venue"]
