"""From a file to the articles it holds: the one way in, for a sync and for whoever looks a file up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from index.articles import EXTRACTION, build_article
from index.dates import Hints
from index.files import SIDECARS
from index.formats import Extract, Mapping, Skipped, Unreadable, opened, read
from index.values import Article
from index.web.facts import Facts, facts_of

_NO_HINTS = Hints()
_BLOCK = 1 << 20


def articles_in(
    path: Path, *, outlet: str = "", hints: Hints = _NO_HINTS, mapping: Mapping | None = None
) -> Iterator[Article | Skipped]:
    """Every article in the file, and what of it could not become one. Raises Unreadable for the file as a whole.

    `mapping` says which column of an export is what; a file beside the export, NAME.mapping.json or .yaml, goes
    before it. A page that was fetched has its facts beside it.
    """
    facts = facts_of(path)
    with opened(path) as file:
        for extract in read(file, path.name, _mapping(path) or mapping):
            if isinstance(extract, Skipped):
                yield extract
            else:
                extract = _with(extract, facts) if facts else extract
                yield build_article(str(path), extract, outlet=outlet, hints=hints)


def digest_of(path: Path, outlet: str, mapping: Mapping | None = None) -> str:
    """A hash of everything that decides how the file is read. Raises Unreadable."""
    digest = blake2b(digest_size=16)
    with opened(path) as file:
        try:
            while block := file.read(_BLOCK):
                digest.update(block)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Unreadable(f"the system could not read it ({reason}); check the file") from None
    facts = facts_of(path)
    known = (
        outlet,
        EXTRACTION,
        _mapping(path) or mapping,
        (facts.url, facts.title, facts.published, facts.updated) if facts else "",
    )
    digest.update(repr(known).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def file_of(path: str) -> Path | None:
    """The file that an article's path names, without the part of it; None where there is none."""
    name = path
    while name:
        try:
            if Path(name).is_file():
                return Path(name)
        except (OSError, ValueError):
            return None
        name, _, _ = name.rpartition("#")
    return None


def _mapping(path: Path) -> Mapping | None:
    for ending in SIDECARS:
        beside = path.with_name(path.name + ending)
        if beside.is_file():
            with opened(beside) as file:
                return Mapping.read(file.read(1 << 16))
    return None


def _with(extract: Extract, facts: Facts) -> Extract:
    """The article with its address, and with the dates of the feed or sitemap where it states none."""
    return replace(
        extract,
        url=extract.url or facts.url,
        title=extract.title or facts.title,
        published=(*extract.published, *facts.published),
        updated=(*extract.updated, *facts.updated),
    )
