"""The commands on a library's articles: bring them in, keep them in step, list them, take them out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index import Article, Library, PilcrowError
from ui.options import LibraryOption, Misuse, folder_of

if TYPE_CHECKING:
    from index.formats import Mapping
    from index.web.gather import Reach

articles = typer.Typer()

_MOST_PAGES = 500
_NAMED = 2

PlacesArgument = Annotated[
    list[str],
    typer.Argument(metavar="PATH_OR_URL…", help="Folders, files, or web addresses of pages, feeds and sitemaps."),
]
PagesOption = Annotated[int, typer.Option("--most-pages", min=1, help="Pages taken for each web address.")]
PrivateOption = Annotated[
    list[str] | None,
    typer.Option("--allow-private", metavar="HOST", help="A host of this network that may be asked; may be repeated."),
]
MappingOption = Annotated[
    str,
    typer.Option(
        metavar="PART=COLUMN,…",
        help="Which column of an export is what, as in text=corpo,title=titolo. A file NAME.mapping.json beside the "
        "export says so for good.",
    ),
]


@articles.command()
def index(
    places: PlacesArgument,
    library: LibraryOption = None,
    most_pages: PagesOption = _MOST_PAGES,
    allow_private: PrivateOption = None,
    dry_run: Annotated[bool, typer.Option(help="Only say what would be done; nothing is fetched.")] = False,
    mapping: MappingOption = "",
) -> None:
    """Bring the library in step with folders and web addresses: add, update, remove what is gone."""
    from ui.progress import progress_shown
    from ui.terminal import out, print_report

    given, columns, reach = _places(places), _mapping(mapping), _reach(most_pages, allow_private)
    with _opened(folder_of(library), dry=dry_run) as opened:
        with progress_shown() as progress:
            report = opened.sync(given, progress, dry=dry_run, mapping=columns, reach=reach)
        if dry_run:
            out.print(f"Nothing was changed. To be done, with {report.embedded} texts to embed:", markup=False)
        print_report(report, str(folder_of(library)))
    if not report.ok:
        raise typer.Exit(1)


@articles.command()
def watch(
    places: PlacesArgument,
    library: LibraryOption = None,
    every: Annotated[float, typer.Option(min=1, help="Minutes between two looks at the web addresses.")] = 15,
    most_pages: PagesOption = _MOST_PAGES,
    allow_private: PrivateOption = None,
    mapping: MappingOption = "",
) -> None:
    """Keep the library in step with folders and web addresses until Ctrl-C."""
    import threading
    from datetime import datetime

    from index.files import printable
    from index.watch import watch as keep_in_step
    from index.web.gather import is_address
    from ui.terminal import err

    def say(sentence: str) -> None:
        err.print(f"{datetime.now():%H:%M:%S} {printable(' '.join(sentence.split()))}", markup=False)

    given, columns, reach = _places(places), _mapping(mapping), _reach(most_pages, allow_private)
    urls = [place for place in given if is_address(place)]
    paths = [place for place in given if place not in urls]
    with Library.open(folder_of(library)) as opened:
        say(f"Watching {', '.join(given)}; Ctrl-C ends it.")
        try:
            keep_in_step(opened, paths, urls, every, threading.Event(), say, mapping=columns, reach=reach)
        except KeyboardInterrupt:
            say("Stopped watching; what was finished is kept.")


@articles.command("articles")
def list_articles(
    library: LibraryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object an article, a line each.")] = False,
) -> None:
    """List the articles of the library, oldest first."""
    with Library.open(folder_of(library), create=False) as opened:
        found = opened.articles()
    stories = _stories(found)
    if as_json:
        for article in found:
            record = json.dumps(_record(article, stories.get(article.id, ())), ensure_ascii=False)
            sys.stdout.write(record + "\n")
    else:
        _print_articles(found, stories)


@articles.command()
def remove(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders whose articles to take out.")],
    library: LibraryOption = None,
) -> None:
    """Take articles out of the library; their files stay where they are."""
    from ui.terminal import out

    with Library.open(folder_of(library), create=False) as opened:
        wanted = [Path(os.path.abspath(path)) for path in paths]
        ids = [
            a.id
            for a in opened.articles()
            if any(Path(a.path).is_relative_to(path) or Path(a.file).is_relative_to(path) for path in wanted)
        ]
        if not ids:
            raise PilcrowError("No article of the library lies there; pilcrow articles shows where they do.")
        out.print(f"{opened.remove(ids)} removed.", markup=False)


@contextmanager
def _opened(folder: Path, *, dry: bool) -> Iterator[Library]:
    """The library; for a dry run where there is none an empty one that leaves no trace."""
    if dry and not Library.exists(folder):
        with TemporaryDirectory(prefix="pilcrow-") as nowhere, Library.open(nowhere, database="", chroma="") as empty:
            yield empty
        return
    with Library.open(folder) as library:
        yield library


def _places(places: list[str]) -> list[str]:
    for place in places:
        scheme, sign, _ = place.partition("://")
        if sign and scheme.lower() not in ("http", "https") and not Path(place).exists():
            raise Misuse(f"{place} is no address that can be fetched; it must begin with https:// or http://.")
    return places


def _reach(most_pages: int, allow_private: list[str] | None) -> Reach:
    from index.web.gather import Reach

    for host in allow_private or ():
        if "/" in host:
            raise Misuse(f"{host} is no host; name it without https:// and path, as in intranet.example.")
    return Reach(most_pages, tuple(allow_private or ()))


def _mapping(text: str) -> Mapping | None:
    from index.formats import Mapping, Unreadable

    try:
        return Mapping.parse(text) if text else None
    except Unreadable as reason:
        raise Misuse(f"The --mapping cannot be used: {reason}.") from None


def _stories(found: tuple[Article, ...]) -> dict[str, tuple[Article, ...]]:
    """For every article that is printed elsewhere too: those others."""
    told: dict[str, list[Article]] = {}
    for article in found:
        if article.story:
            told.setdefault(article.story, []).append(article)
    return {a.id: tuple(b for b in same if b is not a) for same in told.values() for a in same}


def _record(article: Article, also: tuple[Article, ...]) -> dict[str, Any]:
    return {
        "id": article.id,
        "headline": article.headline,
        "source": article.source,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "published_sure": article.published_sure,
        "updated": article.updated.isoformat() if article.updated else None,
        "type": article.type,
        "section": article.section,
        "language": article.language,
        "words": article.words,
        "version": article.version,
        "url": article.url,
        "path": article.path,
        "file": article.file,
        "also_in": [other.id for other in also],
    }


def _print_articles(found: tuple[Article, ...], stories: dict[str, tuple[Article, ...]]) -> None:
    """A table of the articles: date with where it stands and how sure it is, outlet, who else has it, headline, file."""
    from rich.table import Table
    from rich.text import Text

    from index.files import printable
    from ui.terminal import out
    from ui.text import day, visible

    rows = []
    for article in found:
        # A certain date needs no word.
        sure = " (likely)" if article.published_sure == "likely" else ""
        also = sorted({other.source or other.headline for other in stories.get(article.id, ())})
        row = {
            "date": day(article.published) + sure,
            "date from": article.published_from,
            "outlet": article.source,
            "type": article.type,
            "also in": ", ".join(also[:_NAMED]) + (f" and {len(also) - _NAMED} more" if len(also) > _NAMED else ""),
            "headline": article.headline,
            "file": printable(article.path),
        }
        rows.append(row)
    table = Table(box=None, header_style="bold", pad_edge=False)
    named = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    for name in named:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(row[name])) for name in named))
    out.print(table)
