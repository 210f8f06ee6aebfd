"""Comparing words: stems, how much of one text stands in another, and how rare a word is."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache

from index.search import stop_words

Rarity = Callable[[str], float]
"""How much a word tells, 0 or more: the logarithm of how few paragraphs hold it."""

_WORD = re.compile(r"\d[\d,.]*\d|\w+")
_local = threading.local()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Snowball stem of a word in lower case."""
    import Stemmer

    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    return str(_local.stemmer.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    found = (w.lower() for w in _WORD.findall(text.replace("’", "'").replace("'s ", " ")))
    return frozenset(stem(w) for w in found if w not in stop_words())


def rarity_from_counts(holding: Callable[[str], int], total: int) -> Rarity:
    """Inverse document frequency over `total` paragraphs: log((N + 1) / (n + 0.5)), cached a word."""

    @lru_cache(maxsize=8192)
    def rarity(word: str) -> float:
        return math.log((total + 1) / (holding(word) + 0.5)) if total else 1.0

    return rarity


def coverage(words: Iterable[tuple[str, float]], held: frozenset[str]) -> float:
    """The share of the weighted stems that `held` contains, 0 to 1; 0 where there are none."""
    weights = list(words)
    total = sum(weight for _, weight in weights)
    return sum(weight for word, weight in weights if word in held) / total if total > 0 else 0.0
