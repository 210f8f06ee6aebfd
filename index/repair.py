"""Mends in the truth what can be told from the truth itself; what cannot is read again from its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.articles import text_key
from index.embedding import embed
from index.related import relate
from index.store.conditions import CITABLE, UNINDEXED
from index.store.database import Database
from index.store.embeddings import lacking, store
from index.store.laws import problems
from index.values import Article, Progress

if TYPE_CHECKING:
    from index.encoder import Encoder

_ORPHANS = (
    ("paragraphs of no article", "paragraphs", "articles o WHERE o.id = paragraphs.article_id"),
    ("rows of the full-text index without a paragraph", "full_text", "paragraphs o WHERE o.row = full_text.rowid"),
    ("embeddings of no paragraph", "embeddings", "paragraphs o WHERE o.text_key = embeddings.text_key"),
    ("earlier versions of no article", "versions", "articles o WHERE o.id = versions.article_id"),
)
_UNFOUND = (
    'SELECT p.row, p.text_key, substr(a.text, p.start + 1, p."end" - p.start), a.title FROM paragraphs p '
    f"JOIN articles a ON a.id = p.article_id WHERE {CITABLE} AND {UNINDEXED}"
)


def faults(database: Database) -> list[str]:
    """What is wrong in the truth, in sentences; empty when all is well."""
    unfit = [f"Offsets in {article.path} do not fit its text." for article in _unfit(database)]
    return [*problems(database), *unfit]


def repair(database: Database, encoder: Encoder, progress: Progress | None = None) -> list[str]:
    """Mends what it can and says what, in sentences; the caller holds the lock.

    What belongs to nothing is taken out; missing full-text rows and embeddings are made again from the articles'
    texts. The file of an article that is itself damaged is forgotten, so that the next sync reads it again.
    """
    done = []
    with database.transaction() as connection:
        for what, table, owner in _ORPHANS:
            count = connection.execute(f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {owner})").rowcount
            if count > 0:
                done.append(f"{count} {what} were taken out.")
        rows = [
            (row, text, title)
            for row, key, text, title in connection.execute(_UNFOUND).fetchall()
            if text_key(text) == key
        ]
        database.index_texts(connection, rows)
        if rows:
            done.append(f"{len(rows)} rows of the full-text index were made again.")
    texts = lacking(database)
    if texts:
        vectors = embed(encoder, texts, progress)
        with database.transaction() as connection:
            store(connection, vectors)
        done.append(f"{len(texts)} embeddings were made again.")
    damaged = {article.file for article in _unfit(database)} | {article.file for article in _without_text(database)}
    for file in sorted(damaged):
        database.forget_file(file)
        with database.transaction() as connection:
            # Else the article as it is read again would pass for the one that is there.
            connection.execute("UPDATE articles SET digest = '' WHERE file = ?", (file,))
    if damaged:
        done.append(f"{len(damaged)} files will be read again; to do so now, run pilcrow index on their folders.")
    if done:
        relate(database, progress)
        # Readers keep what they know of one generation.
        database.set(generation=str(database.generation + 1))
    return done


def _unfit(database: Database) -> Iterator[Article]:
    """Articles with a paragraph whose offsets no longer lead to the words it was stored with."""
    for article in database.articles():
        keys = database.rows("SELECT number, text_key FROM paragraphs WHERE article_id = ?", (article.id,)).fetchall()
        whole = database.article(article.id)
        if whole and {(p.number, text_key(p.text)) for p in whole.paragraphs} != set(keys):
            yield article


def _without_text(database: Database) -> Iterator[Article]:
    for article in database.articles():
        if not database.one("SELECT count(*) FROM paragraphs WHERE article_id = ?", article.id):
            yield article
