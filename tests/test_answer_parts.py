"""The rules between the parts of a question and its dates: where a further part is looked for, and what the dates rule out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from index import Article, Filters, Paragraph, Passage
from rag.abstain.clause import happened
from rag.answer import Answerer
from rag.choice import Choice
from rag.clock import Clock
from rag.question import understand
from rag.time.when import When
from rag.values import Answer, Citation, Claim, Evidence

WEIR = "The weir at Lumsk cost 310 crowns and was opened in May."


def passage(text: str, article: str) -> Passage:
    paragraph = Paragraph(f"{article}:1", article, 1, "body", 0, len(text), text)
    return Passage(
        paragraph, Article(article, f"{article}.txt", "News", text=text, paragraphs=(paragraph,)), 1, 0.1, 0.5
    )


def read(article: str, answers: float) -> Evidence:
    found = passage(WEIR, article)
    return Evidence(found, 0.9, answers, (0, len(WEIR)))


def answer(question: str, marked: str) -> Answer:
    found, at = passage(WEIR, "a"), WEIR.index(marked)
    cited = Citation(1, found.article, found.paragraph, 0, len(WEIR))
    return Answer(question, question, (Claim(WEIR, (cited,), emphasis=(at, at + len(marked))),))


class Newsroom(SimpleNamespace):
    """What an answerer asks of others while it answers a part, with the filters it asked with."""

    asked: list[Filters]

    def _rarity(self) -> Any:
        return lambda _: 1.0

    def _stream(self, piece: str, alone: str, history: Any, filters: Filters, *_: Any) -> Iterator[Answer]:
        self.asked.append(filters)
        yield self.given


def part(piece: str, given: Answer, filters: Filters = Filters()) -> tuple[Answer, Filters]:  # noqa: B008
    """The answer to a further part of "What did the weir at Lumsk cost?", and the filters it was looked for with."""
    library = SimpleNamespace(search=lambda *_: (passage(WEIR, "a"), passage("A bank opened.", "b")))
    room = Newsroom(asked=[], given=given, library=library)
    first = answer("What did the weir at Lumsk cost?", "310 crowns")
    said = Answerer._part(room, piece, first, (), filters, None, Clock(), lambda: False)  # type: ignore[arg-type]
    return said, room.asked[0]


def test_a_part_that_names_nothing_else_is_looked_for_in_the_articles_of_the_first() -> None:
    _, filters = part("When was the weir opened?", answer("When was the weir opened?", "in May"))
    assert set(filters.articles) == {"a"}


def test_a_part_that_names_another_and_articles_chosen_by_the_asker_are_left_alone() -> None:
    _, filters = part("When was the bank in Dresholm opened?", answer("When?", "in May"))
    assert not filters.articles
    _, filters = part("When was the weir opened?", answer("When?", "in May"), Filters(articles=("c",)))
    assert set(filters.articles) == {"c"}


def test_a_part_answered_by_the_words_that_answer_the_first_is_silent() -> None:
    said, _ = part("When was the weir opened?", answer("When was the weir opened?", "310 crowns"))
    assert said.claims == ()
    said, _ = part("When was the weir opened?", answer("When was the weir opened?", "in May"))
    assert said.claims


DATED = Filters(until=date(2026, 3, 1))


def outside(
    question: str, told: float, *, filters: Filters = DATED, article: str = "later", inside: float = 0.5
) -> bool:
    """Whether a report of `article` that answers with `told` takes the question from what is told within the dates."""
    room = SimpleNamespace(_freed=lambda *_: ((), (read(article, told),)))
    choice = Choice((read("within", inside),))
    within = [passage(WEIR, "within")]
    return Answerer._told_outside(room, understand(question), When(), filters, within, choice)  # type: ignore[arg-type]


def test_what_happened_and_is_told_clearly_better_outside_the_dates_is_not_answered_within() -> None:
    assert outside("Why did the weir burst?", 0.9)
    assert not outside("Why did the weir burst?", 0.55)  # not clearly better
    assert not outside("Why did the weir burst?", 0.9, article="within")  # the same article
    assert not outside("Why did the weir burst?", 0.9, filters=Filters())  # no dates were chosen


def test_how_things_stand_and_figures_are_answered_from_within_the_dates() -> None:
    assert not outside("Who runs the weir?", 0.9)
    assert not outside("How many people were hurt at the weir?", 0.9)


@pytest.mark.parametrize(
    ("question", "done"),
    [
        ("How did the vote in Lumsk end?", True),
        ("Why was the weir closed?", True),
        ("Which of the two firms had built it?", True),
        ("Who runs the weir?", False),
        ("What will the weir cost?", False),
    ],
)
def test_what_is_done_and_over_is_told_from_how_things_stand(question: str, done: bool) -> None:
    assert happened(question) is done
