"""Conversations, kept in one SQLite file beside the library: they outlive the page and the server."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args
from zlib import crc32

from index import PilcrowError
from rag import Answer

Feedback = Literal["helpful", "wrong citation", "unsupported", "missed"]
FEEDBACK: tuple[Feedback, ...] = get_args(Feedback)
KEPT_IN = "conversations.db"
"""The file's name in the library's folder."""
LONGEST_NOTE = 2000
LONGEST_TITLE = 120
MOST_WORDS = 20
"""Words by which conversations are searched."""
FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, begun TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_owner ON conversation (owner, changed);
CREATE TABLE IF NOT EXISTS turn (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    asked TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
    feedback TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (conversation, number)
);
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation as the list shows it."""

    id: str
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer. `number` counts from 1 within the conversation; "" is no feedback."""

    number: int
    answer: Answer
    asked: datetime
    feedback: Feedback | Literal[""] = ""
    note: str = ""

    @property
    def key(self) -> str:
        """Number and answer in one name: a marker of an answer that was since replaced leads nowhere, not elsewhere."""
        return f"{self.number}-{crc32(self.asked.isoformat().encode()):08x}"


class History:
    """The conversations in one file. Whose they are is part of every question to it: nobody sees another's."""

    def __init__(self, path: Path) -> None:
        """Makes the file where there is none. Raises PilcrowError for a file that cannot hold conversations."""
        self.path = path
        try:
            with self._open() as db:
                db.execute("PRAGMA journal_mode = WAL")
                held = int(db.execute("PRAGMA user_version").fetchone()[0])
                if held not in (0, FORMAT):
                    raise PilcrowError(f"{path} was made by another version of Pilcrow; move it away to begin anew.")
                db.executescript(_SCHEMA + f"PRAGMA user_version = {FORMAT};")
        except sqlite3.Error as error:
            raise PilcrowError(
                f"The conversations in {path} cannot be opened ({error}); move the file away to begin anew."
            ) from None

    def conversations(self, owner: str, words: str = "") -> tuple[Conversation, ...]:
        """The owner's conversations, last changed first; only those in which all the words stand."""
        found = "SELECT id, title, changed FROM conversation WHERE owner = ?"
        values = [owner]
        for word in words.split()[:MOST_WORDS]:
            found += (
                " AND (title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turn WHERE conversation = id AND"
                " (question LIKE ? ESCAPE '\\' OR json_extract(answer, '$.text') LIKE ? ESCAPE '\\')))"
            )
            values += [f"%{_literal(word)}%"] * 3
        with self._open() as db:
            rows = db.execute(f"{found} ORDER BY changed DESC, id", values).fetchall()
        return tuple(Conversation(key, title, datetime.fromisoformat(changed)) for key, title, changed in rows)

    def turns(self, owner: str, conversation: str) -> tuple[Turn, ...]:
        """The turns in order; none where the conversation is not the owner's."""
        with self._open() as db:
            rows = db.execute(
                "SELECT number, answer, asked, feedback, note FROM turn WHERE conversation IN "
                "(SELECT id FROM conversation WHERE id = ? AND owner = ?) ORDER BY number",
                (conversation, owner),
            ).fetchall()
        return tuple(
            Turn(number, Answer.from_dict(json.loads(answer)), datetime.fromisoformat(asked), feedback, note)
            for number, answer, asked, feedback, note in rows
        )

    def begin(self, owner: str, title: str, first: Answer | None = None) -> str:
        """A new conversation, with its first answer if there is one; returns its id, which cannot be guessed."""
        key = secrets.token_urlsafe(12)
        now = _now()
        with self._open() as db:
            db.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?)", (key, owner, _title(title), now, now))
            if first:
                _write(db, key, 1, first, now)
        return key

    def add(self, owner: str, conversation: str, answer: Answer, *, replacing: Turn | None = None) -> Turn:
        """The answer as the next turn, or in place of the last one.

        Raises PilcrowError if the conversation is not theirs, or what is to be replaced is no longer its last turn.
        """
        now = _now()
        with self._open() as db:
            # From here on no other tab can add a turn of the same number.
            db.execute("BEGIN IMMEDIATE")
            self._owned(db, owner, conversation)
            last, asked = db.execute(
                "SELECT max(number), asked FROM turn WHERE conversation = ?", (conversation,)
            ).fetchone()
            if replacing and (last, asked) != (replacing.number, _stamp(replacing.asked)):
                raise PilcrowError("The conversation has gone on elsewhere; open it again before you ask once more.")
            number = last if replacing else (last or 0) + 1
            _write(db, conversation, number, answer, now)
            db.execute("UPDATE conversation SET changed = ? WHERE id = ?", (now, conversation))
        return Turn(number, answer, datetime.fromisoformat(now))

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Gives the conversation another title; an empty one changes nothing."""
        with self._open() as db:
            self._owned(db, owner, conversation)
            if title.strip():
                db.execute("UPDATE conversation SET title = ? WHERE id = ?", (_title(title), conversation))

    def delete(self, owner: str, conversation: str) -> None:
        """Deletes the conversation with all its turns, for good."""
        with self._open() as db:
            self._owned(db, owner, conversation)
            db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))

    def judge(self, owner: str, conversation: str, turn: Turn, feedback: str, note: str = "") -> None:
        """What the reader thinks of an answer; "" takes it back. Nothing, where the answer was since replaced."""
        if feedback not in (*FEEDBACK, ""):
            raise PilcrowError(f"{feedback!r} is no feedback; it is one of: {', '.join(FEEDBACK)}.")
        with self._open() as db:
            self._owned(db, owner, conversation)
            db.execute(
                "UPDATE turn SET feedback = ?, note = ? WHERE conversation = ? AND number = ? AND asked = ?",
                (feedback, note.strip()[:LONGEST_NOTE], conversation, turn.number, _stamp(turn.asked)),
            )

    def judged(self) -> tuple[dict[str, Any], ...]:
        """Every feedback with its answer, oldest first, as plain values; without saying whose it is."""
        with self._open() as db:
            rows = db.execute(
                "SELECT asked, feedback, note, answer FROM turn WHERE feedback <> '' ORDER BY asked, conversation, number"
            ).fetchall()
        return tuple({"asked": a, "feedback": f, "note": n, "answer": json.loads(record)} for a, f, n, record in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # A connection a call: opening one takes a tenth of a millisecond, and threads share none.
        db = sqlite3.connect(self.path, timeout=10)
        try:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = NORMAL")
            with db:
                yield db
        finally:
            db.close()

    def _owned(self, db: sqlite3.Connection, owner: str, conversation: str) -> None:
        row = db.execute("SELECT 1 FROM conversation WHERE id = ? AND owner = ?", (conversation, owner)).fetchone()
        if not owner or not row:
            raise PilcrowError("This conversation is not among yours; it may have been deleted. Begin a new one.")


def _title(words: str) -> str:
    flat = " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in words).split())
    return flat if len(flat) <= LONGEST_TITLE else f"{flat[: LONGEST_TITLE - 1]}…"


def _literal(word: str) -> str:
    """A word for LIKE: its signs mean themselves."""
    return "".join(f"\\{c}" if c in "\\%_" else c for c in word)


def _write(db: sqlite3.Connection, conversation: str, number: int, answer: Answer, asked: str) -> None:
    record = json.dumps(answer.to_dict(), ensure_ascii=False)
    db.execute(
        "INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?, ?, '', '')",
        (conversation, number, asked, answer.question, record),
    )


def _now() -> str:
    return _stamp(datetime.now(UTC))


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
