"""Feeds (RSS 0.9 to 2.0, Atom, JSON Feed): the pages they name, and what they say of them.

Read with lxml, element by element: feedparser took three seconds for 32 kB of open comments in one entry, growing
with the square, and of a feed only the entries' addresses, titles, dates and own texts are needed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from index.formats.extract import Stated, Unreadable
from index.web.xml import child, elements, one_line, words_of


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed: its address (relative to the feed's), and the text the feed itself gives, as HTML."""

    url: str
    title: str = ""
    published: tuple[Stated, ...] = ()
    updated: tuple[Stated, ...] = ()
    words: str = ""


def feed_entries(data: bytes) -> Iterator[FeedEntry]:
    """The entries of a feed, in its order; those without an address are left out.

    Raises Unreadable for JSON that is damaged and for XML that declares entities.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json(data)
        return
    for element in elements(data, "item", "entry"):
        link = _link(element)
        if link:
            yield FeedEntry(
                url=_placed(link, element.base or ""),
                title=one_line(unescape(words_of(element, "title"))),
                published=_dates(words_of(element, "pubDate", "published", "issued", "date")),
                updated=_dates(words_of(element, "updated", "modified")),
                words=_words(element),
            )


def _placed(link: str, base: str) -> str:
    """The link as its own xml:base places it; what is relative after that is so to the feed's address."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _link(element: Any) -> str:
    """The entry's page: Atom's alternate link, RSS's link, or a guid that is said to be an address."""
    links = element.findall("{*}link")
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href")).strip()
    for link in links:
        if link.text and link.text.strip():
            return str(link.text).strip()
    guid = element.find("{*}guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and (guid.text or "").strip().startswith("http"):
        return str(guid.text).strip()
    return ""


def _words(element: Any) -> str:
    """The text a feed gives, the fullest first; HTML, whatever it was written as."""
    from lxml import etree

    for name in ("encoded", "content", "description", "summary"):
        found = child(element, name)
        if found is None:
            continue
        if len(found):
            html = "".join(etree.tostring(child, encoding="unicode", method="html") for child in found)
        else:
            html = found.text or ""
            if found.get("type") == "text":
                html = f"<p>{escape(html)}</p>"
        if html.strip():
            return html.strip()
    return ""


def _dates(text: str) -> tuple[Stated, ...]:
    return (Stated(text, "feed"),) if text else ()


def _json(data: bytes) -> Iterator[FeedEntry]:
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("what came is a JSON Feed that is damaged; try again later") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        said = {k: v for k, v in item.items() if isinstance(v, str)} if isinstance(item, dict) else {}
        link = said.get("url") or said.get("external_url") or ""
        text = said.get("content_text") or said.get("summary") or ""
        if link:
            yield FeedEntry(
                url=link,
                title=one_line(said.get("title", "")),
                published=_dates(said.get("date_published", "").strip()),
                updated=_dates(said.get("date_modified", "").strip()),
                words=said.get("content_html") or (f"<p>{escape(text)}</p>" if text else ""),
            )
