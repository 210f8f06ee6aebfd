"""Of the figures of a paragraph those are told that the question asks for: what the reader holds of each place counts most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index import Article, Paragraph, Passage
from rag.figures import tellings, wants_figure
from rag.figures.fit import WEIGHTS
from rag.figures.weigh import FEATURES
from rag.question import understand
from rag.reader.trained import TrainedReader
from rag.values import Evidence, Span

REPORT = (
    "The council had put the crowd at 9,000. The police counted 18,000 people on the quay on Friday night, and the organisers, "
    "who sell the beer, spoke of 31,000. Entry cost 12 crowns, and 14 people were treated for sunburn."
)


def passage(text: str) -> Passage:
    own = Paragraph("a.1", "a", 1, "body", 0, len(text), text)
    article = Article(
        "a", "a.txt", "The Night of Boats", source="Bell", published=date(2026, 8, 29), text=text, paragraphs=(own,)
    )
    return Passage(own, article, 1, 1.0, 0.5)


def told(question: str, evidence: Evidence) -> list[str]:
    found = tellings(understand(question), [evidence], lambda _: 1.0)
    return [one.value for figures in found.values() for one in figures]


def test_the_weights_have_one_for_each_feature() -> None:
    assert len(WEIGHTS.features) == len(FEATURES)


def test_the_more_likely_place_is_told_of_two_that_look_alike() -> None:
    def sure_of(words: str) -> Evidence:
        at = REPORT.index(words)

        def likely(place: Span) -> float:
            return -0.05 if place[0] <= at < place[1] else -12.0

        return Evidence(passage(REPORT), 0.9, 0.9, (41, 150), (at, at + len(words)), likely)

    question = "How many came to the Night of Boats?"
    assert told(question, sure_of("18,000")) == ["18,000"]
    assert told(question, sure_of("31,000")) == ["31,000"]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How many people did the police count on the quay?", "18,000", "12 crowns"),
        ("What did it cost to get in?", "12 crowns", "18,000"),
        ("How many people were treated for sunburn?", "14", "31,000"),
    ],
)
def test_the_reader_tells_figures_of_different_things_apart(question: str, right: str, wrong: str) -> None:
    read = TrainedReader(threads=1).read(understand(question), [passage(REPORT)])
    values = told(question, read[0])
    assert right in values and wrong not in values


def test_what_a_correction_takes_back_is_no_figure_of_its_own() -> None:
    text = "An article of 4 May said that $68,000 was missing. The sum named in the audit is $86,000."
    own = Paragraph("c.1", "c", 1, "body", 0, len(text), text)
    note = Article("c", "c.txt", "Corrections", source="Bell", published=date(2026, 5, 6), text=text, paragraphs=(own,))
    at = text.index("$68,000")
    evidence = Evidence(Passage(own, note, 1, 1.0, 0.5), 0.9, 0.9, (0, 50), (at, at + 7), lambda _: -0.1)
    assert told("How much money is missing?", evidence) == ["$86,000"]


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("How big was the burned area?", True),
        ("What is the prefect's figure for the damage?", True),
        ("At what price did honey stand in late August?", True),
        ("How many votes separate the two?", True),
        ("Highest bid so far for the ferry line?", True),
        ("Deficit of the town: what was it, what is it?", True),
        ("What is the coast guard's figure for the dead?", True),
        ("What support did the surveys find for the bridge?", True),
        ("Who won the election?", False),
        ("Why was the bridge closed?", False),
        ("When was the hall built?", False),
    ],
)
def test_a_question_for_a_figure_is_known_by_its_words(question: str, wants: bool) -> None:
    assert wants_figure(understand(question)) == wants


def test_people_hurt_are_those_whom_the_words_tell_of_and_not_who_else_is_likely() -> None:
    """However sure the reader is of the injured of another event."""
    storm = "The storm injured 60 people on Monday, the police said. The number of those injured in the storm rose to 83 on Tuesday."
    stand = "The number of injured rose to 87 on Sunday, the hospital said, after the stand came down at the match."
    found = [
        Evidence(
            replace(passage(text), paragraph=replace(passage(text).paragraph, id=str(n))),
            0.9,
            0.9,
            (0, 40),
            None,
            lambda _: -0.1,
        )
        for n, text in enumerate((storm, stand))
    ]
    told = tellings(understand("How many people were injured in the storm?"), found, lambda _: 1.0)
    assert [one.value for figures in told.values() for one in figures] == ["60", "83"]


def test_one_days_dead_are_not_the_dead_of_the_whole_war() -> None:
    """Both are counts of the same people; the question names the day, and the reader is surer of the one that fits."""
    day = "Troops took the suburbs of Tarn back on Monday in a crackdown that left around 100 people dead."
    war = "At least 9,000 people have been killed in Tarn since the war began, the wardens say. Doctors put the dead at 13,000."

    def told_of(question: str, sure: str) -> set[str]:
        def found(text: str, number: int) -> Evidence:
            at = text.find(sure)
            place = replace(passage(text), paragraph=replace(passage(text).paragraph, id=str(number)))
            likely = 0.9 if at >= 0 else 0.1
            return Evidence(place, likely, likely, (0, len(text)), None, lambda s: -0.1 if s[0] <= at < s[1] else -6.0)

        told = tellings(understand(question), [found(day, 0), found(war, 1)], lambda _: 1.0)
        return {one.value.split()[-1] for figures in told.values() for one in figures}

    assert told_of("How many people died in Tarn on Monday?", "100") == {"100"}
    assert told_of("How many people have died in Tarn?", "9,000") == {"9,000", "13,000"}


def test_what_was_found_again_is_not_what_is_missing() -> None:
    """However sure the reader is of it."""
    text = "From the safe 86,000 crowns are missing, an audit has found. About 31,000 crowns were found in a shed on Monday."
    at = text.index("31,000")

    def likely(place: Span) -> float:
        return -0.05 if place[0] <= at < place[1] else -12.0

    evidence = Evidence(passage(text), 0.9, 0.9, (61, len(text)), (at, at + 6), likely)
    assert not any("31,000" in value for value in told("How much money is missing from the safe?", evidence))
    assert any("31,000" in value for value in told("How much money was found in the shed?", evidence))


def sure(text: str, *words: str) -> Evidence:
    """A passage of which the reader holds that each of these words is the answer."""
    places = [text.index(word) for word in words]

    def likely(place: Span) -> float:
        return -0.05 if any(place[0] <= at < place[1] for at in places) else -12.0

    at = places[0]
    return Evidence(passage(text), 0.9, 0.9, (at, at + len(words[0])), (at, at + len(words[0])), likely)


def test_how_much_there_must_be_is_not_how_much_there_is() -> None:
    """However sure the reader is of it."""
    text = "The club has collected 800 signatures for a vote on the pier, and is required to hand in at least 1,500 by June."
    asked = "How many signatures has the club collected for the vote on the pier?"
    assert told(asked, sure(text, "800")) == ["800"]
    capped = (
        "Rents on the island were capped at 900 crowns by the council, and in May the rent of a flat was 740 crowns."
    )
    assert "900 crowns" not in told("How much is the rent of a flat on the island?", sure(capped, "900", "740"))
    assert told("What is the rent on the island capped at?", sure(capped, "900")) == ["900 crowns"]


def test_a_figure_told_as_another_measure_is_not_the_one_asked_for() -> None:
    """Where one sentence tells both, however sure the reader is of either."""
    text = "The institute expects growth of 2.4 percent and inflation of 3.9 percent next year."
    evidence = sure(text, "2.4", "3.9")
    assert told("What inflation does the institute expect?", evidence) == ["3.9 percent"]
    assert told("What growth does the institute expect?", evidence) == ["2.4 percent"]


def test_a_sum_of_another_size_is_no_other_value_of_it() -> None:
    """What a line costs is no thousand times what a study of it did."""
    text = (
        "The line will cost 300 million crowns, by the first plan. The line will cost 12 million crowns, by the study."
    )
    assert told("What will the line cost?", sure(text, "300 million", "12 million")) == ["300 million crowns"]
    near = text.replace("12 million", "120 million")
    assert len(told("What will the line cost?", sure(near, "300 million", "120 million"))) == 2


def test_silos_three_and_five_are_no_count() -> None:
    text = "The death toll of the blast rose to nine. Silos 3 and 5, which stand on either side, are being emptied."
    assert told("What is the death toll of the blast?", sure(text, "nine", "5,")) == ["nine"]
