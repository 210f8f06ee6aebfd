"""Another encoder for a library: all texts are embedded anew beside what is there, then switched to in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.articles import text_key
from index.embedding import embed
from index.store.conditions import CITABLE
from index.store.connection import REMEMBER
from index.store.database import Database
from index.store.embeddings import NEXT, store
from index.store.follow import build_second
from index.values import Progress

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.store.vectors import VectorPlace

_AT_ONCE = 1024


def reembed(database: Database, place: VectorPlace, encoder: Encoder, progress: Progress | None = None) -> int:
    """Embeds every citable text with `encoder` and makes the library one of this encoder; returns how many texts.

    The caller holds the lock. Until it is done the library is used as it was; broken off, it goes on where it was.
    Raises Damaged where no second vector index can be made.
    """
    _begin(database, f"{encoder.name} {encoder.fingerprint}")
    total = database.one(f"SELECT count(DISTINCT p.text_key) FROM paragraphs p WHERE {CITABLE}")
    last = database.rows(f"SELECT max(text_key) FROM {NEXT}").fetchone()[0] or ""
    while texts := _following(database, last):
        last = max(texts)
        vectors = embed(encoder, {key: text for key, text in texts.items() if text_key(text) == key})
        with database.transaction() as connection:
            store(connection, vectors, NEXT)
        if progress:
            done = database.one(f"SELECT count(DISTINCT text_key) FROM {NEXT}")
            progress("Embedding", done, total)
    count = database.one(f"SELECT count(DISTINCT text_key) FROM {NEXT}")
    before, second = build_second(database, place, progress)
    with database.transaction() as connection:
        connection.execute("DELETE FROM embeddings")
        connection.execute(f"INSERT INTO embeddings SELECT * FROM {NEXT}")
        connection.execute(f"DROP TABLE {NEXT}")
        words = {"encoder": encoder.name, "encoder_fingerprint": encoder.fingerprint, "vectors_next": "", **second}
        connection.executemany(REMEMBER, words.items())
    place.wipe(before)
    return count


def _begin(database: Database, encoder: str) -> None:
    """Makes room for the new embeddings; what another encoder left there is thrown away."""
    if database.get("vectors_next") == encoder:
        return
    with database.transaction() as connection:
        connection.execute(f"DROP TABLE IF EXISTS {NEXT}")
        connection.execute(f"CREATE TABLE {NEXT} AS SELECT * FROM embeddings WHERE FALSE")
        connection.execute(f'CREATE UNIQUE INDEX {NEXT}_key ON {NEXT} (text_key, "window")')
        connection.execute(REMEMBER, ("vectors_next", encoder))


def _following(database: Database, last: str) -> dict[str, str]:
    """Some citable texts whose keys come after this one, by their key."""
    rows = database.rows(
        'SELECT p.text_key, min(substr(a.text, p.start + 1, p."end" - p.start)) FROM paragraphs p '
        f"JOIN articles a ON a.id = p.article_id WHERE {CITABLE} AND p.text_key > ? "
        f"GROUP BY p.text_key ORDER BY p.text_key LIMIT {_AT_ONCE}",
        (last,),
    )
    return dict(rows.fetchall())
