"""Words that end a name or a position: verbs, connectors, times, people without a name."""

from __future__ import annotations

import re

from thaigov_crawler.thai.words import pattern

# These words end a name wherever they stand, even glued to it.
ENDS_GLUED = re.compile(pattern("ends_glued"))
# These words end a name only at the beginning of a word. So do the number and the bullet of the next item.
ENDS_SPACED = re.compile(rf"{pattern('ends_spaced')}|\d{{1,2}}(?:[.)]\ |\.[ก-๎])|[-–—•*●▪]\ ")
