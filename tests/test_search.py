"""A search finds the same in either store, within the filters, and asks the store a few times only."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.invented import questions, write_articles
from index import Filters, Library, PilcrowError
from index.search import query_words
from index.store import rarest
from index.store import sqlite as sqlite_store
from index.store.postgres import PostgresConnection
from index.store.sqlite import SqliteFile
from tests.conftest import HashEncoder

MOST = 18
"""Statements that a search may send, BEGIN and COMMIT too, however much it finds."""


def test_filters_are_exact(either_sample: Library) -> None:
    everything = either_sample.articles()
    undated = [a for a in everything if a.published is None]
    late = either_sample.articles(Filters(since=date(2026, 4, 1)))
    assert late and all(a.published and a.published >= date(2026, 4, 1) for a in late)
    as_of = either_sample.articles(Filters(as_of=date(2026, 3, 12)))
    assert {a.id for a in undated} < {a.id for a in as_of}
    assert all(a.published is None or a.published <= date(2026, 3, 12) for a in as_of)
    found = either_sample.search(
        "How many people died?", 20, Filters(until=date(2026, 3, 12), sources=("northern wire",))
    )
    assert {p.article.source for p in found} == {"Northern Wire"}
    assert {p.article.published for p in found} == {date(2026, 3, 5), date(2026, 3, 11)}


def test_one_outlet_however_it_is_spelled(either_sample: Library) -> None:
    short, long = (either_sample.articles(Filters(sources=(s,))) for s in ("merrin courier", "The Merrin Courier"))
    assert short == long and len(short) == 15
    with pytest.raises(PilcrowError, match="outlets are: Bay Coast Radio"):
        either_sample.search("x", 1, Filters(sources=("The Moon Post",)))


def test_filtered_search_finds_what_the_whole_search_finds(either_sample: Library) -> None:
    question = "Why did the ferry's radar fail?"
    whole = either_sample.search(question, 10)
    ids = tuple({a.id for a in either_sample.articles()})
    assert [p.paragraph.id for p in either_sample.search(question, 10, Filters(articles=ids))] == [
        p.paragraph.id for p in whole
    ]


def test_headlines_are_context_and_never_found(either_sample: Library) -> None:
    for article in either_sample.articles():
        assert all(p.paragraph.kind not in ("headline", "subhead") for p in either_sample.search(article.headline, 5))


@contextmanager
def counted(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that reaches the store of the library meanwhile, those that begin and end transactions too."""
    sent: list[str] = []
    database = library._database
    if isinstance(database, SqliteFile):
        here: sqlite3.Connection = database._here
        here.set_trace_callback(sent.append)
        yield sent
        sent[:] = [one for one in sent if not one.startswith("--")]  # the full text's own, which are no round trips
        here.set_trace_callback(None)
    else:
        import psycopg

        assert isinstance(database, PostgresConnection)
        with monkeypatch.context() as patch:
            for kind in (psycopg.Cursor, psycopg.ServerCursor):
                patch.setattr(kind, "execute", _noted(kind.execute, sent))
            yield sent


def _noted(execute: Callable[..., Any], sent: list[str]) -> Callable[..., Any]:
    def noted(cursor: Any, query: Any, *values: Any, **how: Any) -> Any:
        sent.append(str(query))
        return execute(cursor, query, *values, **how)

    return noted


def test_a_search_sends_few_statements_however_many_passages_it_finds(
    database: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fourth article is printed by two papers, and every one has a line of outlet and day."""
    for number in range(80):
        text = f"Bridge {number} closes\n\nMERRIN, March {number % 28 + 1}, 2026 (Northern Wire)\n\n"
        text += f"Bridge number {number} was closed after engineers had found {number + 3} cracks in its pillars.\n\n"
        text += f"It carries {1000 + number} cars a day between the quay and the upper town, the county said.\n"
        for paper in ("Post", "Courier") if number % 4 == 0 else ("Post",):
            (folder / paper).mkdir(exist_ok=True)
            (folder / paper / f"{number}.txt").write_text(text)
    with Library.open(tmp_path / "many", database=database, chroma="", encoder=HashEncoder()) as library:
        assert library.sync([folder]).added == 100
        library.search("Which bridge was closed?")  # opens what is opened once
        for filters in (Filters(), Filters(since=date(2026, 3, 5))):
            for k in (1, 10, 60):
                with counted(library, monkeypatch) as sent:
                    found = library.search("Which bridge was closed after cracks were found?", k, filters)
                assert len(found) == k and 0 < len(sent) <= MOST, sent
        assert any(passage.also for passage in found)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five hundred paragraphs of invented articles, with words that stand in nearly all of them."""
    folder = tmp_path_factory.mktemp("invented")
    write_articles(folder / "articles", 500)
    with Library.open(folder / "library", encoder=HashEncoder()) as library:
        library.sync([folder / "articles"])
        yield library


@pytest.mark.parametrize("first", [0, 1, 4])
@pytest.mark.parametrize("filters", [Filters(), Filters(since=date(2020, 1, 1))], ids=["all", "some"])
def test_what_is_looked_up_by_its_rarest_words_is_what_all_its_words_find(
    invented: Library, first: int, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large library leaves most paragraphs with common words aside; the best are the same, in the same order."""
    asked = [query_words(question) for question in questions(40)]
    asked += [("said",), ("zzyzx",), ("zzyzx", "said"), ("told", "told", "paid"), ("20 May", "report", "said")]
    database = invented._database
    for words in asked:
        for k in (1, 10, 60):
            monkeypatch.setattr(sqlite_store, "_MANY", 20_000)
            plain = database.full_text(words, k, filters)
            monkeypatch.setattr(sqlite_store, "_MANY", 0)
            monkeypatch.setattr(rarest, "_FIRST", first)
            assert database.full_text(words, k, filters) == plain, (words, k)


def test_words_are_counted_anew_when_articles_change(
    tmp_path: Path, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "_MANY", 0)
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        library.sync([two_articles])
        assert library._database.full_text(("pillar", "quay"), 5, Filters())
        assert not library._database.full_text(("lighthouse",), 5, Filters())
        (two_articles / "lighthouse.txt").write_text("A light\n\nThe lighthouse keeper saw the quay burn.\n")
        library.sync([two_articles])
        assert len(library._database.full_text(("lighthouse", "pillar"), 5, Filters())) == 2


def test_of_paragraphs_that_fit_alike_the_first_by_path_are_found(tmp_path: Path) -> None:
    """Also where there are many more of them than are looked for."""
    (tmp_path / "articles").mkdir()
    numbers = random.Random(3).sample(range(100, 200), 60)
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        for some in (numbers[:30], numbers[30:]):
            for number in some:
                text = f"Notice\n\nWord{number} stood on a board at the quay.\n"
                (tmp_path / "articles" / f"{number}.txt").write_text(text)
            library.sync([tmp_path / "articles"])
        paths = {p.id: Path(a.path).name for a in library.articles() for p in library.article(a.id).paragraphs}
        for k in (1, 3, 14, 60, 80):
            found = [paths[i] for i in library._database.full_text(("quay",), k, Filters())]
            assert found == sorted(set(paths.values()))[:k]
