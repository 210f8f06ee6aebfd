"""The truth of a library: articles, paragraphs, full text and embeddings, in whichever store."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from index.articles import text_key
from index.store.conditions import where
from index.store.connection import Connection, Transaction
from index.store.embeddings import store
from index.values import EVIDENCE_KINDS, Article, Filters, Paragraph

if TYPE_CHECKING:
    from index.encoder import Matrix

_ALL = Filters()
_MOST_IDS = 10_000
"""Values of one statement; SQLite takes 32,766 and PostgreSQL 65,535."""


class Database(Connection):
    """Articles and paragraphs. One transaction an article."""

    @abstractmethod
    def writing(self, patience: float) -> AbstractContextManager[None]:
        """Holds the library for writing. Raises Busy when it is not free within `patience` seconds."""

    @abstractmethod
    def beside(self, name: str) -> Connection:
        """A store for what is kept beside the articles: the same database, or the file `name` in the same folder."""

    @abstractmethod
    def full_text(self, words: Sequence[str], k: int, filters: Filters) -> list[str]:
        """Ids of the k citable paragraphs that fit any of the words best (BM25; a title counts half)."""

    @abstractmethod
    def holding(self, word: str) -> int:
        """In how many citable paragraphs (or their titles) a word stands, in any inflection."""

    @abstractmethod
    def index_texts(self, connection: Transaction, texts: Iterable[tuple[int, str, str]]) -> None:
        """Puts (row, text, title) of citable paragraphs into the full-text index."""

    @abstractmethod
    def unindex(self, connection: Transaction, article_id: str) -> None:
        """Takes an article's paragraphs, which must still be there, out of the full-text index."""

    @abstractmethod
    def damage(self) -> str:
        """What the store itself finds damaged, in a sentence; "" where all is well."""

    def save(self, article: Article, embeddings: Mapping[str, Matrix]) -> bool:
        """Puts the article in place of the one under the same path, in one transaction; False where it is the same.

        `embeddings` holds one row a window for every text key of a citable paragraph that the
        library does not hold yet. The text that it replaces is kept as an earlier version.
        """
        digest, before = _digest(article), self.article(article.id)
        with self.transaction() as connection:
            old = connection.execute(
                "SELECT text_hash, version, digest FROM articles WHERE id = ?", (article.id,)
            ).fetchone()
            if old and old[2] == digest:
                return False
            version, kept = 1, []
            if old:
                changed = old[0] != article.text_hash
                if not old[0] and before:
                    # Brought over from an earlier format, whose hashes cannot be compared.
                    changed = (before.text, before.title) != (article.text, article.title)
                version = old[1] + changed
                kept = connection.execute(
                    "SELECT article_id, version, article FROM versions WHERE article_id = ?", (article.id,)
                ).fetchall()
                if before and version > old[1]:
                    kept.append((article.id, old[1], as_json(before)))
            self._take_out(connection, article.id)
            held = dict(zip(_COLUMNS, _row(replace(article, version=version)), strict=True))
            held |= {"text": article.text, "digest": digest}
            names, marks = ", ".join(held), ", ".join("?" * len(held))
            connection.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", tuple(held.values()))
            connection.executemany("INSERT INTO versions VALUES (?, ?, ?)", kept)
            next_row = connection.execute("SELECT coalesce(max(row), 0) + 1 FROM paragraphs").fetchone()[0]
            numbered = list(enumerate(article.paragraphs, next_row))
            connection.executemany(
                'INSERT INTO paragraphs (row, id, article_id, number, kind, start, "end", page, box, text_key) '
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        row,
                        p.id,
                        article.id,
                        p.number,
                        p.kind,
                        p.start,
                        p.end,
                        p.page,
                        json.dumps(p.box) if p.box else "",
                        text_key(p.text),
                    )
                    for row, p in numbered
                ],
            )
            self.index_texts(
                connection, [(row, p.text, article.title) for row, p in numbered if p.kind in EVIDENCE_KINDS]
            )
            store(connection, embeddings)
            self._next_generation(connection)
        return True

    def holds(self, article: Article) -> bool | None:
        """True where the library has the very same article, False where another of that id, None where none."""
        row = self.rows("SELECT digest FROM articles WHERE id = ?", (article.id,)).fetchone()
        return bool(row[0] == _digest(article)) if row else None

    def save_file(self, path: str, digest: str, skipped: Sequence[tuple[str, str]]) -> None:
        """Remembers that the file was read to its end, and what of it could not be."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO files VALUES (?, ?, ?) "
                "ON CONFLICT (path) DO UPDATE SET hash = excluded.hash, skipped = excluded.skipped",
                (path, digest, json.dumps(list(skipped))),
            )

    def forget_file(self, path: str) -> None:
        """Forgets that the file was ever read; its articles stay."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM files WHERE path = ?", (path,))

    def remove(self, article_id: str) -> bool:
        """Takes the article out of everything; False where there was none."""
        with self.transaction() as connection:
            gone = self._take_out(connection, article_id)
            if gone:
                self._next_generation(connection)
        return gone

    def _take_out(self, connection: Transaction, article_id: str) -> bool:
        self.unindex(connection, article_id)
        return connection.execute("DELETE FROM articles WHERE id = ?", (article_id,)).rowcount > 0

    def _next_generation(self, connection: Transaction) -> None:
        connection.execute(
            "INSERT INTO meta VALUES ('generation', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS INTEGER) + 1 AS TEXT)"
        )

    def files(self) -> dict[str, KnownFile]:
        """Every file that was read, by its path."""
        counts = dict(self.rows("SELECT file, count(*) FROM articles GROUP BY file").fetchall())
        rows = self.rows("SELECT path, hash, skipped FROM files").fetchall()
        known = {
            path: KnownFile(digest, counts.pop(path, 0), tuple((part, why) for part, why in json.loads(skipped)))
            for path, digest, skipped in rows
        }
        return known | {path: KnownFile("", count) for path, count in counts.items()}

    def dates_by_outlet(self) -> dict[str, list[str]]:
        """For every outlet, "" too, with an article whose date is written and not settled: all dates that its articles write."""
        rows = self.rows(
            "SELECT source, dates_written FROM articles WHERE source IN (SELECT source FROM articles "
            "WHERE published IS NULL AND published_from <> '') ORDER BY path"
        )
        written: dict[str, list[str]] = {}
        for source, lines in rows:
            written.setdefault(source, []).extend(json.loads(lines))
        return written

    def undated_files(self, source: str) -> list[str]:
        """The files with an article of this outlet whose date is written and not settled."""
        rows = self.rows(
            "SELECT DISTINCT file FROM articles WHERE source = ? AND published IS NULL AND published_from <> '' "
            "ORDER BY file",
            (source,),
        )
        return [row[0] for row in rows]

    def span(self) -> tuple[date, date] | None:
        """From when to when the articles were published; None where none has a date."""
        ((first, last),) = self.rows(
            "SELECT (SELECT min(published) FROM articles), (SELECT max(published) FROM articles)"
        )
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def articles_of(self, file: str) -> set[str]:
        """The ids of the articles that a file holds."""
        return {row[0] for row in self.rows("SELECT id FROM articles WHERE file = ?", (file,))}

    def articles(self, filters: Filters = _ALL) -> tuple[Article, ...]:
        """Every article's metadata, oldest first and undated last; texts are left out."""
        condition, values = where(filters)
        columns = ", ".join(f"a.{name}" for name in _COLUMNS)
        rows = self.rows(
            f"SELECT {columns}, CASE a.title WHEN '' THEN substr(a.text, 1, 400) ELSE '' END "
            f"FROM articles a WHERE {condition} ORDER BY a.published IS NULL, a.published, a.path",
            values,
        )
        return tuple(_article(row[:-1], text=row[-1], paragraphs=()).without_text() for row in rows)

    def metadata(self, article_ids: Sequence[str]) -> tuple[Article, ...]:
        """The metadata of these articles, oldest first."""
        found = [a for some in _some(article_ids) for a in self.articles(Filters(articles=tuple(some)))]
        return tuple(sorted(found, key=lambda a: (a.published is None, a.published or date.min, a.path)))

    def article(self, article_id: str, version: int | None = None) -> Article | None:
        """The whole article with its text and paragraphs, as it is now or as it was in an earlier version."""
        now = self.whole([article_id]).get(article_id)
        if now is None or version in (None, now.version):
            return now
        old = self.rows(
            "SELECT article FROM versions WHERE article_id = ? AND version = ?", (article_id, version)
        ).fetchone()
        return from_json(old[0]) if old else None

    def whole(self, article_ids: Sequence[str]) -> dict[str, Article]:
        """These articles with their texts and paragraphs by their ids, however many, in two queries; unknown ids are left out."""
        found: dict[str, Article] = {}
        for some in _some(article_ids):
            marks = ", ".join("?" * len(some))
            with self.snapshot():
                rows = self.rows(f"SELECT {', '.join(_COLUMNS)}, text FROM articles WHERE id IN ({marks})", some)
                texts = {row[0]: row for row in rows.fetchall()}
                paragraphs = self.rows(
                    'SELECT article_id, id, number, kind, start, "end", page, box FROM paragraphs '
                    f"WHERE article_id IN ({marks}) ORDER BY article_id, number",
                    some,
                ).fetchall()
            held = {owner: list(of_one) for owner, of_one in groupby(paragraphs, key=itemgetter(0))}
            found |= {
                identity: _article(row[:-1], row[-1], tuple(_paragraph(p, row[-1]) for p in held.get(identity, ())))
                for identity, row in texts.items()
            }
        return found

    def places_of(self, paragraph_ids: Sequence[str]) -> dict[str, tuple[str, int, str]]:
        """Path and number, and the article's id, for each of these paragraphs that is still in the library."""
        if not paragraph_ids:
            return {}
        marks = ", ".join("?" * len(paragraph_ids))
        rows = self.rows(
            "SELECT p.id, a.path, p.number, a.id FROM paragraphs p JOIN articles a ON a.id = p.article_id "
            f"WHERE p.id IN ({marks})",
            tuple(paragraph_ids),
        )
        return {identity: (path, number, article) for identity, path, number, article in rows}

    def sources(self) -> tuple[str, ...]:
        """The names of the outlets, in alphabetical order; articles without one do not count."""
        rows = self.rows("SELECT DISTINCT source FROM articles WHERE source <> '' ORDER BY source")
        return tuple(row[0] for row in rows)

    def counts(self) -> dict[str, int]:
        """How many articles, paragraphs and distinct embedded texts there are."""
        return {
            "articles": self.one("SELECT count(*) FROM articles"),
            "paragraphs": self.one("SELECT count(*) FROM paragraphs"),
            "embeddings": self.one("SELECT count(*) FROM embeddings"),
        }


_COLUMNS = [
    "id",
    "path",
    "file",
    "url",
    "title",
    "source",
    "authors",
    "published",
    "published_from",
    "published_sure",
    "updated",
    "dates_written",
    "section",
    "language",
    "type",
    "words",
    "story",
    "text_hash",
    "version",
]
"""An article's columns that are fields of the value too, without its text."""
_LISTS = ("authors", "dates_written")
_DAYS = ("published", "updated")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was last read: its hash, how many articles it gave, and what of it was skipped."""

    hash: str
    articles: int
    skipped: tuple[tuple[str, str], ...] = ()


def _row(article: Article) -> Iterator[Any]:
    for name in _COLUMNS:
        value = getattr(article, name)
        if name in _LISTS:
            value = json.dumps(value, ensure_ascii=False)
        yield value.isoformat() if name in _DAYS and value else value


def _article(row: Sequence[Any], text: str, paragraphs: tuple[Paragraph, ...]) -> Article:
    held = dict(zip(_COLUMNS, row, strict=True))
    held |= {name: tuple(json.loads(held[name])) for name in _LISTS}
    held |= {name: date.fromisoformat(held[name]) if held[name] else None for name in _DAYS}
    return Article(**held, text=text, paragraphs=paragraphs)


def _paragraph(row: Sequence[Any], text: str) -> Paragraph:
    owner, identity, number, kind, start, end, page, box = row
    return Paragraph(
        *(identity, owner, number, kind, start, end, text[start:end], page),
        box=tuple(json.loads(box)) if box else None,
    )


def _some(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The distinct ids, as many at once as a statement takes."""
    distinct = tuple(dict.fromkeys(ids))
    for start in range(0, len(distinct), _MOST_IDS):
        yield distinct[start : start + _MOST_IDS]


def _digest(article: Article) -> str:
    """A hash of what the article itself says, not of how often it changed or who copied it."""
    return blake2b(
        repr(replace(article, version=1, story="")).encode("utf-8", "surrogatepass"), digest_size=16
    ).hexdigest()


def as_json(article: Article) -> str:
    """The whole article as it is kept among the earlier versions."""
    return json.dumps(asdict(article), default=str, ensure_ascii=False)


def from_json(kept: str) -> Article:
    """The article that `as_json` wrote."""
    held = json.loads(kept)
    held |= {name: tuple(held[name]) for name in _LISTS}
    held |= {name: date.fromisoformat(held[name]) if held[name] else None for name in _DAYS}
    held["paragraphs"] = tuple(
        Paragraph(**{**p, "box": tuple(p["box"]) if p["box"] else None}) for p in held["paragraphs"]
    )
    return Article(**held)
