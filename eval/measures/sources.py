"""Are independent sources all cited, and copies of one only once?"""

from __future__ import annotations

from eval.case import Case
from eval.measure import Measure, Row
from eval.measures.shown import recall
from rag.alike import folded


def _once(case: Case) -> Row:
    """Of the gold that stands word for word in several articles, and is cited: how much from one article only."""
    once = cited = 0
    for group in (*case.gold, *case.values):
        copies = [g for g in group if any(_copy(g.text, o.text) for o in group if o.article.path != g.article.path)]
        papers = {g.article.path for g in copies if any(p and p.holds(g) for p in case.places)}
        once += len(papers) == 1
        cited += bool(papers)
    return (float(once), float(cited)) if cited else None


def _copy(one: str, other: str) -> bool:
    return folded(one) == folded(other)


SOURCES = Measure(
    "sources found",
    "Mean over the questions that several independent articles answer of the share of these that are cited with what "
    "they say.",
    "questions with several sources",
    lambda case: recall(case) if case.kind == "sources" else None,
)
COPIES = Measure(
    "copies counted once",
    "Of the evidence that stands word for word in several articles, and was cited, the share cited from one of them only.",
    "pieces of evidence with copies",
    _once,
)
