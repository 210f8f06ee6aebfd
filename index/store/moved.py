"""Articles whose files have moved to another folder, with all that hangs on them."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import blake2b

from index.store.database import Database, as_json, from_json
from index.values import Article


def move_articles(database: Database, was: str, becomes: str) -> int:
    """Gives the articles with files under the folder `was` the same place under `becomes`; returns how many they are.

    An article's id comes from its path, so it changes too, and with it the ids of its paragraphs.
    """
    if was == becomes:
        return 0
    under = was.rstrip(os.sep) + os.sep
    moved = [article for article in database.articles() if article.file.startswith(under)]
    with database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for old in moved:
            new = _moved(old, becomes + old.path[len(was) :], becomes + old.file[len(was) :])
            connection.execute(
                "UPDATE articles SET id = ?, path = ?, file = ?, digest = '' WHERE id = ?",
                (new.id, new.path, new.file, old.id),
            )
            connection.execute(
                "UPDATE corrections SET paragraph_id = ? || substr(paragraph_id, ?) WHERE paragraph_id IN "
                "(SELECT id FROM paragraphs WHERE article_id = ?)",
                (new.id, len(old.id) + 1, old.id),
            )
            connection.execute(
                "UPDATE paragraphs SET article_id = ?, id = ? || substr(id, ?) WHERE article_id = ?",
                (new.id, new.id, len(old.id) + 1, old.id),
            )
            connection.execute("UPDATE articles SET story = ? WHERE story = ?", (new.id, old.id))
            connection.execute("UPDATE corrections SET article_id = ? WHERE article_id = ?", (new.id, old.id))
            for version, kept in connection.execute(
                "SELECT version, article FROM versions WHERE article_id = ?", (old.id,)
            ).fetchall():
                connection.execute(
                    "UPDATE versions SET article_id = ?, article = ? WHERE article_id = ? AND version = ?",
                    (new.id, as_json(_moved(from_json(kept), new.path, new.file)), old.id, version),
                )
        connection.execute(
            "UPDATE files SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) = ?",
            (becomes, len(was) + 1, len(under), under),
        )
    return len(moved)


def _moved(article: Article, path: str, file: str) -> Article:
    identity = blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    paragraphs = tuple(
        replace(p, id=identity + p.id[len(article.id) :], article_id=identity) for p in article.paragraphs
    )
    return replace(article, id=identity, path=path, file=file, paragraphs=paragraphs)
