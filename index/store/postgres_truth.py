"""A library's truth in PostgreSQL: the shared tables, and full text with the same words and the same BM25 as FTS5."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.resources import files

from index.store.conditions import where
from index.store.connection import Connection, Transaction
from index.store.database import Database
from index.store.migrations import FORMAT, schema
from index.store.postgres import MAKING, PostgresConnection, translated
from index.store.rarest import K1, B, idf, rarest_first
from index.store.stems import Stemmer
from index.values import Filters, PilcrowError


class Postgres(PostgresConnection, Database):
    """The truth in a PostgreSQL database: in the first schema of its search path, where there is more than one."""

    def __init__(self, address: str, *, create: bool = True) -> None:
        """Opens the library there; with `create`, makes it where there is none. Raises PilcrowError."""
        super().__init__(address)
        self._stemmer = Stemmer()
        try:
            if not is_library(self):
                if not create:
                    raise PilcrowError(f"There is no library in {self.label}; make one with: pilcrow index ARTICLES")
                self._make()
            found = self.get("format")
            if found != FORMAT:
                raise PilcrowError(
                    f"The library in {self.label} is of format {found or 'no version'} and this version reads "
                    f"{FORMAT}; use the version of Pilcrow that made it."
                )
        except BaseException:
            self.close()
            raise

    def _make(self) -> None:
        encoding = self.native("SHOW server_encoding").fetchone()[0]
        if encoding != "UTF8":
            raise PilcrowError(f"In {self.label} texts are kept in {encoding}; make one with the encoding UTF8.")
        with self.transaction() as connection:
            # Another process may be making them.
            connection.execute(MAKING)
            if not is_library(self):
                connection.execute(_script())
                connection.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))

    def beside(self, name: str) -> Connection:
        """The same database."""
        return PostgresConnection(self._address)

    def full_text(self, words: Sequence[str], k: int, filters: Filters) -> list[str]:
        """Ids of the k citable paragraphs that fit any of the words best (BM25; a title counts half).

        A word that the tokenizer cuts in two counts as two words.
        """
        stems = [stem for parts in self._stemmer.words(words) for stem in parts]
        (size, *found) = self.native(
            "SELECT '' AS stem, paragraphs, words FROM full_text_size UNION ALL "
            "SELECT stem, paragraphs, 0 FROM stems WHERE stem = ANY(%s)",
            (stems,),
        ).fetchall()
        held = {stem: count for stem, count, _ in found if count}
        _, paragraphs, length = size
        # In the order of the question, so that the same numbers are added in the same order as by FTS5.
        weights = [(stem, idf(paragraphs, held[stem])) for stem in stems if stem in held]
        query, values = _best(weights, length / max(1, paragraphs), k, filters)

        def scored(some: Sequence[str]) -> list[tuple[str, float]]:
            return self.native(query, (*values, list(some), *_values_of(filters), k, k)).fetchall()

        return rarest_first(stems, held, paragraphs, k, scored)

    def holding(self, word: str) -> int:
        """In how many citable paragraphs (or their titles) a word stands, in any inflection."""
        (stems,) = self._stemmer.words([word])
        if len(stems) < 2:
            row = self.native("SELECT paragraphs FROM stems WHERE stem = ANY(%s)", (stems,)).fetchone()
            return int(row[0]) if row else 0
        texts = self.native(
            'SELECT substr(a.text, p.start + 1, p."end" - p.start), a.title FROM full_text f '
            "JOIN paragraphs p ON p.row = f.rowid JOIN articles a ON a.id = p.article_id WHERE f.counts ?& %s",
            (stems,),
        ).fetchall()
        return self._stemmer.with_phrase(word, texts)

    def index_texts(self, connection: Transaction, texts: Iterable[tuple[int, str, str]]) -> None:
        """Puts (row, text, title) of citable paragraphs into the full-text index."""
        given = list(texts)
        found = self._stemmer.stems([(text, title) for _, text, title in given])
        connection.execute(
            "INSERT INTO full_text SELECT r, c::jsonb, w FROM unnest(?::int[], ?::text[], ?::int[]) AS t (r, c, w)",
            ([row for row, _, _ in given], [json.dumps(one.counts) for one in found], [one.words for one in found]),
        )

    def unindex(self, connection: Transaction, article_id: str) -> None:
        """Takes an article's paragraphs, which must still be there, out of the full-text index."""
        connection.execute(
            "DELETE FROM full_text WHERE rowid IN (SELECT row FROM paragraphs WHERE article_id = ?)", (article_id,)
        )

    def damage(self) -> str:
        """Whether the words are counted as they stand; PostgreSQL itself refuses to read a damaged page."""
        wrong = self.one(
            "SELECT count(*) FROM (SELECT stem, count(*) AS n FROM full_text, jsonb_object_keys(counts) AS stem "
            "GROUP BY stem) AS f FULL JOIN (SELECT * FROM stems WHERE paragraphs > 0) AS s ON s.stem = f.stem "
            "WHERE f.n IS DISTINCT FROM s.paragraphs"
        )
        return f"{wrong} words are counted otherwise than they stand in the full-text index." if wrong else ""


def is_library(connection: PostgresConnection) -> bool:
    """True where the tables of a library are."""
    found: bool = connection.native("SELECT to_regclass('meta') IS NOT NULL").fetchone()[0]
    return found


def has_library(address: str) -> bool:
    """True where there is a library at this address. Raises PilcrowError where it cannot be asked."""
    connection = PostgresConnection(address)
    try:
        return is_library(connection)
    finally:
        connection.close()


def _script() -> str:
    """What makes the tables: those of SQLite with PostgreSQL's types, and its own full text."""
    return translated(schema()) + files("index.store").joinpath("postgres.sql").read_text("utf-8")


def _values_of(filters: Filters) -> list[str]:
    return where(filters)[1]


def _best(weights: Sequence[tuple[str, float]], mean: float, k: int, filters: Filters) -> tuple[str, list[object]]:
    """The query for (paragraph id, score) of the k best, and its first values; those of the caller follow."""
    condition = where(filters)[0].replace("?", "%s")
    joined = "JOIN paragraphs p ON p.row = f.rowid JOIN articles a ON a.id = p.article_id"
    found = ", ".join(f"coalesce((f.counts -> %s::text)::int, 0) / 2.0::float8 AS f{n}" for n, _ in enumerate(weights))
    score = " + ".join(f"%s::float8 * ((f{n} * %s::float8) / (f{n} + norm))" for n, _ in enumerate(weights))
    query = (
        f"WITH best AS (SELECT rowid, {score} AS score FROM (SELECT f.rowid, "
        f"%s::float8 * (%s::float8 + %s::float8 * f.words::float8 / %s::float8) AS norm, {found} "
        f"FROM full_text f {joined if filters else ''} WHERE f.counts ?| %s AND {condition} OFFSET 0) AS counted "
        "ORDER BY score DESC FETCH FIRST %s ROWS WITH TIES) "
        f"SELECT p.id, f.score FROM best f {joined} ORDER BY f.score DESC, a.path, p.number LIMIT %s"
    )
    values: list[object] = [value for _, one in weights for value in (one, K1 + 1.0)]
    values += [K1, 1 - B, B, mean, *(stem for stem, _ in weights)]
    return query, values
