"""Given names and surnames that are known: what a name is recognised by where nothing else makes it certain."""

from __future__ import annotations

from functools import cache

from thaigov_crawler.thai.words import words

_SHORTEST = 3  # letters; shorter ones are words, too


@cache
def given_names() -> frozenset[str]:
    """Return given names in Thai letters: of pythainlp's lists and of articles, without those that are words, too."""
    from pythainlp.corpus.common import thai_female_names, thai_male_names  # here: few texts need them

    names = thai_male_names() | thai_female_names() | frozenset(words("names_given"))
    return frozenset(name for name in names if len(name) >= _SHORTEST) - frozenset(words("names_that_are_words"))


@cache
def surnames() -> frozenset[str]:
    """Return surnames in Thai letters: of pythainlp's list and of articles."""
    from pythainlp.corpus.common import thai_family_names

    return frozenset(thai_family_names()) | frozenset(words("names_surnames"))
