"""A figure that changes with time or source: are all its values there, in order, and no figure of something else?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.case import Case
from eval.corpus import Place
from eval.measure import Measure, Row
from eval.measures.shown import leading, says

Statement = tuple[str, str, tuple[Place, ...]]
"""Words that may give a value, those of them that are put forward, and the places cited for them."""


def _sentences(case: Case) -> list[Statement]:
    return [
        (said.text, said.emphasis or said.text, tuple(p for p in places if p))
        for said, places in zip(case.response.sentences, case.cited, strict=True)
    ]


def _side_by_side(case: Case) -> list[Statement]:
    return [
        (v.value, v.value, (place,) if place else ()) for v, place in zip(case.response.values, case.given, strict=True)
    ]


def _stand(case: Case, statements: Sequence[Statement]) -> list[int | None]:
    """For each gold value the number of the statement that gives it, None where none does.

    It says the value and cites its place; or else it puts the value forward, cites words that say it, and is not
    the statement of another value by its place.
    """
    asked = [v.value for v in case.question.values]
    by_place = [
        _first(says(value, text) and any(p.holds(g) for p in places for g in group) for text, _, places in statements)
        for value, group in zip(asked, case.values, strict=True)
    ]
    by_words = [
        _first(
            n not in by_place and says(value, put) and any(says(value, p.text) for p in places)
            for n, (_, put, places) in enumerate(statements)
        )
        for value in asked
    ]
    return [place if place is not None else words for place, words in zip(by_place, by_words, strict=True)]


def _first(holds: Iterable[bool]) -> int | None:
    return next((n for n, held in enumerate(holds) if held), None)


def _found(case: Case) -> int:
    """How many of the values are given, in sentences or side by side."""
    both = zip(_stand(case, _sentences(case)), _stand(case, _side_by_side(case)), strict=True)
    return sum(said is not None or given is not None for said, given in both)


def _in_order(case: Case) -> bool | None:
    """Whether those found stand from the oldest to the newest, as laid side by side or else as said; None below two."""
    for statements in (_side_by_side(case), _sentences(case)):
        told = [
            (gold.day, at)
            for gold, at in zip(case.question.values, _stand(case, statements), strict=True)
            if gold.day and at is not None
        ]
        if len(told) > 1:
            return not any(a < b and m > n for a, m in told for b, n in told)
    return None


def _alien(case: Case) -> bool:
    """Whether a figure of something else is given as a value."""
    given = [v.value for v in case.response.values] + [s.emphasis for s in case.response.sentences if s.emphasis]
    own = [v.value for v in case.question.values]
    return any(
        any(says(w, value) for w in case.question.wrong) and not any(says(v, value) for v in own) for value in given
    )


def _latest(case: Case) -> bool | None:
    """Whether the newest value is named as such, or, where nothing is, put forward; None where none is newest."""
    if not case.question.latest:
        return None
    return says(case.question.latest, case.response.latest or leading(case))


def _exact(case: Case) -> bool:
    whole = _found(case) == len(case.question.values) and _in_order(case) is not False
    return whole and _latest(case) is not False and not _alien(case)


def _asked(case: Case) -> bool:
    return bool(case.question.values)


def _share(holds: bool | None) -> Row:
    return None if holds is None else (float(holds), 1.0)


_UNIT = "questions about a figure that changes"

EXACTLY = Measure(
    "changing figures right",
    "Share of the questions about a figure that differs by time or source for which every value is given, from the oldest "
    "to the newest, the latest is named where one is, and no figure of something else is given as a value (marked as "
    "the answer, or laid side by side with others).",
    _UNIT,
    lambda case: _share(_exact(case)) if _asked(case) else None,
)
VALUES = Measure(
    "values found",
    "Mean over these questions of the share of the values that are given: said with their place cited, or put "
    "forward with a citation that says the same.",
    _UNIT,
    lambda case: (_found(case) / len(case.question.values), 1.0) if _asked(case) else None,
)
OLDEST_FIRST = Measure(
    "values in order",
    "Share of the answers with at least two of the values in which those stand from the oldest to the newest.",
    "answers with two values",
    lambda case: _share(_in_order(case)) if _asked(case) else None,
)
LATEST = Measure(
    "latest value right",
    "Share of these questions whose latest value is named as the latest, or, where none is, put forward as the answer.",
    f"{_UNIT}, with a latest value",
    lambda case: _share(_latest(case)),
)
ALIEN = Measure(
    "other figures given",
    "Share of these questions for which a known figure of something else is given as a value.",
    f"{_UNIT}, with look-alikes",
    lambda case: _share(_alien(case)) if _asked(case) and case.question.wrong else None,
    better="low",
)
