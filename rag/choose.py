"""Which evidence is said, and whether anything is: the decisions between reading and writing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index import Passage
from rag.names import all_or_any, mentions
from rag.question import Question
from rag.values import Claim, Conflict, Evidence

ANSWERS = 0.25
"""Least probability that one of the best passages answers at all; below it nothing is said. With it the plain reader
keeps silent on 5 % of the answerable questions of its own held-out articles, and on 55 % of the near misses."""
ALSO = 0.5
"""A further passage is said when its relevance is at least this share of the best one's: on the same articles the
right paragraph is then among those cited for 0.95 of the questions, 1.2 paragraphs being cited."""
MOST_FOR_ONE_FACT = 3
MOST_FOR_MANY = 5


def choose(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence to say, most relevant first; none when nothing answers the question.

    A passage counts only when its article speaks of whom or what the question names. At most three
    paragraphs are said for a single fact, five where several voices or reports are asked for.
    """
    named = [e for e in evidence if all_or_any(e.passage.article, question.names, joined=question.joins_names)]
    ranked = sorted(named, key=lambda e: (-e.relevance, e.passage.rank))
    if not ranked or max(e.answers for e in ranked[:MOST_FOR_ONE_FACT]) < ANSWERS:
        return ()
    most = MOST_FOR_MANY if question.asks in ("said", "whether") else MOST_FOR_ONE_FACT
    return tuple(e for e in ranked[:most] if e.relevance >= ALSO * ranked[0].relevance)


def missing_names(question: Question, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The names in the question of which no cited article speaks."""
    cited = {c.article.id: c.article for claim in claims for c in claim.citations}.values()
    return tuple(name for name in question.names if not any(mentions(article, name) for article in cited))


def conflicts(question: Question, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Different figures that the claims give for what was asked."""
    if question.asks != "number":
        return ()
    values = [(c.text[slice(*c.emphasis)], c.citations[0].number) for c in claims if c.emphasis]
    articles = {c.citations[0].article.id for c in claims if c.emphasis}
    differ = len({re.sub(r"\W", "", value.lower()) for value, _ in values}) > 1
    return (Conflict(question.text, tuple(values)),) if differ and len(articles) > 1 else ()


def why_nothing(question: Question, passages: Sequence[Passage], holding: Callable[[str], int], articles: int) -> str:
    """Why nothing is said, in one sentence that names what was looked for."""
    if not articles:
        return "The library holds no articles yet; add some with: pilcrow index FOLDER."
    if not question.words:
        return "The question holds no word to search for; name a person, a place or an event."
    unknown = [w for w in question.words if not holding(w)]
    if len(unknown) == len(question.words):
        return "None of the question's words stands in any article of the library."
    if not passages:
        return "No article within the chosen dates and outlets speaks of this."
    names = [n for n in question.names if not any(mentions(p.article, n) for p in passages)]
    if names:
        return f"The articles do not mention {' or '.join(names)}."
    return "The articles speak of this, but none of their paragraphs answers the question."
