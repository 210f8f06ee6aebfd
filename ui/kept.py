"""A small file of names and what is kept for each: read again whenever it has changed, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel, TypeAdapter, ValidationError

from index import PilcrowError

Record = TypeVar("Record", bound=BaseModel)


class Kept(Generic[Record]):
    """The records in one file, by name. Only the file's owner can read it."""

    def __init__(self, path: Path | str, shape: TypeAdapter[dict[str, Record]], what: str) -> None:
        """`what` the records are, in the plural, is for the error messages: "users"."""
        self.path = Path(path)
        self._shape = shape
        self._what = what
        self._stamp: tuple[int, ...] = ()
        self._records: dict[str, Record] = {}

    def read(self) -> dict[str, Record]:
        """The records as they are now; none where there is no file. Raises PilcrowError for a file that is broken."""
        try:
            status = self.path.stat()
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            if stamp != self._stamp:
                self._records = self._shape.validate_json(self.path.read_bytes())
                self._stamp = stamp
        except FileNotFoundError:
            self._stamp, self._records = (), {}
        except OSError as error:
            raise PilcrowError(f"The {self._what} in {self.path} could not be read ({error.strerror}).") from None
        except ValidationError as error:
            raise PilcrowError(
                f"{self.path} is not a file of {self._what} ({error.errors()[0]['msg']}); "
                f"bring back a copy of it, or delete it and add the {self._what} again."
            ) from None
        return self._records

    @contextmanager
    def changing(self) -> Iterator[dict[str, Record]]:
        """The records to change; written when the block ends, by one process at a time."""
        if not self.path.parent.is_dir():
            raise PilcrowError(
                f"There is no folder {self.path.parent} for the {self._what}; make it, or name another file."
            )
        try:
            with FileLock(f"{self.path}.lock", timeout=10, mode=0o600):
                records = dict(self.read())
                yield records
                self._write(records)
        except Timeout:
            raise PilcrowError(f"Another process is changing {self.path}; try again when it has finished.") from None
        except OSError as error:
            raise PilcrowError(f"The {self._what} could not be written to {self.path} ({error.strerror}).") from None

    def _write(self, records: dict[str, Record]) -> None:
        text = self._shape.dump_json(dict(sorted(records.items())), indent=1)
        handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self._what}-")  # made with mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text + b"\n")
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
