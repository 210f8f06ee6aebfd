"""Growing libraries are measured on invented articles: always the same ones, varied, and none a copy of another."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.hashed_words import HashedWords
from eval.invented import PARAGRAPHS, article, questions, write_articles
from eval.scale import STORES, heading, measured, row
from index import Library
from tests import servers


def test_the_same_number_gives_the_same_article() -> None:
    assert [article(number) for number in range(20)] == [article(number) for number in range(20)]
    assert article(1) != article(2) and list(questions(5)) == list(questions(9))[:5]


def test_articles_are_varied_as_news_is() -> None:
    """Some words stand nearly everywhere and most in few articles; figures, names and dates are others each time."""
    articles = [article(number) for number in range(300)]
    held = Counter(word for text in articles for word in set(re.findall(r"[a-z]+", text.lower())))
    assert max(held.values()) > 290 and sum(count <= 3 for count in held.values()) > len(held) / 2
    paragraphs = [p for text in articles for p in text.split("\n\n")[2:]]
    assert len(set(paragraphs)) == len(paragraphs) == 300 * PARAGRAPHS
    assert len({text.split("\n\n")[0] for text in articles}) > 290


def test_none_is_taken_for_a_copy_and_a_question_finds_its_article(tmp_path: Path) -> None:
    assert write_articles(tmp_path / "articles", 600) == 60
    with Library.open(tmp_path / "library", encoder=HashedWords()) as library:
        report = library.sync([tmp_path / "articles"])
        assert report.ok and report.added == 60
        articles = library.articles()
        assert not any(found.story for found in articles)
        assert all(found.published and found.source for found in articles), "dates and outlets are read"
        for number, question in enumerate(questions(8)):
            first = library.search(question, 5)
            assert any(Path(p.article.path).stem == str(number) for p in first), question


@pytest.mark.parametrize("store", [STORES[0], pytest.param(STORES[1], marks=servers.MARKS)])
def test_a_size_is_measured_in_either_store(store: str) -> None:
    scale = measured(200, store, 5)
    assert (scale.store, scale.paragraphs, scale.articles, scale.searches) == (store, 200, 20, 5)
    assert 0 < scale.search_p50_ms <= scale.search_p95_ms and 0 < scale.sync_mb <= scale.peak_mb
    assert scale.sync_per_second > 0 and (scale.chroma_mb > 0) == (store == "servers")
    assert scale.truth_bytes_per_paragraph > 500 and scale.vector_bytes_per_paragraph > 4 * 384
    assert row(scale).count("|") == heading().splitlines()[0].count("|") == heading().splitlines()[1].count("|")
