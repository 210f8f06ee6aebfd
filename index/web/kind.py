"""What came: told from the bytes themselves; the Content-Type and the address only help where these are silent."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from index.formats.extract import Unreadable

Ending = Literal[".html", ".pdf", ".docx", ".epub", ".zip", ".gz", ".feed", ".sitemap", ".xml", ".json", ".md", ".txt"]

_NEVER = re.compile(r"(image|audio|video|font|model)/|(text|application)/(css|(x-)?javascript|ecmascript|wasm)$")
_WORDS = re.compile(r"text/|application/(.+\+)?(json|xml)$|application/feed\+json$")
_SILENT = ("", "application/octet-stream", "binary/octet-stream", "application/x-download", "application/download")
"""Content types that say nothing of what came."""
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,40}:)?([\w.-]{1,40})")
_COMMENT = re.compile(rb"<!--.*?-->|<!--.*\Z", re.DOTALL)
_ROOTS: dict[bytes, Ending] = {
    b"html": ".html",
    b"rss": ".feed",
    b"rdf": ".feed",
    b"feed": ".feed",
    b"urlset": ".sitemap",
    b"sitemapindex": ".sitemap",
}
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_WEB_TAGS = re.compile(rb"<(!doctype html|head|body|title|meta|article|main|div|p|h1)\b", re.IGNORECASE)


def never_read(content_type: str) -> bool:
    """True for a Content-Type of pictures, sound, film or program code: no need to fetch the rest."""
    return bool(_NEVER.match(content_type))


def ending_of(data: bytes, content_type: str, url: str) -> Ending:
    """The file ending that fits what came; ".feed" and ".sitemap" for lists of other pages.

    `content_type` is without its parameters. Raises Unreadable for what cannot become an article.
    """
    if not data.strip():
        raise Unreadable("its site sent an empty page; open it in a browser to see whether it is there")
    if data.startswith(b"\x1f\x8b"):
        return ".gz"
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _of_zip(data)
    head = _plain_head(data)
    if b"\x00" in head or never_read(content_type) or not (_WORDS.match(content_type) or content_type in _SILENT):
        kind = content_type or "unknown"
        raise Unreadable(
            f"what came is not text that can be read (its type is {kind[:60]}); it may be a picture or film"
        )
    return _of_words(head, content_type, url)


def _of_zip(data: bytes) -> Ending:
    if b"mimetypeapplication/epub+zip" in data[:200]:
        return ".epub"
    # The names of a zip's members stand in it unpacked.
    return ".docx" if b"word/document.xml" in data else ".zip"


def _of_words(head: bytes, content_type: str, url: str) -> Ending:
    start = head.lstrip()
    if start.startswith(b"{") and _JSON_FEED.search(head):
        return ".feed"
    if start.startswith(b"<"):
        root = _ROOT.search(_COMMENT.sub(b"", start))
        known = _ROOTS.get(root[1].lower()) if root else None
        if known:
            return known
        if start.startswith(b"<?xml") or content_type.endswith("xml"):
            return ".xml"
    if content_type in ("text/html", "application/xhtml+xml"):
        return ".html"
    if content_type.endswith("json"):
        return ".json"
    if start.startswith(b"<") and _WEB_TAGS.match(start):
        return ".html"
    name = PurePosixPath(urlsplit(url).path).suffix.lower()
    return ".md" if content_type == "text/markdown" or name in (".md", ".markdown") else ".txt"


def _plain_head(data: bytes) -> bytes:
    """The beginning as one byte a character, whatever its encoding; enough to see what it is."""
    head = data[:8192]
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace").encode("ascii", "replace")
    return head
