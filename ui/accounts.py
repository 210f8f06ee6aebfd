"""The commands `pilcrow user …`: who may use the page when it is served to others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index import PilcrowError
from ui.options import Misuse

if TYPE_CHECKING:
    from ui.web.users import Users

accounts = typer.Typer(help="Who may use the page: pilcrow user add, remove, list.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
FileOption = Annotated[
    Path | None, typer.Option("--file", help="The file of users (default: users.json in the folder of the library).")
]


@accounts.command("add")
def add(name: NameArgument, file: FileOption = None) -> None:
    """Add a user, or give one a new password; the password is asked for, or read from a pipe."""
    from ui.web.users import fit_name, fit_password

    try:
        fit_name(name)
        password = _password()
        fit_password(password)
    except PilcrowError as error:
        raise Misuse(str(error)) from None
    typer.echo(f"{name} was added." if _users(file).add(name, password) else f"{name} has a new password.")


@accounts.command("remove")
def remove(name: NameArgument, file: FileOption = None) -> None:
    """Remove a user."""
    from ui.web.users import fit_name

    try:
        fit_name(name)
    except PilcrowError as error:
        raise Misuse(str(error)) from None
    _users(file).remove(name)
    typer.echo(f"{name} was removed.")


@accounts.command("list")
def show(file: FileOption = None) -> None:
    """List the users' names."""
    users = _users(file)
    names = users.names()
    typer.echo("\n".join(names) if names else f"There are no users in {users.path}; pilcrow user add NAME makes one.")


def _users(file: Path | None) -> Users:
    from index.settings import settings
    from ui.web.users import Users

    return Users(file or settings().library / "users.json")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise PilcrowError("The password is not UTF-8 text; write it in UTF-8.") from None
