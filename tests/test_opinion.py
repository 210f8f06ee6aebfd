"""An opinion piece is known by what it says of itself, and a report about opinions is none."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample
from index.opinion import is_opinion
from index.reading import articles_in
from index.values import Article

LEAD = "The council met on Monday and put the vote on the wharf off until May, its clerk said."


@pytest.mark.parametrize(
    ("title", "section", "texts"),
    [
        ("Opinion: A wall is not a plan", "", [LEAD]),
        ("EDITORIAL | Enough talk", "", [LEAD]),
        ("A wall is not a plan", "News / Opinion", [LEAD]),
        ("A wall is not a plan", "", ["A wall is not a plan", "Opinion, by Ada Moss", LEAD]),
        ("A wall is not a plan", "", ["By Ada Moss, columnist", LEAD]),
        ("A wall is not a plan", "", [LEAD, LEAD, LEAD, LEAD, "Ada Moss is a columnist. The views are her own."]),
        ("A wall is not a plan", "", [LEAD, "The opinions expressed here are those of the author."]),
    ],
)
def test_it_says_so(title: str, section: str, texts: list[str]) -> None:
    assert is_opinion(title, section, texts)


@pytest.mark.parametrize(
    ("title", "section", "texts"),
    [
        ("Opinion polls: Moss leads", "Politics", [LEAD]),
        ("Comments on the plan close on Friday", "", [LEAD]),
        ("Columns of smoke over the port", "Local", [LEAD]),
        ("Judge's opinion opens the wharf", "", ["Opinion is divided in the town, where half of those asked want it."]),
        ("Editor of the Courier resigns", "", [LEAD, "The columnist Ada Moss said that she would go too."]),
    ],
)
def test_a_report_about_opinions_is_none(title: str, section: str, texts: list[str]) -> None:
    assert not is_opinion(title, section, texts)


def test_of_the_samples_articles_the_column_alone_is_opinion() -> None:
    files = [p for p in Path(sample.ARTICLES).rglob("*") if p.suffix in (".txt", ".md")]
    read = [a for p in files for a in articles_in(p) if isinstance(a, Article)]
    assert [Path(a.path).name for a in read if a.type == "opinion"] == ["opinion-dole.md"]
