"""What every store of a library offers: statements, transactions, one writer at a time, and a memory of itself.

The statements of this room are written once, in the SQL that SQLite and PostgreSQL share, with a ? for each value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Rows(Protocol):
    """The rows of a query, or how many rows a statement changed."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 where it is not known."""

    @property
    def description(self) -> Any:
        """The columns, each with its name first."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Transaction(Protocol):
    """What is open between the beginning and the end of a transaction."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Rows:
        """Runs one statement."""

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """Runs one statement for each of these rows of values."""


class Connection(ABC):
    """An open store, usable from several threads."""

    label: str
    """What it is called in sentences; no password is in it."""
    like: str
    """The operator that compares with a pattern, whatever the case of ASCII letters."""
    answer_text: str
    """The text of an answer that is kept as JSON in a column `answer`."""
    held: str
    """What a SELECT in a transaction ends with so that nobody else changes its rows meanwhile."""

    @abstractmethod
    def close(self) -> None:
        """Lets go of everything, for good."""

    @abstractmethod
    def make(self, what: str, script: str, version: int) -> None:
        """Makes the tables of `script` where they are missing. Raises PilcrowError where another version made them."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """What is read inside is of one moment, whatever another process writes meanwhile."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """All or nothing: what is written inside is kept when the block ends well, else undone; one inside another is part of it.

        Raises PilcrowError where it cannot be written.
        """

    @abstractmethod
    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a query."""

    @abstractmethod
    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query that may be longer than memory, read as they are asked for."""

    def one(self, query: str, *values: Any) -> int:
        """The number that a query counts."""
        return int(self.rows(query, values).fetchone()[0])

    def get(self, key: str, default: str = "") -> str:
        """A remembered word, such as the encoder's name."""
        row = self.rows("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set(self, **words: str) -> None:
        """Remembers words."""
        with self.transaction() as connection:
            connection.executemany(REMEMBER, words.items())

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles."""
        return int(self.get("generation", "0"))


REMEMBER = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
"""Puts a word into the library's memory."""
