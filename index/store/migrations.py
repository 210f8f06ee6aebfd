"""How a library made by an earlier version becomes one of this version, in one transaction."""

from __future__ import annotations

import re
import sqlite3
from importlib.resources import files

FORMAT = "2"
"""The format that this version writes."""

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""How FTS5 cuts and stems words, as the schema declares it."""
_COMMENT = re.compile(r"--[^\n]*")
# The new tables come from the schema; here is what becomes of the old ones. The next sync reads every file anew
# (the way of reading has changed with the format), so what is not known yet may wait for it. A text's hash is made of
# other things now: kept, it would make a new version of every article.
_STEPS = {
    "1": """
        CREATE TABLE files (path TEXT PRIMARY KEY, hash TEXT NOT NULL, skipped TEXT NOT NULL DEFAULT '[]') WITHOUT ROWID;
        INSERT INTO files (path, hash) SELECT path, file_hash FROM articles;
        DROP INDEX articles_published;
        ALTER TABLE articles DROP COLUMN file_hash;
        ALTER TABLE articles ADD COLUMN file TEXT NOT NULL DEFAULT '';
        ALTER TABLE articles ADD COLUMN published_sure TEXT NOT NULL DEFAULT 'unknown';
        ALTER TABLE articles ADD COLUMN updated TEXT;
        ALTER TABLE articles ADD COLUMN dates_written TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE articles ADD COLUMN section TEXT NOT NULL DEFAULT '';
        ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
        ALTER TABLE articles ADD COLUMN type TEXT NOT NULL DEFAULT '';
        ALTER TABLE articles ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE articles ADD COLUMN digest TEXT NOT NULL DEFAULT '';
        ALTER TABLE articles ADD COLUMN story TEXT NOT NULL DEFAULT '';
        UPDATE articles SET file = path, text_hash = '', published_sure = iif(published IS NULL, 'unknown', 'certain'),
            words = length(trim(text)) - length(replace(trim(text), ' ', '')) + 1;
        ALTER TABLE paragraphs ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE paragraphs ADD COLUMN box TEXT NOT NULL DEFAULT '';
    """,
}


def can_migrate(found: str) -> bool:
    """True for an earlier format that can be brought up to this one."""
    return found in _STEPS


def format_of(connection: sqlite3.Connection) -> str:
    """The format of the library; "" for a file without tables."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return ""
    known = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if known:
        return str(known[0])
    # Format 1 was written down with the first sync only; before it the library is empty.
    columns = [row[1] for row in connection.execute("PRAGMA table_info(articles)")]
    return "1" if "file_hash" in columns else FORMAT


def migrate(connection: sqlite3.Connection) -> None:
    """Makes the tables of a new library, or brings an earlier one up to FORMAT; all or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first.
        found = format_of(connection)
        while found in _STEPS:
            _run(connection, _STEPS[found])
            found = str(int(found) + 1)
        _run(connection, schema())
        connection.execute("REPLACE INTO meta VALUES ('format', ?)", (FORMAT,))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def schema() -> str:
    """The tables of a new library; those that exist are left alone."""
    return files("index.store").joinpath("schema.sql").read_text("utf-8")


def _run(connection: sqlite3.Connection, script: str) -> None:
    # Not executescript: that commits first.
    for statement in _COMMENT.sub("", script).split(";"):
        if statement.strip():
            connection.execute(statement)
