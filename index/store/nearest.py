"""The open vector index of a library, one for all that this process does with the library."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING

from index.store.database import Database
from index.store.embeddings import vector_count, vectors
from index.store.follow import current, distrust, follow, in_step
from index.store.lock import Busy
from index.store.vectors import Damaged, Unreachable, VectorIndex, VectorPlace
from index.values import PilcrowError, Progress, Unavailable

if TYPE_CHECKING:
    from index.encoder import Encoder, Matrix

_PATIENCE = 0.5
"""Seconds for which a search waits for the index while this process rebuilds it; then the truth is searched."""
_PAUSE = 5.0
"""Seconds after which a server that did not answer is asked again."""
_log = logging.getLogger("pilcrow")


class Nearest:
    """Opens the index when it is first asked, and again whenever the library has changed."""

    def __init__(self, place: VectorPlace) -> None:
        self.place = place
        self.users = 0
        self._silent_until = 0.0
        self._guard = threading.RLock()
        self._index: VectorIndex | None = None
        self._generation = -1

    def find(
        self, database: Database, vector: Matrix, k: int, lock: Callable[[], AbstractContextManager[None]]
    ) -> list[tuple[str, float]] | None:
        """(vector id, cosine) of the k nearest; None while the index cannot be used.

        That is: while it is behind the truth and another process holds the `lock` to write, while this one rebuilds it,
        or where the disk does not let it be written. A missing or damaged one is mended first.
        """
        if time.monotonic() < self._silent_until or not self._guard.acquire(timeout=_PATIENCE):
            return None
        try:
            index = self._fresh(database, lock)
            return index.nearest(vector, k) if index else None
        except Unreachable:
            self._unreached()
            return None
        except Damaged as damage:
            _log.warning("The vector index could not be read (%s); the stored embeddings are used.", damage)
            self.release()
            with suppress(PilcrowError):  # a reader may not be allowed to write
                distrust(database)
            return None
        finally:
            self._guard.release()

    def follow(self, database: Database, progress: Progress | None = None, *, thorough: bool = False) -> str:
        """Brings the index in step, the caller holding the library's lock; returns what had to be mended.

        Raises PilcrowError where no index can be written at all. The articles are safe then.
        """
        with self._guard:
            self.release()
            try:
                return follow(database, self.place, progress, thorough=thorough)
            except Damaged as damage:
                raise _told(self.place, damage) from None

    def reembed(self, database: Database, encoder: Encoder, progress: Progress | None = None) -> int:
        """Makes the library one of this encoder, as `index.reembed` does, the caller holding its lock. Raises PilcrowError."""
        from index.reembed import reembed

        with self._guard:
            self.release()
            try:
                return reembed(database, self.place, encoder, progress)
            except Damaged as damage:
                raise _told(self.place, damage) from None

    def _unreached(self) -> None:
        """Lets a server that does not answer alone for a while: meanwhile the truth is searched."""
        _log.warning("%s does not answer; the stored embeddings are used.", self.place.label)
        self._silent_until = time.monotonic() + _PAUSE
        self.release()

    def release(self) -> None:
        """Lets go of the files."""
        with self._guard:
            if self._index:
                self._index.close()
            self._index = None

    def _fresh(self, database: Database, lock: Callable[[], AbstractContextManager[None]]) -> VectorIndex | None:
        generation = database.generation
        if self._index and self._generation == generation:
            return self._index
        self.release()
        if not vector_count(database):
            return None
        try:
            if not in_step(database, self.place):
                with lock():
                    follow(database, self.place)
            index = self._probed(database)
            if index is None:
                with lock():
                    distrust(database)
                    follow(database, self.place)
                index = self._probed(database)
        except Busy:
            return None
        except (PilcrowError, OSError) as error:  # a full disk, or one that may not be written
            _log.warning("The vector index could not be mended (%s); the stored embeddings are used.", error)
            return None
        self._index, self._generation = index, generation
        return index

    def _probed(self, database: Database) -> VectorIndex | None:
        """The opened index, if it holds as many vectors as the truth and finds one that it must know."""
        try:
            index = self.place.open(current(database))
        except Unreachable:
            raise
        except Damaged:
            return None
        try:
            _, first = next(vectors(database, 1))
            if index.count() == vector_count(database) and index.nearest(first[0], 1)[0][1] > 0.999:
                return index
        except Unreachable:
            index.close()
            raise
        except (Damaged, IndexError):
            pass
        index.close()
        return None


def _told(place: VectorPlace, damage: Damaged) -> PilcrowError:
    """What a person is told when the index cannot be written at all."""
    if isinstance(damage, Unreachable):
        return Unavailable(
            f"{place.label[0].upper()}{place.label[1:]} does not answer; the articles are safe. See that it runs and that "
            "PILCROW_CHROMA and PILCROW_CHROMA_TOKEN are right, then run: pilcrow check"
        )
    return PilcrowError(
        f"The vector index in {place.label} cannot be written ({damage}); the articles are safe. Check the disk and its "
        "permissions, then run: pilcrow check."
    )


_shared: dict[str, Nearest] = {}
_sharing = threading.Lock()


def attach(place: VectorPlace) -> Nearest:
    """The index there, shared where it is a folder: Chroma keeps one state a path and process."""
    with _sharing:
        nearest = _shared.setdefault(place.key, Nearest(place)) if place.key else Nearest(place)
        nearest.users += 1
        return nearest


def detach(nearest: Nearest) -> None:
    """One user fewer; the last one closes it."""
    with _sharing:
        nearest.users -= 1
        if nearest.users == 0:
            _shared.pop(nearest.place.key, None)
            nearest.release()
