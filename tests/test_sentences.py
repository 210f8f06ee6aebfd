"""Sentences: every character in one of them, abbreviations and quotations left whole."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentences


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@given(
    st.text()
    | st.lists(st.sampled_from(["U.S. ", "no. ", '"Yes," ', "he said. ", "p.m. ", "Tuesday. ", "é", "😀", "\n"])).map(
        "".join
    )
)
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


@pytest.mark.parametrize(
    "whole",
    [
        "U.S. Secretary of State Hillary Clinton warned Tuesday that it could escalate.",
        "Gov. J. B. Pritzker signed it on Jan. 5 at the Capitol.",
        '"Canada\'s embassy remains open," he said.',
        "The vote began at 5 p.m. Tuesday in the town hall.",
        'Juppe said the situation in Syria was a "scandal."',
        "Dr. A. Smith of Acme Co. earned $3.5 million.",
        "“That’s just not going to happen,” Seemungal told the channel.",
    ],
)
def test_these_are_one_sentence_each(whole: str) -> None:
    assert split(whole) == [whole]


def test_a_plain_no_ends_its_sentence() -> None:
    assert split('The mayor said no. "We cannot pay," she said. See no. 5.') == [
        "The mayor said no.",
        '"We cannot pay," she said.',
        "See no. 5.",
    ]


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    assert split("The vote was\nlost. It was\nclose.") == ["The vote was\nlost.", "It was\nclose."]
