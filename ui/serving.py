"""The command `pilcrow serve`: the library for other programs, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index import Library, PilcrowError
from ui.options import LibraryOption, Misuse, folder_of

serving = typer.Typer()

REQUESTS_A_MINUTE = 120
"""How many one key may send."""
CollectionOption = Annotated[
    list[str] | None,
    typer.Option("--collection", metavar="NAME=FOLDER", help="A library and what it is called; may be repeated."),
]
KeysOption = Annotated[
    Path | None,
    typer.Option(help="A file of keys, made by pilcrow key add (default: keys.json beside the library, if there)."),
]


@serving.command()
def serve(
    library: LibraryOption = None,
    collection: CollectionOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 keeps it on this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 7870,
    keys: KeysOption = None,
    pace: Annotated[
        int, typer.Option(min=0, help="Requests that one key may send to a worker in a minute; 0 is any.")
    ] = REQUESTS_A_MINUTE,
    cors: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="A site whose pages may ask; may be repeated.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
) -> None:
    """Answer other programs over HTTP: OpenAI's protocol under /v1, plain JSON under /api."""
    from ui.api.app import Options
    from ui.api.serve import serve as run

    folders = collections_of(library, collection)
    run(
        Options(collections=folders, host=host, keys=keys_of(keys), a_minute=pace, origins=tuple(cors or ())),
        port,
        workers,
    )


def collections_of(library: Path | None, given: list[str] | None) -> dict[str, Path]:
    """The folders of the collections named; without any, of the library alone. Raises PilcrowError for missing ones."""
    from ui.api.collections import DEFAULT, named_folders

    if given and library:
        raise Misuse("Name the library with --library, or several with --collection NAME=FOLDER; not both.")
    try:
        folders = named_folders(given or ()) or {DEFAULT: folder_of(library)}
    except PilcrowError as error:
        raise Misuse(str(error)) from None
    for folder in folders.values():
        Library.open(folder, create=False).close()
    return folders


def keys_of(given: Path | None) -> Path | None:
    """The file of keys: the one named, else the one beside the library where there is one."""
    usual = folder_of(None) / "keys.json"
    return given or (usual if usual.exists() else None)
