"""What was owned up to goes before what repeats it: a correction takes the place of a mistake, and of no other figure."""

from __future__ import annotations

from datetime import date

import pytest

from index import Article, Paragraph, Passage
from index.related.mistakes import mistakes
from rag.corrected import Owned, put_right, taken_back
from rag.values import Evidence

NOTE = "Correction: Our report of 3 May on the fire at the Orrel mill misstated how long the alarm was off. It was nine days, not 19."


def passage(text: str, outlet: str, day: date) -> Passage:
    own = Paragraph(f"{outlet}.1", outlet, 1, "body", 0, len(text), text)
    article = Article(outlet, f"{outlet}.txt", "Orrel mill", source=outlet, published=day, text=text, paragraphs=(own,))
    return Passage(own, article, 1, 1.0, 0.5)


def found(text: str, answer: str, outlet: str = "bell", day: date = date(2026, 5, 3)) -> Evidence:
    at = text.index(answer)
    return Evidence(passage(text, outlet, day), 0.9, 0.9, (0, len(text)), (at, at + len(answer)))


def owned(text: str = NOTE) -> tuple[Owned, ...]:
    note = passage(text, "wire", date(2026, 5, 9))
    return tuple(Owned(mistake, note) for mistake in mistakes(text, labelled=True))


def said(evidence: Evidence, *, confirm: bool = False) -> list[str]:
    put = put_right([evidence], owned(), confirm=confirm)
    return [e.passage.paragraph.text[slice(*(e.answer or (0, 0)))] for e in put]


def test_a_correction_takes_the_place_of_what_it_takes_back_in_any_outlet() -> None:
    told = said(found("Before the fire at the Orrel mill the alarm was off for 19 days.", "19 days"))
    assert len(told) == 1 and "nine days" in told[0]


def test_with_what_it_says_is_right_it_goes_before_a_report_that_agrees() -> None:
    agreeing = found("The alarm at the Orrel mill was off for nine days before the fire.", "nine days")
    told = put_right([agreeing], owned(), confirm=True)
    assert [e.passage.article.source for e in told] == ["wire", "bell"]
    assert put_right([agreeing], owned()) == (agreeing,)


@pytest.mark.parametrize(
    "text, answer",
    [
        ("The fire at the Orrel mill killed 19 people, and the alarm was silent.", "19"),
        ("The number of those killed by the fire at the Orrel mill rose to nine on Friday; the alarm was off.", "nine"),
    ],
)
def test_the_same_figure_of_another_thing_is_left_alone(text: str, answer: str) -> None:
    """Nine days are not nine dead."""
    evidence = found(text, answer)
    assert put_right([evidence], owned(), confirm=True) == (evidence,)


def test_what_is_printed_after_the_correction_is_not_taken_back_by_it() -> None:
    later = passage("At the Orrel mill fire the alarm was off for 19 days.", "bell", date(2026, 6, 1))
    assert taken_back("19 days", later, owned()) is None
    earlier = passage("At the Orrel mill fire the alarm was off for 19 days.", "bell", date(2026, 5, 4))
    assert taken_back("19 days", earlier, owned()) is not None
