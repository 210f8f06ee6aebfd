"""Full text by the rarest words first, with the very result of looking at all of them.

A word that stands everywhere costs the most to look up and tells the least. Only paragraphs with the rarest of the words
are scored, by all of them; what has none of these scores so little that it is not among the best, or one more word is
taken (Turtle and Flood 1995, "Query evaluation: strategies and optimizations").
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate

K1, B = 1.2, 0.75
"""Of BM25, as FTS5 has them."""
_FIRST = 2
"""At first so many times the paragraphs looked for are scored; in most cases the best are among them."""

Scored = Callable[[Sequence[str]], list[tuple[str, float]]]
"""(paragraph id, score by all words), best first, of the k best of the paragraphs that hold one of the words given."""


def rarest_first(words: Sequence[str], held: Mapping[str, int], paragraphs: int, k: int, scored: Scored) -> list[str]:
    """Ids of the k paragraphs that fit best. `held` tells in how many of `paragraphs` each word stands, if in any.

    A word that is asked for twice counts twice.
    """
    rarest = sorted(held, key=lambda word: (held[word], word))
    if not rarest:
        return []
    # More than any paragraph scores with a word alone, however often it stands there.
    most = [idf(paragraphs, held[word]) * (K1 + 1) * words.count(word) * (1 + 1e-9) for word in rarest]
    need = next(
        (n for n, count in enumerate(accumulate(held[w] for w in rarest), 1) if count >= _FIRST * k), len(rarest)
    )
    while True:
        best = scored(rarest[:need])
        least = best[-1][1] if len(best) == k else 0.0
        enough = next(n for n in range(need, len(rarest) + 1) if sum(most[n:]) < least or n == len(rarest))
        if enough == need:
            return [identity for identity, _ in best]
        need = enough


def idf(paragraphs: int, holding: int) -> float:
    """As FTS5 has it: a word in more than half of the paragraphs counts next to nothing."""
    value = math.log((paragraphs - holding + 0.5) / (holding + 0.5))
    return value if value > 0 else 1e-6
