"""Follow-up questions stand alone: pronouns and pointing words are filled in, all else is left."""

from __future__ import annotations

import pytest

from rag import Answer, Claim
from rag.conversation import standalone


def turn(question: str, *claims: Claim) -> Answer:
    return Answer(question, question, claims=claims)


RENN = turn("What did Captain Renn say about the radar?")
ABELARD = turn("Who is Ruth Abelard?")
FERRY = turn("How many people died when the ferry sank?")
WINNER = turn("Who won the mayoral election?", Claim("Nora Strand won it by 312 votes.", (), emphasis=(0, 11)))
JUDGE = turn("Who leads the inquiry?", Claim("The judge asked for silence.", (), speaker="Ruth Abelard"))


def test_the_first_question_is_left_alone() -> None:
    assert standalone("What did he say there?", ()) == "What did he say there?"


@pytest.mark.parametrize(
    ("question", "last", "alone"),
    [
        ("When did he write it?", RENN, "When did Captain Renn write it?"),
        ("What is her job?", ABELARD, "What is Ruth Abelard's job?"),
        ("Did the mayor meet her?", ABELARD, "Did the mayor meet Ruth Abelard?"),
        ("How old is she?", WINNER, "How old is Nora Strand?"),
        ("What did she ask?", JUDGE, "What did Ruth Abelard ask?"),
    ],
)
def test_a_pronoun_becomes_the_person_last_spoken_of(question: str, last: Answer, alone: str) -> None:
    assert standalone(question, (last,)) == alone


@pytest.mark.parametrize("about", ["Skerry Line", "Quist", "the Lady Corrine"])
def test_who_spoke_owns_the_pronoun_not_whom_they_spoke_about(about: str) -> None:
    said = turn(f"What did Renn say about {about}?", Claim("“Nobody came,” Renn said.", (), speaker="Captain Renn"))
    assert standalone("When did he say that?", (said,)) == "When did Renn say that?"


@pytest.mark.parametrize("question", ["Did Assad and his family leave?", "Did Ann Hale keep her seat?"])
def test_a_nearer_name_owns_the_pronoun(question: str) -> None:
    assert standalone(question, (RENN,)) == question


@pytest.mark.parametrize(
    "question",
    ["And the injured?", "Why?", "How many of them were crew?", "What happened there?", "What about the crew?"],
)
def test_a_question_that_points_back_takes_its_topic_along(question: str) -> None:
    alone = standalone(question, (FERRY,))
    assert alone.startswith(question.rstrip("?")) and "ferry" in alone and alone.endswith("?")


def test_names_are_taken_along_as_they_were_written() -> None:
    assert "St. Brannock Island" in standalone("Why?", (turn("Was the pier on St. Brannock Island closed?"),))


@pytest.mark.parametrize(
    "question",
    [
        "Who won the mayoral election?",
        "How much did the seawall cost?",
        "Is there a museum in Port Merrin?",
        "What did Tess Whitlock say about the terminal?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert standalone(question, (FERRY, RENN)) == question


def test_the_last_turn_is_the_one_spoken_of() -> None:
    assert standalone("Where was she born?", (RENN, ABELARD)) == "Where was Ruth Abelard born?"


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    second = standalone("And the injured?", (FERRY,))
    third = standalone("Why?", (FERRY, Answer("And the injured?", second)))
    assert "ferry" in third and "injured" in third


def test_a_pronoun_without_a_person_stays() -> None:
    assert "he" in standalone("What did he say?", (turn("What happened?"),)).split()
