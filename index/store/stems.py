"""The words of texts as FTS5 cuts and stems them, for stores that are not SQLite: SQLite itself does it, in memory."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.store.migrations import TOKENIZER


@dataclass(slots=True)
class Stems:
    """What FTS5 would hold of one paragraph."""

    counts: dict[str, int] = field(default_factory=dict)
    """How often each stem stands in the paragraph, twice, and in its title, once: a title counts half."""
    words: int = 0
    """How many words both have."""


class Stemmer:
    """FTS5's tokenizer, usable from several threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5 (text, title, content = '', tokenize = '{TOKENIZER}')"
        )
        self._connection.execute("CREATE VIRTUAL TABLE found USING fts5vocab (texts, instance)")

    def stems(self, texts: Sequence[tuple[str, str]]) -> list[Stems]:
        """The stems of each (text, title)."""
        stems = [Stems() for _ in texts]
        with self._guard:
            self._hold(texts)
            for stem, place, column, count in self._connection.execute(
                "SELECT term, doc, col, count(*) FROM found GROUP BY doc, term, col"
            ):
                one = stems[place]
                one.counts[stem] = one.counts.get(stem, 0) + (2 * count if column == "text" else count)
                one.words += count
        return stems

    def words(self, words: Sequence[str]) -> list[list[str]]:
        """The stems of each word, in order: one, as a rule; "snow_storm" has two, and "—" none."""
        stems: list[list[str]] = [[] for _ in words]
        with self._guard:
            self._hold([(word, "") for word in words])
            for place, stem in self._connection.execute('SELECT doc, term FROM found ORDER BY doc, "offset"'):
                stems[place].append(stem)
        return stems

    def with_phrase(self, word: str, texts: Sequence[tuple[str, str]]) -> int:
        """In how many of these (text, title) the stems of a word stand one after the other."""
        quoted = '"' + word.replace('"', '""') + '"'
        with self._guard:
            self._hold(texts)
            found = self._connection.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (quoted,))
            return int(found.fetchone()[0])

    def _hold(self, texts: Sequence[tuple[str, str]]) -> None:
        self._connection.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
        self._connection.executemany(
            "INSERT INTO texts (rowid, text, title) VALUES (?, ?, ?)",
            ((place, text, title) for place, (text, title) in enumerate(texts)),
        )
