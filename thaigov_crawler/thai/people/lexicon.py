"""Known given names and surnames. They show that words are a name if nothing else makes it certain."""

from __future__ import annotations

from functools import cache

from thaigov_crawler.thai.words import words

_SHORTEST = 3  # letters; a shorter name is often a word as well


@cache
def given_names() -> frozenset[str]:
    """Return the known given names in Thai letters: those of pythainlp and of articles, without common words."""
    from pythainlp.corpus.common import thai_female_names, thai_male_names  # here: few texts need the names

    names = thai_male_names() | thai_female_names() | frozenset(words("names_given"))
    return frozenset(name for name in names if len(name) >= _SHORTEST) - frozenset(words("names_that_are_words"))


@cache
def surnames() -> frozenset[str]:
    """Return the known surnames in Thai letters: those of pythainlp and of articles."""
    from pythainlp.corpus.common import thai_family_names

    return frozenset(thai_family_names()) | frozenset(words("names_surnames"))
