"""Growing libraries are measured on invented articles: always the same ones, varied, and none a copy of another."""

from __future__ import annotations

import calendar
import gzip
import json
import re
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from eval.hashed_words import HashedWords
from eval.invented import PARAGRAPHS, article, questions, write_articles
from eval.repeated import asked, repeated, reports, write_repeated
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
    scale = measured(200, store, 5, 2)
    assert (scale.store, scale.paragraphs, scale.articles, scale.searches, scale.answers) == (
        store,
        200,
        20,
        5,
        2,
    )
    assert (
        0 < scale.search_p50_ms <= scale.search_p95_ms
        and 0 < scale.answer_p50_ms <= scale.answer_p95_ms
        and 0 < scale.sync_mb <= scale.peak_mb
    )
    assert scale.sync_per_second > 0 and (scale.chroma_mb > 0) == (store == "servers")
    assert scale.truth_bytes_per_paragraph > 500 and scale.vector_bytes_per_paragraph > 4 * 384
    assert row(scale).count("|") == heading().splitlines()[0].count("|") == heading().splitlines()[1].count("|")


WIRE = (
    ("1", "HOLM COPPER CUTS 120 JOBS AT BRENNA", "26-FEB-1987 15:01:01.79", "Holm Copper said it cut 120 jobs at Brenna in March."),
    ("2", "Grain board meets", "27-FEB-1987 09:00:00.00", "The board met for 3 hours and agreed on 4.25 mln tonnes, Holm said."),
)  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [{"id": n, "title": title, "date": day, "paragraphs": [text]} for n, title, day, text in WIRE]
    with gzip.open(tmp_path / "wire.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    return tmp_path / "wire.jsonl.gz"


def test_a_corpus_is_repeated_with_other_figures_names_and_days(corpus: Path) -> None:
    """A name is the same throughout a repetition, and figures are as long as they were; common words stay."""
    once = reports(corpus)
    told = list(islice(repeated(once), 6))
    assert told[:2] == once and len({one.text for one in told}) == 6
    for first, second in ((told[0], told[2]), (told[0], told[4])):
        assert (second.day - first.day).days % 400 == 0 and second.day > first.day
        words = second.paragraphs[0].split()
        assert "Holm" not in second.text and re.fullmatch(r"[1-9]\d\d", words[5]) and "jobs" in words
        assert words[0].upper() == second.title.split()[0], "in capitals too"
        assert words[-1].strip(".") in calendar.month_name
    assert told[3].paragraphs[0].split()[-2] == told[2].paragraphs[0].split()[0], "the same name in the next article"
    assert re.search(r"on [1-9]\.[1-9]\d mln tonnes", told[3].paragraphs[0])


def test_as_much_of_a_corpus_as_is_wanted_is_written(corpus: Path, tmp_path: Path) -> None:
    assert write_repeated(corpus, tmp_path / "articles", 7) == (7, 7)
    texts = [path.read_text("utf-8") for path in sorted((tmp_path / "articles").rglob("*.txt"))]
    assert len(set(texts)) == 7
    assert len(set(asked(corpus, 2))) == 2
