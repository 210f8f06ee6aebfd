"""Connections to PostgreSQL: a few for all threads, made again by themselves when the server comes back."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from index.store.connection import Connection, Rows, Transaction
from index.store.lock import Busy
from index.values import PilcrowError, Unavailable

if TYPE_CHECKING:
    import psycopg

_MOST = 16
"""Connections of one process; PostgreSQL allows a hundred to all."""
_LOCK = 0x50494C43
"""Tells our advisory locks from other programs' in the same database."""
_TOO_MANY, _NO_CONNECTION = "53300", ("08", "28", "3D", "57")
"""States by which PostgreSQL says that one cannot connect, or no longer."""
_SESSION = "SET jit = off; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
"""A query is over before it would be compiled; a writer whose machine was lost holds the lock for a minute."""


_DIALECT = (
    (r"CREATE VIRTUAL TABLE[^;]*;", ""),
    (r"\bWITHOUT ROWID\b|\bIF NOT EXISTS\b", ""),
    (r"\bBLOB\b", "BYTEA"),
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),
)
"""What PostgreSQL says otherwise. Its texts are sorted by their bytes, as SQLite's are."""
MAKING = "SELECT pg_advisory_xact_lock(hashtext('pilcrow ' || current_schema()))"
"""Keeps others from making the same tables meanwhile."""


def translated(script: str) -> str:
    """A script that makes tables in SQLite, as PostgreSQL takes it."""
    for sqlite, ours in _DIALECT:
        script = re.sub(sqlite, ours, script)
    return script


def is_database(address: str) -> bool:
    """True for the address of a PostgreSQL database."""
    return address.startswith(("postgresql://", "postgres://"))


def label_of(address: str) -> str:
    """The database's name and host, without what could be secret."""
    parts = urlsplit(address)
    host = parts.hostname or "this machine"
    return f"the PostgreSQL database {unquote(parts.path.strip('/')) or 'of the user'} on {host}:{parts.port or 5432}"


def _native(query: str, values: Sequence[Any]) -> tuple[str, list[Any] | None]:
    """A statement of the shared SQL and its values as psycopg takes them. PostgreSQL keeps no NUL in a text."""
    if not values:
        return query, None
    plain = [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in values]
    return query.replace("%", "%%").replace("?", "%s"), plain


class _Open:
    """A transaction that is open."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """Runs one statement."""
        return cast(Rows, self._connection.execute(*_native(query, values)))

    def executemany(self, query: str, values: Iterable[Sequence[Any]]) -> None:
        """Runs one statement for each of these rows of values, without waiting for each."""
        given = [_native(query, row) for row in values]
        if given:
            with self._connection.cursor() as cursor:
                cursor.executemany(given[0][0], [row or [] for _, row in given])


class _Own(threading.local):
    connection: psycopg.Connection[Any] | None = None
    """In which this thread is in the middle of something."""
    writing: psycopg.Connection[Any] | None = None
    """The same, where that is a transaction that writes."""


class PostgresConnection(Connection):
    """An open database, usable from several threads."""

    like = "ILIKE"
    answer_text = "CAST(answer AS json) ->> 'text'"
    held = " FOR UPDATE"

    def __init__(self, address: str) -> None:
        """Connects to nothing yet. Raises PilcrowError where psycopg is not installed."""
        try:
            import psycopg
        except ImportError:
            raise PilcrowError(
                "PostgreSQL is reached with psycopg, which is not installed; run: pip install 'pilcrow-qa[server]'"
            ) from None
        self.label = label_of(address)
        self._address = address
        self._driver = psycopg
        self._idle: list[psycopg.Connection[Any]] = []
        self._room = threading.BoundedSemaphore(_MOST)
        self._own = _Own()
        self._closed = False

    def close(self) -> None:
        """Closes every connection, for good."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def make(self, what: str, script: str, version: int) -> None:
        """Makes the tables of `script` where they are missing. Raises PilcrowError where another version made them."""
        with self.transaction() as connection:
            connection.execute(MAKING)
            held = self.get(f"{what}_format")
            if held and held != str(version):
                raise PilcrowError(f"The {what} in {self.label} were made by another version of Pilcrow; use that one.")
            if not held:
                connection.execute(translated(script))
                connection.execute("INSERT INTO meta VALUES (?, ?)", (f"{what}_format", str(version)))

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever another process writes meanwhile."""
        own = self._own.connection
        if own and own.info.transaction_status != self._driver.pq.TransactionStatus.IDLE:
            yield  # it is already
            return
        with self._errors("read"), self._kept("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            try:
                yield
            finally:
                if not connection.closed:
                    connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All or nothing: what is written inside is kept when the block ends well, else undone; one inside another is part of it.

        Raises PilcrowError where the database is lost or does not let itself be written.
        """
        if self._own.writing:
            yield _Open(self._own.writing)
            return
        with self._errors("written"), self._kept("BEGIN") as connection:
            self._own.writing = connection
            try:
                yield _Open(connection)
                connection.execute("COMMIT")
            except BaseException:
                if not connection.closed:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._own.writing = None

    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a query, all read."""
        return self.native(*_native(query, values))

    def native(self, query: str, values: Sequence[Any] | None = None) -> Rows:
        """The rows of a query in PostgreSQL's own SQL, with %s for each value."""
        with self._errors("read"):
            if self._own.connection:
                return cast(Rows, self._own.connection.execute(query, values))
            with self._room:
                connection, rows = self._started(query, values)
                self._give_back(connection)
                return rows

    def stream(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query that may be longer than memory, read as they are asked for."""
        with self.snapshot():
            assert self._own.connection
            with self._own.connection.cursor(name=f"rows_{uuid4().hex}") as cursor:
                cursor.itersize = 1000
                yield from cursor.execute(*_native(query, values))

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Holds the library for writing. Raises Busy when it is not free within `patience` seconds.

        PostgreSQL frees the lock when the connection ends. All that this thread writes meanwhile goes through that very
        connection: who has lost the lock can write no more.
        """
        with self._errors("written"), self._kept("SELECT 1") as connection:
            end = time.monotonic() + patience
            lock = f"({_LOCK}, hashtext(current_schema()))"
            while not _first(connection.execute(f"SELECT pg_try_advisory_lock{lock}")):
                if time.monotonic() >= end:
                    raise Busy(
                        f"Another process is writing to the library in {self.label}; wait until it has finished, then "
                        "try again."
                    )
                time.sleep(0.05)
            try:
                yield
            finally:
                if not connection.closed:
                    connection.execute(f"SELECT pg_advisory_unlock{lock}")

    @contextmanager
    def _kept(self, first: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection in which all is run that this thread runs meanwhile, `first` at once."""
        if self._own.connection:
            self._own.connection.execute(first)
            yield self._own.connection
            return
        with self._room:
            connection, _ = self._started(first)
            self._own.connection = connection
            try:
                yield connection
            finally:
                self._own.connection = None
                self._give_back(connection)

    def _started(self, query: str, values: Sequence[Any] | None = None) -> tuple[psycopg.Connection[Any], Rows]:
        """A connection that has just run this: one that was idle, or where the server has ended those, a new one."""
        if self._closed:
            raise PilcrowError(f"The library in {self.label} has been closed; open it again.")
        while self._idle:
            connection = self._idle.pop()
            try:
                return connection, cast(Rows, connection.execute(query, values))
            except self._driver.OperationalError:
                if not connection.closed:
                    self._give_back(connection)
                    raise
            except BaseException:
                self._give_back(connection)
                raise
        connection = self._driver.connect(
            self._address, autocommit=True, connect_timeout=5, application_name="pilcrow", client_encoding="utf8"
        )
        try:
            connection.execute(_SESSION)
            return connection, cast(Rows, connection.execute(query, values))
        except BaseException:
            connection.close()
            raise

    def _give_back(self, connection: psycopg.Connection[Any]) -> None:
        if self._closed or connection.closed:
            connection.close()
        else:
            self._idle.append(connection)

    @contextmanager
    def _errors(self, done: str) -> Iterator[None]:
        """Turns what psycopg raises into sentences. The server's words name no password; the driver's might."""
        try:
            yield
        except self._driver.Error as error:
            refused = re.search(r"FATAL:\s+(.+)", str(error))
            said, state = error.diag.message_primary or (refused and refused[1]), error.sqlstate or ""
            lost = state in ("", _TOO_MANY) or state[:2] in _NO_CONNECTION
            if isinstance(error, self._driver.OperationalError) and lost:
                why = f" ({said})" if said else ""
                raise Unavailable(
                    f"{_capital(self.label)} cannot be reached{why}; see that the server runs and that PILCROW_DATABASE is "
                    "right, then try again."
                ) from None
            raise PilcrowError(
                f"{_capital(self.label)} could not be {done} ({said or type(error).__name__}); what it held is safe. See what the "
                "server's log says, then do the same again."
            ) from None


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _first(rows: Any) -> Any:
    return rows.fetchone()[0]
