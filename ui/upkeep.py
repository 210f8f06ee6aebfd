"""The commands that look after a library: examine it, mend it, keep a copy, bring one back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from index import Library
from ui.options import LibraryOption, folder_of

upkeep = typer.Typer()


@upkeep.command()
def check(
    library: LibraryOption = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended, not only the vector index.")
    ] = False,
) -> None:
    """Examine the library and list what is wrong; mend the vector index, or with --repair what can be mended."""
    from ui.progress import progress_shown
    from ui.terminal import err, out

    with Library.open(folder_of(library), create=False) as opened:
        with progress_shown() as progress:
            report = opened.check(progress, repair=repair)
        counts = {} if report.problems else opened.counts()
    for sentence in (*report.mended, *report.problems):
        err.print(sentence, markup=False)
    if report.problems:
        hint = "" if repair else " What can be mended of this is, with: pilcrow check --repair"
        out.print(f"The library is not sound.{hint}", markup=False)
        raise typer.Exit(1)
    out.print(
        f"The library is sound: {counts['articles']} articles, {counts['paragraphs']} paragraphs, "
        f"{counts['embeddings']} embeddings.",
        markup=False,
    )


@upkeep.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as pilcrow-backup.zip.")],
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file if it is there.")] = False,
) -> None:
    """Write the library, its conversations, and what was added and fetched, into one file; it may be in use meanwhile."""
    from ui.terminal import out

    with Library.open(folder_of(library), create=False) as opened:
        written = opened.backup(file, force=force)
    out.print(f"The library is kept in {written} ({written.stat().st_size / 1e6:,.1f} MB).", markup=False)


@upkeep.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file written by pilcrow backup.")],
    library: LibraryOption = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Put the library that is there aside; nobody must be using it meanwhile."),
    ] = False,
) -> None:
    """Make a library anew from a backup, in a new or empty folder."""
    from index.store.backup import restore as brought_back
    from ui.terminal import err, out

    done = brought_back(file, folder_of(library), force=force)
    if done.aside:
        err.print(f"The library that was there is now {done.aside}.", markup=False)
    out.print(f"The library is back in {done.folder}: {done.articles} articles.", markup=False)


@upkeep.command()
def move(
    source: Annotated[str, typer.Option("--from", help="A library's folder, or postgresql://user@host/name.")],
    target: Annotated[str, typer.Option("--to", help="A new folder, or an empty database; a password in PGPASSWORD.")],
) -> None:
    """Copy a library from a folder into a PostgreSQL database, or back; broken off, the same goes on where it was."""
    from index.store.move import move as moved
    from ui.progress import progress_shown
    from ui.terminal import out
    from ui.web.history import BESIDE

    with progress_shown() as progress:
        counts = moved(source, target, [BESIDE], progress)
    out.print(
        f"The library is copied, and every row was compared: {counts['articles']} articles, {counts['paragraphs']} "
        f"paragraphs, {counts['embeddings']} embeddings. What it was copied from stays as it is.",
        markup=False,
    )


@upkeep.command()
def reembed(library: LibraryOption = None) -> None:
    """Give the library the encoder that PILCROW_ENCODER names: all texts are embedded anew, then switched to at once."""
    from ui.progress import progress_shown
    from ui.terminal import out

    with progress_shown() as progress:
        count = Library.reembed(folder_of(library), progress)
    out.print(f"{count} texts were embedded anew.", markup=False)
