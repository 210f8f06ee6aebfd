"""Topic tracking: how alike two articles are by the rare words they share, which tells the reports of one story from the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from index import Article
from rag.reader.words import Rarity
from rag.time.dated import event_stems, event_words

TOGETHER = 0.125
"""The cosine from which on two articles tell one story. Reports of one story have 0.2 to 0.5, others 0.05 to 0.12, on the
development sets. From 0.10 to 0.15 as many events are found, there and on sets that nothing was chosen on; from 0.175 on
fewer. Limits drawn for each story, at the widest gap or between two classes of likeness, found fewer as well."""
_NAME = 1.5
"""How much more a capitalised word tells."""

Vector = Mapping[str, float]
"""The weight of each stem of a text, of length one."""


def vector(article: Article, rarity: Rarity) -> Vector:
    """The article's words, each counted once, by how much they tell."""
    weights: dict[str, float] = {}
    for stem, word in event_words(f"{article.headline}\n{article.text}"):
        weights[stem] = max(weights.get(stem, 0.0), rarity(word.text) * (_NAME if word.capital else 1.0))
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {stem: weight / length for stem, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two texts are, 0 to 1."""
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())


def alike(one: Vector, others: Iterable[Vector]) -> float:
    """The mean likeness to the others, itself left out; 1 where there are none."""
    near = [cosine(one, other) for other in others if other is not one]
    return sum(near) / len(near) if near else 1.0


def held(text: str, own: Vector, others: Iterable[Vector]) -> float:
    """The share of what a text of the article `own` tells whose words stand in one of the other articles as well."""
    known = set().union(*(other for other in others if other is not own))
    weights = {stem: own[stem] for stem in event_stems(text) if stem in own}
    return sum(w for stem, w in weights.items() if stem in known) / (sum(weights.values()) or 1.0)
