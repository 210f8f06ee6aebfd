"""Publication dates: found in any style, settled only by evidence, never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import date_in_name, date_in_url, is_dateline, parse_date

TENTH = date(2026, 3, 10)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday, March 10, 2026",
        "10 March 2026",
        "2026-03-10",
        "Published 10 Mar 2026 at 18:30",
        "Mar. 10, 2026",
        "March 10th, 2026 — 11:40 p.m.",
        "Updated: 2026/03/10 09:00 UTC",
    ],
)
def test_date_lines_of_many_styles(line: str) -> None:
    dated = parse_date(line)
    assert dated and dated.day == TENTH
    assert is_dateline(line)


def test_an_ambiguous_date_stays_unknown_and_says_why() -> None:
    dated = parse_date("03/09/2026 09:15")
    assert dated and dated.day is None
    assert "9 March 2026 or 3 September 2026" in dated.origin


def test_summer_time_settles_it() -> None:
    dated = parse_date("06/12/2012 04:02 EDT | Updated 08/12/2012 05:12 EDT")
    assert dated and dated.day == date(2012, 6, 12) and "time zone" in dated.origin


def test_a_weekday_in_the_text_settles_it() -> None:
    dated = parse_date("06/12/2012", body="Clinton warned Tuesday that …")
    assert dated and dated.day == date(2012, 6, 12) and "weekday" in dated.origin


def test_a_day_beyond_twelve_needs_no_settling() -> None:
    dated = parse_date("25.12.2025")
    assert dated and dated.day == date(2025, 12, 25)


@pytest.mark.parametrize(
    "line",
    ["The vote is on March 10, 2026, the council said on Tuesday evening.", "No date", "99/99/2020 hrs"],
)
def test_sentences_are_no_date_lines(line: str) -> None:
    assert not is_dateline(line) or parse_date(line) is None


def test_dates_in_names_and_addresses() -> None:
    assert date_in_name("2026-03-10-storm.txt") == date_in_name("storm_20260310.md") == TENTH
    assert date_in_url("https://example.org/news/2026/03/10/storm") == TENTH
    assert date_in_name("000_1b9c57e486879605.txt") is None


@given(st.text() | st.from_regex(r"\d{1,4}[-/.]\d{1,4}[-/.]\d{1,4}"))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    dated = parse_date(text)
    assert dated is None or dated.day is None or dated.day.year >= 1900
    date_in_name(text)
    date_in_url(text)


@given(
    st.dates(date(1950, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %b %Y"]),
)
def test_a_written_date_is_read_back(day: date, style: str) -> None:
    dated = parse_date(day.strftime(style))
    assert dated and dated.day == day
