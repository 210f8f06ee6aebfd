"""An opinion piece is known by what it says of itself, and a report about opinions is none."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample
from index.opinion import is_opinion
from index.reading import articles_in
from index.values import Article, Paragraph, Passage
from rag.opinion import news_first, view_asked
from rag.values import Evidence

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


COLUMN = [
    "I walked to the wharf on Sunday with my dog, who has seen four councils come and go.",
    "The wall was to cost two million, and the council has now spent three on drawings of it.",
    "My proposal is that the clerk should live behind it for one winter, and that I bring the soup.",
    "Until then I shall keep my boots by the door, as my mother did before the last wall was built.",
]


def test_whoever_speaks_of_herself_in_half_of_the_paragraphs_writes_a_column() -> None:
    assert is_opinion("From the wharf", "", COLUMN)


def test_a_reporter_who_tells_how_it_was_found_out_writes_a_report() -> None:
    quoting = ['"I saw the wall go, and I ran for my life," the clerk told me on Monday morning.'] * 4
    assert not is_opinion("The wall falls", "", quoting)
    assert not is_opinion("Questions for the clerk", "", [f"MOSS: {text}" for text in COLUMN])


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("What should the wall cost, as a columnist sees it?", "What should the wall cost?"),
        ("In one writer's view, where should it stand?", ""),
        ("How long will it last, if the columnist is right?", "How long will it last?"),
        ("Which columnist wrote of the wall?", ""),
    ],
)
def test_whose_view_is_asked_for_is_no_word_of_the_matter(question: str, alone: str) -> None:
    assert view_asked(question) == alone


def _read(kind: str, relevance: float, answers: float) -> Evidence:
    text = f"The wall cost three million, by {kind}."
    paragraph = Paragraph(kind, kind, 1, "body", 0, len(text), text)
    article = Article(kind, kind, "Wall", "Tarn Post", type=kind, text=text, paragraphs=(paragraph,))
    return Evidence(Passage(paragraph, article, 1, 0.5, 0.5), relevance, answers, (0, len(text)))


def test_a_report_that_answers_is_said_before_a_column() -> None:
    column, sure, unsure = _read("opinion", 0.9, 0.8), _read("report", 0.5, 0.7), _read("live", 0.4, 0.3)
    assert news_first([column], [column, sure], 0.65) == (sure, column)
    assert news_first([column], [column, unsure], 0.65) == (column,)
    assert news_first([sure], [column, sure], 0.65) == (sure,)


def test_of_the_samples_articles_the_column_alone_is_opinion() -> None:
    files = [p for p in Path(sample.ARTICLES).rglob("*") if p.suffix in (".txt", ".md")]
    read = [a for p in files for a in articles_in(p) if isinstance(a, Article)]
    assert [Path(a.path).name for a in read if a.type == "opinion"] == ["opinion-dole.md"]
