"""One process writes to a library at a time. Chroma takes no lock of its own and two writers ruin it unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.values import PilcrowError


class Busy(PilcrowError):
    """The library cannot be written now: another is writing, or this user may not."""


@contextmanager
def write_lock(folder: Path, patience: float) -> Iterator[None]:
    """Holds the library in `folder` for writing. Raises Busy when it is not free within `patience` seconds, or may not
    be written by this user.

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
    except OSError as error:
        raise Busy(
            f"The library {folder} may not be written by this user ({(error.strerror or str(error)).lower()}); have the "
            "folder's permissions changed, or index the articles into a folder of your own."
        ) from None
    try:
        yield
    finally:
        lock.release()
