"""Questions: what they ask for, which words search, which names must be spoken of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import PilcrowError
from rag.question import MAX_WORDS, names_in, understand


@pytest.mark.parametrize(
    ("asks", "question"),
    [
        ("number", "How many people died when the ferry sank?"),
        ("number", "How old is the ferry?"),
        ("number", "How far is the island?"),
        ("number", "By how many votes did Hale win?"),
        ("number", "What percentage voted yes?"),
        ("number", "What was the death toll?"),
        ("number", "At what price were the shares sold?"),
        ("when", "When did the ferry sink?"),
        ("when", "On what day was the vote?"),
        ("when", "In what year was the museum built?"),
        ("where", "Where did the ferry sink?"),
        ("where", "In which hotel did the two sides meet?"),
        ("where", "To which port did the ship go?"),
        ("why", "Why did the dockers strike?"),
        ("why", "For what reason was the bridge closed?"),
        ("why", "What caused the sinking?"),
        ("said", "What did the captain say about the radar?"),
        ("said", "What did Renn tell the inquiry?"),
        ("said", "What do critics call the plan?"),
        ("who", "Who won the election?"),
        ("who", "Whose boat was the first to arrive?"),
        ("who", "Which minister resigned?"),
        ("who", "What is the name of the coroner?"),
        ("whether", "Did the council approve the terminal?"),
        ("whether", "Were any passengers hurt?"),
        ("what", "What is the seawall made of?"),
        ("what", "How did the meeting end?"),
    ],
)
def test_a_question_asks_for_one_kind_of_thing(asks: str, question: str) -> None:
    assert understand(question).asks == asks
    assert understand(question.lower()).asks == asks


def test_words_are_the_ones_worth_searching() -> None:
    assert understand("What did the captain say about the radar?").words == ("captain", "radar")


def test_white_space_does_not_matter() -> None:
    assert understand("  Who\n won\tthe  election? ") == understand("Who won the election?")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who is Pascal Reyes?", ("Pascal Reyes",)),
        ("What did Canada and France do?", ("Canada", "France")),
        ("Did Renn's crew know?", ("Renn",)),
        ("Why did Tess Whitlock’s group sue?", ("Tess Whitlock",)),
        ("Who runs the Harbor Authority?", ("Harbor Authority",)),
        ("What happened on St. Brannock Island?", ("St. Brannock Island",)),
        ("Who leads the Ministry of Defence of the Netherlands?", ("Ministry of Defence of the Netherlands",)),
        ("What did Jean-Claude Juncker say?", ("Jean-Claude Juncker",)),
        ("Did O'Brien win?", ("O'Brien",)),
        ("What did the UN say?", ("UN",)),
        ("What did Theresa May do?", ("Theresa May",)),
        ("What happened on Monday, March 9?", ()),
        ("What happened in May 2026?", ()),
        ("Why was the bridge closed?", ()),
        ("", ()),
    ],
)
def test_names_are_found_as_written(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize("day", ["Aug. 31", "Sept. 3", "Tues.", "Monday", "Dec 5, 2026"])
def test_a_day_is_nobody_however_it_is_shortened(day: str) -> None:
    assert names_in(f"What did Jan Orin say on {day}?") == ("Jan Orin",)


@pytest.mark.parametrize("word", ["I've", "I’m", "We're", "They'll", "She'd", "It's"])
def test_a_pronoun_and_its_verb_are_no_name(word: str) -> None:
    assert names_in(f"How many came to Carrow? {word} told so many.") == ("Carrow",)


def test_a_name_counts_once() -> None:
    assert names_in("Did Hale say that Hale would run?") == ("Hale",)


@pytest.mark.parametrize(
    ("question", "joined"),
    [
        ("What did Canada and France do?", True),
        ("Did Hale or Strand win?", True),
        ("What did Hale say about Strand?", False),
        ("What did Hale say and do?", False),
    ],
)
def test_names_side_by_side_are_joined(question: str, joined: bool) -> None:
    assert understand(question).joins_names is joined


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who called it 'a path to civil war'?", ("a path to civil war",)),
        ("Who said “it is a lead, it’s not a cushion,”?", ("it is a lead, it’s not a cushion",)),
        ('Was it "a scandal"?', ()),
        ("What do the dockers' union and the owners' lawyers say?", ()),
    ],
)
def test_words_between_quotation_marks_are_told_apart(question: str, quoted: tuple[str, ...]) -> None:
    assert understand(question).quoted == quoted


@pytest.mark.parametrize("empty", ["", " ", "\n\t "])
def test_an_empty_question_is_refused_in_a_sentence(empty: str) -> None:
    with pytest.raises(PilcrowError, match="empty"):
        understand(empty)


def test_an_endless_question_is_refused_in_a_sentence() -> None:
    assert understand("why " * MAX_WORDS)
    with pytest.raises(PilcrowError, match=f"{MAX_WORDS + 1} words"):
        understand("why " * (MAX_WORDS + 1))


@given(st.text(max_size=300))
def test_any_text_is_understood_or_refused(text: str) -> None:
    if not text.split():
        with pytest.raises(PilcrowError):
            understand(text)
        return
    question = understand(text)
    assert question == understand(question.text)
    assert all(name in question.text for name in question.names)
    assert len(set(question.words)) == len(question.words)
