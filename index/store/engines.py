"""Which engines keep a library: a folder's own, or servers that it or the settings name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.settings import settings
from index.values import PilcrowError

if TYPE_CHECKING:
    from index.store.database import Database
    from index.store.vectors import VectorPlace

TRUTH, SERVERS = "library.db", "servers.toml"


@dataclass(frozen=True, slots=True)
class Servers:
    """The addresses of what holds a library: a PostgreSQL database and a Chroma server; "" is the folder itself."""

    database: str = field(default="", repr=False)
    chroma: str = ""


def servers_of(folder: Path) -> Servers:
    """The servers that the folder's own `servers.toml` names, else those of the settings.

    With such a file several libraries lie side by side in one database, each in a schema of its own. Raises PilcrowError
    for a file that cannot be made out.
    """
    held = folder / SERVERS
    if not held.is_file():
        return Servers(settings().database.get_secret_value(), settings().chroma)
    try:
        return Servers(**{str(key): str(value) for key, value in tomllib.loads(held.read_text("utf-8")).items()})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise PilcrowError(
            f'{held} cannot be made out ({error}); it may hold two lines: database = "postgresql://…" and '
            'chroma = "http://…".'
        ) from None


def is_made(folder: Path, address: str) -> bool:
    """True where there is a library. Raises PilcrowError where the database cannot be asked."""
    if not address:
        return (folder / TRUTH).exists()
    from index.store.postgres_truth import has_library

    return has_library(address)


def open_truth(folder: Path, address: str, *, create: bool) -> Database:
    """The articles, at the PostgreSQL `address` or, where that is "", in the folder. Raises PilcrowError."""
    if address:
        from index.store.postgres_truth import Postgres

        truth: Database = Postgres(address, create=create)
        _made(folder)
        return truth
    from index.store.sqlite import Sqlite

    if not (folder / TRUTH).exists():
        if not create:
            raise PilcrowError(
                f"There is no library in {folder}; make one with: pilcrow index ARTICLES --library {folder}"
            )
        _made(folder)
    return Sqlite(folder / TRUTH)


def check_usable(truth: Database, folder: Path, encoder: str) -> None:
    """Closes the truth and raises PilcrowError where it is half moved, or was made with another than this encoder, if any."""
    try:
        made_with, moving = truth.get("encoder"), truth.get("moving")
        if moving:
            raise PilcrowError(
                f"A library is being moved to {truth.label}, or that was broken off; have it finished with the same: "
                "pilcrow move"
            )
        if made_with and encoder and made_with != encoder:
            raise PilcrowError(
                f"The library {folder} was made with the encoder {made_with}, not {encoder}; set "
                f"PILCROW_ENCODER={made_with}, or have it made one of {encoder} with: pilcrow reembed"
            )
    except BaseException:
        truth.close()
        raise


def vector_place(folder: Path, url: str) -> VectorPlace:
    """Where the vectors lie: on the Chroma server `url` or, where that is "", in the folder."""
    from index.store.vectors import VectorFolder, VectorServer

    return VectorServer(url, settings().chroma_token.get_secret_value()) if url else VectorFolder(folder / "chroma")


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PilcrowError(
            f"The library folder {folder} cannot be made ({error.strerror}); name another with --library."
        ) from None
