"""Is an opinion called one, and only then?"""

from __future__ import annotations

import re

from eval.case import Case
from eval.measure import Measure, Row

_CALLED = re.compile(r"\b(?:opinions?|columns?|columnists?|commentar(?:y|ies)|editorials?|op-ed)\b", re.I)


def _named(case: Case) -> Row:
    """Where an opinion piece alone tells, its sentence is marked; where the news does, the first sentence is not."""
    if case.question.opinion is None:
        return None
    if case.response.abstained:
        return 0.0, 1.0
    called = _CALLED.search(case.response.lead) is not None
    if not case.question.opinion:
        return float(not called and not case.response.sentences[0].opinion), 1.0
    telling = [
        said.opinion
        for said, places in zip(case.response.sentences, case.cited, strict=True)
        if any(map(case.is_gold, places))
    ]
    return float(bool(telling) and (called or all(telling))), 1.0


def _news_first(case: Case) -> Row:
    if case.question.opinion is not False:
        return None
    return float(any(case.first(group) == 0 for group in case.gold)), 1.0


OPINION = Measure(
    "opinion named",
    "Share of the questions touched by an opinion piece that are answered and for which, where it alone tells, every "
    "sentence that cites it is marked as opinion, and, where the news tells too, the first sentence is not.",
    "questions touched by opinion",
    _named,
)
NEWS_FIRST = Measure(
    "news before opinion",
    "Share of the questions that both the news and an opinion piece answer whose first sentence cites the news.",
    "questions answered by both",
    _news_first,
)
