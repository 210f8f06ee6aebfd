"""A library made by an earlier version opens as one of this version, whole, or stays as it was."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

from index import Article, Library, PilcrowError
from index.encoder import shared_encoder
from index.settings import settings
from index.store import migrations
from index.store.conditions import CITABLE

MADE = Path(__file__).parent / "formats" / "library-1"
PLACE = "/newsroom"
"""Where the fixture's articles were when its version read them."""
OPEN = "import sys; from index import Library; Library.open(sys.argv[1], create=False).close()"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return shutil.copytree(MADE / "articles", tmp_path / "articles")


@pytest.fixture
def old(tmp_path: Path, articles: Path) -> Path:
    """The folder of a library of format 1 whose three articles are in `articles`."""
    script = (MADE / "library.sql").read_text("utf-8").replace(PLACE, str(articles))
    for path in (p for p in articles.rglob("*") if p.is_file()):
        before = _identity(f"{PLACE}/{path.relative_to(articles)}")
        assert before in script
        script = script.replace(before, _identity(str(path)))
    folder = tmp_path / "library"
    folder.mkdir()
    with sqlite3.connect(folder / "library.db") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(script)
        texts = dict(
            connection.execute(
                "SELECT p.text_key, substr(a.text, p.start + 1, p.end - p.start) FROM paragraphs p "
                f"JOIN articles a ON a.id = p.article_id WHERE {CITABLE}"
            )
        )
        vectors = shared_encoder(settings().encoder, settings().threads).encode(list(texts.values()))
        rows = [(key, 0, vector.astype("<f4").tobytes()) for key, vector in zip(texts, vectors, strict=True)]
        connection.executemany("INSERT INTO embeddings VALUES (?, ?, ?)", rows)
    connection.close()
    return folder


def _identity(path: str) -> str:
    return blake2b(path.encode(), digest_size=8).hexdigest()


def _contents(folder: Path) -> list[str]:
    """All that a library's file holds, as SQL."""
    connection = sqlite3.connect(folder / "library.db")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def _shape(folder: Path) -> dict[str, object]:
    """The columns of every table, and the indexes, whatever their order and their defaults."""
    connection = sqlite3.connect(folder / "library.db")
    try:
        names = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {
            name: kind == "index"
            or sorted(row[1:4] + row[5:] for row in connection.execute(f"PRAGMA table_info({name})"))
            for kind, name in names
        }
    finally:
        connection.close()


def _wholes(library: Library) -> dict[str, Article]:
    found = {a.id: library.article(a.id) for a in library.articles()}
    return {identity: article for identity, article in found.items() if article}


def test_an_old_library_opens_with_all_it_held(old: Path) -> None:
    connection = sqlite3.connect(old / "library.db")
    held = connection.execute(
        "SELECT id, path, url, title, source, published, published_from, text, version FROM articles"
    )
    before = {row[0]: row[1:] for row in held}
    paragraphs = connection.execute(
        "SELECT id, article_id, number, kind, start, end FROM paragraphs ORDER BY id"
    ).fetchall()
    connection.close()
    with Library.open(old) as library:
        now = _wholes(library)
        assert {
            a.id: (
                *(a.path, a.url, a.title, a.source, a.published.isoformat() if a.published else None),
                *(a.published_from, a.text, a.version),
            )
            for a in now.values()
        } == before and len(before) == 3
        assert paragraphs == sorted(
            (p.id, p.article_id, p.number, p.kind, p.start, p.end) for a in now.values() for p in a.paragraphs
        )
        assert {a.title: (a.version, a.words > 20, a.file == a.path) for a in now.values()} == {
            "Storm floods quay": (2, True, True),
            "Old bridge closes; trams wait": (1, True, True),
            "Ferry returns to Skerry Island": (1, True, True),
        }
        assert all(a.text[p.start : p.end] == p.text for a in now.values() for p in a.paragraphs)
        assert library.identity == "3d28cde89d434fe6a4f8b3f5748a8f77"
    assert "format" not in "".join(line for line in _contents(old) if "'1'" in line)


def test_an_old_library_is_searched_before_any_sync_and_examined_without_a_finding(old: Path) -> None:
    with Library.open(old) as library:
        (best, *_) = library.search("Why was the bridge closed?", 3)
        assert best.paragraph.text.startswith("The old bridge closed on Friday because a pillar")
        assert library.check().clean


def test_the_next_sync_reads_everything_anew_and_ids_versions_and_embeddings_stay(old: Path, articles: Path) -> None:
    with Library.open(old) as library:
        before = _wholes(library)
        report = library.sync([articles])
        assert (report.added, report.removed, report.embedded, report.failures) == (0, 0, 0, ())
        assert report.updated == 3, "read anew"
        after = _wholes(library)
        assert {a.id: (a.version, a.text, a.paragraphs) for a in after.values()} == {
            a.id: (a.version, a.text, a.paragraphs) for a in before.values()
        }
        assert library.check().clean
        assert library.sync([articles]).unchanged == 3


def test_an_article_that_changes_afterwards_has_its_next_version_and_keeps_the_one_before(
    old: Path, articles: Path
) -> None:
    (articles / "storm.txt").write_text((articles / "storm.txt").read_text().replace("40 people", "44 people"))
    with Library.open(old) as library:
        library.sync([articles])
        (storm,) = (a for a in _wholes(library).values() if a.title == "Storm floods quay")
        assert storm.version == 3 and "44 people" in storm.text
        earlier = library.article(storm.id, 2)
        assert earlier and "40 people" in earlier.text
        assert all(earlier.text[p.start : p.end] == p.text for p in earlier.paragraphs)


def test_an_article_whose_file_is_gone_is_removed_from_an_old_library_and_one_that_cannot_be_read_stays(
    old: Path, articles: Path
) -> None:
    (articles / "storm.txt").unlink()
    (articles / "bridge.md").write_bytes(b"\x00\x01\x02" * 99)
    with Library.open(old) as library:
        report = library.sync([articles])
        assert (report.removed, report.failed) == (1, 1)
        assert {a.title for a in library.articles()} == {
            "Old bridge closes; trams wait",
            "Ferry returns to Skerry Island",
        }


def test_a_migrated_library_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Library.open(old).close()
    Library.open(tmp_path / "new").close()
    assert _shape(old) == _shape(tmp_path / "new")


def test_an_old_library_that_was_never_filled_is_brought_up_too(old: Path, articles: Path) -> None:
    """The earlier version wrote its format with the first sync only."""
    with sqlite3.connect(old / "library.db") as connection:
        for table in ("meta", "articles", "paragraphs", "embeddings", "full_text"):
            connection.execute(f"DELETE FROM {table}")
    connection.close()
    with Library.open(old) as library:
        assert library.sync([articles]).added == 3 and library.check().clean


def test_a_library_of_a_later_version_is_refused_and_left_as_it_is_byte_by_byte(old: Path) -> None:
    with sqlite3.connect(old / "library.db") as connection:
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'format'")
    connection.close()
    before = {p.name: p.read_bytes() for p in old.iterdir()}
    with pytest.raises(
        PilcrowError, match=r"made by a later version of Pilcrow \(format 3.*use that version, or index"
    ):
        Library.open(old)
    assert {p.name: p.read_bytes() for p in old.iterdir()} == before


def _statements() -> int:
    return sum(bool(s.strip()) for script in (migrations._STEPS["1"], migrations.schema()) for s in script.split(";"))


@pytest.mark.parametrize("number", range(_statements()))
def test_a_migration_that_fails_at_any_statement_leaves_the_old_library_whole(
    old: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _contents(old)
    script = migrations.schema()
    with monkeypatch.context() as patched:
        steps = migrations._STEPS["1"].split(";")
        if number < len(steps):
            patched.setitem(migrations._STEPS, "1", ";".join([*steps[:number], " nonsense", *steps[number:]]))
        else:
            patched.setattr(migrations, "schema", lambda: f"{script}; nonsense")
        with pytest.raises(PilcrowError, match=r"could not be opened .*syntax error.*; check"):
            Library.open(old)
    assert _contents(old) == before
    with Library.open(old) as library:
        assert len(library.articles()) == 3


def test_a_migration_that_is_killed_leaves_the_old_library_whole(old: Path) -> None:
    before = _contents(old)
    killed = "import os, signal; from index.store import migrations;" + (
        "migrations.schema = lambda: os.kill(os.getpid(), signal.SIGKILL);"
    )
    assert _python(killed + OPEN, old).wait() == -signal.SIGKILL
    assert _contents(old) == before
    with Library.open(old) as library:
        assert len(library.articles()) == 3 and library.check().clean


@pytest.mark.parametrize("prepare", [lambda folder: None, shutil.rmtree], ids=["old", "new"])
def test_processes_that_open_a_library_at_once_all_succeed(old: Path, prepare: Callable[[Path], None]) -> None:
    """Whoever is first migrates an old library, or makes the tables of a new one."""
    prepare(old)
    waiting = (
        "import sys, time, pathlib; from index.store.database import Database; from index import Library;"
        "import index.encoder, index.store.nearest; print(flush=True); sys.stdin.read(1);"
        "Library.open(sys.argv[1]).close()"
    )
    started = [_python(waiting, old) for _ in range(4)]
    for process in started:
        assert process.stdout and process.stdout.readline()
    for process in started:
        assert process.stdin
        process.stdin.write("x")
        process.stdin.flush()
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said


def _python(code: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
    )
