"""What a question takes for granted, and the sentence that says the contrary."""

from __future__ import annotations

import pytest

from index import Article, Paragraph, Passage
from rag.abstain.clause import clause_of, past, third
from rag.abstain.premise import denied, premise
from rag.values import Evidence


def evidence(*texts: str, title: str = "News from Orrin") -> tuple[Evidence, ...]:
    """One evidence a text, as paragraphs of one article."""
    article = Article("a", "a.txt", title)
    found = []
    for number, text in enumerate(texts, 1):
        paragraph = Paragraph(f"a{number}", "a", number, "body", 0, len(text), text)
        found.append(Evidence(Passage(paragraph, article, number, 0.1, 0.5), 0.5, 0.5, (0, len(text))))
    return tuple(found)


@pytest.mark.parametrize(
    ("question", "assumed"),
    [
        ("Why did the council reject the terminal?", "the council rejected the terminal"),
        ("When did the embassy close?", "the embassy closed"),
        ("By how many votes did Lia Dorn lose the election?", "Lia Dorn lost the election"),
        ("When was the bridge reopened?", "the bridge was reopened"),
        ("Why did the drivers' strike end?", "the drivers' strike ended"),
        ("Who won the vote?", ""),
        ("What did Lia Dorn say?", ""),
        ("When will the trial start?", ""),
        ("When was the last time Orrin won the cup?", ""),
        ("Who took over the port after Mr Lund resigned?", "Mr Lund resigned"),
        ("How many were on the bridge when it was closed?", ""),
        ("How many children died when the school at Orrin collapsed?", "the school at Orrin collapsed"),
        ("What did the mayor say after the lease was signed?", "the lease was signed"),
        ("What has changed since March?", ""),
        ("Who spoke as head of the union?", ""),
        ("What made Lia Dorn vote to shut the mill?", "Lia Dorn voted to shut the mill"),
        ("What led the union to call off the strike?", "the union called off the strike"),
    ],
)
def test_what_is_taken_for_granted_is_read_from_the_question(question: str, assumed: str) -> None:
    assert premise(question) == assumed


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the council reject the terminal?", "The council approved the terminal by five votes to four."),
        ("Why did the council reject the terminal?", "The council has not rejected the terminal, Mr Hask said."),
        ("When did the embassy close?", "The embassy remains open, a spokesman said."),
        ("When did the minister resign?", "The minister refused to resign on Monday."),
        ("When did the minister resign?", "The minister has not resigned, his office said."),
        ("Why did oil prices fall in March?", "Oil prices rose sharply in March."),
        ("Why did Lia Dorn vote against the lease?", "Dorn voted in favour of the lease on Monday."),
        ("Why did Marla Quint plead guilty?", "Marla Quint pleaded not guilty on Tuesday."),
        ("Why was the captain convicted?", "The captain was acquitted of all charges."),
        ("When did the strike end?", "The strike goes on for a third week."),
        ("Who took over the port after Lund resigned?", "Lund refused to resign."),
        ("When did Orrin shut its embassy?", "Orrin will keep its embassy in Tolm open, the minister said."),
    ],
)
def test_a_sentence_that_says_the_contrary_is_found_with_its_place(question: str, sentence: str) -> None:
    text = f"It rained in Orrin. {sentence}"
    found = denied(question, evidence(text))
    assert found and found.text == sentence and text[found.start : found.end] == sentence


@pytest.mark.parametrize(
    ("question", "before", "sentence"),
    [
        ("Why did Lia Dorn vote for the lease?", "The lease passed.", "Lia Dorn, a farmer, voted no."),
        ("What made Lia Dorn vote to shut the mill?", "The mill will be shut.", "Lia Dorn, who voted against, wept."),
    ],
)
def test_a_vote_is_read_with_the_sentence_before_it(question: str, before: str, sentence: str) -> None:
    found = denied(question, evidence(f"{before} {sentence}"))
    assert found and found.text == sentence
    assert denied(question, evidence(f"It rained. {sentence}")) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the council reject the terminal?", "The council rejected the terminal by five votes to four."),
        ("Why did the council reject the terminal?", "The council was asked to approve the terminal."),
        ("Why did the council reject the terminal?", "The council approved a new school."),
        ("Why did the council reject the terminal?", "The board approved the terminal before the council met."),
        ("When did the embassy close?", "The embassy may close this week."),
        ("When was the bridge reopened?", "The bridge was closed in May."),
        ("When was the bridge reopened?", "The bridge was not reopened until June."),
        ("Why was the driver arrested?", "The driver was released without charge."),
        ("Why did the drivers accept the offer?", "The board rejected the drivers' offer."),
        ("Who approved the lease?", "The council rejected the lease."),
    ],
)
def test_a_right_or_an_open_premise_is_not_called_false(question: str, sentence: str) -> None:
    assert denied(question, evidence(sentence)) is None


def test_where_one_report_says_that_it_happened_nothing_is_denied() -> None:
    reports = evidence("The council approved the terminal.", "The council rejected the terminal on Friday.")
    assert denied("Why did the council reject the terminal?", reports) is None


def test_a_pronoun_stands_for_whom_the_sentence_before_speaks_of() -> None:
    found = denied("When did the embassy close?", evidence("The embassy has a new gate. It remains open."))
    assert found and found.text == "It remains open."
    assert denied("When did the embassy close?", evidence("The shop has a new gate. It remains open.")) is None


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Who sent the two helicopters?", "who sent the two helicopters"),
        ("When was the bridge built?", "when the bridge was built"),
        ("How old is Lia Dorn?", "how old Lia Dorn is"),
        ("How many members does Local 12 have?", "how many members Local 12 has"),
        ("How many people were killed?", "how many people were killed"),
        ("Did the board keep the promise?", "whether the board kept the promise"),
        ("When will a court first hear the case?", "when a court will first hear the case"),
        ("What were the names of the people killed in the fire?", ""),
        ("Who won and what did it cost?", ""),
    ],
)
def test_a_question_becomes_a_clause_in_the_order_of_a_statement(question: str, clause: str) -> None:
    assert clause_of(question) == clause


def test_verbs_are_inflected_as_they_are_written() -> None:
    assert [past(v) for v in ("stop", "carry", "close", "cut", "withdraw", "play", "not go")] == [
        "stopped", "carried", "closed", "cut", "withdrew", "played", "did not go",
    ]  # fmt: skip
    assert [third(v) for v in ("have", "carry", "reach", "go", "pay")] == ["has", "carries", "reaches", "goes", "pays"]
