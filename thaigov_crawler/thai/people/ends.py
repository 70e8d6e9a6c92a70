"""Words that end a name or a position: verbs, connectors, times, people without a name."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import pattern

# Wherever they stand, even glued to the name …
ENDS_GLUED = re.compile(pattern("ends_glued"))
# … and only at the beginning of a word, as the number and the bullet of the next item are.
ENDS_SPACED = re.compile(rf"{pattern('ends_spaced')}|\d{{1,2}}(?:[.)]\ |\.[ก-๎])|[-–—•*●▪]\ ")
