"""Conversations, kept beside the articles, in one file or in the same database: they outlive the page and the server."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args
from zlib import crc32

from index import Library, PilcrowError
from index.store.connection import Connection, Transaction
from index.store.move import Beside, Table
from rag import Answer

Feedback = Literal["helpful", "wrong citation", "unsupported", "missed"]
FEEDBACK: tuple[Feedback, ...] = get_args(Feedback)
KEPT_IN = "conversations.db"
"""Under which name the library keeps them: its file's, where they are in one."""
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
BESIDE = Beside(
    KEPT_IN,
    "conversations",
    _SCHEMA,
    FORMAT,
    (Table("conversation", ("id",)), Table("turn", ("conversation", "number"))),
)
"""What of them is copied when a library is moved."""


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
    """The conversations in one store. Whose they are is part of every question to it: nobody sees another's."""

    def __init__(self, records: Connection) -> None:
        """Makes the tables where there are none. Raises PilcrowError for a store that cannot hold conversations."""
        self._records = records
        records.make(BESIDE.what, BESIDE.script, BESIDE.version)

    @classmethod
    def of(cls, library: Library) -> History:
        """The conversations about a library."""
        return cls(library.records(KEPT_IN))

    def conversations(self, owner: str, words: str = "") -> tuple[Conversation, ...]:
        """The owner's conversations, last changed first; only those in which all the words stand."""
        found = "SELECT id, title, changed FROM conversation WHERE owner = ?"
        values = [owner]
        like = f"{self._records.like} ? ESCAPE '\\'"
        for word in words.split()[:MOST_WORDS]:
            found += (
                f" AND (title {like} OR EXISTS (SELECT 1 FROM turn WHERE conversation = id AND"
                f" (question {like} OR {self._records.answer_text} {like})))"
            )
            values += [f"%{_literal(word)}%"] * 3
        rows = self._records.rows(f"{found} ORDER BY changed DESC, id", values).fetchall()
        return tuple(Conversation(key, title, datetime.fromisoformat(changed)) for key, title, changed in rows)

    def turns(self, owner: str, conversation: str) -> tuple[Turn, ...]:
        """The turns in order; none where the conversation is not the owner's."""
        rows = self._records.rows(
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
        with self._records.transaction() as db:
            db.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?)", (key, owner, _title(title), now, now))
            if first:
                _write(db, key, 1, first, now)
        return key

    def add(self, owner: str, conversation: str, answer: Answer, *, replacing: Turn | None = None) -> Turn:
        """The answer as the next turn, or in place of the last one.

        Raises PilcrowError if the conversation is not theirs, or what is to be replaced is no longer its last turn.
        """
        now = _now()
        with self._records.transaction() as db:
            # From here on no other tab can add a turn of the same number.
            self._owned(db, owner, conversation)
            last, asked = db.execute(
                "SELECT number, asked FROM turn WHERE conversation = ? ORDER BY number DESC LIMIT 1", (conversation,)
            ).fetchone() or (0, None)
            if replacing and (last, asked) != (replacing.number, _stamp(replacing.asked)):
                raise PilcrowError("The conversation has gone on elsewhere; open it again before you ask once more.")
            number = int(last) if replacing else int(last) + 1
            _write(db, conversation, number, answer, now)
            db.execute("UPDATE conversation SET changed = ? WHERE id = ?", (now, conversation))
        return Turn(number, answer, datetime.fromisoformat(now))

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Gives the conversation another title; an empty one changes nothing."""
        with self._records.transaction() as db:
            self._owned(db, owner, conversation)
            if title.strip():
                db.execute("UPDATE conversation SET title = ? WHERE id = ?", (_title(title), conversation))

    def delete(self, owner: str, conversation: str) -> None:
        """Deletes the conversation with all its turns, for good."""
        with self._records.transaction() as db:
            self._owned(db, owner, conversation)
            db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))

    def judge(self, owner: str, conversation: str, turn: Turn, feedback: str, note: str = "") -> None:
        """What the reader thinks of an answer; "" takes it back. Nothing, where the answer was since replaced."""
        if feedback not in (*FEEDBACK, ""):
            raise PilcrowError(f"{feedback!r} is no feedback; it is one of: {', '.join(FEEDBACK)}.")
        with self._records.transaction() as db:
            self._owned(db, owner, conversation)
            db.execute(
                "UPDATE turn SET feedback = ?, note = ? WHERE conversation = ? AND number = ? AND asked = ?",
                (feedback, note.strip()[:LONGEST_NOTE], conversation, turn.number, _stamp(turn.asked)),
            )

    def judged(self) -> tuple[dict[str, Any], ...]:
        """Every feedback with its answer, oldest first, as plain values; without saying whose it is."""
        rows = self._records.rows(
            "SELECT asked, feedback, note, answer FROM turn WHERE feedback <> '' ORDER BY asked, conversation, number"
        ).fetchall()
        return tuple({"asked": a, "feedback": f, "note": n, "answer": json.loads(record)} for a, f, n, record in rows)

    def _owned(self, db: Transaction, owner: str, conversation: str) -> None:
        row = db.execute(
            f"SELECT 1 FROM conversation WHERE id = ? AND owner = ?{self._records.held}", (conversation, owner)
        ).fetchone()
        if not owner or not row:
            raise PilcrowError("This conversation is not among yours; it may have been deleted. Begin a new one.")


def _title(words: str) -> str:
    flat = " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in words).split())
    return flat if len(flat) <= LONGEST_TITLE else f"{flat[: LONGEST_TITLE - 1]}…"


def _literal(word: str) -> str:
    """A word for LIKE: its signs mean themselves."""
    return "".join(f"\\{c}" if c in "\\%_" else c for c in word)


def _write(db: Transaction, conversation: str, number: int, answer: Answer, asked: str) -> None:
    record = json.dumps(answer.to_dict(), ensure_ascii=False)
    db.execute(
        "INSERT INTO turn VALUES (?, ?, ?, ?, ?, '', '') ON CONFLICT (conversation, number) DO UPDATE SET "
        "asked = excluded.asked, question = excluded.question, answer = excluded.answer, feedback = '', note = ''",
        (conversation, number, asked, answer.question, record),
    )


def _now() -> str:
    return _stamp(datetime.now(UTC))


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
