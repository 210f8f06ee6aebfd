"""Watching: what changes in a folder is soon in the library, and nothing that goes wrong ends the watch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index import Library
from index.store.lock import write_lock
from index.values import SyncReport
from index.watch import watch
from tests.conftest import BRIDGE, STORM, HashEncoder
from tests.misbehaving import misbehaving, ok, status


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as opened:
        yield opened


@contextmanager
def watching(library: Library, paths: Sequence[Path], urls: Sequence[str] = (), **more: Any) -> Iterator[list[str]]:
    """A watch in a thread of its own, and what it says."""
    said: list[str] = []
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=(library, paths, urls, 15, stop, said.append), kwargs=more)
    thread.start()
    try:
        yield said
    finally:
        stop.set()
        thread.join(20)
        assert not thread.is_alive()


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def titles(library: Library) -> list[str]:
    return sorted(article.title for article in library.articles())


def test_what_comes_changes_and_goes_is_followed_and_each_told_in_a_line(kept: Library, two_articles: Path) -> None:
    with watching(kept, [two_articles]) as said:
        assert soon(lambda: said == ["2 added, 0 updated, 0 removed."]), said
        (two_articles / "third.txt").write_text(BRIDGE.replace("Bridge", "Tunnel"))
        assert soon(lambda: len(titles(kept)) == 3)
        (two_articles / "storm.txt").write_text(STORM.replace("40", "41"))
        assert soon(lambda: said[-1] == "0 added, 1 updated, 0 removed."), said
        (two_articles / "bridge.txt").unlink()
        assert soon(lambda: said[-1] == "0 added, 0 updated, 1 removed."), said
        (two_articles / ".hidden").write_text("nothing")
        time.sleep(2)
        assert len(said) == 4, said


def test_a_change_made_during_a_sync_is_not_lost(kept: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, at_once, most = kept.sync, threading.Lock(), []

    def slow(*arguments: Any, **more: Any) -> SyncReport:
        most.append(at_once.acquire(blocking=False))
        report = real(*arguments, **more)
        if len(most) == 1:
            (folder / "late.txt").write_text(BRIDGE)
            time.sleep(1)
        at_once.release()
        return report

    (folder / "early.txt").write_text(STORM)
    monkeypatch.setattr(kept, "sync", slow)
    with watching(kept, [folder]):
        assert soon(lambda: len(titles(kept)) == 2)
    assert all(most), "never two at a time"


def test_a_library_inside_the_folder_does_not_set_off_its_own_syncs(tmp_path: Path) -> None:
    (tmp_path / "storm.txt").write_text(STORM)
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        syncs = []
        real = library.sync
        library.sync = lambda *a, **k: syncs.append(1) or real(*a, **k)  # type: ignore[method-assign, func-returns-value]
        with watching(library, [tmp_path]):
            assert soon(lambda: len(library.articles()) == 1)
            time.sleep(4)
        assert len(syncs) <= 2


def test_a_sync_that_fails_is_said_and_tried_again_at_the_next_change(
    kept: Library, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library._PATIENCE", 0.1)
    with write_lock(kept.folder, 1), watching(kept, [two_articles]) as said:
        assert soon(lambda: bool(said))
        assert "Another process is writing" in said[0] and "tried again" in said[0]
    with watching(kept, [two_articles]) as said:
        assert soon(lambda: len(titles(kept)) == 2)
        with write_lock(kept.folder, 5):
            (two_articles / "third.txt").write_text(BRIDGE.replace("Bridge", "Tunnel"))
            assert soon(lambda: any("Another process is writing" in sentence for sentence in said))
        (two_articles / "fourth.txt").write_text(BRIDGE.replace("Bridge", "Ferry"))
        assert soon(lambda: len(titles(kept)) == 4)


def test_a_failed_sync_is_tried_again_though_nothing_changes(
    kept: Library, two_articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library._PATIENCE", 0.1)
    monkeypatch.setattr("index.watch._RETRY", 1.0)
    with watching(kept, [two_articles]) as said:
        with write_lock(kept.folder, 5):
            assert soon(lambda: bool(said))
        assert soon(lambda: len(titles(kept)) == 2)


def test_a_bad_file_is_named_once_and_a_folder_may_come_and_go(kept: Library, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    with watching(kept, [folder]) as said:
        assert soon(lambda: any("does not exist" in sentence for sentence in said))
        folder.mkdir()
        (folder / "storm.txt").write_text(STORM)
        (folder / "empty.txt").write_bytes(b"")
        assert soon(lambda: titles(kept) == ["Storm floods quay"])
        folder.rename(tmp_path / "away")
        time.sleep(2)
        (tmp_path / "away").rename(folder)
        (folder / "bridge.txt").write_text(BRIDGE)
        assert soon(lambda: len(titles(kept)) == 2), said
    assert sum("empty.txt was skipped" in sentence for sentence in said) == 1, said


def test_the_web_is_asked_when_it_is_due_and_not_at_every_change(
    kept: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.web.gather import Reach

    with misbehaving() as server:
        server.answers = {"/robots.txt": status(404), "/page": ok(f"<html><body><p>{STORM}</p></body></html>")}
        (folder / "storm.txt").write_text(STORM)
        with watching(kept, [folder], [server.url("/page")], reach=Reach(allow_private=("127.0.0.1",))):
            assert soon(lambda: len(kept.articles()) == 2)
            asked = len(server.paths())
            (folder / "bridge.txt").write_text(BRIDGE)
            assert soon(lambda: len(kept.articles()) == 3)
            assert len(server.paths()) == asked


def test_ctrl_c_ends_the_command_with_a_sentence(two_articles: Path, tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PILCROW_")}
    command = [sys.executable, "-m", "ui.cli", "watch", str(two_articles), "-l", str(tmp_path / "library")]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
        env={**clean, "COLUMNS": "200"},
        # A shell starts what runs in its background deaf to Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        assert running.stderr is not None
        assert "Ctrl-C ends it" in running.stderr.readline()
        assert "2 added" in running.stderr.readline()
        running.send_signal(signal.SIGINT)
        said = running.stderr.read()
        assert running.wait(30) == 0 and "Stopped watching" in said and "Traceback" not in said
