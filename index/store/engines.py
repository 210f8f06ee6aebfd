"""Which engines keep a library: a folder's own, or servers that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.settings import settings
from index.values import PilcrowError

if TYPE_CHECKING:
    from index.store.database import Database
    from index.store.vectors import VectorPlace

TRUTH = "library.db"


def database_setting() -> str:
    """The address of the PostgreSQL database that the settings name; "" is none."""
    return settings().database.get_secret_value()


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
