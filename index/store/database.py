"""The truth of a library: one SQLite file with articles, paragraphs, full text and embeddings."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.articles import text_key
from index.values import EVIDENCE_KINDS, Article, Filters, Paragraph, PilcrowError

if TYPE_CHECKING:
    from index.encoder import Matrix

FORMAT = "1"
_WINDOW_MARK = "+"
_CITABLE = f"p.kind IN ({', '.join(repr(k) for k in EVIDENCE_KINDS)})"


def paragraph_of(vector_id: str) -> str:
    """The paragraph's id in a vector's id: further windows of a long paragraph carry a mark."""
    return vector_id.partition(_WINDOW_MARK)[0]


class Database:
    """Reads and writes `library.db`. One transaction an article; usable from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        try:
            self._connection.executescript(files("index.store").joinpath("schema.sql").read_text())
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
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self.path, timeout=30, check_same_thread=False, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
            self._open.append(connection)
        return self._local.connection  # type: ignore[no-any-return]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Closes every thread's connection."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._local = threading.local()

    # What the library knows of itself

    def get(self, key: str, default: str = "") -> str:
        """A remembered word, such as the encoder's name."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set(self, **words: str) -> None:
        """Remembers words."""
        with self._transaction() as connection:
            connection.executemany("REPLACE INTO meta VALUES (?, ?)", words.items())

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles."""
        return int(self.get("generation", "0"))

    # Writing

    def save(self, article: Article, file_hash: str, embeddings: Mapping[str, Matrix]) -> None:
        """Puts the article in place of the one under the same path, in one transaction.

        `embeddings` holds one row a window for every text key of a citable paragraph that the
        library does not hold yet.
        """
        with self._transaction() as connection:
            old = connection.execute(
                "SELECT text_hash, version FROM articles WHERE id = ?", (article.id,)
            ).fetchone()
            version = 1 if old is None else old[1] + (old[0] != article.text_hash)
            stale = self._take_out(connection, article.id)
            connection.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.id,
                    article.path,
                    article.url,
                    article.title,
                    article.source,
                    json.dumps(article.authors, ensure_ascii=False),
                    article.published.isoformat() if article.published else None,
                    article.published_from,
                    article.text,
                    article.text_hash,
                    version,
                    file_hash,
                ),
            )
            for p in article.paragraphs:
                row = connection.execute(
                    "INSERT INTO paragraphs (id, article_id, number, kind, start, end, text_key) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (p.id, article.id, p.number, p.kind, p.start, p.end, text_key(p.text)),
                ).lastrowid
                if p.kind in EVIDENCE_KINDS:
                    connection.execute(
                        "INSERT INTO full_text (rowid, text, title) VALUES (?, ?, ?)",
                        (row, p.text, article.title),
                    )
            connection.executemany(
                "INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)",
                (
                    (key, window, vector.astype("<f4").tobytes())
                    for key, matrix in embeddings.items()
                    for window, vector in enumerate(matrix)
                ),
            )
            self._forget(connection, stale)
            self._next_generation(connection)

    def remove(self, article_id: str) -> bool:
        """Takes the article out of everything; False where there was none."""
        with self._transaction() as connection:
            stale = self._take_out(connection, article_id)
            self._forget(connection, stale)
            if stale is not None:
                self._next_generation(connection)
        return stale is not None

    def _take_out(self, connection: sqlite3.Connection, article_id: str) -> set[str] | None:
        rows = connection.execute(
            "SELECT row, text_key FROM paragraphs WHERE article_id = ?", (article_id,)
        ).fetchall()
        connection.executemany("DELETE FROM full_text WHERE rowid = ?", ((row,) for row, _ in rows))
        gone = connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount
        return {key for _, key in rows} if gone else None

    def _forget(self, connection: sqlite3.Connection, keys: Iterable[str] | None) -> None:
        """Drops the embeddings of texts that stand in no paragraph any more."""
        connection.executemany(
            "DELETE FROM embeddings WHERE text_key = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM paragraphs WHERE text_key = ?1)",
            ((key,) for key in keys or ()),
        )

    def _next_generation(self, connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO meta VALUES ('generation', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
        )

    # Articles and paragraphs

    def file_hashes(self) -> dict[str, tuple[str, str]]:
        """For every path: the article's id and the hash of the file as it was read."""
        rows = self._connection.execute("SELECT path, id, file_hash FROM articles")
        return {path: (identity, digest) for path, identity, digest in rows}

    def articles(self, filters: Filters = Filters()) -> tuple[Article, ...]:  # noqa: B008 (frozen)
        """Every article's metadata, oldest first and undated last; texts are left out."""
        where, values = _where(filters)
        rows = self._connection.execute(
            "SELECT a.id, a.path, a.url, a.title, a.source, a.authors, a.published, a.published_from, "
            "a.text_hash, a.version, CASE a.title WHEN '' THEN substr(a.text, 1, 400) ELSE '' END "
            f"FROM articles a WHERE {where} ORDER BY a.published IS NULL, a.published, a.path",  # noqa: S608
            values,
        )
        return tuple(_article(row[:10], text=row[10], paragraphs=()).without_text() for row in rows)

    def article(self, article_id: str) -> Article | None:
        """The whole article with its text and paragraphs."""
        row = self._connection.execute(
            "SELECT id, path, url, title, source, authors, published, published_from, text_hash, version, "
            "text FROM articles WHERE id = ?",
            (article_id,),
        ).fetchone()
        if not row:
            return None
        text = row[10]
        paragraphs = self._connection.execute(
            "SELECT id, article_id, number, kind, start, end FROM paragraphs WHERE article_id = ? "
            "ORDER BY number",
            (article_id,),
        )
        return _article(row[:10], text, tuple(Paragraph(*p, text=text[p[4] : p[5]]) for p in paragraphs))

    def articles_of(self, paragraph_ids: Sequence[str]) -> dict[str, str]:
        """The article's id for each of these paragraphs that is still in the library."""
        marks = ", ".join("?" * len(paragraph_ids))
        rows = self._connection.execute(
            f"SELECT id, article_id FROM paragraphs WHERE id IN ({marks})",  # noqa: S608
            tuple(paragraph_ids),
        )
        return dict(rows.fetchall())

    def sources(self) -> tuple[str, ...]:
        """The names of the outlets, in alphabetical order; articles without one do not count."""
        rows = self._connection.execute("SELECT DISTINCT source FROM articles WHERE source <> '' ORDER BY source")
        return tuple(row[0] for row in rows)

    def counts(self) -> dict[str, int]:
        """How many articles, paragraphs and distinct embedded texts there are."""
        return {
            "articles": self._one("SELECT count(*) FROM articles"),
            "paragraphs": self._one("SELECT count(*) FROM paragraphs"),
            "embeddings": self._one("SELECT count(*) FROM embeddings"),
        }

    # Searching

    def full_text(self, query: str, k: int, filters: Filters) -> list[str]:
        """Ids of the k citable paragraphs that fit the FTS5 query best (BM25; a title counts half)."""
        where, values = _where(filters)
        rows = self._connection.execute(
            "SELECT p.id FROM full_text JOIN paragraphs p ON p.row = full_text.rowid "
            f"JOIN articles a ON a.id = p.article_id WHERE full_text MATCH ? AND {where} "  # noqa: S608
            "ORDER BY bm25(full_text, 1.0, 0.5), p.id LIMIT ?",
            (query, *values, k),
        )
        return [row[0] for row in rows]

    def holding(self, word: str) -> int:
        """In how many citable paragraphs (or their titles) a word stands, in any inflection."""
        quoted = '"' + word.replace('"', '""') + '"'
        return self._one("SELECT count(*) FROM full_text WHERE full_text MATCH ?", quoted)

    # Embeddings

    def embedded(self, keys: Sequence[str]) -> set[str]:
        """Those of the text keys whose embedding is already stored."""
        found: set[str] = set()
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            marks = ", ".join("?" * len(some))
            rows = self._connection.execute(
                f"SELECT DISTINCT text_key FROM embeddings WHERE text_key IN ({marks})",  # noqa: S608
                tuple(some),
            )
            found.update(row[0] for row in rows)
        return found

    def vector_ids(self) -> list[str]:
        """The id of every vector that the nearest-neighbour index must hold."""
        rows = self._connection.execute(
            "SELECT p.id, e.window FROM paragraphs p JOIN embeddings e ON e.text_key = p.text_key "
            f"WHERE {_CITABLE} ORDER BY p.row, e.window"  # noqa: S608
        )
        return [_vector_id(*row) for row in rows]

    def vectors(
        self, batch: int = 2000, *, filters: Filters = Filters(), only: set[str] | None = None  # noqa: B008
    ) -> Iterator[tuple[list[str], Matrix]]:
        """Vector ids with their vectors, (n, d) float32, at most `batch` at a time.

        `only` keeps these vector ids, `filters` the vectors of these articles.
        """
        import numpy as np

        where, values = _where(filters)
        rows = self._connection.execute(
            "SELECT p.id, e.window, e.vector FROM paragraphs p JOIN embeddings e ON e.text_key = p.text_key "
            f"JOIN articles a ON a.id = p.article_id WHERE {_CITABLE} AND {where} "  # noqa: S608
            "ORDER BY p.row, e.window",
            values,
        )
        wanted = ((_vector_id(p, w), v) for p, w, v in rows if only is None or _vector_id(p, w) in only)
        while some := [pair for pair, _ in zip(wanted, range(batch), strict=False)]:
            raw = b"".join(vector for _, vector in some)
            yield [i for i, _ in some], np.frombuffer(raw, dtype="<f4").reshape(len(some), -1)

    def vectors_of(self, paragraph_ids: Sequence[str]) -> Iterator[tuple[str, Matrix]]:
        """(paragraph id, its vectors) for the paragraphs that are there; one row a window."""
        import numpy as np

        for identity in paragraph_ids:
            rows = self._connection.execute(
                "SELECT e.vector FROM paragraphs p JOIN embeddings e ON e.text_key = p.text_key "
                "WHERE p.id = ? ORDER BY e.window",
                (identity,),
            ).fetchall()
            if rows:
                yield identity, np.frombuffer(b"".join(r[0] for r in rows), "<f4").reshape(len(rows), -1)

    def problems(self) -> list[str]:
        """What is wrong inside the truth, in sentences; empty when all is well."""
        found = []
        state = self._connection.execute("PRAGMA integrity_check").fetchone()[0]
        if state != "ok":
            found.append(f"SQLite reports damage in {self.path.name}: {state}.")
        for sentence, query in _LAWS:
            count = self._one(query)
            if count:
                found.append(f"{count} {sentence}")
        for article in self.articles():
            whole = self.article(article.id)
            if whole and any(whole.text[p.start : p.end] != p.text or not p.text for p in whole.paragraphs):
                found.append(f"Offsets in {article.path} do not fit its text.")
        return found

    def _one(self, query: str, *values: Any) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])


_LAWS = (
    (
        "paragraphs belong to no article.",
        "SELECT count(*) FROM paragraphs WHERE article_id NOT IN (SELECT id FROM articles)",
    ),
    (
        "articles have no paragraph.",
        "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM paragraphs)",
    ),
    (
        "citable paragraphs have no embedding.",
        f"SELECT count(*) FROM paragraphs p WHERE {_CITABLE} "  # noqa: S608
        "AND text_key NOT IN (SELECT text_key FROM embeddings)",
    ),
    (
        "citable paragraphs are missing from the full-text index.",
        f"SELECT count(*) FROM paragraphs p WHERE {_CITABLE} "  # noqa: S608
        "AND row NOT IN (SELECT rowid FROM full_text)",
    ),
    (
        "rows of the full-text index belong to no paragraph.",
        "SELECT count(*) FROM full_text WHERE rowid NOT IN (SELECT row FROM paragraphs)",
    ),
    (
        "embeddings belong to no paragraph.",
        "SELECT count(*) FROM embeddings WHERE text_key NOT IN (SELECT text_key FROM paragraphs)",
    ),
)


def _vector_id(paragraph_id: str, window: int) -> str:
    return f"{paragraph_id}{_WINDOW_MARK}{window}" if window else paragraph_id


def _article(row: Sequence[Any], text: str, paragraphs: tuple[Paragraph, ...]) -> Article:
    identity, path, url, title, source, authors, published, published_from, text_hash, version = row
    return Article(
        id=identity,
        path=path,
        url=url,
        title=title,
        source=source,
        authors=tuple(json.loads(authors)),
        published=date.fromisoformat(published) if published else None,
        published_from=published_from,
        text_hash=text_hash,
        version=version,
        text=text,
        paragraphs=paragraphs,
    )


def _where(filters: Filters) -> tuple[str, list[str]]:
    """The filters as a condition on articles `a`, with its values."""
    conditions, values = ["1"], []
    for column_test, day in (
        ("a.published >= ?", filters.since),
        ("a.published <= ?", filters.until),
        ("(a.published IS NULL OR a.published <= ?)", filters.as_of),
    ):
        if day:
            conditions.append(column_test)
            values.append(day.isoformat())
    if filters.sources:
        conditions.append(f"a.source IN ({', '.join('?' * len(filters.sources))})")
        values += filters.sources
    if filters.articles:
        conditions.append(f"a.id IN ({', '.join('?' * len(filters.articles))})")
        values += filters.articles
    return " AND ".join(conditions), values
