"""A follow-up keeps to the articles that the conversation is about, unless it says that it begins anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from rag import Answer, Citation, Claim
from rag.conversation import in_focus, nearer
from rag.conversation.anew import anew, begins_anew
from rag.conversation.gender import called
from rag.values import Evidence

SHARE = st.floats(0.0, 1.0)


def citation(name: str, text: str) -> Citation:
    paragraph = Paragraph(f"{name}:1", name, 1, "body", 0, len(text), text)
    article = Article(id=name, path=f"{name}.txt", title="News", text=text, paragraphs=(paragraph,))
    return Citation(1, article, paragraph, 0, len(text))


def turn(question: str, *names: str, text: str = "The weir burst.") -> Answer:
    return Answer(
        question,
        question,
        (Claim(text, tuple(replace(citation(name, text), number=n) for n, name in enumerate(names, 1))),),
    )


def evidence(name: str, relevance: float) -> Evidence:
    cited = citation(name, "The weir burst.")
    return Evidence(Passage(cited.paragraph, cited.article, 1, 1.0, 0.5), relevance, 0.5, (0, 15))


def test_the_articles_last_cited_come_first_and_each_once() -> None:
    history = [turn("What burst?", "weir", "town"), turn("Who saw it?", "boat", "weir")]
    assert in_focus(history) == ("boat", "weir", "town")


def test_an_answer_without_a_citation_leaves_the_focus_where_it_was() -> None:
    assert in_focus([turn("What burst?", "weir"), turn("Who saw it?")]) == ("weir",)


def test_what_was_spoken_of_before_a_new_topic_is_out_of_focus() -> None:
    assert in_focus([turn("What burst?", "weir"), turn("Another matter: who won the regatta?", "regatta")]) == (
        "regatta",
    )


@pytest.mark.parametrize("opening", ["Different thing: ", "On another subject, ", "By the way, ", "Next question: "])
def test_a_new_topic_is_announced(opening: str) -> None:
    assert begins_anew(f"{opening}who won the regatta?")
    assert anew(f"{opening}who won the regatta?") == "Who won the regatta?"


def test_another_one_of_the_same_topic_is_no_new_topic() -> None:
    assert not begins_anew("What did the other witness see?")


@given(SHARE, SHARE)
def test_an_article_in_focus_gains_and_the_order_within_it_stays(one: float, other: float) -> None:
    low, high = sorted((one, other))
    within = [nearer(evidence("weir", r), ["weir"]).relevance for r in (low, high)]
    assert low - 1e-6 <= within[0] <= within[1] + 1e-6 and within[1] <= 1
    assert nearer(evidence("town", one), ["weir"]).relevance == one


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ms Corvane Adler opened the gate.", "she"),
        ("Corvane Adler opened the gate on Monday. He had been told to.", "he"),
        ("Corvane Adler opened the gate. The river rose.", ""),
    ],
)
def test_the_articles_tell_whether_somebody_is_he_or_she(text: str, wanted: str) -> None:
    assert called("Adler", [turn("Who opened the gate?", "weir", text=text)]) == wanted
