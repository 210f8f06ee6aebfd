"""One process writes to a library at a time. Chroma takes no lock of its own and two writers ruin it unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.values import PilcrowError


class Busy(PilcrowError):
    """Another process, or another thread of this one, is writing."""


@contextmanager
def write_lock(folder: Path, patience: float) -> Iterator[None]:
    """Holds the library in `folder` for writing. Raises Busy when it is not free within `patience` seconds.

    The system frees the lock when its holder ends, however it ends.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            f"Another process is writing to the library {folder}; wait until it has finished, then try again."
        ) from None
    try:
        yield
    finally:
        lock.release()
