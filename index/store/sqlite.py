"""A library's truth in one SQLite file, with FTS5 for its full text: the store of one machine."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from index.store.conditions import where
from index.store.connection import Connection, Transaction
from index.store.database import Database
from index.store.lock import write_lock
from index.store.migrations import FORMAT, can_migrate, format_of, migrate
from index.store.rarest import rarest_first
from index.values import Filters, PilcrowError

_MANY = 20_000
"""From so many paragraphs on the rarest words are looked up first; it costs some statements more."""


class _Held:
    """A thread's connection, closed when the thread and with it this object goes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.writing = False

    def __del__(self) -> None:
        self.connection.close()


_WAIT = 30.0
"""Seconds to wait for a file that another process locks."""


class SqliteFile(Connection):
    """An open SQLite file, one connection a thread."""

    like = "LIKE"
    answer_text = "json_extract(answer, '$.text')"
    held = ""

    def __init__(self, path: Path) -> None:
        """Opens nothing yet: each thread does when it first asks."""
        self.path = path
        self.label = str(path)
        self._local = threading.local()
        self._open: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._closed = False

    @property
    def _here(self) -> sqlite3.Connection:
        """This thread's connection; it is closed when the thread ends."""
        if self._closed:
            raise PilcrowError(f"The library {self.path.parent} has been closed; open it again.")
        if not hasattr(self._local, "held"):
            connection = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False, isolation_level=None)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.held = _Held(connection)
            self._open.add(self._local.held)
        return self._local.held.connection  # type: ignore[no-any-return]

    def close(self) -> None:
        """Closes every thread's connection, for good."""
        self._closed = True
        for held in list(self._open):
            held.connection.close()

    def _write_ahead(self) -> None:
        """Gives the file a write-ahead log. For this SQLite does not wait where another process does the same: so we do."""
        last = time.monotonic() + _WAIT
        while True:
            try:
                self._here.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > last:
                    raise
                time.sleep(0.02)
            else:
                return

    def make(self, what: str, script: str, version: int) -> None:
        """Makes the tables of `script` where they are missing. Raises PilcrowError where another version made them."""
        try:
            self._write_ahead()
            held = int(self._here.execute("PRAGMA user_version").fetchone()[0])
            if held not in (0, version):
                raise PilcrowError(f"{self.path} was made by another version of Pilcrow; move it away to begin anew.")
            self._here.executescript(f"{script} PRAGMA user_version = {version};")
        except sqlite3.Error as error:
            self.close()
            raise PilcrowError(
                f"The {what} in {self.path} cannot be opened ({error}); move the file away to begin anew."
            ) from None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever another process writes meanwhile."""
        connection = self._here
        if connection.in_transaction:
            yield  # it is already
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing: what is written inside is kept when the block ends well, else undone; one inside another is part of it.

        Raises PilcrowError where the disk is full or does not let itself be written.
        """
        connection = self._here
        if self._local.held.writing:
            yield connection
            return
        try:
            self._local.held.writing = True
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            # On a full disk SQLite has undone it already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise PilcrowError(
                    f"{self.path} could not be written ({error}); what it held is safe. Make room on the disk, check "
                    "the permissions, then do the same again."
                ) from error
            raise
        finally:
            self._local.held.writing = False

    def rows(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """The rows of a query, read as they are asked for."""
        return self._here.execute(query, values)

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query, read as they are asked for."""
        return self.rows(query, values)


class Sqlite(SqliteFile, Database):
    """The truth in `library.db`."""

    def __init__(self, path: Path) -> None:
        """Opens the file, making its tables where it is new.

        Raises PilcrowError for a file that is no library, one of another format, and one that may not be opened;
        such a file is left as it is.
        """
        super().__init__(path)
        self._counted: tuple[int, dict[str, int]] = (-1, {})
        try:
            tables = {row[0] for row in self._here.execute("SELECT name FROM sqlite_master")}
            if tables and "meta" not in tables:
                raise PilcrowError(f"{path} belongs to another program; name another folder for the library.")
            if not tables:
                self._write_ahead()
            found = format_of(self._here)
            if found and found != FORMAT and not can_migrate(found):
                raise PilcrowError(
                    f"{path.parent} was made by a later version of Pilcrow (format {found}, this one reads up to "
                    f"{FORMAT}); use that version, or index the articles into a new folder."
                )
            if found != FORMAT:
                migrate(self._here)
        except PilcrowError:
            self.close()
            raise
        except sqlite3.OperationalError as error:
            self.close()
            raise PilcrowError(
                f"{path} could not be opened ({error}); check its permissions and that the disk is not full."
            ) from None
        except sqlite3.DatabaseError as error:
            self.close()
            raise PilcrowError(
                f"{path} is not a readable library ({error}); put it back from a copy, or index the articles "
                "into a new folder."
            ) from None

    def writing(self, patience: float) -> AbstractContextManager[None]:
        """Holds the library for writing, by the lock file in its folder. Raises Busy."""
        return write_lock(self.path.parent, patience)

    def beside(self, name: str) -> Connection:
        """The file of this name in the same folder."""
        return SqliteFile(self.path.with_name(name))

    def full_text(self, words: Sequence[str], k: int, filters: Filters) -> list[str]:
        """Ids of the k citable paragraphs that fit any of the words best (BM25; a title counts half)."""
        if self.one("SELECT coalesce(max(row), 0) FROM paragraphs") <= _MANY:
            return [identity for identity, _ in self._scored([" OR ".join(map(_quoted, words))], k, filters)]
        paragraphs, *counts = self._holding(words)
        held = {word: count for word, count in zip(words, counts, strict=True) if count}

        def scored(some: Sequence[str]) -> list[tuple[str, float]]:
            wanted, others = (
                " OR ".join(_quoted(word) for word in words if word in held and (word in some) == rare)
                for rare in (True, False)
            )
            # The two have nothing in common and together all with a wanted word; FTS5 weighs a word once in each.
            return self._scored(
                [f"({wanted}) {how} ({others})" for how in ("AND", "NOT")] if others else [wanted], k, filters
            )

        return rarest_first(words, held, paragraphs, k, scored)

    def _scored(self, queries: Sequence[str], k: int, filters: Filters) -> list[tuple[str, float]]:
        """(id, score) of the k best of the paragraphs that fit any of the queries, best first; of equals by path and number."""
        score = dict(self._best(queries, k, filters))
        rows = self.rows(
            "SELECT p.row, p.id, a.path, p.number FROM paragraphs p JOIN articles a ON a.id = p.article_id "
            "WHERE p.row IN (SELECT value FROM json_each(?))",
            (json.dumps([*score]),),
        )
        ranked = sorted(rows, key=lambda found: (-score[found[0]], *found[2:]))
        return [(identity, score[row]) for row, identity, *_ in ranked[:k]]

    def _best(self, queries: Sequence[str], k: int, filters: Filters) -> list[tuple[int, float]]:
        """(row, score) of the k best, and at least of all that score as much as the last of them."""
        # Where nothing is filtered only the best are looked up: the rows of all took twice as long as their scores.
        allowed = "JOIN paragraphs p ON p.row = full_text.rowid JOIN articles a ON a.id = p.article_id" * bool(filters)
        condition, values = where(filters)
        each = (
            f"SELECT full_text.rowid AS row, -bm25(full_text, 1.0, 0.5) AS score FROM full_text {allowed} "
            f"WHERE full_text MATCH ? AND {condition}"
        )
        most = k
        while True:
            most *= 4
            best = self.rows(
                f"SELECT row, score FROM ({' UNION ALL '.join([each] * len(queries))}) ORDER BY score DESC LIMIT ?",
                (*(value for query in queries for value in (query, *values)), most),
            ).fetchall()
            if len(best) < most or best[-1][1] < best[k - 1][1]:
                return best

    def _holding(self, words: Sequence[str]) -> tuple[int, ...]:
        """How many citable paragraphs there are, and in how many of them each of the words stands; counted once a state."""
        generation = self.generation
        if self._counted[0] != generation:
            self._counted = (generation, {"": self.one("SELECT count(*) FROM full_text_docsize")})
        known = self._counted[1]
        for word in words:
            if word not in known:
                known[word] = self.holding(word)
        return tuple(known[word] for word in ("", *words))

    def holding(self, word: str) -> int:
        """In how many citable paragraphs (or their titles) a word stands, in any inflection."""
        return self.one("SELECT count(*) FROM full_text WHERE full_text MATCH ?", _quoted(word))

    def index_texts(self, connection: Transaction, texts: Iterable[tuple[int, str, str]]) -> None:
        """Puts (row, text, title) of citable paragraphs into the full-text index."""
        connection.executemany("INSERT INTO full_text (rowid, text, title) VALUES (?, ?, ?)", texts)

    def unindex(self, connection: Transaction, article_id: str) -> None:
        """Takes an article's paragraphs, which must still be there, out of the full-text index."""
        rows = connection.execute("SELECT row FROM paragraphs WHERE article_id = ?", (article_id,)).fetchall()
        connection.executemany("DELETE FROM full_text WHERE rowid = ?", rows)

    def damage(self) -> str:
        """What SQLite has to say of damage to its file; "" where it finds none."""
        state = self.rows("PRAGMA integrity_check").fetchone()[0]
        return "" if state == "ok" else f"SQLite reports damage in {self.path.name}: {state}."


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
