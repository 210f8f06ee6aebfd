"""A library from one store into another, every row compared by hashes. Broken off, it goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from index.store.conditions import CITABLE
from index.store.connection import REMEMBER, Connection
from index.store.database import Database
from index.store.engines import open_truth
from index.store.laws import problems
from index.store.postgres import is_database
from index.values import PilcrowError, Progress

_AT_ONCE = 1000
"""Rows in a transaction."""
_PATIENCE = 5.0
_ANEW = "anew"


@dataclass(frozen=True, slots=True)
class Table:
    """A table and the columns of its primary key."""

    name: str
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside the articles: under which name, what it is, how its tables are made and what they are called."""

    name: str
    what: str
    script: str
    version: int
    tables: tuple[Table, ...]


_TABLES = (
    Table("files", ("path",)),
    Table("articles", ("id",)),
    Table("paragraphs", ("row",)),
    Table("versions", ("article_id", "version")),
    Table("signatures", ("text_key",)),
    Table("copies", ("text_key",)),
    Table("corrections", ("paragraph_id",)),
    Table("embeddings", ("text_key", "window")),
)
"""In an order in which each row finds what it belongs to."""


def move(
    source: str | Path, target: str | Path, beside: Sequence[Beside] = (), progress: Progress | None = None
) -> dict[str, int]:
    """Copies the library at `source` to `target`, each a folder or the address of a PostgreSQL database.

    Returns how many articles, paragraphs and embeddings there are now. Nobody may write to either meanwhile. The vector
    index is no part of it: it is made from the embeddings when the library is first used. Files stay where they are.
    Raises PilcrowError where there is no library, another one is at the target, or something did not arrive as it was.
    """
    if str(source) == str(target):
        raise PilcrowError("Both places are the same; name another one with --to.")
    old = _opened(source, create=False)
    try:
        new = _opened(target, create=True)
        try:
            with old.writing(_PATIENCE), new.writing(_PATIENCE):
                _prepare(old, new)
                _all(old, new, beside, progress)
            return new.counts()
        finally:
            new.close()
    finally:
        old.close()


def _opened(place: str | Path, *, create: bool) -> Database:
    address = str(place) if is_database(str(place)) else ""
    return open_truth(Path() if address else Path(place).expanduser(), address, create=create)


def _state(library: Database) -> str:
    """What tells whether the library is still the one of which a part was copied."""
    if library.get("moving"):
        raise PilcrowError(f"The library in {library.label} is itself being moved there; have that finished first.")
    return " ".join(library.get(key, "-") for key in ("identity", "generation", "related"))


def _prepare(old: Database, new: Database) -> None:
    """Makes sure that the target holds nothing, or a part of just this library."""
    state, begun = _state(old), new.get("moving")
    if not begun and (new.counts()["articles"] or new.generation):
        raise PilcrowError(f"There is a library in {new.label} already; name an empty place with --to.")
    if begun != state:
        with new.transaction() as connection:
            for table in reversed(_TABLES):
                connection.execute(f"DELETE FROM {table.name}")
            connection.execute("DELETE FROM full_text")
    new.set(moving=state)


def _all(old: Database, new: Database, beside: Sequence[Beside], progress: Progress | None) -> None:
    for table in _TABLES:
        _table(old, new, table, progress, truth=new)
    for kept in beside:
        here, there = old.beside(kept.name), new.beside(kept.name)
        try:
            for store in (here, there):
                store.make(kept.what, kept.script, kept.version)
            with there.transaction() as connection:
                # What was changed since a first try would be taken for copied.
                for table in reversed(kept.tables):
                    connection.execute(f"DELETE FROM {table.name}")
            for table in kept.tables:
                _table(here, there, table, progress)
        finally:
            here.close()
            there.close()
    wrong = problems(new)
    if wrong:
        new.set(moving=_ANEW)
        raise PilcrowError(
            f"The copy in {new.label} is not sound ({wrong[0]}); do the same again: it will be made anew."
        )
    words = old.rows(
        "SELECT key, value FROM meta WHERE key NOT LIKE 'vectors%' AND key NOT LIKE '%format' AND key <> 'moving'"
    ).fetchall()
    with new.transaction() as connection:
        connection.executemany(REMEMBER, words)
        connection.execute("DELETE FROM meta WHERE key = 'moving'")


def _table(
    old: Connection, new: Connection, table: Table, progress: Progress | None, truth: Database | None = None
) -> None:
    """Copies what the target lacks of a table, then compares all of it."""
    columns = [f'"{column[0]}"' for column in new.rows(f"SELECT * FROM {table.name} LIMIT 0").description]
    names, key = ", ".join(columns), ", ".join(f'"{name}"' for name in table.key)
    last = new.rows(f"SELECT {key} FROM {table.name} ORDER BY {key.replace(',', ' DESC,')} DESC LIMIT 1").fetchone()
    query = f"SELECT {key}, {names} FROM {table.name} ORDER BY {key}"
    total, width = old.one(f"SELECT count(*) FROM {table.name}"), len(table.key)
    sent, waiting = blake2b(), []
    for done, row in enumerate(old.stream(query), 1):
        _add(sent, row)
        if last is None or tuple(row[:width]) > tuple(last):
            waiting.append(row[width:])
        if waiting and (len(waiting) == _AT_ONCE or done == total):
            _insert(new, table, names, waiting, truth)
            waiting.clear()
            if progress:
                progress(f"Copying {table.name}", done, total)
    if waiting:
        _insert(new, table, names, waiting, truth)
    arrived = blake2b()
    for row in new.stream(query):
        _add(arrived, row)
    if sent.digest() != arrived.digest():
        if truth:
            truth.set(moving=_ANEW)
        raise PilcrowError(
            f"What arrived in {new.label} as {table.name} is not what was sent; do the same again: it will be copied anew."
        )


def _insert(new: Connection, table: Table, names: str, rows: list[Any], truth: Database | None) -> None:
    with new.transaction() as connection:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
        if truth and table.name == "paragraphs":
            place = [name.strip('" ') for name in names.split(",")].index("row")
            found = connection.execute(
                'SELECT p.row, substr(a.text, p.start + 1, p."end" - p.start), a.title FROM paragraphs p '
                f"JOIN articles a ON a.id = p.article_id WHERE {CITABLE} AND p.row BETWEEN ? AND ?",
                (rows[0][place], rows[-1][place]),
            ).fetchall()
            truth.index_texts(connection, found)


def _add(digest: blake2b, row: Sequence[Any]) -> None:
    for value in _plain(row):
        digest.update(repr(value).encode("utf-8", "surrogatepass"))


def _plain(row: Sequence[Any]) -> Iterator[Any]:
    for value in row:
        # PostgreSQL keeps no NUL in a text.
        yield value.replace("\0", "\ufffd") if isinstance(value, str) else value
