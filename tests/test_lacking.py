"""Why nothing is answered: the code, and a sentence that names what is lacking."""

from __future__ import annotations

from datetime import date

import pytest

from index import Article, Paragraph, Passage
from rag.abstain.lacking import Lacking, lacking, missing_part, unsaid
from rag.question import understand

TEXT = "Two helicopters flew to Orrin after the mill burned, the fire chief, Tom Hask, said."


def passage(text: str = TEXT, day: date | None = None) -> Passage:
    """The text as the only paragraph of an article."""
    paragraph = Paragraph("a1", "a", 1, "body", 0, len(text), text)
    return Passage(
        paragraph, Article("a", "a.txt", "Fire", text=text, published=day, paragraphs=(paragraph,)), 1, 0.1, 0.5
    )


def told(question: str, *passages: Passage, outside: tuple[Passage, ...] = (), articles: int = 1) -> Lacking:
    """What is lacking where these passages were found in a library that holds nothing else."""
    texts = [p.paragraph.text.lower() for p in passages]
    return lacking(understand(question), passages, lambda word: sum(word in t for t in texts), articles, outside)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who sent the two helicopters?", "The articles do not say who sent the two helicopters."),
        ("How old is Tom Hask?", "The articles do not say how old Tom Hask is."),
        (
            "How many helicopters did the army send to Orrin?",
            "The articles mention helicopters, but do not say how many helicopters the army sent to Orrin.",
        ),
        ("What is the name of the mill in Orrin?", "The articles do not give the name of the mill in Orrin."),
        ("Explain the fire and the mill.", "The articles speak of this, but none of their paragraphs answers the question."),
    ],
)  # fmt: skip
def test_of_a_topic_that_is_there_the_fact_that_is_not_is_named(question: str, sentence: str) -> None:
    assert told(question, passage()) == Lacking("fact", sentence)


def test_a_name_that_nobody_mentions_is_another_topic() -> None:
    assert told("How old is Lia Dorn?", passage()) == Lacking("topic", "The articles do not mention Lia Dorn.")


def test_words_that_stand_nowhere_are_another_topic() -> None:
    assert told("Who won the regatta?", passage()).code == "topic"
    assert told("Which yacht won the regatta after the mill?", passage()).code == "topic"
    assert told("Who owns the mill?", articles=0).sentence.startswith("The library holds no articles")


def test_what_is_answered_outside_the_chosen_dates_only_is_said_with_the_days() -> None:
    later = [passage(day=date(2026, 3, day)) for day in (12, 3)]
    found = told("Who sent the helicopters?", passage(), outside=tuple(later))
    assert found.code == "dates" and found.sentence.endswith("articles of 3 March 2026 and 12 March 2026.")
    assert "without a date" in told("Who sent the helicopters?", passage(), outside=(passage(),)).sentence


def test_what_is_taken_for_granted_and_said_nowhere_is_not_repeated_as_a_fact() -> None:
    found = told("Why did Tom Hask resign?", passage())
    assert found == Lacking("premise", "The articles found do not say that Tom Hask resigned.")
    assert told("Why did the mill burn?", passage()) == Lacking("fact", "The articles do not say why the mill burned.")


def test_the_part_that_is_not_answered_is_named() -> None:
    assert missing_part("Who pays for the mill?") == Lacking(
        "partial", "The articles do not say who pays for the mill."
    )
    assert missing_part("And the mill?").sentence == "Not answered: And the mill?"


def test_a_verb_that_says_little_need_not_be_reported_but_with_its_other_word() -> None:
    assert unsaid("When did Tom Hask get his turn?", [passage()]) == ""
    assert unsaid("Why did Tom Hask give up his post?", [passage()]) == "Tom Hask gave up his post"
