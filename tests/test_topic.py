"""What is not spoken of in one place is another topic, and what was found must be of the kind asked for."""

from __future__ import annotations

import pytest

from rag.abstain.doubted import doubted
from rag.abstain.kind import of_kind
from rag.abstain.topic import articles_on, nearer, spoken_of
from rag.question import understand
from tests.test_lacking import passage
from tests.test_premise import evidence

MILL = "The mill in Orrin burned down on Monday, the fire chief, Tom Hask, said."


def even(_: str) -> float:
    """Every word tells as much as any other."""
    return 1.0


def test_words_that_stand_together_are_spoken_of_and_scattered_ones_are_not() -> None:
    assert spoken_of(understand("Who owns the mill in Orrin?"), [passage(MILL)], even)
    assert spoken_of(understand("How old is Tom Hask?"), [passage(MILL)], even)
    scattered = [passage("A national bank opened."), passage("The team lost."), passage("A tennis court was built.")]
    assert not spoken_of(understand("Who coaches the national tennis team?"), scattered[:2], even)


def test_outside_the_dates_only_what_speaks_of_it_better_counts() -> None:
    question, outside, inside = understand("Who owns the mill?"), passage(MILL), passage("A bank opened.")
    assert nearer(question, [outside], [inside], even) == (outside,)
    assert nearer(question, [inside], [outside], even) == ()


def test_the_articles_of_a_story_name_all_that_is_named_and_hold_half_of_the_words() -> None:
    assert articles_on(understand("When did the mill in Orrin burn?"), [passage(MILL)], even) == ("a",)
    assert articles_on(understand("When did the mill in Karst burn?"), [passage(MILL)], even) == ()


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("What was the name of the guest?", "He was a guest from the coast.", False),
        ("What was the name of the guest?", "The guest was Ivo Lann.", True),
        ("How old is Tom Hask?", "Tom Hask is the brother of the mayor.", False),
        ("How old is Tom Hask?", "Tom Hask, 44, is the brother of the mayor.", True),
        ("When was the mill sold?", "The mill was sold for a song.", False),
        ("When was the mill sold?", "The mill was sold on Friday.", True),
        ("Why was the mill sold?", "The mill was sold for a song.", True),
    ],
)
def test_a_sentence_without_the_kind_that_is_asked_for_cannot_answer(question: str, text: str, fits: bool) -> None:
    assert of_kind(understand(question), evidence(text)[0]) is fits


def test_only_what_is_itself_denied_is_doubted() -> None:
    question = understand("Who was charged over the fire at the mill?")
    assert doubted(question, evidence("Nobody has been charged over the fire at the mill."), even)
    assert not doubted(
        question, evidence("Whoever was charged over the fire at the mill did not tell the paper."), even
    )
    assert not doubted(question, evidence("Ada Fenn was charged over the fire at the mill by the No campaign."), even)
