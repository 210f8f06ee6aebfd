"""SQLite connections: one a thread, transactions, and the library's memory of itself."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.store.migrations import FORMAT, can_migrate, format_of, migrate
from index.values import PilcrowError

Transaction = sqlite3.Connection
"""What is open between the beginning and the end of a transaction."""


class _Held:
    """A thread's connection, closed when the thread and with it this object goes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Connection:
    """An open `library.db`, usable from several threads."""

    def __init__(self, path: Path) -> None:
        """Opens the file, making its tables where it is new.

        Raises PilcrowError for a file that is no library, one of another format, and one that may not be opened;
        such a file is left as it is.
        """
        self.path = path
        self._local = threading.local()
        self._open: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._closed = False
        try:
            tables = {row[0] for row in self._here.execute("SELECT name FROM sqlite_master")}
            if tables and "meta" not in tables:
                raise PilcrowError(f"{path} belongs to another program; name another folder for the library.")
            if not tables:
                self._here.execute("PRAGMA journal_mode = WAL")
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

    @property
    def _here(self) -> sqlite3.Connection:
        """This thread's connection; it is closed when the thread ends."""
        if self._closed:
            raise PilcrowError(f"The library {self.path.parent} has been closed; open it again.")
        if not hasattr(self._local, "held"):
            connection = sqlite3.connect(self.path, timeout=30, check_same_thread=False, isolation_level=None)
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

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever another process writes meanwhile."""
        connection = self._here
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing: what is written inside is kept when the block ends well, else undone.

        Raises PilcrowError where the disk is full or does not let itself be written.
        """
        connection = self._here
        try:
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
