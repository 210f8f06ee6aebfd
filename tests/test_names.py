"""Names in articles: surnames, countries and their people, and words that only look like them."""

from __future__ import annotations

import pytest

from index import Article, Paragraph, Passage
from rag.names import all_or_any, mentions, mentions_near


def article(text: str, **fields: object) -> Article:
    return Article(id="a", path="a.txt", **{"title": "", **fields}, text=text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Syrian army left.", "Syria"),
        ("Canadian and Iraqi officials met.", "Canada"),
        ("Canadian and Iraqi officials met.", "Iraq"),
        ("Iranian officials met.", "Iran"),
        ("French troops left.", "France"),
        ("Dutch troops left.", "Netherlands"),
        ("Moscow refused.", "Russia"),
        ("U.S. troops left.", "United States"),
        ("The US refused.", "America"),
        ("The UK left.", "Britain"),
        ("The EU paid.", "European Union"),
        ("Renn sailed at six.", "Tobias Renn"),
        ("Clinton warned of it.", "Hillary Clinton"),
        ("Hale’s boat sank.", "Ann Hale"),
        ("HALE WINS", "Ann Hale"),
        ("It is at Port Merrin's quay.", "Port Merrin"),
    ],
)
def test_a_name_is_found_under_its_other_forms(text: str, name: str) -> None:
    assert mentions(article(text), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Give it to us now.", "US"),
        ("Give it to us now.", "United States"),
        ("A camera crew came.", "Cameron"),
        ("The news was untold.", "UN"),
        ("A whale was seen.", "Hale"),
        ("He inhaled smoke.", "Ann Hale"),
        ("They walked through the marshes.", "Marsh"),
        ("The Harbor Alliance sued.", "Harbor Authority"),
        ("United they stand.", "United Nations"),
        ("Anna came.", "Ann"),
        ("", "Hale"),
    ],
)
def test_a_word_that_looks_alike_is_no_mention(text: str, name: str) -> None:
    assert not mentions(article(text), name)


def test_headline_outlet_and_authors_count() -> None:
    story = article("It rained.", title="Hale resigns", source="Northern Wire", authors=("I. M. Castellan",))
    assert all(mentions(story, name) for name in ("Ann Hale", "Northern Wire", "Castellan"))


def test_joined_names_need_one_and_others_all() -> None:
    story = article("Canada's embassy closed.")
    both = ("Canada", "France")
    assert all_or_any(story, both, joined=True) and not all_or_any(story, both, joined=False)
    assert not all_or_any(article("It rained."), both, joined=True)


def test_near_is_the_paragraph_the_one_above_and_the_headline() -> None:
    texts = ("Ann Hale came.", "It rained.", "The boat sank.")
    paragraphs = tuple(Paragraph(f"a-{n}", "a", n, "body", 0, len(t), t) for n, t in enumerate(texts, 1))
    story = article("\n\n".join(texts), title="Fog at Carrow", paragraphs=paragraphs)
    near = [mentions_near(Passage(p, story, 1, score=1.0, similarity=0.5), "Hale") for p in paragraphs]
    assert near == [True, True, False]
    assert mentions_near(Passage(paragraphs[2], story, 1, score=1.0, similarity=0.5), "Carrow")


@pytest.mark.parametrize("joined", [True, False])
def test_without_names_every_article_will_do(joined: bool) -> None:
    assert all_or_any(article("It rained."), (), joined=joined)


@pytest.mark.parametrize("name", ["(", "a+b", "St.", "[x", "’", ".", "C++"])
def test_odd_names_are_looked_for_as_they_are(name: str) -> None:
    assert not mentions(article("It rained all day."), name)
