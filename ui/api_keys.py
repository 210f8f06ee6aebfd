"""The commands `pilcrow key …`: which programs may ask when the library is served to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index import PilcrowError
from ui.options import Misuse, folder_of

if TYPE_CHECKING:
    from ui.api.keys import Keys

api_keys = typer.Typer(help="Which programs may ask: pilcrow key add, list, revoke.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Who the key is for.")]
FileOption = Annotated[
    Path | None, typer.Option("--file", help="The file of keys (default: keys.json in the folder of the library).")
]


@api_keys.command("add")
def add(
    name: NameArgument,
    collection: Annotated[
        list[str] | None, typer.Option(help="A collection it is for; may be repeated (default: all of them).")
    ] = None,
    file: FileOption = None,
) -> None:
    """Make a key and print it, this once: only its hash is kept."""
    from ui.api.keys import ALL, check_names

    try:
        check_names(name, *(collection or ()))
    except PilcrowError as error:
        raise Misuse(str(error)) from None
    typer.echo(_keys(file).add(name, tuple(collection or (ALL,))))


@api_keys.command("revoke")
def revoke(name: NameArgument, file: FileOption = None) -> None:
    """End a key; whoever sends it is refused from now on."""
    _keys(file).revoke(name)
    typer.echo(f"The key {name} is revoked.")


@api_keys.command("list")
def show(file: FileOption = None) -> None:
    """List the keys' names, what they are for, and since when there are."""
    from ui.api.keys import ALL

    keys = _keys(file)
    for holder, made in keys.holders():
        named = "all collections" if ALL in holder.collections else ", ".join(holder.collections)
        typer.echo(f"{holder.name}: {named}, since {made}")
    if not keys.holders():
        typer.echo(f"There are no keys in {keys.path}; pilcrow key add NAME makes one.")


def _keys(file: Path | None) -> Keys:
    from ui.api.keys import Keys

    return Keys(file or folder_of(None) / "keys.json")
