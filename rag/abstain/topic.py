"""Whether the articles speak of what is asked about at all: its words stand together in one place, not each in another."""

from __future__ import annotations

from collections.abc import Sequence

from index import Passage
from rag.abstain.clause import base_of
from rag.abstain.words import around, share, stems_near, weighed
from rag.names import mentions
from rag.question import Question
from rag.reader.words import Rarity

_HALF = 0.5
_FEW = 3
_ASKED = frozenset("old long high tall far deep wide big large fast often name called".split())
"""What is asked of a thing, and no thing itself: "How old is Tom Hask?" is about Tom Hask."""


def together_in(question: Question, passages: Sequence[Passage], rarity: Rarity) -> float:
    """The greatest share of what the question's words tell that stands in one passage and around it, 0 to 1.

    Names are left out: of a town everything may be told but this. So are verbs, where the rest stands together: "Who
    was carrying the lanterns?" is about lanterns, whatever the article has somebody do with them.
    """
    words = [word for word in weighed(question, rarity) if not word.named and word.text not in _ASKED]
    things = [word for word in words if not base_of(word.text) and word.text.isalpha()]
    held = [around(passage) for passage in passages]
    return max((share(some, one) for one in held for some in (words, things) if some), default=float(not words))


def spoken_of(question: Question, passages: Sequence[Passage], rarity: Rarity) -> bool:
    """Whether one of the passages holds half of what the question's words tell."""
    return together_in(question, passages, rarity) >= _HALF


def nearer(
    question: Question, others: Sequence[Passage], passages: Sequence[Passage], rarity: Rarity
) -> tuple[Passage, ...]:
    """Those of the others that speak of it as none of the passages does; where there are no passages, by its names."""
    if not passages and question.names:
        return tuple(p for p in others if all(mentions(p.article, name) for name in question.names))[:_FEW]
    most = max((together_in(question, [p], rarity) for p in others), default=0.0)
    if most < _HALF or most <= together_in(question, passages, rarity):
        return ()
    return tuple(p for p in others if together_in(question, [p], rarity) == most)[:_FEW]


def articles_on(question: Question, passages: Sequence[Passage], rarity: Rarity) -> tuple[str, ...]:
    """The ids of the articles found that tell of what is asked: of all that it names, and of half of its words."""
    words = weighed(question, rarity)
    articles = {p.article.id: p.article for p in passages}
    return tuple(
        one.id
        for one in articles.values()
        if all(mentions(one, name) for name in question.said_names)
        and share(words, stems_near(one.text, one.title)) >= _HALF
    )
