"""EPUB: a book of articles, one for every document of its spine that holds text."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import unquote

from index.formats.extract import Extract, Skipped, Stated, Unreadable, joined
from index.formats.fragment import parse, pieces, plain
from index.formats.html.charset import page_text
from index.formats.html.page_facts import bylines
from index.values import Kind

MAX_DOCUMENTS = 2000
MAX_BOOK = 300_000_000
"""Bytes of a book with its pictures, which are not read."""
MAX_UNPACKED = 50_000_000
MAX_RATIO = 200
"""Text packs some 3 to 10 times; a member that packs more than this was made to fill the memory."""
_ONE_DOCUMENT = 10_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError)
_FRONT_MATTER = frozenset(
    {
        "cover",
        "titlepage",
        "toc",
        "copyright-page",
        "landmarks",
        "index",
        "halftitlepage",
        "colophon",
        "imprint",
        "page-list",
        "loi",
        "lot",
    }
)
_FRONT_NAMES = re.compile(
    r"\W*(?:table of contents|contents|cover(?: page)?|title page|copyright(?: page| notice)?|imprint|colophon|index)\W*",
    re.IGNORECASE,
)
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_PUBLISHED = frozenset({"publication", "original-publication", "issued"})
_OPS = "{http://www.idpf.org/2007/ops}type"


def read_epub(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The articles of a book, `part` their path inside it. Raises Unreadable for a damaged or locked book."""
    if file.seek(0, 2) > MAX_BOOK:
        raise Unreadable(f"it is larger than a book may be ({MAX_BOOK / 1e6:.0f} MB); split it")
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _articles(_Book(archive))
    except _DAMAGED:
        raise Unreadable("it is no EPUB book, or a damaged one; fetch or save it again") from None


@dataclass(frozen=True, slots=True)
class _Document:
    path: str
    title: str
    authors: tuple[str, ...]
    language: str
    blocks: list[tuple[Kind | None, str]]


class _Book:
    """The files of a book, read within bounds. Nothing is ever unpacked to the disk."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = MAX_UNPACKED

    def read(self, path: str) -> bytes:
        """The bytes of a member. Raises KeyError where there is none, Unreadable where it is too large."""
        member = self.archive.getinfo(path)
        if member.flag_bits & 1:
            raise Unreadable("it is locked with a password or copy protection; a copy without it is needed")
        most = min(self.left, _ONE_DOCUMENT, max(100_000, member.compress_size * MAX_RATIO))
        with self.archive.open(member) as packed:
            data = packed.read(most + 1)
        if len(data) > most:
            raise Unreadable(f"it unpacks to more than a book may hold ({MAX_UNPACKED / 1e6:.0f} MB)")
        self.left -= len(data)
        return data

    def xml(self, path: str) -> Any:
        """The tree of an XML member, without entities or anything from outside."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
        root = etree.fromstring(self.read(path), parser)
        if root is None:
            raise ValueError(path)
        return root


def _articles(book: _Book) -> Iterator[Extract | Skipped]:
    if "META-INF/encryption.xml" in book.archive.namelist() and _locked(book.xml("META-INF/encryption.xml")):
        raise Unreadable("it is locked with copy protection; a copy without it is needed")
    package_path = _first(book.xml("META-INF/container.xml"), "rootfile", "full-path")
    if not package_path:
        raise ValueError("no package")
    package = book.xml(package_path)
    base = posixpath.dirname(package_path)
    items = {e.get("id", ""): e for e in package.iter("{*}item")}
    spine = [items[e.get("idref")] for e in package.iter("{*}itemref") if e.get("idref") in items]
    if len(spine) > MAX_DOCUMENTS:
        raise Unreadable(f"it holds more than {MAX_DOCUMENTS:,} documents; split the book")
    labels = _labels(book, base, items)
    front = {
        _path(base, e.get("href", ""))
        for e in package.iter("{*}reference")
        if e.get("type", "") in _FRONT_MATTER | {"title-page"}
    }
    found: list[_Document] = []
    skipped: list[Skipped] = []
    for item in {id(item): item for item in spine}.values():
        path = _path(base, item.get("href", ""))
        if "nav" in item.get("properties", "").split() or path in front:
            continue
        try:
            document = _document(book.read(path), path, labels.get(path, ""))
        except _DAMAGED:
            skipped.append(Skipped(path, "the book names it and it is missing or damaged; fetch the book again"))
        except Unreadable as reason:
            skipped.append(Skipped(path, str(reason)))
            if book.left <= 0:
                break
        else:
            found += [document] if document else []
    if not found and not skipped:
        raise Unreadable("the book holds no text that could be read; it may hold pictures of pages only")
    outlet = _said(package, "publisher") or _said(package, "title")
    for document in found:
        yield _extract(document, package, outlet, alone=len(found) == 1)
    yield from skipped


def _extract(document: _Document, package: Any, outlet: str, *, alone: bool) -> Extract:
    text, blocks = joined(document.blocks)
    date = _edition(package)
    creators = tuple(plain("".join(e.itertext())) for e in package.iter(f"{_DC}creator"))
    return Extract(
        text=text,
        blocks=blocks,
        part=document.path,
        title=document.title,
        source=outlet,
        authors=document.authors or (tuple(c for c in creators if c) if alone else ()),
        published=(Stated(date, "book metadata"),) if date else (),
        language=document.language or _said(package, "language"),
    )


def _document(data: bytes, path: str, label: str) -> _Document | None:
    """The article in one document, None where it is a cover, a list of contents or the like, or holds no paragraph."""
    root = parse(page_text(data))
    body = root.find("body")
    top = [root, *([] if body is None else [body, *body[:3]])]
    types = {word for e in top for word in (e.get("epub:type") or e.get(_OPS) or "").split()}
    if types & _FRONT_MATTER:
        return None
    found = [p for p in pieces(root) if p.kind or p.linked < 0.9]
    heading = next((p.words for p in found if p.kind), "")
    if not any(p.kind is None for p in found) or _FRONT_NAMES.fullmatch(heading or label):
        return None
    first = next((p.kind for p in found if p.kind), None)
    blocks: list[tuple[Kind | None, str]] = [(p.kind, p.words) for p in found]
    if first == "subhead" and found[0].kind == first:
        # Chapters whose title is an <h2>, the book's own being the <h1> of another document.
        blocks[0] = ("headline", heading)
    language = root.get("lang") or root.get("xml:lang") or ""
    return _Document(
        path,
        heading or label,
        bylines(list(root.iter())),
        plain(language)[:20],
        blocks,
    )


def _labels(book: _Book, base: str, items: dict[str, Any]) -> dict[str, str]:
    """What the book's list of contents calls each document."""
    labels: dict[str, str] = {}
    for item in items.values():
        is_nav = "nav" in item.get("properties", "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        path = _path(base, item.get("href", ""))
        here = posixpath.dirname(path)
        try:
            tree = parse(page_text(book.read(path))) if is_nav else book.xml(path)
        except (*_DAMAGED, Unreadable):
            continue
        entries = [(e.get("href", ""), "".join(e.itertext())) for e in tree.iter("a")]
        for point in tree.iter("{*}navPoint"):
            entries.append(
                (_first(point, "content", "src"), "".join(next(iter(point.iter("{*}text")), point).itertext()))
            )
        for href, words in entries:
            labels.setdefault(_path(here, href), plain(words)[:300])
    return labels


def _path(base: str, href: str) -> str:
    """The member that a link inside the book names. A link that leads out of the book names none that exists."""
    return posixpath.normpath(posixpath.join(base, unquote(href.partition("#")[0])))


def _first(root: Any, tag: str, attribute: str) -> str:
    return next((str(e.get(attribute)) for e in root.iter("{*}" + tag) if e.get(attribute)), "")


def _said(package: Any, name: str) -> str:
    element = next(package.iter(_DC + name), None)
    return "" if element is None else plain("".join(element.itertext()))[:500]


def _edition(package: Any) -> str:
    """The day of the edition, as written; not that on which the book was made or changed."""
    dates = [e for e in package.iter(f"{_DC}date") if e.get(f"{_OPF}event", "publication") in _PUBLISHED]
    return plain("".join(dates[0].itertext()))[:100] if dates else ""


def _locked(encryption: Any) -> bool:
    """True where more than the fonts is encrypted."""
    methods = [e.get("Algorithm", "") for e in encryption.iter("{*}EncryptionMethod")]
    return any(method not in _FONTS for method in methods)
