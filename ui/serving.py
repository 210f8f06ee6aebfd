"""The commands `pilcrow serve` and `pilcrow mcp`: the library for other programs."""

from __future__ import annotations

from importlib.util import find_spec
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

HostOption = Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 keeps it on this machine.")]
PaceOption = Annotated[int, typer.Option(min=0, help="Requests that one key may send in a minute; 0 is any.")]
WorkersOption = Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")]


@serving.command()
def serve(
    library: LibraryOption = None,
    collection: CollectionOption = None,
    host: HostOption = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 7870,
    keys: KeysOption = None,
    pace: PaceOption = REQUESTS_A_MINUTE,
    cors: Annotated[
        list[str] | None, typer.Option(metavar="ORIGIN", help="A site whose pages may ask; may be repeated.")
    ] = None,
    workers: WorkersOption = 1,
) -> None:
    """Answer other programs over HTTP: OpenAI's protocol under /v1, plain JSON under /api."""
    from ui.api.options import Options
    from ui.api.serve import serve as run

    folders = collections_of(library, collection)
    run(
        Options(collections=folders, host=host, keys=keys_of(keys), a_minute=pace, origins=tuple(cors or ())),
        port,
        workers,
    )


@serving.command()
def mcp(
    library: LibraryOption = None,
    collection: CollectionOption = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP, instead of standard input and output.")
    ] = False,
    host: HostOption = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 7871,
    keys: KeysOption = None,
    pace: PaceOption = REQUESTS_A_MINUTE,
    workers: WorkersOption = 1,
) -> None:
    """Lend the library to language models' programs as tools (Model Context Protocol)."""
    if find_spec("mcp") is None:
        raise PilcrowError("This needs one package more; install it with: pip install 'pilcrow-qa[mcp]'")
    from ui.api.options import Options
    from ui.api.serve import serve as run
    from ui.mcp.run import run_stdio

    folders = collections_of(library, collection)
    if http:
        options = Options(collections=folders, host=host, keys=keys_of(keys), a_minute=pace)
        run(options, port, workers, "ui.mcp.run:make_mcp_app", "/mcp")
    else:
        run_stdio(Options(collections=folders))


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
