"""What must hold inside the truth, checked on demand."""

from __future__ import annotations

from index.store.conditions import CITABLE, UNINDEXED
from index.store.database import Database


def problems(database: Database) -> list[str]:
    """What is wrong between the tables, in sentences; empty when all is well."""
    damage = database.damage()
    found = [damage] if damage else []
    for sentence, query in _LAWS:
        count = database.one(query)
        if count:
            found.append(f"{count} {sentence}")
    return found


_LAWS = (
    (
        "paragraphs belong to no article.",
        "SELECT count(*) FROM paragraphs p WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = p.article_id)",
    ),
    (
        "articles have no paragraph.",
        "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.article_id = a.id)",
    ),
    (
        "citable paragraphs have no embedding.",
        f"SELECT count(*) FROM paragraphs p WHERE {CITABLE} "
        "AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.text_key = p.text_key)",
    ),
    (
        "citable paragraphs are missing from the full-text index.",
        f"SELECT count(*) FROM paragraphs p WHERE {CITABLE} AND {UNINDEXED}",
    ),
    (
        "rows of the full-text index belong to no paragraph.",
        "SELECT count(*) FROM full_text f WHERE NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.row = f.rowid)",
    ),
    (
        "embeddings belong to no paragraph.",
        "SELECT count(*) FROM embeddings e WHERE NOT EXISTS (SELECT 1 FROM paragraphs p WHERE p.text_key = e.text_key)",
    ),
)
