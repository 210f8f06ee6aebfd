"""Is it answered for the moment that is asked about?"""

from __future__ import annotations

from eval.case import Case
from eval.corpus import Place
from eval.measure import Measure, Row
from eval.measures.shown import answered, misled
from index import Filters


def _right(case: Case) -> Row:
    return (float(answered(case) and not misled(case)), 1.0) if case.kind == "as-of" else None


def _within(place: Place, dates: Filters) -> bool:
    day = place.article.published
    if day is None:
        return dates.since is None and dates.until is None
    ends = [end for end in (dates.until, dates.as_of) if end]
    return (dates.since is None or dates.since <= day) and all(day <= end for end in ends)


def _in_time(case: Case) -> Row:
    """How many of the citations that lead somewhere are of the dates, and how many there are."""
    if not case.question.filters:
        return None
    cited = [place for place in (*case.places, *case.premise, *case.given) if place]
    return float(sum(_within(place, case.question.filters) for place in cited)), float(len(cited))


AS_OF = Measure(
    "right for its moment",
    "Share of the questions about a moment for which one sentence gives an accepted answer and cites a paragraph with "
    "the gold text, and no value of another moment is put forward: marked as the answer or, where nothing is, in the "
    "first sentence.",
    "questions about a moment",
    _right,
)
IN_TIME = Measure(
    "cited within the dates",
    "Share of the citations given to questions with dates that are of articles published within these. Undated articles "
    "count as within, except where a beginning or an end is asked for by publication (since, until).",
    "citations given to questions with dates",
    _in_time,
)
