"""A library in one file, and back: a zip with the truth, the conversations, and what was added and fetched.

Chroma's folder is left out: it is made again from the truth.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from index.store.lock import write_lock
from index.store.migrations import FORMAT, can_migrate
from index.store.moved import move_articles
from index.store.sqlite import Sqlite
from index.values import PilcrowError

_TRUTH = "library.db"
_CONVERSATIONS = "conversations.db"
_FOLDERS = ("added", "web")
_MANIFEST = "backup.json"
_KIND = "Pilcrow library"
_LARGEST_MANIFEST = 100_000
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """A library that was restored: its folder, its articles, and where the library that was there before is kept."""

    folder: Path
    articles: int
    aside: Path | None = None


def back_up(database: Sqlite, folder: Path, file: Path, *, force: bool = False) -> Path:
    """Writes the library in `folder` into `file`, whole or not at all, and returns it; nobody has to wait meanwhile.

    Each database is of one moment. Raises PilcrowError where `file` is there already, unless `force`.
    """
    file = Path(os.path.abspath(file))
    if file.is_dir():
        raise PilcrowError(f"{file} is a folder; name the file that is to hold the backup.")
    if file.exists() and not force:
        raise PilcrowError(f"{file} is there already; name another file, or write over it with --force.")
    if not file.parent.is_dir():
        raise PilcrowError(f"The folder {file.parent} does not exist; make it, or name another file.")
    with TemporaryDirectory(dir=file.parent, prefix=".pilcrow-") as beside:
        made = Path(beside)
        names = _copies(database, folder, made)
        manifest = {"kind": _KIND, "format": FORMAT, "folder": os.path.abspath(folder)}
        with ZipFile(made / "zip", "w", ZIP_DEFLATED, compresslevel=1, strict_timestamps=False) as archive:
            archive.writestr(_MANIFEST, json.dumps(manifest))
            for name in names:
                archive.write(made / name, name)
            for path in _files(folder):
                try:
                    archive.write(path, path.relative_to(folder).as_posix())
                except FileNotFoundError:
                    continue  # taken out of the library meanwhile
        with (made / "zip").open("rb+") as written:
            os.fsync(written.fileno())
        (made / "zip").chmod(0o600)
        (made / "zip").replace(file)
    return file


def restore(file: str | Path, folder: str | Path, *, force: bool = False) -> Restored:
    """Makes the library in the backup `file` anew in `folder`, which must be new or empty.

    With `force` a library that is there is kept aside. Everything is unpacked and examined before anything is put in
    place. Articles whose files lay in the library's own folder follow it. Raises PilcrowError.
    """
    file, folder = Path(file), Path(os.path.abspath(folder))
    if folder.exists() and not folder.is_dir():
        raise PilcrowError(f"{folder} is a file; name a new or empty folder for the library.")
    there = folder.is_dir() and any(folder.iterdir())
    if there and not (folder / _TRUTH).is_file():
        raise PilcrowError(f"{folder} holds other things than a library; name a new or empty folder.")
    if there and not force:
        raise PilcrowError(
            f"{folder} holds a library already; name a new folder, or have it put aside and replaced with --force."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".pilcrow-") as beside:
        made = Path(beside) / folder.name
        made.mkdir()
        try:
            with ZipFile(file) as archive:
                manifest = _manifest(archive)
                _unpack(archive, made)
            articles = _examined(made, str(manifest["folder"]), str(folder))
        except PilcrowError as error:
            said = str(error).replace(f"{made}{os.sep}", "its ")
            raise PilcrowError(f"{file} cannot be restored: {said}") from None
        except Exception as error:  # the many ways of zipfile and SQLite to say that it is damaged, or none of theirs
            # A part that should begin before the file's beginning is an invalid argument to the system.
            if isinstance(error, OSError) and error.errno != errno.EINVAL:
                raise
            raise PilcrowError(
                f"{file} is no backup of a library, or is damaged ({error}); use another copy."
            ) from None
        aside = _put_aside(folder) if there else None
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return Restored(folder, articles, aside)


def _copies(database: Sqlite, folder: Path, made: Path) -> list[str]:
    """Copies the databases into `made`, and returns their names."""
    names = [_TRUTH]
    try:
        # One transaction, read by SQLite itself: no writer is kept waiting and none can change what is read. Its
        # backup function begins anew with every page that another process writes meanwhile.
        database.rows("VACUUM INTO ?", (str(made / _TRUTH),))
        if (folder / _CONVERSATIONS).is_file():
            with _attached(database, folder / _CONVERSATIONS):
                database.rows("VACUUM other INTO ?", (str(made / _CONVERSATIONS),))
            names.append(_CONVERSATIONS)
    except sqlite3.Error as error:
        raise PilcrowError(
            f"The library {folder} could not be copied ({error}); check that the disk is not full, then run: pilcrow check"
        ) from None
    return names


def _files(folder: Path) -> Iterator[Path]:
    for name in _FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            part = path.name == ".lock" or path.name.startswith(".part-")
            if path.is_file() and not path.is_symlink() and not part:
                yield path


@contextmanager
def _attached(database: Sqlite, path: Path) -> Iterator[None]:
    database.rows("ATTACH DATABASE ? AS other", (str(path),))
    try:
        yield
    finally:
        database.rows("DETACH DATABASE other")


def _manifest(archive: ZipFile) -> dict[str, object]:
    if _MANIFEST not in archive.namelist() or archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise PilcrowError("it is no backup that Pilcrow made; use a file written by pilcrow backup.")
    manifest = json.loads(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("kind") != _KIND or not isinstance(manifest.get("folder"), str):
        raise PilcrowError("it is no backup that Pilcrow made; use a file written by pilcrow backup.")
    if manifest.get("format") != FORMAT and not can_migrate(str(manifest.get("format"))):
        raise PilcrowError(
            f"it is of format {str(manifest.get('format'))[:20]} and this version reads up to {FORMAT}; "
            "use the version of Pilcrow that made it."
        )
    return manifest


def _unpack(archive: ZipFile, folder: Path) -> None:
    """Unpacks what belongs to a library, and refuses an archive in which there is anything else."""
    members = [member for member in archive.infolist() if member.filename != _MANIFEST]
    names = [member.filename for member in members]
    odd = next((m.filename for m in members if not _belongs(m, folder)), None)
    if odd is not None or len(set(names)) < len(names):
        raise PilcrowError(f"it holds {odd!r:.200}, which no backup does; use a file written by pilcrow backup.")
    if _TRUTH not in names:
        raise PilcrowError("there is no library in it; use another copy.")
    needed, free = sum(member.file_size for member in members), shutil.disk_usage(folder).free
    if needed > free:
        raise PilcrowError(f"it needs {needed / 1e6:,.0f} MB and {free / 1e6:,.0f} MB are free; make room on the disk.")
    for member in members:
        place = folder / member.filename
        place.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, place.open("xb") as plain:
            shutil.copyfileobj(packed, plain, _BLOCK)


def _belongs(member: ZipInfo, folder: Path) -> bool:
    """True for a plain file that may be in a library and cannot lie anywhere but below `folder`."""
    name = member.filename
    parts = PurePosixPath(name).parts
    known = name in (_TRUTH, _CONVERSATIONS) or (len(parts) > 1 and parts[0] in _FOLDERS)
    plain = name == "/".join(parts) and ".." not in parts and "\\" not in name and name.isprintable()
    mode = stat.S_IFMT(member.external_attr >> 16)
    inside = plain and (folder / name).resolve().is_relative_to(folder.resolve())
    return known and inside and mode in (0, stat.S_IFREG)


def _examined(folder: Path, was: str, becomes: str) -> int:
    """Examines the databases unpacked into `folder` and makes them ready for their place; how many articles there are."""
    database = Sqlite(folder / _TRUTH)
    try:
        _check(database, "main")
        if (folder / _CONVERSATIONS).exists():
            with _attached(database, folder / _CONVERSATIONS):
                _check(database, "other")
        # A copy is written without the write-ahead log that lets readers and a writer go on side by side.
        database.rows("PRAGMA main.journal_mode = WAL").fetchone()
        with database.transaction() as connection:
            connection.execute("DELETE FROM meta WHERE key LIKE 'vectors%'")
        move_articles(database, was, becomes)
        return database.counts()["articles"]
    finally:
        database.close()


def _check(database: Sqlite, which: str) -> None:
    active = database.one(f"SELECT count(*) FROM {which}.sqlite_master WHERE type IN ('trigger', 'view')")
    state = database.rows(f"PRAGMA {which}.integrity_check").fetchone()[0]
    if active or state != "ok":
        raise PilcrowError(
            f"a database in it is damaged ({'it holds commands' if active else state}); use another copy."
        )


def _put_aside(folder: Path) -> Path:
    """Renames the library's folder, and returns its new name, while nobody writes to it."""
    number = next(n for n in range(1, 10_000) if not folder.with_name(f"{folder.name}.before-{n}").exists())
    with write_lock(folder, 5.0):
        return folder.rename(folder.with_name(f"{folder.name}.before-{number}"))
