"""Answer spans: the words of a sentence that answer a question by its kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import understand
from rag.reader.spans import answer_span

TOLL = "At least six people were killed and nearly 40 were injured."


def span(question: str, sentence: str) -> str | None:
    found = answer_span(understand(question), sentence)
    return sentence[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("How many people were killed?", TOLL, "At least six"),
        ("How many people were injured?", TOLL, "nearly 40"),
        ("How many people were on board?", "On March 11, 2026 it sank with 140 people on board.", "140"),
        ("How many ships does Local 88 serve?", "Local 88 serves 52 ships a year.", "52"),
        ("How many people came?", "Some said that 20000 people came.", "20000"),
        ("How much did it cost?", "Repairs will cost 2 million dollars, the office said.", "2 million dollars"),
        ("How much did it cost?", "The repairs cost $3.5 million.", "$3.5 million"),
        ("What percentage voted yes?", "In the end 54.5% voted yes.", "54.5%"),
        ("By how many votes did Hale win?", "Hale won by 1,204 votes.", "1,204"),
        ("When did the ferry sink?", "The 190-foot ferry sank on March 11 after it struck a ledge.", "March 11"),
        ("When was the museum built?", "The museum was built in 1887.", "1887"),
        ("When did it open?", "The hall opened Jan. 5, 2026, at noon.", "Jan. 5, 2026"),
        ("When did it open?", "It opened two weeks ago.", "two weeks ago"),
        ("Where did the ferry sink?", "The ferry sank near Gannet Ledge in fog.", "Gannet Ledge"),
        (
            "Where did the inquiry open?",
            "The inquiry opened on Wednesday in St. Clement's Hall.",
            "St. Clement's Hall",
        ),
        ("What did the captain say?", "“I wrote it in the log,” Captain Renn said.", "“I wrote it in the log,”"),
        ("What did the coroner say?", "The coroner said\nthat it was a mistake.", "that it was a mistake"),
        ("Who won the election?", "Nora Strand won the election.", "Nora Strand"),
        ("Who said it?", "“No,” said Hale.", "Hale"),
        ("Who did Hale beat?", "Hale beat Strand on Tuesday.", "Strand"),
    ],
)
def test_the_span_is_what_was_asked_for(question: str, sentence: str, answer: str) -> None:
    assert span(question, sentence) == answer


def test_a_reason_begins_where_it_is_given() -> None:
    found = span("Why was the bridge closed?", "The old bridge closed on Friday because a pillar had cracked.")
    assert found == "because a pillar had cracked"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people died?", "The ferry sank in fog."),
        ("How many people died?", "It sank on March 11, 2026."),
        ("When did it sink?", "Maybe the Mayfield sank in fog."),
        ("Where did it sink?", "It sank on Wednesday."),
        ("Who is Ann Hale?", "Ann Hale sailed home."),
        ("Who will come?", "It sends five of them on Thursday."),
        ("How many of the 140 people died?", "There were 140 people."),
        ("Did the council approve it?", "The council approved it on Tuesday."),
        ("What is the seawall made of?", "The seawall is made of 40 stones."),
        ("Who won?", ""),
    ],
)
def test_what_does_not_answer_is_no_span(question: str, sentence: str) -> None:
    assert span(question, sentence) is None


QUESTIONS = ("Who won?", "How many died?", "When was it?", "Where was it?", "Why was it?", "What did she say?")
PIECES = ("Ann Hale ", "said ", '"', "“No” ", "in ", "Port Merrin", ". ", "\n", "40 ", "March 3", "because ", "é", ", ")


@given(st.sampled_from(QUESTIONS), st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_span_lies_in_its_sentence_and_starts_and_ends_in_words(question: str, sentence: str) -> None:
    found = answer_span(understand(question), sentence)
    if found:
        start, end = found
        assert 0 <= start < end <= len(sentence)
        assert sentence[start:end] == sentence[start:end].strip()
