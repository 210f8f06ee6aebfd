"""Figures, days, names and quotes agree to the letter, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reader.exact import figures, missing


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5,400 people", {5400}),
        ("5.4 thousand people", {5400}),
        ("2.5 million euros", {2_500_000}),
        ("$3bn and £2m", {3e9, 2e6}),
        ("Nine of twenty-one", {9, 21}),
        ("three hundred", {300}),
        ("on the 3rd of May 1987", {3, 1987}),
        ("the 1990s", {1990}),
        ("no figure at all", set()),
        ("between 20 and 30", {20, 30}),
        ("B-52 and 4x4", {52, 4}),
    ],
)
def test_a_figure_has_one_value_however_it_is_written(text: str, values: set[float]) -> None:
    assert figures(text) == values


@given(st.integers(0, 10**9))
def test_commas_change_no_figure(value: int) -> None:
    assert figures(f"{value:,} people") == figures(f"{value} people") == {value}


SOURCE = (
    'On Monday, March 3, the mayor, Ann Hale, said the seawall "held for an hour" before 40 people left the lower quay.'
)


@pytest.mark.parametrize(
    "claim",
    [
        "Forty people left the quay.",
        "On March 3 Hale spoke.",
        "The seawall “held for an hour”, Ann Hale said.",
        "One mayor spoke of the seawall.",
        "The quay was left.",
    ],
)
def test_nothing_is_missing_from_a_true_claim(claim: str) -> None:
    assert missing(claim, SOURCE) == ()


@pytest.mark.parametrize(
    ("claim", "lacks"),
    [
        ("400 people left the quay.", "400"),
        ("On Tuesday people left the quay.", "tuesday"),
        ("People left the quay in April.", "april"),
        ('The seawall "held for a day".', "held for a day"),
        ("The mayor, Tom Reed, spoke.", "Tom Reed"),
    ],
)
def test_a_planted_error_is_named(claim: str, lacks: str) -> None:
    assert lacks in missing(claim, SOURCE)


@given(st.text(max_size=200))
def test_every_text_holds_its_own_figures(text: str) -> None:
    assert figures(text) <= figures(text + " ")
