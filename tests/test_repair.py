"""Repair: whatever is planted in a sound library is listed, mended where the truth knows better, and else named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Library
from tests.conftest import HashEncoder


@pytest.fixture
def kept(tmp_path: Path, two_articles: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as opened:
        opened.sync(two_articles)
        yield opened


DAMAGE = {
    "orphaned paragraph": "INSERT INTO paragraphs (id, article_id, number, kind, start, end, page, box, text_key) "
    "VALUES ('x-1', 'x', 1, 'body', 0, 5, 0, '', 'none')",
    "orphaned full text": "INSERT INTO full_text (rowid, text, title) VALUES (999, 'stray words', '')",
    "orphaned embedding": "INSERT INTO embeddings VALUES ('stray', 0, x'00')",
    "lost full text": "DELETE FROM full_text WHERE rowid = (SELECT max(row) FROM paragraphs WHERE kind = 'body')",
    "lost embeddings": "DELETE FROM embeddings",
}


def plant(library: Library, damage: str) -> None:
    with sqlite3.connect(library.folder / "library.db") as database:
        database.executescript(damage)


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_the_truth_can_tell_is_mended(kept: Library, two_articles: Path, damage: str) -> None:
    found = [passage.paragraph.id for passage in kept.search("Why did the old bridge close?", 6)]
    plant(kept, damage)
    if "stray'" not in damage:  # embeddings of no paragraph are dropped by every check
        assert kept.check().problems
    kept.check(repair=True)
    assert kept.check().problems == () and kept.check(repair=True).clean
    assert [passage.paragraph.id for passage in kept.search("Why did the old bridge close?", 6)] == found
    assert kept.sync(two_articles).unchanged == 2


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE paragraphs SET start = start + 3 WHERE row = 4",
        "UPDATE paragraphs SET end = start WHERE row = 4",
        "UPDATE articles SET text = 'x' || text WHERE path LIKE '%storm.txt'",
        "DELETE FROM paragraphs WHERE article_id = (SELECT id FROM articles WHERE path LIKE '%storm.txt')",
    ],
)
def test_an_article_whose_offsets_do_not_fit_is_named_and_read_again_at_the_next_sync(
    kept: Library, two_articles: Path, damage: str
) -> None:
    whole = [kept.article(article.id) for article in kept.articles()]
    plant(kept, damage)
    assert kept.check().problems, "it is found"
    report = kept.check(repair=True)
    assert report.problems and any("read again" in sentence for sentence in report.mended)
    assert kept.sync(two_articles).updated == 1
    assert kept.check().clean and [kept.article(article.id) for article in kept.articles()] == whole


def test_without_repair_nothing_but_the_vector_index_is_touched(kept: Library) -> None:
    plant(kept, DAMAGE["lost full text"])
    first = kept.check()
    assert first.problems == kept.check().problems and first.mended == ()


def test_a_file_that_sqlite_cannot_make_out_is_said_to_be_damaged(kept: Library, tmp_path: Path) -> None:
    kept.backup(tmp_path / "good.zip")
    plant(kept, "PRAGMA wal_checkpoint(TRUNCATE)")
    file = kept.folder / "library.db"
    kept.close()
    data = file.read_bytes()
    for page in (3, 10, len(data) // 4096 - 2):
        file.write_bytes(data[: page * 4096] + b"\xff" * 4096 + data[(page + 1) * 4096 :])
        with Library.open(kept.folder, encoder=HashEncoder()) as torn:
            report = torn.check(repair=True)
        assert report.problems and any("damage" in problem for problem in report.problems), page
