"""Who wrote an article and for whom: bylines of every spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bylines import byline, looks_like_outlet, opens_a_byline, people, without_by

PEOPLE = ["Łukasz Quist", "Åsa Öberg", "Özil Çelik", "Ann O’Rourke", "Éva Szabó-Nagy", "J. K. Poe", "Jan van der Berg", "Šárka d’Elia"]  # fmt: skip


@given(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True), st.sampled_from(["By ", "by ", "BY ", "By: ", "Words by "]))  # fmt: skip
def test_every_name_of_a_byline_is_found_whatever_letter_it_begins_with(names: list[str], opening: str) -> None:
    line = opening + (", ".join(names[:-1]) + " and " if len(names) > 1 else "") + names[-1]
    assert byline([line, "10 March 2026", "Lead", "Kicker"]).authors == tuple(names)
    assert people([line]) == tuple(names)


@pytest.mark.parametrize(
    "behind",
    [
        " Saturday, 14 August 2021",
        " Jun. 19, 2022 at 9:20 a.m.",
        ", 27 October 2022",
        " | 14/3/98",
        " on Monday",
        " – 2021-08-14 10:15 BST",
        " Published 3 May 2020, updated 4 May 2020",
    ],
)
def test_a_date_behind_a_name_is_no_part_of_it(behind: str) -> None:
    assert byline([f"By Åsa Quist and Nora Marsh{behind}"]).authors == ("Åsa Quist", "Nora Marsh")


@pytest.mark.parametrize("line", ["By the sea it was quiet", "by many accounts", "Bystanders ran", "Byron Marsh spoke", "By 2030 all will be well"])  # fmt: skip
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    assert not opens_a_byline(line) and without_by(line) == line


def test_authors_that_are_no_list_of_people_stay_as_they_are_stated() -> None:
    assert people(["Poe, Ann", "Reuters and agencies", "By Ann Poe, Bo Lee"]) == ("Poe, Ann", "Reuters and agencies", "Ann Poe", "Bo Lee")  # fmt: skip


def test_a_part_of_the_paper_over_the_page_is_no_outlet() -> None:
    lines = ["Local news", "Sports News", "Merrin Courier", "By Ann Poe"]
    assert byline(lines).outlet == "Merrin Courier"
    assert looks_like_outlet("Sky News") and not looks_like_outlet("World News")
