"""What a reader hears of a follow-up: the question and the answer before it, and then the follow-up itself."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from rag import Answer, Claim
from rag.choose import candidates, missing_names
from rag.conversation import heard
from rag.conversation.heard import WORDS, as_heard
from rag.question import understand
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
