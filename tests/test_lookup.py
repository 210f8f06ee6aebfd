"""Pasted words are found where they stand; what was changed in them is told, and what nobody wrote is not found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Library, PilcrowError
from rag import look_up
from rag.lookup import Finding
from rag.lookup.align import align, cuts, differences, tokens
from rag.lookup.derived import follows
from rag.verify.quantities import quantities
from tests.conftest import HashEncoder

WEIR = """Weir at Calder Mill to be rebuilt

By Ida Frome

4 May 2026

The weir at Calder Mill will be rebuilt by autumn at a cost of $2.4 million, the river board said on Monday.

Warden Ruth Ames told the board that the old gates had failed twice. "We were lucky in March, and luck is not a plan," she said.

"Nobody was warned," said Tom Birch, who farms below the mill. "My lower field stood under water for nine days."

Birch denied that he had opened the sluice himself.

Engineer Paul Oster said the gates might last until winter if they were greased and turned twice a week by hand.

The board approved the plan by 6-3, with Lena Dorr voting against it.

"I don't sell because I am tired. I sell to no one. My sons will farm it after me," Birch told the paper.

The old mill house will stay shut until the council has found out who holds its keys.
"""
COPY = WEIR.replace("4 May 2026", "6 May 2026").replace("Ida Frome", "Staff")


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("weir")
    for outlet, text in (("Vale Post", WEIR), ("Hill Echo", COPY)):
        (folder / outlet).mkdir()
        (folder / outlet / "weir.txt").write_text(text)
    with Library.open(folder / "library", encoder=HashEncoder()) as library:
        assert library.sync([folder / "Vale Post", folder / "Hill Echo"]).added == 2
        yield library


def changed(finding: Finding) -> list[tuple[str, str, str]]:
    """(kind, what was pasted, what stands there) of every difference."""
    assert finding.citation
    text = finding.citation.paragraph.text
    return [(d.kind, finding.text[slice(*d.said)], text[slice(*d.held)]) for d in finding.differences]


@pytest.mark.parametrize(
    "text",
    [
        "The weir at Calder Mill will be rebuilt by autumn at a cost of $2.4 million",
        "the weir at   Calder Mill will be\nrebuilt by autumn",
        "“We were lucky in March, and luck is not a plan!”",
        "We were lucky in March … luck is not a plan",
        "[W]e were lucky in March",
        '"Nobody was warned. My lower field stood under water for nine days."',
        'Ruth Ames said: "We were lucky in March, and luck is not a plan."',
        '"Nobody was warned," Tom Birch said.',
        "THE BOARD APPROVED THE PLAN BY 6-3",
        "Engineer Paul Oster said the gates might last … and turned twice a week by hand",
        "I don't sell because I am tired … My sons will farm it after me.",
    ],
)
def test_words_that_stand_there_are_exact(weir: Library, text: str) -> None:
    finding = look_up(text, weir)
    assert (finding.outcome, finding.faults, finding.differences) == ("exact", (), ())
    assert finding.citation and finding.citation.quote in WEIR


def test_of_copies_the_earliest_is_given_and_the_others_are_named(weir: Library) -> None:
    place = look_up("Nobody was warned, said Tom Birch", weir).citation
    assert place and place.article.source == "Vale Post"
    assert [article.source for article in place.also] == ["Hill Echo"]


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("The weir at Calder Mill will be rebuilt by autumn at a cost of $3.4 million.", ("number", "$3.4", "$2.4")),
        ("The weir at Dorn Mill will be rebuilt by autumn", ("name", "Dorn", "Calder")),
        ("My lower field stood under water for six days", ("number", "six", "nine")),
        ("The board rejected the plan by 6-3, with Lena Dorr voting against it", ("negation", "rejected", "approved")),
        ("We were lucky in March, and luck is a plan", ("negation", "", "not")),
        ("We were lucky in April, and luck is not a plan", ("date", "April", "March")),
        ('Ruth Ames said "We were clever in March, and luck is not a plan"', ("word", "clever", "lucky")),
        ('"Nobody was paid," said Tom Birch', ("word", "paid", "warned")),
    ],
)
def test_one_changed_word_is_told_with_what_stands_in_its_place(
    weir: Library, text: str, difference: tuple[str, str, str]
) -> None:
    finding = look_up(text, weir)
    assert (finding.outcome, changed(finding)) == ("altered", [difference])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Tom Birch said: "We were lucky in March, and luck is not a plan."', "Warden Ruth Ames"),
        ('"Nobody was warned," Ruth Ames said.', "Tom Birch"),
        ("“My lower field stood under water for nine days.” — Paul Oster", "Tom Birch"),
    ],
)
def test_a_quotation_given_to_somebody_else_is_altered_and_its_speaker_named(
    weir: Library, text: str, speaker: str
) -> None:
    finding = look_up(text, weir)
    assert finding.outcome == "altered"
    assert finding.speaker == speaker and f"{speaker} says this" in finding.faults[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("he had opened the sluice himself", "denied"),
        ("luck is … a plan", "not"),
        ("rebuilt by autumn at a cost of $2.4", "$2.4 million"),
    ],
)
def test_a_cut_that_takes_the_sense_away_is_altered(weir: Library, text: str, word: str) -> None:
    finding = look_up(text, weir)
    assert finding.outcome == "altered" and any(word in fault for fault in finding.faults)


def test_the_papers_own_words_are_nobodys_quotation(weir: Library) -> None:
    finding = look_up('Ruth Ames said: "The old gates had failed twice."', weir)
    assert finding.outcome == "altered" and "not quoted" in finding.faults[0]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge at Port Sorrel was closed after a lorry struck its pier on Thursday.",
        'Ruth Ames said: "I shall resign before the end of the week."',
        "Tom Birch opened the sluice.",
        "The council has found out who holds the keys of the mill house.",
        "zxqv",
    ],
)
def test_what_no_article_says_is_not_found_and_has_no_place(weir: Library, text: str) -> None:
    finding = look_up(text, weir)
    assert (finding.outcome, finding.citation) == ("none", None)


def test_a_report_of_what_somebody_else_said_is_another_statement(weir: Library) -> None:
    own = look_up(
        "Engineer Paul Oster said the gates might last until spring if they were greased and turned twice a week by hand.",
        weir,
    )
    assert own.outcome == "altered" and changed(own)[0] == ("word", "spring", "winter")
    other = look_up(
        "The warden said the gates might last until spring if they were greased and turned twice a week by hand.", weir
    )
    assert (other.outcome, other.citation) == ("none", None)


def test_a_claim_in_other_words_is_supported_and_with_another_figure_not(weir: Library) -> None:
    claim = "Calder Mill's weir is to be rebuilt for $2.4 million, according to the river board."
    right = look_up(claim, weir)
    assert right.outcome == "supported" and right.citation and "at a cost of $2.4 million" in right.citation.quote
    wrong = look_up(claim.replace("2.4", "4.4"), weir)
    assert wrong.outcome == "none" and any("2.4 million" in fault for fault in wrong.faults)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Fewer than half of the boats came back.", "Of 40 boats 18 came back."),
        ("About a quarter of the loan is repaid.", "The loan was 4.9 million crowns; 1.2 million is repaid."),
        ("The ferry lay idle for more than six days.", "The ferry lay idle for eight days."),
        ("The fund grew by 13 million crowns.", "The fund had 58 million crowns and now has 71 million."),
        ("The two towns will share a school.", "Harl and Dorn will share a school from 4 October."),
    ],
)
def test_a_figure_may_follow_from_those_that_are_written(claim: str, text: str) -> None:
    (said,) = quantities(claim)
    assert follows(claim[said.start : said.end], claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Most, a third of the boats, came back.", "Of 40 boats 18 came back."),
        ("More than four thousand signed.", "Some 9,000 signed."),
        ("Fewer than 100 signed.", "Some 140 signed."),
        ("The two towns will share a school.", "Three towns will share a school."),
        ("Of those asked 64 came.", "Of 140 people who were asked 76 came."),
        ("The fund grew by 30 million crowns.", "The fund had 58 million crowns and now has 71 million."),
    ],
)
def test_a_figure_that_does_not_follow_is_none_of_the_texts(claim: str, text: str) -> None:
    assert not any(follows(claim[q.start : q.end], claim, text) for q in quantities(claim))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "empty"), ("“…”", "no words"), ("One thing.\n\nAnother thing.", "several paragraphs"), ("a " * 400, "words")],
)
def test_what_cannot_be_looked_up_is_refused_in_a_sentence(weir: Library, text: str, sentence: str) -> None:
    with pytest.raises(PilcrowError, match=sentence):
        look_up(text, weir)


def test_a_finding_is_plain_json_whose_offsets_lead_to_its_words(weir: Library) -> None:
    record = json.loads(json.dumps(look_up("My lower field stood under water for six days", weir).to_dict()))
    place, (difference,) = record["place"], record["differences"]
    text = place["paragraph_text"]
    assert text[place["start"] : place["end"]] == place["quote"]
    for side, whole in (("said", record["text"]), ("held", text)):
        part = difference[side]
        assert whole[part["start"] : part["end"]] == part["text"]
    assert (difference["said"]["text"], difference["held"]["text"]) == ("six", "nine")


WORDS = st.lists(st.sampled_from("the river rose by nine feet and Ames left town".split()), min_size=1, max_size=12)


@given(WORDS, WORDS, st.data())
def test_differences_turn_the_paragraphs_words_into_the_pasted_ones(
    one: list[str], two: list[str], data: st.DataObject
) -> None:
    said, held = " ".join(one), " ".join(two)
    found = align(tokens(said), tokens(held), cuts(said, tokens(said)))
    assert (found is None) == (not set(one) & set(two))
    if found:
        told, at = "", found.start
        for d in differences(found, said, held):
            told += f" {held[at : d.held[0]]} {said[slice(*d.said)]}"
            at = d.held[1]
        assert f"{told} {held[at : found.end]}".split() == one
        assert 0 < found.alike <= 1 and found.exact == (not list(differences(found, said, held)))


@given(WORDS, st.data())
def test_any_stretch_of_a_text_stands_in_it(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    said, held = " ".join(words[start:end]), " ".join(words)
    found = align(tokens(said), tokens(held), cuts(said, tokens(said)))
    assert found and found.exact and held[found.start : found.end] == said


def test_the_command_prints_the_place_and_its_exit_code_tells_whether_it_holds(
    weir: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from ui import lookup

    monkeypatch.setattr("ui.lookup.Library.open", lambda *_, **__: _Open(weir))
    run = CliRunner().invoke
    exact = run(lookup.lookup, ["Nobody was warned"])
    assert exact.exit_code == 0 and "Word for word" in exact.output and "Vale Post" in exact.output
    altered = run(lookup.lookup, ["My lower field stood under water for six days", "--json"])
    assert altered.exit_code == 1 and json.loads(altered.output)["outcome"] == "altered"


class _Open:
    """A library that is open already and stays so."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __enter__(self) -> Library:
        return self.library

    def __exit__(self, *_: object) -> None:
        pass
