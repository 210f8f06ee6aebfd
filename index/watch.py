"""Keeps a library in step: with folders as soon as something changes in them, with the web every few minutes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.library import Library
from index.values import PilcrowError, SyncReport

if TYPE_CHECKING:
    from index.formats import Mapping
    from index.web.gather import Reach

EVERY = 15.0
"""Minutes between two looks at the web, and at folders whose changes the system does not tell, such as a network's."""
_RETRY = 60.0
"""Seconds after which a sync that failed is tried again where nothing changes meanwhile."""
_SETTLED = 500
"""Milliseconds of quiet after which what was copied into a folder is read, or _PATIENCE at the latest."""
_PATIENCE = 5000
_TICK = 1000


def watch(
    library: Library,
    paths: Iterable[str | Path],
    urls: Iterable[str],
    every: float,
    stop: threading.Event,
    say: Callable[[str], None],
    *,
    mapping: Mapping | None = None,
    reach: Reach | None = None,
) -> None:
    """Syncs at once, at every change under `paths`, and every so many minutes; returns when `stop` is set.

    `say` hears a sentence for each sync that changed something, and for each failure when it is new. A sync that
    fails as a whole is said and tried again at the next change, or a minute later. There is one at a time.
    """
    kept = _Kept(library, tuple(Path(path).absolute() for path in paths), tuple(urls), say, mapping, reach)
    waiting = _Waiting(due=time.monotonic())
    while not stop.is_set():
        watched = _present(kept.paths)
        for changed in _changes(list(watched), library.folder.absolute(), stop):
            poll = time.monotonic() >= waiting.due
            if poll or changed or time.monotonic() >= waiting.again:
                # The web is asked when it is due, not whenever a file changes.
                done = kept.sync(with_web=poll)
                waiting.again = float("inf") if done else time.monotonic() + _RETRY
                if poll:
                    waiting.due = time.monotonic() + every * 60
            if _present(kept.paths) != watched:
                # A folder that came, or went and came back, has to be watched anew.
                waiting.again = time.monotonic()
                break


@dataclass(slots=True)
class _Waiting:
    """When the next look at everything is due, and when a failed sync is tried again (time.monotonic)."""

    due: float
    again: float = float("inf")


@dataclass(slots=True)
class _Kept:
    """What is kept in step, and which failures were said already."""

    library: Library
    paths: tuple[Path, ...]
    urls: tuple[str, ...]
    say: Callable[[str], None]
    mapping: Mapping | None
    reach: Reach | None
    said: frozenset[str] = field(default_factory=frozenset)

    def sync(self, *, with_web: bool) -> bool:
        """One sync; False where it failed as a whole."""
        wanted: list[str | Path] = [*self.paths, *(self.urls if with_web else ())]
        if not wanted:
            return True
        try:
            report = self.library.sync(wanted, mapping=self.mapping, reach=self.reach)
        except PilcrowError as error:
            self.say(f"{error} It will be tried again.")
            return False
        except Exception as error:  # nobody sits beside it to start it again
            self.say(f"The sync failed ({type(error).__name__}: {error}). It will be tried again.")
            return False
        if report.added or report.updated or report.removed:
            self.say(_told(report))
        failures = [failure.why for failure in report.failures]
        for why in failures:
            if why not in self.said:
                self.say(why)
        # What is mended and fails anew is said anew; pages from the web are not part of every sync.
        self.said = frozenset(failures) if with_web else self.said | frozenset(failures)
        return True


def _told(report: SyncReport) -> str:
    return f"{report.added} added, {report.updated} updated, {report.removed} removed."


def _present(paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """Those of the paths that are there, each with what tells it from another of the same name."""
    found = {}
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found[path] = (state.st_dev, state.st_ino)
    return found


def _changes(paths: Sequence[Path], library: Path, stop: threading.Event) -> Iterator[bool]:
    """Once a second at the latest, whether something changed; the first word comes when all is being watched.

    What changes while the caller is busy is told afterwards. Ends when `stop` is set.
    """
    if not paths:
        while not stop.is_set():
            yield False
            stop.wait(_TICK / 1000)
        return
    from watchfiles import Change, DefaultFilter
    from watchfiles import watch as file_changes

    usual = DefaultFilter()

    def counts(change: Change, name: str) -> bool:
        path = Path(name)
        # The library's own files change with every sync; those that were put into it are watched where asked for.
        own = path.is_relative_to(library) and not any(
            path.is_relative_to(p) and p.is_relative_to(library) and p != library for p in paths
        )
        return usual(change, name) and not own and not path.name.startswith(".")

    for changed in file_changes(
        *paths,
        watch_filter=counts,
        stop_event=stop,
        debounce=_PATIENCE,
        step=_SETTLED,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        yield bool(changed)
