"""What must hold inside the truth, checked on demand."""

from __future__ import annotations

from index.store.conditions import CITABLE
from index.store.database import Database


def problems(database: Database) -> list[str]:
    """What is wrong between the tables, in sentences; empty when all is well."""
    found = []
    state = database.rows("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        found.append(f"SQLite reports damage in {database.path.name}: {state}.")
    for sentence, query in _LAWS:
        count = database.one(query)
        if count:
            found.append(f"{count} {sentence}")
    return found


_LAWS = (
    (
        "paragraphs belong to no article.",
        "SELECT count(*) FROM paragraphs WHERE article_id NOT IN (SELECT id FROM articles)",
    ),
    (
        "articles have no paragraph.",
        "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM paragraphs)",
    ),
    (
        "citable paragraphs have no embedding.",
        f"SELECT count(*) FROM paragraphs p WHERE {CITABLE} AND text_key NOT IN (SELECT text_key FROM embeddings)",
    ),
    (
        "citable paragraphs are missing from the full-text index.",
        f"SELECT count(*) FROM paragraphs p WHERE {CITABLE} AND row NOT IN (SELECT rowid FROM full_text)",
    ),
    (
        "rows of the full-text index belong to no paragraph.",
        "SELECT count(*) FROM full_text WHERE rowid NOT IN (SELECT row FROM paragraphs)",
    ),
    (
        "embeddings belong to no paragraph.",
        "SELECT count(*) FROM embeddings WHERE text_key NOT IN (SELECT text_key FROM paragraphs)",
    ),
)
