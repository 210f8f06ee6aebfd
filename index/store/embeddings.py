"""The stored embeddings: every vector the nearest-neighbour index must hold can be read from the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from index.articles import text_key
from index.store.conditions import CITABLE, where
from index.store.connection import Connection, Transaction
from index.values import Filters

if TYPE_CHECKING:
    from index.encoder import Matrix

_WINDOW_MARK = "+"
_ALL = Filters()
TABLE, NEXT = "embeddings", "embeddings_next"
"""The embeddings in use, and those of an encoder that is to take the place of theirs."""


def text_of(vector_id: str) -> str:
    """The text's key in a vector's id: further windows of a long text carry a mark."""
    return vector_id.partition(_WINDOW_MARK)[0]


def embedded(database: Connection, keys: Sequence[str]) -> set[str]:
    """Those of the text keys whose embedding is already stored."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        marks = ", ".join("?" * len(some))
        rows = database.rows(f"SELECT DISTINCT text_key FROM embeddings WHERE text_key IN ({marks})", some)
        found.update(row[0] for row in rows)
    return found


def lacking(database: Connection) -> dict[str, str]:
    """The citable texts that have no embedding, by their key; none unless something went wrong before.

    Texts that are not those the key was made of are left out: their offsets are damaged.
    """
    rows = database.rows(
        "SELECT p.text_key, substr(a.text, p.start + 1, p.end - p.start) FROM paragraphs p "
        f"JOIN articles a ON a.id = p.article_id WHERE {CITABLE} "
        "AND NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.text_key = p.text_key)"
    )
    return {key: text for key, text in rows if text_key(text) == key}


def store(connection: Transaction, vectors: Mapping[str, Matrix], table: str = TABLE) -> None:
    """Keeps the vectors of texts, a row each window, under the texts' keys."""
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (
            (key, window, vector.astype("<f4").tobytes())
            for key, matrix in vectors.items()
            for window, vector in enumerate(matrix)
        ),
    )


def forget_unused(database: Connection) -> None:
    """Drops the embeddings of texts that no citable paragraph holds any more.

    Only when a whole sync is done: a text that leaves one article may be on its way to another.
    """
    with database.transaction() as connection:
        connection.execute(
            "DELETE FROM embeddings WHERE NOT EXISTS "
            f"(SELECT 1 FROM paragraphs p WHERE p.text_key = embeddings.text_key AND {CITABLE})"
        )


_USED = f"EXISTS (SELECT 1 FROM paragraphs p WHERE p.text_key = e.text_key AND {CITABLE})"


def vector_ids(database: Connection) -> list[str]:
    """The id of every vector that the nearest-neighbour index must hold: one a window of each distinct text.

    Equal paragraphs share theirs. A graph of neighbours in which thousands are alike falls apart: among 12,000 equal
    paragraphs Chroma did not find one that it was asked for by its own vector.
    """
    rows = database.rows(f"SELECT e.text_key, e.window FROM embeddings e WHERE {_USED} ORDER BY e.text_key, e.window")
    return [_vector_id(*row) for row in rows]


def vector_count(database: Connection) -> int:
    """How many vectors the nearest-neighbour index must hold."""
    return database.one(f"SELECT count(*) FROM embeddings e WHERE {_USED}")


def vectors(
    database: Connection,
    batch: int = 2000,
    *,
    filters: Filters = _ALL,
    only: set[str] | None = None,
    table: str = TABLE,
) -> Iterator[tuple[list[str], Matrix]]:
    """Vector ids with their vectors, (n, d) float32, at most `batch` at a time.

    `only` keeps these vector ids, `filters` the texts that stand in these articles.
    """
    import numpy as np

    condition, values = where(filters)
    used = _USED
    if filters:
        used = (
            "e.text_key IN (SELECT p.text_key FROM paragraphs p JOIN articles a ON a.id = p.article_id "
            f"WHERE {CITABLE} AND {condition})"
        )
    rows = database.stream(
        f"SELECT e.text_key, e.window, e.vector FROM {table} e WHERE {used} ORDER BY e.text_key, e.window", values
    )
    wanted = ((_vector_id(key, w), v) for key, w, v in rows if only is None or _vector_id(key, w) in only)
    while some := list(islice(wanted, batch)):
        raw = b"".join(vector for _, vector in some)
        yield [i for i, _ in some], np.frombuffer(raw, dtype="<f4").reshape(len(some), -1)


def paragraphs_with(
    database: Connection, text_keys: Sequence[str], most: int, filters: Filters = _ALL
) -> dict[str, list[str]]:
    """For each of these texts the ids of the citable paragraphs with it, by path and number, at most so many."""
    found: dict[str, list[str]] = {key: [] for key in text_keys}
    if not found:
        return found
    condition, values = where(filters)
    rows = database.rows(
        "SELECT text_key, id FROM (SELECT p.text_key, p.id, "
        "row_number() OVER (PARTITION BY p.text_key ORDER BY a.path, p.number) AS place "
        "FROM paragraphs p JOIN articles a ON a.id = p.article_id "
        f"WHERE p.text_key IN ({', '.join('?' * len(found))}) AND {CITABLE} AND {condition}) AS found "
        "WHERE place <= ? ORDER BY place",
        (*found, *values, most),
    )
    for key, identity in rows:
        found[key].append(identity)
    return found


def vectors_of(database: Connection, paragraph_ids: Sequence[str]) -> Iterator[tuple[str, Matrix]]:
    """(paragraph id, its vectors) for the paragraphs that are there; one row a window."""
    import numpy as np

    if not paragraph_ids:
        return
    rows = database.rows(
        "SELECT p.id, e.vector FROM paragraphs p JOIN embeddings e ON e.text_key = p.text_key "
        f"WHERE p.id IN ({', '.join('?' * len(paragraph_ids))}) ORDER BY p.id, e.window",
        paragraph_ids,
    )
    for identity, of_one in groupby(rows, key=itemgetter(0)):
        windows = [vector for _, vector in of_one]
        yield identity, np.frombuffer(b"".join(windows), "<f4").reshape(len(windows), -1)


def _vector_id(text_key: str, window: int) -> str:
    return f"{text_key}{_WINDOW_MARK}{window}" if window else text_key
