"""Nearest neighbours by Chroma. The one file that imports it.

Chroma holds ids and vectors only: texts and metadata cost it half its speed, and the truth has
them already. Its folder can be lost at any time; `index.store.follow` makes it again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.encoder import Matrix

_COLLECTION = "texts"
_EF_SEARCH = 200
"""Candidates held while searching, Chroma's default being 100: with it two indexes of the same 300 vectors, whose graphs
are built by several threads and differ, gave different fiftieth neighbours."""
_TRUTH_OF_CHROMA = "chroma.sqlite3"


class Damaged(Exception):
    """Chroma's folder cannot be read, or does not hold what it should."""


class VectorIndex:
    """An open Chroma folder. Close it before its files are measured, moved or deleted."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Opens the folder; with `create`, makes what is missing. Raises Damaged."""
        # Chroma's telemetry is a stub in this version; nothing is left to chance.
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb
        from chromadb.config import Settings

        self.folder = folder
        if not create and not (folder / _TRUTH_OF_CHROMA).exists():
            raise Damaged("the folder is missing")
        try:
            self._client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            if create:
                self._collection: Any = self._client.get_or_create_collection(
                    _COLLECTION,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH}},
                )
            else:
                self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            self._batch = self._client.get_max_batch_size()
        except Exception as error:  # chromadb raises its own, sqlite3's and Rust's
            raise Damaged(str(error)) from error

    def close(self) -> None:
        """Lets go of the files."""
        self._client.close()  # type: ignore[attr-defined]

    def add(self, ids: Sequence[str], vectors: Matrix) -> None:
        """Stores unit vectors under their ids. Raises Damaged."""
        with _damage():
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def remove(self, ids: Sequence[str]) -> None:
        """Forgets these ids. Raises Damaged."""
        with _damage():
            for start in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def ids(self) -> set[str]:
        """Every id that it holds. Raises Damaged."""
        with _damage():
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Sequence[str]) -> Matrix:
        """The vectors stored under these ids, a row each in their order. Raises Damaged when one is missing."""
        import numpy as np

        with _damage():
            found = self._collection.get(ids=list(ids), include=["embeddings"])
            rows = dict(zip(found["ids"], found["embeddings"], strict=True))
            return np.array([rows[i] for i in ids], dtype=np.float32)

    def count(self) -> int:
        """How many vectors it holds. Raises Damaged."""
        with _damage():
            return int(self._collection.count())

    def nearest(self, vector: Matrix, k: int) -> list[tuple[str, float]]:
        """(id, cosine) of the k nearest vectors, nearest first. Raises Damaged."""
        with _damage():
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        ids = found["ids"][0]
        return [(i, 1.0 - float(d)) for i, d in zip(ids, found["distances"][0], strict=True)]


class _damage:  # noqa: N801
    """Turns whatever Chroma raises into Damaged."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception):
            raise Damaged(str(error)) from error


def wipe(folder: Path) -> None:
    """Deletes the folder with all it holds."""
    shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path) -> dict[str, int]:
    """The size of every file of a closed folder, to know later whether one was cut or lost.

    A truncated HNSW file makes Chroma answer wrongly or take the whole process down (seen with
    link_lists.bin and header.bin), so the sizes are compared before Chroma opens it. Hashes would
    not do: Chroma writes unset memory, so the same index is never twice the same bytes.
    """
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}


def seal_holds(folder: Path, sealed: dict[str, int]) -> bool:
    """True while the files are as they were sealed. Chroma's SQLite file may have grown: readers touch it."""
    sizes = seal(folder)
    return sizes.keys() == sealed.keys() and all(
        size >= sealed[name] if name == _TRUTH_OF_CHROMA else size == sealed[name] for name, size in sizes.items()
    )


def _files(folder: Path) -> list[Path]:
    journals = f"{_TRUTH_OF_CHROMA}-"
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(journals))
