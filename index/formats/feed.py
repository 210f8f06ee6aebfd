"""Feeds (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed): an entry is an article."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.entities import html5
from itertools import islice, pairwise
from typing import Any, BinaryIO
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from index.formats.extract import Extract, Skipped, Stated, Unreadable, joined, whole
from index.formats.html.charset import page_text
from index.formats.table.articles import Parts, names_in, one_line, paragraphs_in

_LARGEST_FEED = 20_000_000
_LARGEST_BROKEN, _MOST_BROKEN = 100_000, 2_000_000
"""Characters of one entry, and of all, that are not well-formed: feedparser's lenient reading takes quadratic time."""
_MOST_ENTRIES = 20_000
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|rdf|feed|channel|item|entry)(?=[\s>/])", re.IGNORECASE)
_HTML_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")
_HTML5 = {name: text for name, text in html5.items() if name not in ("amp;", "lt;", "gt;", "quot;", "apos;")}
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);)", re.IGNORECASE)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\ufeff]")
_FIRST_ENTRY = re.compile(r"<((?:\w{1,20}:)?(?:item|entry))(?=[\s>/])")
_DC = "http://purl.org/dc/elements/1.1/"
_ROOTS = {
    "item": (
        f'<rss version="2.0" xmlns:dc="{_DC}" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>',
        "</channel></rss>",
    ),
    "entry": ('<feed xmlns="http://www.w3.org/2005/Atom">', "</feed>"),
}
"""What stands around the entries where the feed's own beginning is broken."""


def read_feed(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The articles of a feed, one an entry, with `part` as the entry's own id, else its link.

    Entries are read one by one, so that a broken one spoils no other. Entries with no more than a
    headline are skipped. Raises Unreadable for a file in which there are no entries.
    """
    data = whole(file, _LARGEST_FEED)
    text = _decoded(data)
    entries = _json_entries(text) if text.lstrip()[:1] == "{" else _xml_entries(text)
    parts, number = Parts(), 0
    for number, entry in enumerate(entries, 1):
        if number > _MOST_ENTRIES:
            yield Skipped("the rest", f"the feed has more than {_MOST_ENTRIES:,} entries; split it")
            return
        try:
            if isinstance(entry, str):
                raise Unreadable(entry)
            yield _article(entry, parts)
        except Unreadable as error:
            title = "" if isinstance(entry, str) else entry.title
            yield Skipped(f"entry {number}" + (f" (“{title}”)" if title else ""), str(error))
    if not number:
        raise Unreadable("it is a feed without entries; save it again once it has some")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry says, as it says it."""

    id: str
    url: str
    title: str
    source: str
    authors: tuple[str, ...]
    text: str
    published: str
    updated: str
    section: str
    language: str


def _article(entry: _Entry, parts: Parts) -> Extract:
    blocks = [block for piece in _pieces(entry.text) for block in paragraphs_in(piece)]
    if not blocks:
        raise Unreadable("it has a headline but no text; save the article's own page" if entry.title else "it is empty")
    text, placed = joined(blocks)
    return Extract(
        text=text,
        blocks=placed,
        part=parts.name(entry.id, entry.url, words=f"{entry.title}\n{text[:200]}"),
        title=entry.title,
        source=entry.source,
        authors=entry.authors,
        published=tuple(Stated(date, "feed") for date in (entry.published,) if date),
        updated=tuple(Stated(date, "feed") for date in (entry.updated,) if date),
        url=entry.url,
        section=entry.section,
        language=entry.language,
    )


def _pieces(text: str) -> list[str]:
    """The text, where it has no markup in parts between blank lines: its single newlines are the feed's layout."""
    if "<" in text:
        return [text]
    return [" ".join(piece.split()) for piece in re.split(r"\n[ \t\r]*\n", text)]


def _decoded(data: bytes) -> str:
    """The feed as text, by the encoding that its first line declares where it keeps to that."""
    marked = data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE))
    return page_text(data if marked else data.replace(b"\x00", b""))


def _xml_entries(text: str) -> Iterator[_Entry | str]:
    """The entries of RSS or Atom, each parsed for itself inside the elements that stand open around it."""
    # From the root on: without a DOCTYPE no entity can be declared, fetched or multiplied.
    root = _ROOT.search(text)
    text = _NO_XML.sub("", text[root.start() :]) if root else ""
    text = _HTML_ENTITY.sub(lambda m: _HTML5.get(m[1], m[0]), text)
    first = _FIRST_ENTRY.search(text)
    if not first:
        return
    default = _ROOTS[first[1].rpartition(":")[2]]
    opened, closed = _surroundings(text[: first.start()]) or default
    spans = list(_spans(text, first[1]))
    around = pairwise([0, *(place for span in spans for place in span), len(text)])
    feed = _parsed("".join(text[a:b] for a, b in islice(around, 0, None, 2)), _LARGEST_BROKEN)["feed"]
    leniency = _MOST_BROKEN
    for start, end in spans:
        document = opened + text[start:end] + closed
        if not _well_formed(document):
            document = _BARE_AMPERSAND.sub("&amp;", document)
        if not _well_formed(document):
            leniency -= len(document)
        parsed = _parsed(document, min(_LARGEST_BROKEN, leniency))
        entry = next(iter(parsed["entries"]), None)
        yield _xml_entry(entry, parsed, feed) if entry else "its XML is broken; save the feed again"


def _surroundings(head: str) -> tuple[str, str] | None:
    """The tags that stand open at the end of `head`, and those that close them; None where it is broken."""
    opened: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: opened.append((name, attributes))
    parser.EndElementHandler = lambda name: opened.pop()
    try:
        parser.Parse(head.encode(), False)
    except (expat.ExpatError, UnicodeError):
        return None
    tags = "".join(f"<{name}{''.join(f' {k}={quoteattr(v)}' for k, v in given.items())}>" for name, given in opened)
    return (tags, "".join(f"</{name}>" for name, _ in reversed(opened))) if 0 < len(tags) < 20_000 else None


def _spans(text: str, tag: str) -> Iterator[tuple[int, int]]:
    """Start and end of every entry; one that is not closed ends where the next begins."""
    openings = [m.start() for m in islice(re.finditer(rf"<{tag}(?=[\s>/])", text), _MOST_ENTRIES + 1)]
    close = 0
    for start, following in pairwise([*openings, len(text)]):
        if 0 <= close < start:
            close = text.find(f"</{tag}", start)
        end = text.find(">", close, following) + 1 if 0 <= close < following else 0
        yield start, end or following


def _well_formed(document: str) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(document.encode(), True)
    except (expat.ExpatError, UnicodeError):
        return False
    return True


def _parsed(document: str, leniency: int) -> Any:
    """What feedparser makes of it; nothing where it is broken and longer than `leniency`."""
    import feedparser

    if len(document) > leniency and not _well_formed(document):
        return {"feed": {}, "entries": []}
    try:
        # As a stream: a string would be taken for an address or a file's name.
        stream = io.BytesIO(document.encode())
        return feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except Exception:
        # Its date and markup helpers have raised a dozen kinds of error on broken input.
        return {"feed": {}, "entries": []}


def _xml_entry(entry: Any, parsed: Any, feed: Any) -> _Entry:
    # dict.get, because feedparser's own answers "updated" with the date of publication.
    published, updated = dict.get(entry, "published") or "", dict.get(entry, "updated") or ""
    if not published and parsed["version"].startswith("rss") and _DC in parsed["namespaces"].values():
        # RSS 1.0 dates its entries by dc:date, which feedparser calls "updated".
        published, updated = updated, ""
    contents = [c.get("value") or "" for c in entry.get("content") or () if "html" in c.get("type", "html")]
    contents += [escape(c.get("value") or "") for c in entry.get("content") or () if c.get("type") == "text/plain"]
    text = next((c for c in contents if c.strip()), "") or entry.get("summary") or ""
    languages = (entry.get("title_detail") or {}).get("language"), (parsed["feed"] or {}).get("language")
    tags = [tag.get("label") or tag.get("term") or "" for tag in entry.get("tags") or ()]
    return _Entry(
        id=one_line(entry.get("id") or ""),
        url=one_line(entry.get("link") or ""),
        title=one_line(entry.get("title") or ""),
        source=one_line((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        authors=_people(author.get("name") or "" for author in entry.get("authors") or ()),
        text=text,
        published=one_line(published),
        updated=one_line(updated),
        section=one_line(next((tag for tag in tags if tag.strip()), "")),
        language=one_line(next(filter(None, languages), "") or feed.get("language") or ""),
    )


def _json_entries(text: str) -> Iterator[_Entry | str]:
    """The entries of a JSON Feed. Raises Unreadable for broken JSON."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("its JSON is broken; save the feed again") from None
    entries = feed.get("items") if isinstance(feed, dict) else None
    for entry in islice(entries if isinstance(entries, list) else (), _MOST_ENTRIES + 1):
        yield _json_entry(entry, feed) if isinstance(entry, dict) else "it is no JSON Feed entry; save the feed again"


def _json_entry(entry: dict[str, Any], feed: dict[str, Any]) -> _Entry:
    def said(key: str) -> str:
        value = entry.get(key)
        return str(value) if isinstance(value, str | int) else ""

    people = entry.get("authors") or [entry.get("author")]
    tags = entry.get("tags")
    return _Entry(
        id=one_line(said("id")),
        url=one_line(said("url") or said("external_url")),
        title=one_line(said("title")),
        source=one_line(str(feed.get("title") or "")),
        authors=_people(str(p.get("name") or "") for p in people if isinstance(p, dict))
        if isinstance(people, list)
        else (),
        text=said("content_html") or escape(said("content_text")) or escape(said("summary")),
        published=one_line(said("date_published")),
        updated=one_line(said("date_modified")),
        section=one_line(str(tags[0])) if isinstance(tags, list) and tags else "",
        language=one_line(said("language") or str(feed.get("language") or "")),
    )


def _people(lines: Iterable[str]) -> tuple[str, ...]:
    """The authors' names; an address alone is none."""
    return tuple(dict.fromkeys(name for line in lines for name in names_in(one_line(line)) if "@" not in name))
