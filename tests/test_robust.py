"""Power cuts, full disks, folders one may not write, clocks that lie: a sync goes on from there and nothing is lost."""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index import Article, Library
from index.articles import build_article
from tests.conftest import BRIDGE, STORM, HashEncoder
from tests.newsroom.build import build

ROOT = Path(__file__).parents[1]
NOBODY = "65534"
MANY = 800
WORKER = """
import sys
from index import Library, PilcrowError
from tests.conftest import HashEncoder
sys.stdout.reconfigure(line_buffering=True)
command, library, articles = sys.argv[1:]
try:
    with Library.open(library, encoder=HashEncoder()) as opened:
        print("open")
        if command == "sync":
            report = opened.sync([articles])
            print("synced", report.added, report.updated, report.removed, report.unchanged)
        else:
            print("found", len(opened.search("Why was the bridge closed?", 3)))
except PilcrowError as error:
    sys.exit(str(error))
"""
"""The real library, with vectors without meaning: encoding would take most of the time."""


def started(
    command: str, library: Path, articles: Path, before: Sequence[str] = (), **options: Any
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*before, sys.executable, "-c", WORKER, command, str(library), str(articles)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        **options,
    )


def finished(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it printed and its sentence, "" where it went well; never a traceback."""
    out, sentence = process.communicate(timeout=300)
    assert "Traceback" not in sentence, sentence
    assert process.returncode == 0 or sentence.strip()
    return out, sentence.strip() if process.returncode else ""


def held(folder: Path) -> dict[str, object]:
    """All that a library says of its articles, paragraph by paragraph, and how they are related."""
    found: dict[str, object] = {}
    with Library.open(folder, encoder=HashEncoder()) as library:
        report = library.check()
        assert report.clean, report
        for listed in library.articles():
            found[listed.path] = library.article(listed.id)
    connection = sqlite3.connect(folder / "library.db")
    for table, columns in (
        ("articles", "id, story"),
        ("copies", "*"),
        ("corrections", "*"),
        ("files", "*"),
        ("signatures", "*"),
        ("embeddings", "*"),
    ):
        found[table] = sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall())
    connection.close()
    return found


# Killed


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of every format."""
    folder = tmp_path_factory.mktemp("newsroom")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of many articles."""
    folder = tmp_path_factory.mktemp("export")
    with gzip.open(folder / "stories.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(MANY):
            words = [
                f"The council of ward {number} met on a {number % 7}th evening and voted {number} to {number % 13}.",
                f"Repairs to pier {number} will cost {number * 37} dollars, the harbour office said.",
                f"Nobody had complained since the flood of {1900 + number % 99}, a spokesman for ward {number} added.",
            ]
            row = {"id": str(number), "title": f"Ward {number} votes", "date": "2026-03-04", "paragraphs": words}
            file.write(json.dumps(row) + "\n")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("corpus", ["newsroom", "export"])
def test_a_sync_killed_three_times_ends_as_one_that_was_never_disturbed(
    corpus: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    articles: Path = request.getfixturevalue(corpus)
    process = started("sync", tmp_path / "quiet", articles)
    assert process.stdout and process.stdout.readline() == "open\n"
    begun = time.monotonic()
    finished(process)
    lasts = time.monotonic() - begun
    expected = held(tmp_path / "quiet")
    rng, killed = random.Random(7), 0
    for _ in range(3):
        process = started("sync", tmp_path / "killed", articles)
        assert process.stdout and process.stdout.readline() == "open\n"
        time.sleep(lasts * rng.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        with Library.open(tmp_path / "killed", encoder=HashEncoder()) as library:
            for listed in library.articles():
                whole = library.article(listed.id)
                assert whole and whole.paragraphs, "an article is there whole or not at all"
                assert all(whole.text[p.start : p.end] == p.text for p in whole.paragraphs)
    assert killed >= 2, "most of them came before its end"
    finished(started("sync", tmp_path / "killed", articles))
    now = held(tmp_path / "killed")
    assert [key for key in expected.keys() | now.keys() if expected.get(key) != now.get(key)] == []


def test_a_sync_that_ends_before_its_articles_are_related_relates_them_the_next_time(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import index.sync

    (folder / "one.txt").write_text(STORM)
    (folder / "two.txt").write_text(STORM)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        with monkeypatch.context() as patched:
            patched.setattr(index.sync, "relate", killed)
            with pytest.raises(KeyboardInterrupt):
                library.sync([folder])
        assert library.sync([folder]).unchanged == 2
    stories = held(tmp_path / "library")["articles"]
    assert isinstance(stories, list) and all(story for _, story in stories), stories


def test_a_fault_that_has_nothing_to_do_with_a_file_is_not_put_down_to_it(
    tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken for the file's, it was remembered as read, and the rest of it never came."""
    from index.store.database import Database

    class Broken(Exception):
        pass

    def broken(*_: object) -> None:
        raise Broken

    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        with monkeypatch.context() as patched:
            patched.setattr(Database, "save", broken)
            with pytest.raises(Broken):
                library.sync([export])
        assert library.sync([export]).added == MANY


def test_a_file_that_met_an_unforeseen_fault_is_read_again_the_next_time(
    tmp_path: Path, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scarce(path: str, *given: Any, **named: Any) -> Article:
        if path.endswith("storm.txt"):
            raise MemoryError
        return build_article(path, *given, **named)

    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        with monkeypatch.context() as patched:
            patched.setattr("index.reading.build_article", scarce)
            report = library.sync([two_articles])
            assert report.added == 1 and "MemoryError" in str(report.failures[0])
        report = library.sync([two_articles])
        assert (report.added, report.unchanged, report.failed) == (1, 1, 0)


# A full disk


def _files_of_at_most(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 300_000, 1_500_000])
def test_a_sync_that_may_not_write_more_ends_with_a_sentence_and_the_next_one_completes(
    tmp_path: Path, export: Path, two_articles: Path, size: int
) -> None:
    library = tmp_path / "library"
    finished(started("sync", library, two_articles))
    before = {path: article for path, article in held(library).items() if path.endswith(".txt")}
    process = started("sync", library, export, preexec_fn=lambda: _files_of_at_most(size))
    _, sentence = finished(process)
    assert sentence.endswith(".") and "\n" not in sentence, sentence
    now = held(library) if size >= 50_000 else before
    assert {path: now[path] for path in before} == before and len(before) == 2
    finished(started("sync", library, export))
    after = held(library)
    assert len([path for path in after if "#" in path]) == MANY
    assert {path: after[path] for path in before} == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only the superuser can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_full_disk_what_was_there_stays_and_with_more_room_the_sync_completes(
    small_disk: Path, export: Path, two_articles: Path
) -> None:
    library = small_disk / "library"
    finished(started("sync", library, two_articles))
    _, sentence = finished(started("sync", library, export))
    assert "disk" in sentence and sentence.endswith(".") and "\n" not in sentence, sentence
    # Chroma wants to write even where it only reads; the stored embeddings are used in its place, and that is said.
    out, said = started("search", library, export).communicate()
    assert out == "open\nfound 3\n", said
    subprocess.run(["mount", "-o", "remount,size=80m", str(small_disk)], check=True)
    finished(started("sync", library, export))
    assert len([path for path in held(library) if path.endswith(".txt") or "#" in path]) == MANY + 2


# Folders of others


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may see: pytest's own are their maker's."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        articles = Path(folder) / "articles"
        articles.mkdir()
        (articles / "storm.txt").write_text(STORM)
        (articles / "bridge.txt").write_text(BRIDGE)
        finished(started("sync", Path(folder) / "library", articles))
        yield Path(folder)
        for path in (Path(folder) / "library").rglob("*"):
            path.chmod(0o755)


def _as_another(folder: Path) -> list[str]:
    """How a command begins that may not write into the folder: as nobody, or with the folder closed."""
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("there is no way to be another user")
        return ["setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return []


def test_a_library_that_may_only_be_read_says_so_or_answers_and_is_left_as_it_is(public: Path) -> None:
    library = public / "library"
    before = {p: p.read_bytes() for p in library.rglob("*") if p.is_file()}
    for command in ("search", "sync"):
        _, sentence = finished(started(command, library, public / "articles", _as_another(library)))
        assert not sentence or ("permissions" in sentence and sentence.endswith("."))
        assert sentence or command == "search"
    assert {p: p.read_bytes() for p in library.rglob("*") if p.is_file()} == before


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a second user")
def test_while_its_owner_has_it_open_another_user_may_ask_and_is_told_why_he_may_not_write(public: Path) -> None:
    library = public / "library"
    with Library.open(library, encoder=HashEncoder()) as opened:
        opened.search("bridge", 1)
        others = _as_another(library)
        assert finished(started("search", library, public, others)) == ("open\nfound 3\n", "")
        _, sentence = finished(started("sync", library, public / "articles", others))
        assert "may not be written by this user (permission denied)" in sentence


# Clocks


@pytest.mark.parametrize("moment", [0, 86_400, 4_102_444_800])
def test_no_times_of_files_and_no_clock_change_what_is_read_or_kept(
    tmp_path: Path, newsroom: Path, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "storm.txt").write_text(STORM)
    (articles / "bridge.txt").write_text(BRIDGE)
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        library.sync([articles])
        before = [library.article(a.id) for a in library.articles()]
        for path in articles.iterdir():
            os.utime(path, (moment, moment))
        monkeypatch.setattr(time, "time", lambda: float(moment))
        report = library.sync([articles])
        assert (report.unchanged, report.added, report.updated) == (2, 0, 0)
        (articles / "bridge.txt").write_text(BRIDGE.replace("until May", "until June"))
        os.utime(articles / "bridge.txt", (moment, moment))
        assert library.sync([articles]).updated == 1, "a change is seen by the words, never by the time"
        assert any("June" in p.paragraph.text for p in library.search("Traffic over Mill Road", 5))
        assert library.check().clean
    with Library.open(tmp_path / "other", encoder=HashEncoder()) as library:
        (articles / "bridge.txt").write_text(BRIDGE)
        library.sync([articles])
        assert [library.article(a.id) for a in library.articles()] == before
