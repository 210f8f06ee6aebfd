"""Questions of several parts: each becomes a question that stands alone, or the whole stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.abstain.parts import leans, parts


def test_two_question_words_before_one_question_are_two_questions() -> None:
    assert parts("When and where was the ferry built?") == ("When was the ferry built?", "Where was the ferry built?")


def test_a_bare_question_word_at_the_end_asks_of_the_same() -> None:
    assert parts("Where did the barge sink and why?") == ("Where did the barge sink?", "Why did the barge sink?")


def test_the_place_at_the_end_belongs_to_both_parts() -> None:
    assert parts("How many people died and how many were injured in the Orrin fire?") == (
        "How many people died in the Orrin fire?",
        "How many were injured in the Orrin fire?",
    )


def test_a_pronoun_becomes_whom_the_first_part_speaks_of() -> None:
    assert parts("Why did Ana Brun resign and who will replace her?") == (
        "Why did Ana Brun resign?",
        "Who will replace Ana Brun?",
    )
    assert parts("Who founded Oster Mills and when did it go bankrupt?")[1] == "When did Oster Mills go bankrupt?"


def test_a_pronoun_that_the_first_part_does_not_tell_is_left_to_be_heard_behind_its_answer() -> None:
    found = parts("Which firm built the weir, and who runs it?")
    assert found == ("Which firm built the weir?", "Who runs it?")
    assert [leans(part) for part in found] == [False, True]
    assert parts("How many came, and were they paid anything?")[1] == "Were they paid anything?"
    assert not leans("Who will replace Ana Brun?")


def test_a_place_that_points_back_is_not_carried_over() -> None:
    found = parts("Who speaks for the mint, and how many people work in his office?")
    assert found[0] == "Who speaks for the mint?"


def test_two_sentences_that_ask_are_two_questions() -> None:
    assert parts("Who won the race? Who came second?") == ("Who won the race?", "Who came second?")


@pytest.mark.parametrize(
    "question",
    [
        "Who leads the harbour board?",
        "What is the difference between the council and the board?",
        "Do the articles say who won and who lost?",
        "What does the report say about who paid and why?",
        "Who was arrested and why?",
        "What did Ana Brun and Tom Hask say when they met?",
    ],
)
def test_a_question_that_is_one_or_cannot_be_cut_safely_stays_whole(question: str) -> None:
    assert parts(question) == (question,)


@given(st.text(max_size=200))
def test_any_text_gives_at_least_one_part_and_never_an_empty_one(text: str) -> None:
    found = parts(text)
    assert found and (found == (text,) or all(part.strip(" ?") for part in found))
