"""What is kept of how articles are related: signatures, groups of copies, stories, corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.store.conditions import CITABLE, where
from index.store.connection import Connection
from index.values import Filters

_MOST_COPIES = 200
_MARKS = 500
_HEAD = 3
_BODY = "p.kind = 'body'"
_TEXT = "substr(a.text, p.start + 1, p.end - p.start)"


def body_texts(database: Connection) -> list[str]:
    """The keys of all body texts."""
    rows = database.rows(f"SELECT DISTINCT text_key FROM paragraphs p WHERE {_BODY} ORDER BY text_key")
    return [row[0] for row in rows]


def unsigned(database: Connection) -> list[str]:
    """The keys of body texts that have no signature yet."""
    rows = database.rows(
        f"SELECT DISTINCT text_key FROM paragraphs p WHERE {_BODY} "
        "AND NOT EXISTS (SELECT 1 FROM signatures s WHERE s.text_key = p.text_key) ORDER BY text_key"
    )
    return [row[0] for row in rows]


def texts_with(database: Connection, text_keys: Sequence[str]) -> dict[str, str]:
    """The texts of these keys, in as few queries as SQLite takes: one a text took minutes for a hundred thousand."""
    found: dict[str, str] = {}
    for start in range(0, len(text_keys), _MARKS):
        some = text_keys[start : start + _MARKS]
        rows = database.rows(
            f"SELECT p.text_key, min({_TEXT}) FROM paragraphs p JOIN articles a ON a.id = p.article_id "
            f"WHERE p.text_key IN ({', '.join('?' * len(some))}) GROUP BY p.text_key",
            some,
        )
        found |= dict(rows.fetchall())
    return found


def signatures(database: Connection) -> dict[str, bytes]:
    """The signature of every body text, by its key."""
    rows = database.rows(
        "SELECT text_key, signature FROM signatures s "
        f"WHERE EXISTS (SELECT 1 FROM paragraphs p WHERE p.text_key = s.text_key AND {_BODY})"
    )
    return dict(rows.fetchall())


def copies(database: Connection) -> dict[str, list[str]]:
    """The known groups of copied texts: the key that stands for each, and all its keys, that one first."""
    known: dict[str, list[str]] = {}
    for key, leader in database.rows(
        "SELECT text_key, leader FROM copies ORDER BY leader, text_key <> leader, text_key"
    ):
        known.setdefault(leader, []).append(key)
    return known


def keep_copies(database: Connection, groups: Iterable[Sequence[str]], signatures: Mapping[str, bytes]) -> None:
    """Puts these groups of text keys, the first of each standing for it, in place of those known.

    The signatures of new texts are kept with them, all or none: a text that is signed is one whose copies are known.
    """
    with database.transaction() as connection:
        connection.execute("DELETE FROM copies")
        connection.execute(
            "DELETE FROM signatures WHERE NOT EXISTS "
            "(SELECT 1 FROM paragraphs p WHERE p.text_key = signatures.text_key)"
        )
        connection.executemany(
            "INSERT INTO signatures VALUES (?, ?) ON CONFLICT (text_key) DO UPDATE SET signature = excluded.signature",
            signatures.items(),
        )
        connection.executemany(
            "INSERT INTO copies VALUES (?, ?)", ((key, group[0]) for group in groups for key in group)
        )


def copied_paragraphs(database: Connection) -> list[tuple[str, ...]]:
    """Groups of paragraph ids that are copies, equal or near, and stand in more than one article."""
    rows = database.rows(
        "SELECT coalesce(c.leader, p.text_key) AS leader, p.id, p.article_id FROM paragraphs p "
        f"LEFT JOIN copies c ON c.text_key = p.text_key WHERE {_BODY} AND (c.leader IS NOT NULL OR p.text_key IN "
        f"(SELECT p.text_key FROM paragraphs p WHERE {_BODY} GROUP BY p.text_key HAVING count(*) > 1)) "
        "ORDER BY leader, p.id"
    )
    groups: dict[str, list[tuple[str, str]]] = {}
    for leader, identity, article in rows:
        groups.setdefault(leader, []).append((identity, article))
    return [tuple(i for i, _ in group) for group in groups.values() if len({a for _, a in group}) > 1]


def articles_with(database: Connection, groups: Iterable[Sequence[str]]) -> list[str]:
    """The ids of the articles in which these paragraphs stand, sorted."""
    wanted = {identity for group in groups for identity in group}
    rows = database.rows("SELECT id, article_id FROM paragraphs")
    return sorted({article for identity, article in rows if identity in wanted})


def keep_stories(database: Connection, original_of: Mapping[str, str]) -> None:
    """Puts these stories, article id to the original's, in place of those known."""
    with database.transaction() as connection:
        connection.execute("UPDATE articles SET story = '' WHERE story <> ''")
        connection.executemany(
            "UPDATE articles SET story = ? WHERE id = ?", ((story, article) for article, story in original_of.items())
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph among its copies, and its article."""

    paragraph_id: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Copied:
    """What all copies of a paragraph have in common, the key of the text that stands for them, and the paragraph's kind."""

    key: str
    kind: str


def copied_as(database: Connection, paragraph_ids: Sequence[str]) -> dict[str, Copied]:
    """Of what each paragraph is a copy, equal or near: of itself, where there is no other."""
    if not paragraph_ids:
        return {}
    rows = database.rows(
        "SELECT p.id, coalesce(c.leader, p.text_key), p.kind FROM paragraphs p "
        f"LEFT JOIN copies c ON c.text_key = p.text_key WHERE p.id IN ({', '.join('?' * len(paragraph_ids))})",
        paragraph_ids,
    )
    return {identity: Copied(key, kind) for identity, key, kind in rows}


def copies_of(database: Connection, keys: Sequence[str], filters: Filters) -> dict[str, list[Copy]]:
    """For each key of `copied_as` the first paragraph of it in each article that the filters allow, the one to cite first.

    That is the story's original, else the earliest; 200 at most. Keys without any are left out. One query for all.
    """
    if not keys:
        return {}
    condition, values = where(filters)
    rows = database.rows(
        f"WITH keys (key) AS (VALUES {', '.join(['(?)'] * len(keys))}), "
        "texts (key, text_key) AS (SELECT key, key FROM keys "
        "UNION SELECT leader, text_key FROM copies WHERE leader IN (SELECT key FROM keys)), "
        "firsts AS (SELECT t.key, p.id, p.article_id, a.story, a.published, a.path, "
        "row_number() OVER (PARTITION BY t.key, p.article_id ORDER BY p.number) AS place "
        "FROM texts t JOIN paragraphs p ON p.text_key = t.text_key JOIN articles a ON a.id = p.article_id "
        f"WHERE {CITABLE} AND {condition}), "
        "ranked AS (SELECT key, id, article_id, row_number() OVER (PARTITION BY key "
        "ORDER BY story NOT IN ('', article_id), published IS NULL, published, path) AS place "
        "FROM firsts WHERE place = 1) "
        f"SELECT key, id, article_id FROM ranked WHERE place <= {_MOST_COPIES} ORDER BY key, place",
        (*keys, *values),
    )
    found: dict[str, list[Copy]] = {}
    for key, *copy in rows:
        found.setdefault(key, []).append(Copy(*copy))
    return found


def may_correct(database: Connection) -> list[str]:
    """The ids of articles that may be corrections of others, by their headline or type."""
    words = ("correct", "clarif", "retract", "errat", "apolog", "for the record", "setting the record", "we got it")
    opens = " OR ".join(["lower(a.title) LIKE ?"] * len(words))
    rows = database.rows(
        f"SELECT a.id FROM articles a WHERE a.type = 'correction' OR {opens} ORDER BY a.id",
        [f"{word}%" for word in words],
    )
    return [row[0] for row in rows]


def ending_with(database: Connection, text_keys: Sequence[str], length: int) -> list[str]:
    """The ids of articles that have one of these texts at their head or in their last characters, `length` of them.

    There a newsroom prints what it has to say for itself.
    """
    found: set[str] = set()
    for start in range(0, len(text_keys), _MARKS):
        some = text_keys[start : start + _MARKS]
        rows = database.rows(
            "SELECT DISTINCT p.article_id FROM paragraphs p JOIN articles a ON a.id = p.article_id "
            f"WHERE p.text_key IN ({', '.join('?' * len(some))}) AND {_BODY} "
            f'AND (p.number <= {_HEAD} OR p."end" > length(a.text) - {length})',
            some,
        )
        found.update(row[0] for row in rows)
    return sorted(found)


def keep_corrections(database: Connection, found: Iterable[tuple[str, str, str]]) -> None:
    """Puts these (paragraph of the correction, corrected article, what it says) in place of those known."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM corrections")
        connection.executemany("INSERT INTO corrections VALUES (?, ?, ?) ON CONFLICT DO NOTHING", found)


def corrections_of(database: Connection, article_ids: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
    """For each of these articles (paragraph, its article, what it says) of the corrections in others; those without are left out."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for start in range(0, len(article_ids), _MARKS):
        some = article_ids[start : start + _MARKS]
        rows = database.rows(
            "SELECT c.article_id, c.paragraph_id, p.article_id, c.correction FROM corrections c "
            f"JOIN paragraphs p ON p.id = c.paragraph_id WHERE c.article_id IN ({', '.join('?' * len(some))}) "
            "ORDER BY c.paragraph_id",
            some,
        )
        for corrected, *correction in rows:
            found.setdefault(corrected, []).append(tuple(correction))  # type: ignore[arg-type]
    return found
