"""What a reader hears of a follow-up: the question and the answer before it, and then the follow-up itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Library, Paragraph, Passage
from rag import Answer, Answerer, Claim
from rag.choose import candidates, missing_names
from rag.conversation import heard, standalone
from rag.conversation.heard import WORDS, as_heard
from rag.question import Question, understand
from rag.reader.chosen import chosen_reader
from rag.values import Citation, Evidence

_TEXT = "Leonard Vance was arrested in Carrow on Tuesday."
ARREST = Answer("And who?", "Who was arrested in Carrow?", (Claim(_TEXT, (), emphasis=(0, 13)),))
WORD = st.text("abcdefgh", min_size=1, max_size=8)


def test_a_follow_up_is_heard_behind_the_question_before_it_and_its_answer() -> None:
    assert heard("How old is he?", [ARREST]) == "Who was arrested in Carrow? Leonard Vance. How old is he?"


def test_of_an_answer_without_a_bold_part_only_the_question_is_heard() -> None:
    silent = Answer("Who?", "Who was arrested in Carrow?")
    assert heard("And when?", [silent]) == "Who was arrested in Carrow? And when?"


def test_only_the_last_turn_is_heard() -> None:
    first = Answer("What sank?", "Which ferry sank?")
    assert heard("How old is he?", [first, ARREST]) == heard("How old is he?", [ARREST])


def test_whoever_opens_a_conversation_or_announces_a_new_topic_is_heard_alone() -> None:
    assert heard("How old is he?", ()) == ""
    assert heard("Something else: who won the regatta?", [ARREST]) == ""


def test_thanks_are_no_follow_up() -> None:
    assert heard("Thank you, that helps.", [ARREST]) == ""


@given(st.lists(WORD, min_size=1, max_size=30), st.lists(WORD, max_size=40), st.lists(WORD, min_size=1, max_size=30))
def test_a_follow_up_is_heard_whole_and_last_and_a_long_answer_before_it_in_part(
    before: list[str], answer: list[str], question: list[str]
) -> None:
    whole = as_heard(" ".join(before), " ".join(answer), " ".join(question))
    assert whole.split()[-len(question) :] == question
    assert whole.split()[: len(before)] == before
    assert len(whole.split()) == len(before) + min(len(answer), WORDS) + len(question)


@pytest.mark.parametrize(
    ("question", "may"),
    [
        ("Who won the mayoral election?", True),
        ("What did Ruth Abelard say?", True),
        ("How old is he?", False),
        ("And the cost?", False),
        ("How many?", False),
    ],
)
def test_a_question_may_begin_anew_where_it_says_by_itself_what_it_is_about(question: str, may: bool) -> None:
    alone = standalone(question, [ARREST])
    asked = replace(understand(alone), heard=heard(question, [ARREST]), whole=alone == question)
    assert asked.may_begin_anew is may


def test_a_question_that_opens_a_conversation_begins_nothing_anew() -> None:
    assert not understand("Who won the mayoral election?").may_begin_anew


class _Deaf:
    """A reader that finds nothing behind another question: what is worst for one that begins anew."""

    def __init__(self, library: Library) -> None:
        self._reader = chosen_reader(library)
        self.name, self.thresholds, self.support = "deaf", self._reader.thresholds, self._reader.support

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        found = self._reader.read(question, passages)
        return tuple(replace(e, relevance=0.0, answers=0.0) for e in found) if question.heard else found


def test_a_whole_question_behind_an_unrelated_one_is_answered_as_it_is_alone(sample_library: Library) -> None:
    answerer = Answerer(sample_library, reader=_Deaf(sample_library), llm=False)
    before = answerer.answer("Why was the old bridge closed?")
    question = "Who won the mayoral election?"
    alone, behind = answerer.answer(question), answerer.answer(question, history=[before])
    assert alone.claims
    assert behind.claims[0].text == alone.claims[0].text


def _evidence(text: str, title: str) -> Evidence:
    paragraph = Paragraph("a:1", "a", 1, "body", 0, len(text), text)
    article = Article(id="a", path="a.txt", title=title, text=text, paragraphs=(paragraph,))
    return Evidence(Passage(paragraph, article, 1, 1.0, 0.5), 0.9, 0.9, (0, len(text)))


def test_a_name_that_was_filled_in_is_demanded_of_no_article_and_one_that_was_said_is() -> None:
    spoken = _evidence("The deckhand is 24 years old.", "A deckhand is held")
    question = understand("How old is Leonard Vance?")
    assert candidates(question, [spoken]) == []
    assumed = replace(question, assumed=("Leonard Vance",))
    assert candidates(assumed, [spoken]) == [spoken]


def test_a_name_that_was_filled_in_is_not_told_to_be_missing() -> None:
    passage = _evidence("The deckhand is 24 years old.", "A deckhand is held").passage
    claim = Claim("The deckhand is 24 years old.", (Citation(1, passage.article, passage.paragraph, 0, 29),))
    question = understand("How old is Leonard Vance?")
    assert missing_names(question, [claim]) == ("Leonard Vance",)
    assert missing_names(replace(question, assumed=("Leonard Vance",)), [claim]) == ()
