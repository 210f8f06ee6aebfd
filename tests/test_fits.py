"""Whether a sentence speaks of what is asked: the kind of answer, and the question's words near it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from rag.abstain.fits import best_fit, fit
from rag.abstain.fits.kinds import holds_kind
from rag.question import understand
from rag.values import Evidence

ABOVE = "The Orrin ferry line has two boats."


def read(text: str, *, answers: float = 0.6, similarity: float = 0.5, title: str = "News from Orrin") -> Evidence:
    """The text as the second paragraph of an article, read as one sentence."""
    whole = f"{ABOVE}\n\n{text}"
    first = Paragraph("a1", "a", 1, "body", 0, len(ABOVE), ABOVE)
    second = Paragraph("a2", "a", 2, "body", len(ABOVE) + 2, len(whole), text)
    article = Article("a", "a.txt", title, text=whole, paragraphs=(first, second))
    return Evidence(Passage(second, article, 1, 0.1, similarity), 0.5, answers, (0, len(text)))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Lia Dorn?", "Lia Dorn runs the ferry line."),
        ("How old is Lia Dorn?", "Tom Hask, 61, works for Lia Dorn."),
        ("How much did the city pay for the bridge?", "The bridge has 112 lamps and two lanes."),
        ("How fast was the boat going?", "The boat left at 6 p.m. with 40 people."),
        ("What percentage of the voters stayed at home?", "In all, 8,688 people voted."),
        ("How many boats sank?", "The boats lay in the harbour."),
        ("How long did the search last?", "Crews searched 620 square miles."),
        ("When did the mill close?", "The mill is closed."),
        ("Who bought the tower?", "The tower will be sold."),
        ("Why did Lia Dorn resign?", "Lia Dorn stepped down."),
    ],
)
def test_a_sentence_without_the_kind_asked_for_does_not_fit(question: str, sentence: str) -> None:
    assert not holds_kind(understand(question), sentence)
    assert fit(understand(question), read(sentence)).score == 0.0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How old is Lia Dorn?", "Lia Dorn, 54, runs the ferry line."),
        ("How old is Lia Dorn?", "The 54-year-old runs the ferry line."),
        ("How old is the tower?", "The tower was built in 1871."),
        ("How much did the city pay for the bridge?", "It cost $2.3 million."),
        ("How much did the city pay for the bridge?", "The bridge cost 4.1 mln crowns."),
        ("How fast was the boat going?", "It was doing 14 knots."),
        ("What percentage of the voters stayed at home?", "A third of them did not vote."),
        ("How many boats sank?", "No boat sank."),
        ("How many boats sank?", "Eleven sank at their moorings."),
        ("How long did the search last?", "It was called off after six days."),
        ("When did the mill close?", "The mill closed at 7 AM."),
        ("Who bought the tower?", "Tom Hask bought it."),
        ("Who found the boat?", "Two fishermen found the boat."),
        ("Why did Lia Dorn resign?", "She left over the price of the boats."),
        ("What is the name of the boat?", "the Petrel"),
    ],
)
def test_a_sentence_with_the_kind_asked_for_may_fit(question: str, sentence: str) -> None:
    assert holds_kind(understand(question), sentence)


def test_the_words_that_stand_nowhere_near_are_named_those_that_tell_most_first() -> None:
    weights = {"salary": 5.0, "earn": 2.0, "ferry": 1.0}
    found = fit(
        understand("What salary does the head of the ferry line earn?"),
        read("The line loses $310,000 a year."),
        lambda word: weights.get(word, 0.5),
    )
    assert found.missing[:2] == ("salary", "earn") and "ferry" not in found.missing
    assert found.held < found.near < 1.0


def test_the_paragraph_above_and_the_headline_count_as_near() -> None:
    asked = understand("How many boats and crews does the ferry line own?")
    plain, headed = read("It has two."), read("It has two.", title="Line with two crews")
    assert fit(asked, plain).held == 0.0 and fit(asked, plain).near > 0.0
    assert fit(asked, headed).near > fit(asked, plain).near


def test_words_that_news_uses_for_one_another_are_the_same() -> None:
    assert fit(understand("Who bought the vessel?"), read("Tom Hask acquired the boat.")).missing == ()


def test_a_closer_look_that_found_no_figure_decides() -> None:
    asked, found = understand("How many boats sank?"), read("Eleven boats sank.")
    assert fit(asked, found).score > 0.0
    assert fit(asked, found, stated=False).score == 0.0


def test_the_best_of_the_first_few_counts_and_none_where_there_is_nothing() -> None:
    asked = understand("How many boats sank?")
    poor, good = read("The boats are old.", answers=0.9), read("Eleven boats sank.")
    best = best_fit(asked, (poor, good))
    assert best and best == fit(asked, good)
    assert best_fit(asked, (poor, good), first=1) == fit(asked, poor)
    assert best_fit(asked, ()) is None


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1))
def test_the_score_is_a_probability_that_grows_with_the_readers(one: float, two: float, similarity: float) -> None:
    asked, found = understand("How many boats sank?"), read("Eleven boats sank.", similarity=similarity)
    low, high = sorted((one, two))
    scores = [fit(asked, replace(found, answers=answers)).score for answers in (low, high)]
    assert 0.0 <= scores[0] <= scores[1] <= 1.0
