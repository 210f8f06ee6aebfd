"""Is an excerpt traced to where it was published?"""

from __future__ import annotations

from collections.abc import Callable

from eval.case import Label, QuoteCase
from eval.corpus import Place
from eval.measure import Measure, Row

_TOW = "after Jaźwińska and Chandrasekar: AI Search Has A Citation Problem (Tow Center, 2025)"


def _found(right: Callable[[QuoteCase, Place], bool]) -> Callable[[QuoteCase], Row]:
    def row(case: QuoteCase) -> Row:
        return (float(case.found is not None and right(case, case.found)), 1.0) if case.gold else None

    return row


def _article(case: QuoteCase, found: Place) -> bool:
    return any(gold.article.path == found.article.path for gold in case.gold)


def _paragraph(case: QuoteCase, found: Place) -> bool:
    ids = {(p.article.path, paragraph.id) for p in case.gold for paragraph in p.paragraphs}
    return any((found.article.path, paragraph.id) in ids for paragraph in found.paragraphs)


def _outlet_and_day(case: QuoteCase, found: Place) -> bool:
    return _plain(case.named) in map(_plain, case.labels)


def _plain(label: Label) -> Label:
    """The label without what outlets do not agree on themselves: capitals, and an article in front."""
    return label[0].lower().removeprefix("the "), label[1]


def _whole(case: QuoteCase, found: Place) -> bool:
    return _paragraph(case, found) and _outlet_and_day(case, found)


def _declined(case: QuoteCase) -> Row:
    return None if case.gold else (float(case.found is None), 1.0)


def _outcome(case: QuoteCase) -> Row:
    return (float(case.told == case.outcome), 1.0) if case.outcome else None


FOUND_ARTICLE = Measure(
    "article found",
    "Share of the excerpts from the library whose article was named.",
    "excerpts from the library",
    _found(_article),
    reference=_TOW,
)
FOUND_PARAGRAPH = Measure(
    "paragraph found",
    "Share of the excerpts from the library whose paragraph was named.",
    "excerpts from the library",
    _found(_paragraph),
    reference=_TOW,
)
FOUND_OUTLET = Measure(
    "outlet and date right",
    "Share of the excerpts from the library that were given the outlet and the date under which they appeared.",
    "excerpts from the library",
    _found(_outlet_and_day),
    reference=_TOW,
)
DECLINED = Measure(
    "declined",
    "Share of the excerpts from elsewhere for which no article was named.",
    "excerpts from elsewhere",
    _declined,
    reference=_TOW,
)
WHOLE = Measure(
    "traced in full",
    "Share of the excerpts from the library of which article, paragraph, outlet and date were all right.",
    "excerpts from the library",
    _found(_whole),
    reference=_TOW,
)
OUTCOME = Measure(
    "outcome right",
    "Share of the excerpts and claims that were called what they are: word for word (exact), from there in altered "
    "words (altered), told in other words and carried (supported), or nowhere in the library (none).",
    "excerpts and claims of which it is known",
    _outcome,
)
