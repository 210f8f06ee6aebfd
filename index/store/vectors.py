"""Nearest neighbours by Chroma, in a folder or on its server. The one file that imports it.

Chroma holds ids and vectors only: texts and metadata cost it half its speed, and the truth has
them already. What it holds can be lost at any time; `index.store.follow` makes it again.
"""

from __future__ import annotations

import os
import shutil
import socket
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

if TYPE_CHECKING:
    from index.encoder import Matrix

_COLLECTION = "texts"
_OURS = "pilcrow-"
_EF_SEARCH = 200
"""Candidates held while searching, Chroma's default being 100: with it two indexes of the same 300 vectors, whose graphs
are built by several threads and differ, gave different fiftieth neighbours."""
_TRUTH_OF_CHROMA = "chroma.sqlite3"
_CONNECT = 3.0
_LONGEST = 60.0
"""Seconds; Chroma's client would wait for a server for ever."""


class Damaged(Exception):
    """Chroma cannot read what it has, or does not hold what it should."""


class Unreachable(Damaged):
    """The Chroma server does not answer; what it holds may be sound."""


class VectorIndex:
    """An open collection. Close it before the files of a folder are measured, moved or deleted."""

    def __init__(self, client: Any, name: str, *, create: bool = False, server: VectorServer | None = None) -> None:
        """Opens the collection; with `create`, makes it where it is missing. Closes the client where that fails."""
        self._client, self._server = client, server
        try:
            if create:
                self._collection: Any = client.get_or_create_collection(
                    name,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "ef_search": _EF_SEARCH}},
                )
            else:
                self._collection = client.get_collection(name, embedding_function=None)
            self._batch = client.get_max_batch_size()
        except Exception:
            client.close()
            raise

    def close(self) -> None:
        """Lets go of the files, or of the server."""
        self._client.close()

    def add(self, ids: Sequence[str], vectors: Matrix) -> None:
        """Stores unit vectors under their ids. Raises Damaged."""
        with _damage(self._server):
            for start in range(0, len(ids), self._batch):
                part = slice(start, start + self._batch)
                self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])

    def remove(self, ids: Sequence[str]) -> None:
        """Forgets these ids. Raises Damaged."""
        with _damage(self._server):
            for start in range(0, len(ids), self._batch):
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def ids(self) -> set[str]:
        """Every id that it holds. Raises Damaged."""
        with _damage(self._server):
            return set(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Sequence[str]) -> Matrix:
        """The vectors stored under these ids, a row each in their order. Raises Damaged when one is missing."""
        import numpy as np

        with _damage(self._server):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
            rows = dict(zip(found["ids"], found["embeddings"], strict=True))
            return np.array([rows[i] for i in ids], dtype=np.float32)

    def count(self) -> int:
        """How many vectors it holds. Raises Damaged."""
        with _damage(self._server):
            return int(self._collection.count())

    def nearest(self, vector: Matrix, k: int) -> list[tuple[str, float]]:
        """(id, cosine) of the k nearest vectors, nearest first. Raises Damaged."""
        with _damage(self._server):
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        ids = found["ids"][0]
        return [(i, 1.0 - float(d)) for i, d in zip(ids, found["distances"][0], strict=True)]


class VectorPlace(ABC):
    """Where a library's vectors lie, under a name that changes whenever they are made anew."""

    label: str
    """What it is called in sentences."""
    key: str
    """What tells it from others of this process; "" where everybody may have an own client."""
    lasting: bool
    """True where what was written stays sound when the process that wrote it is ended."""

    @abstractmethod
    def open(self, name: str, *, create: bool = False) -> VectorIndex:
        """The index of this name; with `create`, made where it is missing. Raises Damaged."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """True where there is an index of this name. Raises Unreachable."""

    @abstractmethod
    def next_name(self, name: str) -> str:
        """Another name than this one and all before it."""

    @abstractmethod
    def wipe(self, name: str, *, strays: bool = False) -> None:
        """Deletes the index of this name; with `strays` also what can be found of others of the library."""

    @abstractmethod
    def seal(self, name: str) -> dict[str, int]:
        """What a closed index can be told by later, to know whether something of it was lost."""

    @abstractmethod
    def seal_holds(self, name: str, sealed: dict[str, int]) -> bool:
        """True while the index is as it was sealed. Raises Unreachable."""


class VectorFolder(VectorPlace):
    """A folder, used by the processes of one machine."""

    lasting = False

    def __init__(self, root: Path) -> None:
        self.root = root
        self.label, self.key = str(root), str(root.resolve())

    def open(self, name: str, *, create: bool = False) -> VectorIndex:
        """The index of this name; with `create`, made where it is missing. Raises Damaged."""
        # Chroma's telemetry is a stub in this version; nothing is left to chance.
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb
        from chromadb.config import Settings

        folder = self.root / name
        if not create and not (folder / _TRUTH_OF_CHROMA).exists():
            raise Damaged("the folder is missing")
        with _damage():
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            return VectorIndex(client, _COLLECTION, create=create)

    def exists(self, name: str) -> bool:
        """True where there is a folder of this name."""
        return (self.root / name).exists()

    def next_name(self, name: str) -> str:
        """The next number."""
        return str(int(name) + 1) if name.isdigit() else "1"

    def wipe(self, name: str, *, strays: bool = False) -> None:
        """Deletes the folder of this name; with `strays` everything."""
        for old in self.root.iterdir() if self.root.exists() else ():
            if strays or old.name == name:
                shutil.rmtree(old, ignore_errors=True)

    def seal(self, name: str) -> dict[str, int]:
        """The size of every file, to know later whether one was cut or lost.

        A truncated HNSW file makes Chroma answer wrongly or take the whole process down (seen with
        link_lists.bin and header.bin), so the sizes are compared before Chroma opens it. Hashes would
        not do: Chroma writes unset memory, so the same index is never twice the same bytes.
        """
        folder = self.root / name
        return {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}

    def seal_holds(self, name: str, sealed: dict[str, int]) -> bool:
        """True while the files are as they were sealed. Chroma's SQLite file may have grown: readers touch it."""
        sizes = self.seal(name)
        return sizes.keys() == sealed.keys() and all(
            size >= sealed[name] if name == _TRUTH_OF_CHROMA else size == sealed[name] for name, size in sizes.items()
        )


class VectorServer(VectorPlace):
    """A Chroma server, used by any number of machines. It takes no password itself: `token` is for a proxy before it."""

    lasting = True

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.label, self.key = f"the Chroma server {url}", ""
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def open(self, name: str, *, create: bool = False) -> VectorIndex:
        """The index of this name; with `create`, made where it is missing. Raises Damaged."""
        with _damage(self):
            return VectorIndex(self._client(), name, create=create, server=self)

    def exists(self, name: str) -> bool:
        """True where there is a collection of this name. Raises Unreachable."""
        return self._count(name) >= 0

    def next_name(self, name: str) -> str:
        """A name that no other library's collection has."""
        return f"{_OURS}{uuid4().hex}"

    def wipe(self, name: str, *, strays: bool = False) -> None:
        """Deletes the collection."""
        if name.startswith(_OURS):
            client = self._client()
            try:
                with suppress(Exception):  # what is not there need not be deleted
                    client.delete_collection(name)
            finally:
                client.close()

    def seal(self, name: str) -> dict[str, int]:
        """How many vectors it holds."""
        return {"count": self._count(name)}

    def seal_holds(self, name: str, sealed: dict[str, int]) -> bool:
        """True while it holds as many. Raises Unreachable."""
        return self._count(name) == sealed.get("count")

    def alive(self) -> bool:
        """True where the server answers."""
        try:
            self._client().close()
        except Unreachable:
            return False
        return True

    def _count(self, name: str) -> int:
        if not name.startswith(_OURS):
            return -1
        client = self._client()
        try:
            return int(client.get_collection(name, embedding_function=None).count())
        except Exception:
            if not self.alive():
                raise Unreachable(self.label) from None
            return -1
        finally:
            client.close()

    def _client(self) -> Any:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        parts = urlsplit(self.url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            # Chroma's client would wait for a machine that does not answer at all.
            socket.create_connection((parts.hostname, port), timeout=_CONNECT).close()
            import chromadb
            from chromadb.config import Settings

            client = chromadb.HttpClient(
                self.url,
                port,
                ssl=parts.scheme == "https",
                headers=dict(self._headers),
                settings=Settings(anonymized_telemetry=False),
            )
            client._server._session.timeout = _LONGEST  # type: ignore[attr-defined]
            client.heartbeat()
        except Exception as error:  # the system's, httpx's, chromadb's; their words might hold the token
            raise Unreachable(self.label) from error
        return client


class _damage:  # noqa: N801
    """Turns whatever Chroma raises into Damaged, or into Unreachable where the server does not answer."""

    def __init__(self, server: VectorServer | None = None) -> None:
        self._server = server

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, Damaged):
            if self._server and not self._server.alive():
                raise Unreachable(self._server.label) from None
            raise Damaged(str(error)) from error


def _files(folder: Path) -> list[Path]:
    journals = f"{_TRUTH_OF_CHROMA}-"
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(journals))
