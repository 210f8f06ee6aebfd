"""Where nothing answers, a sentence that denies what the question speaks of is shown, as no answer."""

from __future__ import annotations

import pytest

from index import Article, Paragraph, Passage
from rag.abstain.doubted import doubted
from rag.question import understand
from rag.values import Evidence


def read(text: str, title: str = "News") -> Evidence:
    paragraph = Paragraph("a:1", "a", 1, "body", 0, len(text), text)
    article = Article(id="a", path="a.txt", title=title, text=text, paragraphs=(paragraph,))
    return Evidence(Passage(paragraph, article, 1, 1.0, 0.5), 0.1, 0.1, (0, len(text)))


def alike(_: str) -> float:
    """Every word tells as much."""
    return 1.0


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("When was Emil Vance arrested?", "Vance has not been arrested or charged."),
        ("How much state aid did the government give Aurea?", "The government of Morv ruled out state aid for Aurea."),
        ("Which miners were hurt when the pit at Harsk fell in?", "None of the miners in the pit at Harsk was hurt."),
        (
            "When did the name of Aurea vanish from the tails?",
            "The name of Aurea would stay on the tails, Mr Lund said.",
        ),
    ],
)
def test_a_sentence_that_denies_what_is_asked_about_is_found(question: str, denial: str) -> None:
    evidence = [read("It rained on Monday. Nobody came."), read(f"The week was long. {denial} It ended well.")]
    found = doubted(understand(question), evidence, alike)
    assert found is not None
    assert found.text == denial
    assert not found.surely


@pytest.mark.parametrize(
    "told",
    [
        "Vance was arrested on Tuesday.",  # denies nothing
        "The ferry did not sail, and no one was told.",  # denies another thing
        "Emil Vance said no more.",  # the name alone is no denial of the arrest
    ],
)
def test_what_denies_nothing_or_another_thing_is_left_alone(told: str) -> None:
    assert doubted(understand("When was Emil Vance arrested?"), [read(told)], alike) is None


def test_of_two_denials_the_nearer_one_is_shown() -> None:
    far, near = "Vance was never charged at the port.", "Emil Vance has not been arrested."
    found = doubted(understand("When was Emil Vance arrested at the port?"), [read(far), read(near)], alike)
    assert found is not None
    assert found.text == near


def test_keywords_take_nothing_for_granted() -> None:
    told = [read("A senior official of the relief office, who asked not to be named, spoke of deaths.")]
    assert doubted(understand("Official relief deaths?"), told, alike) is None


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("Who bought the mill?", "The mill has not been sold."),
        ("When will the tunnel under Harsk be dug?", "The tunnel under Harsk has been shelved."),
        ("Why did the audit find theft at the depot?", "The depot audit does not say that there was any theft."),
    ],
)
def test_what_is_dropped_or_the_other_side_of_a_sale_or_not_said_to_be_is_denied(question: str, denial: str) -> None:
    assert doubted(understand(question), [read(denial)], alike) is not None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the height of the mast?", "The mast remained at its height all winter."),
        ("What is the name of the pilot of the ferry?", "The pilot of the ferry is still missing."),
        ("How old is the pilot?", "The pilot was not hurt."),
        (
            "When was the warden fined?",
            "Hale leads the race for warden of Harsk, a town of 900 that is still mourning its dead.",
        ),
        ("Who will design the mast?", "Ms Lund did not say who would design the mast."),
        ("Who signed the pact at the mill?", "The mill did not run, according to the owner."),
    ],
)
def test_who_asks_for_a_thing_takes_nothing_for_granted_and_who_says_nothing_denies_nothing(
    question: str, told: str
) -> None:
    assert doubted(understand(question), [read(told)], alike) is None


def test_what_is_asked_for_is_no_part_of_what_is_taken_for_granted() -> None:
    told = [read("There was no blast at the pit.")]
    assert doubted(understand("What caused the explosion at Harsk?"), told, alike) is not None
    assert doubted(understand("What moved the explosion at Harsk?"), told, alike) is None
