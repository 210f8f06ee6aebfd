"""A library in one file and back: whole, of one moment, and never more than a library is unpacked."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from index import Library, PilcrowError
from index.store.backup import restore
from tests.conftest import BRIDGE, STORM, HashEncoder


@pytest.fixture
def kept(tmp_path: Path, two_articles: Path) -> Path:
    """The folder of a library of two articles in a folder of their own and one that was added to the library."""
    folder = tmp_path / "first" / "library"
    with Library.open(folder, encoder=HashEncoder()) as library:
        (folder / "added").mkdir()
        (folder / "added" / "note.txt").write_text(STORM.replace("40 people", "41 people"))
        library.sync([two_articles, folder / "added"])
        (folder / "added" / "note.txt").write_text(STORM.replace("40 people", "42 people"))
        library.sync([two_articles, folder / "added"])
    with sqlite3.connect(folder / "conversations.db") as chat:
        chat.execute("CREATE TABLE conversation (id TEXT)")
        chat.execute("INSERT INTO conversation VALUES ('kept')")
    return folder


def backup_of(folder: Path, file: Path) -> Path:
    with Library.open(folder, encoder=HashEncoder()) as library:
        return library.backup(file)


def texts(folder: Path) -> dict[str, str]:
    with Library.open(folder, encoder=HashEncoder()) as library:
        assert library.check().problems == ()
        whole = [library.article(article.id) for article in library.articles()]
        return {article.path: article.text for article in whole if article}


def test_what_was_kept_comes_back_whole(kept: Path, tmp_path: Path) -> None:
    file = backup_of(kept, tmp_path / "backup.zip")
    done = restore(file, tmp_path / "second" / "library")
    assert (done.articles, done.aside) == (3, None)
    assert sorted(texts(done.folder).values()) == sorted(texts(kept).values())
    with sqlite3.connect(done.folder / "conversations.db") as chat:
        assert chat.execute("SELECT id FROM conversation").fetchall() == [("kept",)]
    with Library.open(done.folder, encoder=HashEncoder()) as library:
        assert len(library.search("Why did the bridge close?", 3)) == 3, "the vector index is made again"


def test_articles_kept_in_the_library_follow_it_with_their_earlier_versions(kept: Path, tmp_path: Path) -> None:
    done = restore(backup_of(kept, tmp_path / "backup.zip"), tmp_path / "second" / "library")
    note = str(done.folder / "added" / "note.txt")
    with Library.open(done.folder, encoder=HashEncoder()) as library:
        (moved,) = [article for article in library.articles() if article.path == note]
        before = library.article(moved.id, 1)
        assert before is not None and "41 people" in before.text and before.paragraphs[0].article_id == moved.id
        report = library.sync([done.folder / "added"])
        assert (report.added, report.removed, report.unchanged) == (0, 0, 1)
        Path(note).write_text(STORM.replace("40 people", "43 people"))
        assert library.sync([done.folder / "added"]).updated == 1, "it is known by its new path"
        assert [article.id for article in library.articles() if article.path == note] == [moved.id]
        assert library.check().clean


def test_in_its_old_place_nothing_changes_its_name(kept: Path, tmp_path: Path) -> None:
    file = backup_of(kept, tmp_path / "backup.zip")
    with Library.open(kept, encoder=HashEncoder()) as library:
        before = library.articles()
    kept.rename(kept.with_name("lost"))
    restore(file, kept)
    with Library.open(kept, encoder=HashEncoder()) as library:
        assert library.articles() == before


def test_a_backup_made_while_another_writes_holds_whole_articles(kept: Path, folder: Path, tmp_path: Path) -> None:
    def write() -> None:
        with Library.open(kept, encoder=HashEncoder()) as library:
            for number in range(40):
                (folder / f"{number}.txt").write_text(BRIDGE.replace("May", f"{number} May"))
                library.sync([folder])

    writer = threading.Thread(target=write)
    writer.start()
    with Library.open(kept, encoder=HashEncoder()) as library:
        files = [library.backup(tmp_path / f"{number}.zip") for number in range(3)]
    writer.join()
    for number, file in enumerate(files):
        assert texts(restore(file, tmp_path / f"again-{number}").folder)


def test_a_file_that_is_there_stays_unless_it_is_forced(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    file.write_text("precious")
    with Library.open(kept, encoder=HashEncoder()) as library:
        with pytest.raises(PilcrowError, match="there already"):
            library.backup(file)
        assert file.read_text() == "precious"
        library.backup(file, force=True)
    assert restore(file, tmp_path / "again").articles == 3
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "conversations are nobody else's"


def test_a_library_that_is_there_stays_unless_it_is_forced_and_is_then_put_aside(kept: Path, tmp_path: Path) -> None:
    file = backup_of(kept, tmp_path / "backup.zip")
    with pytest.raises(PilcrowError, match="holds a library already"):
        restore(file, kept)
    done = restore(file, kept, force=True)
    assert done.aside is not None and len(texts(done.aside)) == len(texts(kept)) == 3
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(PilcrowError, match="other things"):
        restore(file, other, force=True)
    assert (other / "letter.txt").read_text() == "mine"


Spoil = Callable[[ZipFile], None]


def _link(archive: ZipFile) -> None:
    link = ZipInfo("added/link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")


def _twice(archive: ZipFile) -> None:
    with pytest.warns(UserWarning):
        archive.writestr("library.db", b"another")


HOSTILE: dict[str, Spoil] = {
    "a path upwards": lambda archive: archive.writestr("added/../../escaped.txt", "out"),
    "a path upwards with backslashes": lambda archive: archive.writestr("added/..\\..\\escaped.txt", "out"),
    "a whole path": lambda archive: archive.writestr("/escaped.txt", "out"),
    "a file that no library has": lambda archive: archive.writestr("chroma/0/chroma.sqlite3", "out"),
    "a folder": lambda archive: archive.mkdir("added/x"),
    "a link": _link,
    "a name twice": _twice,
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_with_anything_else_in_it_is_refused_whole(kept: Path, tmp_path: Path, spoil: Spoil) -> None:
    file = backup_of(kept, tmp_path / "backup.zip")
    with ZipFile(file, "a") as archive:
        spoil(archive)
    room = tmp_path / "room"
    room.mkdir()
    with pytest.raises(PilcrowError, match="which no backup does"):
        restore(file, room / "deep" / "library")
    assert [path for path in room.rglob("*") if path.is_file()] == [] and not (tmp_path / "escaped.txt").exists()


def _remade(file: Path, **changed: bytes) -> None:
    with ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w") as archive:
        for name, data in (held | {name.replace("_", "."): data for name, data in changed.items()}).items():
            archive.writestr(name, data)


def _with_trigger(tmp_path: Path) -> bytes:
    path = tmp_path / "triggered.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        database.execute("CREATE TRIGGER evil AFTER DELETE ON meta BEGIN DELETE FROM meta; END")
    return path.read_bytes()


def test_what_holds_no_sound_library_is_refused_in_a_sentence(kept: Path, tmp_path: Path) -> None:
    good = backup_of(kept, tmp_path / "backup.zip").read_bytes()
    file = tmp_path / "spoilt.zip"
    with ZipFile(tmp_path / "backup.zip") as archive:
        truth = archive.read("library.db")
    torn = truth[:8192] + os.urandom(4096) + truth[12288:]
    cases: list[tuple[str, dict[str, bytes]]] = [
        ("no database", {"library_db": b"words"}),
        ("cut", {"library_db": truth[: len(truth) // 2]}),
        ("torn", {"library_db": torn}),
        ("commands", {"library_db": _with_trigger(tmp_path)}),
        ("conversations", {"conversations_db": b"words" * 1000}),
        ("later", {"backup_json": json.dumps({"kind": "Pilcrow library", "format": "99", "folder": "/x"}).encode()}),
        ("manifest", {"backup_json": b"[]"}),
    ]
    for name, changed in cases:
        file.write_bytes(good)
        _remade(file, **changed)
        with pytest.raises(PilcrowError, match=r"cannot be restored|use another copy"):
            restore(file, tmp_path / name)
        assert not (tmp_path / name).exists(), name
    for number, data in enumerate((b"", b"no zip at all", good[: len(good) // 2], b"\x00" * 100 + good[100:])):
        file.write_bytes(data)
        with pytest.raises(PilcrowError):
            restore(file, tmp_path / f"damaged-{number}")


def test_one_flipped_byte_is_noticed_or_does_no_harm(kept: Path, tmp_path: Path) -> None:
    good = backup_of(kept, tmp_path / "backup.zip").read_bytes()
    file = tmp_path / "flipped.zip"
    refused = 0
    directory = good.rindex(b"PK\x05\x06")
    places = [*range(0, len(good), max(1, len(good) // 60)), *range(directory, len(good))]
    for number, place in enumerate(places):
        file.write_bytes(good[:place] + bytes([good[place] ^ 255]) + good[place + 1 :])
        try:
            done = restore(file, tmp_path / f"flipped-{number}")
        except PilcrowError:
            refused += 1
        else:
            assert done.articles == 3
    assert refused > 50


def test_a_backup_that_does_not_fit_on_the_disk_is_refused_before_anything_is_unpacked(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backup_of(kept, tmp_path / "backup.zip")
    monkeypatch.setattr("index.store.backup.shutil.disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    with pytest.raises(PilcrowError, match="make room on the disk"):
        restore(file, tmp_path / "again")
