"""Speakers: who said it is who the sentence says it was, or nobody."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.speakers import speaker


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“Nobody came,” Captain Tobias Renn said.", "Captain Tobias Renn"),
        ('"It is late," said Colm Astley, a roofer who was travelling home.', "Colm Astley"),
        ("'It broke,' said Hale.", "Hale"),
        ("It was late, said Hale.", "Hale"),
        ("Adela Quist, the managing director of the line, denied that.", "Adela Quist"),
        ("Renn, 54, said he sailed on the evening of the accident.", "Renn"),
        ("The Coast Guard said the boat sank.", "Coast Guard"),
        ("Six were killed, Lt. Cmdr. Paul Vance of the Coast Guard told reporters.", "Lt. Cmdr. Paul Vance"),
        ("According to the Harbor Authority, it cost 2 million.", "Harbor Authority"),
        ("It was, according to Hale, late.", "Hale"),
        ("Merrin County coroner Dr. Lucian Reyes said a woman had been listed twice.", "Dr. Lucian Reyes"),
        ("U.S. Secretary of State Hillary Clinton warned that it could grow.", "Hillary Clinton"),
        ("On Tuesday Ann Hale said no.", "Ann Hale"),
        ("But Hale also said so.", "Hale"),
        ("After Hale said no, Strand left.", "Hale"),
        ("Renn said he told Quist.", "Renn"),
        ('"Nobody came," Renn told Quist.', "Renn"),
    ],
)
def test_the_speaker_is_named(sentence: str, name: str) -> None:
    assert name in (speaker(sentence) or "")


@pytest.mark.parametrize(
    "sentence",
    [
        "An article of 4 May said that the sum was missing.",
        "",
        "The storm flooded the quay.",
        "He said it was late.",
        "“No captain has ever been punished,” she told the inquiry.",
        "The captain said he had reported it.",
        "In Port Merrin, officials said it was over.",
        "Hale was told to leave.",
        "Renn was asked by the judge whether he would sail.",
        "Port Merrin has been called the Venice of the north.",
        "Nobody said a word.",
    ],
)
def test_nobody_is_named_where_nobody_is(sentence: str) -> None:
    assert speaker(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("A spokesman for Hale said it was late.", "Hale"),
        ("The brother of Ann Hale said it was late.", "Hale"),
        ("Ann Hale's lawyer said it was late.", "Hale"),
        ("The judge, Ruth Abelard, asked Renn whether he would sail again.", "Renn"),
        ("The mayor of Carrow, Ann Hale, said no.", "Carrow"),
    ],
)
def test_words_are_never_put_into_another_mouth(sentence: str, other: str) -> None:
    assert other not in (speaker(sentence) or "").split()[-1:]


@given(
    st.text() | st.lists(st.sampled_from(['"', ", ", "said ", "Hale ", "of the ", "(", "according to "])).map("".join)
)
def test_a_speaker_stands_in_the_sentence(sentence: str) -> None:
    name = speaker(sentence)
    assert name is None or name.split()[0] in sentence


def test_a_run_of_capitals_is_read_at_once() -> None:
    start = time.perf_counter()
    assert speaker("A" * 5000 + " " + "Aa " * 500) is None
    assert time.perf_counter() - start < 2
