"""What the commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index import PilcrowError

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", "-l", help="Folder of the library (default: $PILCROW_LIBRARY, else ./library)."),
]

QUESTIONS_A_MINUTE = 60
"""How many one person may ask in the web chat."""


class Misuse(PilcrowError):
    """The command was called in a way that cannot work: exit code 2."""


def folder_of(library: Path | None) -> Path:
    """The library's folder: the one named, else the settings'."""
    from index.settings import settings

    return library or settings().library
