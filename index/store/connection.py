"""SQLite connections: one a thread, transactions, and the library's memory of itself."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.values import PilcrowError

FORMAT = "1"
Transaction = sqlite3.Connection
"""What is open between the beginning and the end of a transaction."""


class Connection:
    """An open `library.db`, usable from several threads."""

    def __init__(self, path: Path) -> None:
        """Opens the file and makes its tables. Raises PilcrowError for a file that is no library of this format."""
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        try:
            self._here.executescript(files("index.store").joinpath("schema.sql").read_text("utf-8"))
            found = self.get("format", FORMAT)
        except sqlite3.DatabaseError as error:
            self.close()
            raise PilcrowError(
                f"{path} is not a readable library ({error}); put it back from a copy, or delete its "
                "folder and index the articles again."
            ) from None
        if found != FORMAT:
            self.close()
            raise PilcrowError(
                f"{path.parent} was made by another version of Pilcrow (format {found}, this one reads "
                f"{FORMAT}); index the articles into a new folder, or use that version."
            )

    @property
    def _here(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self.path, timeout=30, check_same_thread=False, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            self._open.append(connection)
        return self._local.connection  # type: ignore[no-any-return]

    def close(self) -> None:
        """Closes every thread's connection."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing: what is written inside is kept when the block ends well, else undone."""
        connection = self._here
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """The rows of a query, read as they are asked for."""
        return self._here.execute(query, values)

    def one(self, query: str, *values: Any) -> int:
        """The number that a query counts."""
        return int(self._here.execute(query, values).fetchone()[0])

    def get(self, key: str, default: str = "") -> str:
        """A remembered word, such as the encoder's name."""
        row = self._here.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set(self, **words: str) -> None:
        """Remembers words."""
        with self.transaction() as connection:
            connection.executemany("REPLACE INTO meta VALUES (?, ?)", words.items())

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles."""
        return int(self.get("generation", "0"))
