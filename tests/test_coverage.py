"""How the outlets cover a story, and who reported it first."""

from collections.abc import Iterator

import pytest

from index import Library
from rag import Answerer
from rag.coverage import CoverageAsked, coverage_asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who first reported the fire at the mill?", CoverageAsked("the fire at the mill", first=True)),
        ("Which paper was the first to report that the mill burned?", CoverageAsked("the mill burned", first=True)),
        ("Who broke the news of the sale first?", CoverageAsked("the sale", first=True)),
        ("What do the papers say about the mill?", CoverageAsked("the mill")),
        ("How has the press covered the sale of the mill?", CoverageAsked("the sale of the mill")),
        ("How was the strike reported in the local press?", CoverageAsked("the strike")),
        ("Who was the first to leave the mill?", None),
        ("Who reported the theft to the police?", None),
        ("What did the mayor say about the papers?", None),
        ("How many papers are sold at the mill?", None),
    ],
)
def test_a_question_for_coverage_is_known_with_its_story(question: str, asked: CoverageAsked | None) -> None:
    assert coverage_asked(question) == asked


ARTICLES = {
    "wire.txt": "Fire destroys the Varnley cotton mill\n\nCoast Wire, 4 May 2026\n\nA fire destroyed the cotton mill at Varnley before dawn"
    " on Monday, and two night watchmen were taken to hospital, the fire brigade said.\n\nThe mill, which employed 120 weavers, had"
    " been for sale since March.",
    "post.txt": "Varnley mill fire: owner says wiring was old\n\nThe Varnley Post, 6 May 2026\n\nThe owner of the cotton mill at Varnley that"
    " was destroyed by fire, Ines Tolland, said on Tuesday that its wiring was older than she was.\n\nThe fire brigade found no sign of"
    " arson among the looms. The 120 weavers were told to stay at home.",
    "column.txt": "Opinion: Varnley, cotton and us\n\nThe Varnley Post, 3 May 2026\n\nI have smelled the fire at the Varnley cotton mill coming"
    " for years, and I said so to Ines Tolland.\n\nI told her weavers that I would not work in it for gold.",
    "bakery.txt": "A bakery opens in Orrin\n\nCoast Wire, 2 May 2026\n\nA bakery opened in Orrin on Saturday with a queue of ninety people,"
    " who had come for the plum cake of Hugo Lamm.",
}


@pytest.fixture(scope="module")
def varnley(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("varnley")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "library") as library:
        library.sync([folder / name for name in ARTICLES])
        yield library


def test_who_reported_first_is_the_earliest_report_of_the_story(varnley: Library) -> None:
    said = Answerer(varnley, llm=False).answer("Who first reported the fire at the Varnley cotton mill?")
    assert [c.article.source for claim in said.claims for c in claim.citations] == ["Coast Wire"]
    assert said.lead == "The earliest report found is of 4 May 2026: Coast Wire [1]."


def test_each_outlet_tells_the_story_once_and_no_column_is_a_report(varnley: Library) -> None:
    said = Answerer(varnley, llm=False).answer("What do the papers say about the fire at the Varnley cotton mill?")
    cited = [c.article for claim in said.claims for c in claim.citations]
    assert sorted(a.source.removeprefix("The ") for a in cited) == ["Coast Wire", "Varnley Post"]
    assert not any(a.type == "opinion" for a in cited)


def test_of_what_no_article_tells_nobody_was_first(varnley: Library) -> None:
    assert not Answerer(varnley, llm=False).answer("Who first reported the flood at Quellmouth?").claims
