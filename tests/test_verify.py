"""What is said is the source's own words: claims, their emphasis, and the check before they are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from index.sentences import sentences
from rag import Citation, Claim, Evidence
from rag.question import understand
from rag.values import Span
from rag.verify import verify
from rag.writer.extractive import write

ARTICLE = Article(id="a", path="a.txt", title="Ferry sinks")
QUESTION = understand("How many people died?")


def paragraph(text: str, identity: str = "a-1") -> Paragraph:
    return Paragraph(identity, "a", 1, "body", 0, len(text), text)


def evidence(text: str, sentence: Span | None = None, answer: Span | None = None) -> Evidence:
    passage = Passage(paragraph(text), ARTICLE, 1, score=1.0, similarity=0.5)
    return Evidence(passage, 0.9, 0.9, sentence or (0, len(text)), answer)


def said(text: str, number: int = -1, answer: str = "") -> Claim:
    """The claim made from one sentence of a paragraph."""
    at = text.find(answer)
    (claim,) = write([evidence(text, sentences(text)[number], (at, at + len(answer)) if answer else None)])
    return claim


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def claim() -> Claim:
    return said("Six people died. The boat sank.", 0)


def test_a_claim_is_its_sentence_word_for_word(claim: Claim) -> None:
    assert claim.text == claim.citations[0].quote == "Six people died."
    assert verify([claim]) == ((replace(claim, verdict="supported"),), ())


def test_wrapped_lines_are_said_in_one(claim: Claim) -> None:
    wrapped = said("Six people\n  died.", 0, "people\n  died")
    assert wrapped.text == "Six people died." and wrapped.emphasis == (4, 15)
    assert verify([wrapped])[0]


@pytest.mark.parametrize(
    "text",
    ["Seven people died.", "Six people died", "six people died.", "Six people  died.", "Six people died. Yes.", ""],
)
def test_another_word_is_rejected(claim: Claim, text: str) -> None:
    kept, rejected = verify([claim, replace(claim, text=text)])
    assert [c.text for c in kept] == ["Six people died."]
    assert [(c.text, c.verdict) for c in rejected] == [(text, "unsupported")]


def test_a_claim_without_a_citation_is_rejected(claim: Claim) -> None:
    assert verify([replace(claim, citations=())])[0] == ()


def test_two_quotes_make_one_claim_only_in_their_order() -> None:
    one, two = (Citation(n, ARTICLE, paragraph(text), 0, len(text)) for n, text in ((1, "Six died."), (2, "It sank.")))
    assert verify([Claim("Six died. It sank.", (one, two))])[0]
    assert verify([Claim("It sank. Six died.", (one, two))])[1]


def test_a_sentence_that_leans_on_the_one_just_said_is_said_alone() -> None:
    text = "The mayor cut the ribbon. She left at noon."
    first, second = (evidence(text, sentence) for sentence in sentences(text))
    assert [c.text for c in write([first, second])] == ["The mayor cut the ribbon.", "She left at noon."]
    assert [c.text for c in write([second, first])] == [text]
    assert [c.text for c in write([second])] == [text]


def test_citations_count_from_one_in_the_order_given() -> None:
    claims = write([evidence("Six died."), evidence("It sank.")])
    assert [(c.text, c.citations[0].number) for c in claims] == [("Six died.", 1), ("It sank.", 2)]
    assert write([]) == ()


@pytest.mark.parametrize(
    "leaning",
    [
        "He did not answer.",
        "But that was late.",
        "“Nobody came.”",
        "“No captain has ever been punished,” she told the inquiry.",
        '"I wrote it down," he said.',
    ],
)
def test_a_leaning_sentence_takes_the_one_before(leaning: str) -> None:
    text = f"It was March. Tobias Renn spoke to the inquiry. {leaning}"
    assert said(text).text == f"Tobias Renn spoke to the inquiry. {leaning}"


@pytest.mark.parametrize("alone", ["Renn did not answer.", "“Nobody came,” Captain Renn said.", "Theirs sank."])
def test_a_sentence_that_stands_alone_comes_alone(alone: str) -> None:
    assert said(f"Tobias Renn spoke to the inquiry. {alone}").text == alone


def test_a_leaning_sentence_at_the_start_has_none_to_take() -> None:
    assert said("He did not answer. The boat sank.", 0).text == "He did not answer."


def test_the_emphasis_is_right_after_a_sentence_was_taken_along() -> None:
    claim = said("Tobias Renn spoke. He said\nsix men  died.", answer="six men  died")
    assert claim.text == "Tobias Renn spoke. He said six men died."
    assert claim.text[slice(*claim.emphasis or ())] == "six men died"


def test_the_speaker_is_taken_along() -> None:
    assert said('"Nobody came," Captain Renn said.').speaker == "Captain Renn"


@given(st.text(st.sampled_from("ab .\n\t\u00a0\u2003é😀"), min_size=1, max_size=40), st.data())
def test_emphasis_is_the_answer_under_any_white_space(text: str, data: st.DataObject) -> None:
    assume(text.strip())
    sentence = data.draw(st.sampled_from(sentences(text)))
    start = data.draw(st.integers(sentence[0], sentence[1] - 1))
    end = data.draw(st.integers(start + 1, sentence[1]))
    (claim,) = write([evidence(text, sentence, (start, end))])
    words = folded(text[start:end])
    assert (claim.text[slice(*claim.emphasis)] if claim.emphasis else "") == words
    assert verify([claim])[0], "an extractive claim is always its source's words"
