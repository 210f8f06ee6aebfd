"""Files into articles: what each paragraph is, stable ids, outlet, authors, date."""

from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import build_article, outlet_from_folder
from index.formats.markdown import read_markdown
from index.formats.text import read_text
from index.values import Article
from tests.conftest import SHARED, STORM, extracted


def article(text: str, path: str = "/a/storm.txt", outlet: str = "") -> Article:
    return build_article(path, extracted(read_text, text.encode()), outlet=outlet)


def kinds(a: Article) -> list[str]:
    return [p.kind for p in a.paragraphs]


def test_headline_byline_date_and_body_are_told_apart() -> None:
    a = article(STORM)
    assert kinds(a) == ["headline", "credit", "dateline", "body", "body", "body"]
    assert (a.title, a.authors, a.published, a.published_from) == (
        "Storm floods quay",
        ("Jane Roe",),
        date(2026, 3, 3),
        "date line",
    )


def test_subheads_and_credit_line_in_an_article_without_blank_lines() -> None:
    a = article(
        "The council met late into the night and in the end it voted for the terminal by five to four.\n"
        "The deciding vote\n"
        'Vance said she "did not sleep" before it.\n'
        "With files from Northern Wire"
    )
    assert kinds(a) == ["body", "subhead", "body", "credit"]
    assert a.title == "" and a.headline == "The council met late into the night and in…"


def test_short_lines_with_figures_are_never_taken_for_subheads() -> None:
    a = article(
        "ACME CORP 1ST QTR NET\n\nShr 64 cts vs 1.16 dlrs\n\nNet 127,000 vs 168,100\n\nRevs 16.0 mln vs 9,304,466"
    )
    assert kinds(a) == ["body"] * 4 or kinds(a) == ["headline", "body", "body", "body"]


def test_a_line_of_names_under_the_headline_is_a_credit() -> None:
    a = article(
        "Nine dead in ferry disaster\nMegan Ilves, Bay Coast Radio\nNine people died, police said.\nMore later, they said."
    )
    assert kinds(a)[:2] == ["headline", "credit"]
    assert (a.source, a.authors) == ("Bay Coast Radio", ("Megan Ilves",))


def test_the_outlets_folder_goes_before_a_wire_byline() -> None:
    text = "Toll lowered\nNorthern Wire\nThe toll was lowered on Friday.\nIt is ten now."
    assert article(text, outlet="Merrin Courier").source == "Merrin Courier"
    assert article(text, outlet="Ferry Clippings").source == "Northern Wire"


def test_an_outlet_is_named_as_its_byline_prints_it_where_the_folder_shortens_the_name() -> None:
    text = "Toll lowered\n\nEllen Valley Courier, 3 March 2026\n\nThe toll was lowered on Friday.\n\nIt is ten now."
    assert article(text, outlet="Ellen Courier").source == "Ellen Valley Courier"
    assert article(text, outlet="Courier Ellen").source == "Courier Ellen"
    assert article(text, outlet="Hill Courier").source == "Hill Courier"


def test_a_folder_names_its_outlet() -> None:
    assert outlet_from_folder(PurePath("/x/harbour-gazette")) == "Harbour Gazette"
    assert outlet_from_folder(PurePath("/x/NYT")) == "NYT"


def test_an_article_without_a_date_has_none() -> None:
    a = article("A bell for the museum\n\nThe museum has a bell.\n\nIt rang on Tuesday.")
    assert a.published is None and a.published_from == ""


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=80), max_size=10).map("\n".join))
def test_paragraphs_are_slices_of_the_text(text: str) -> None:
    for a in (article(text), build_article("/a/x.md", extracted(read_markdown, text.encode()))):
        assert all(a.text[p.start : p.end] == p.text != "" for p in a.paragraphs)
        assert [p.number for p in a.paragraphs] == list(range(1, len(a.paragraphs) + 1))
        assert len({p.id for p in a.paragraphs}) == len(a.paragraphs)


def test_an_endless_line_becomes_paragraphs_of_bearable_length() -> None:
    a = article(
        "A headline stands here\n\n" + "The crane fell again on Monday. " * 3000 + "\n\nThe end came, they said."
    )
    assert all(len(p.text) <= 6000 and p.text.startswith("The") for p in a.paragraphs[1:]) and len(a.paragraphs) > 15
    assert all(a.text[p.start : p.end] == p.text for p in a.paragraphs)
    assert sum(p.text.count("crane") for p in a.paragraphs) == 3000


def test_ids_survive_what_happens_to_other_paragraphs() -> None:
    before = {p.text: p.id for p in article(STORM).paragraphs}
    after = {
        p.text: p.id
        for p in article("A new first line about it.\n\n" + STORM.replace("2 million", "3 million")).paragraphs
    }
    same = before.keys() & after.keys()
    assert len(same) == len(before) - 1
    assert all(before[text] == after[text] for text in same)


def test_a_repeated_paragraph_has_its_own_id_and_the_first_keeps_its() -> None:
    once = article("Title here\n\nIt rained.\n\nIt stopped.")
    twice = article("Title here\n\nIt rained.\n\nIt stopped.\n\nIt rained.")
    assert twice.paragraphs[1].id == once.paragraphs[1].id != twice.paragraphs[3].id


@pytest.mark.skipif(not (SHARED / "articles").is_dir(), reason="the two real articles are not beside this checkout")
def test_two_real_articles() -> None:
    dated, undated = (
        build_article(str(path), extracted(read_text, path.read_bytes()))
        for path in sorted((SHARED / "articles").iterdir())
    )
    assert kinds(dated)[:3] == ["dateline", "headline", "body"] and dated.published == date(2012, 6, 12)
    assert [p.text for p in undated.paragraphs if p.kind == "subhead"] == [
        "Canada reduces staff",
        "Tense diplomacy",
    ]
    assert kinds(undated)[-1] == "credit" and undated.published is None
