"""MHTML: a web page with its pictures in one file, as browsers save it (RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import BinaryIO

from index.formats.eml import charset_of, content, header, parse_mail, parts_of, told_plainly
from index.formats.extract import Extract, Skipped, Unreadable, whole
from index.formats.html import html_extract

MAX_PAGE = 50_000_000
"""Bytes of a page with all its pictures."""


def read_mhtml(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The article of a page saved as one file. The header's Date is the time of saving and is not used.

    Raises Unreadable for what is no such file, and for a page that holds no article.
    """
    message = parse_mail(whole(file, MAX_PAGE))
    with told_plainly():
        page = _page(message)
    if page is None:
        raise Unreadable("no web page was found in it; save the page again from your browser")
    address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    yield html_extract(
        content(page), url=address if address.startswith(("http://", "https://")) else "", charset=charset_of(page)
    )


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part that the message calls its start, else its first web page."""
    pages = [p for p in parts_of(message) if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(message.get_param("start", "") or "").strip()
    return next((p for p in pages if start and header(p, "Content-ID") == start), next(iter(pages), None))
