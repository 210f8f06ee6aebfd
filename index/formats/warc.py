"""Web archives (WARC): a page that a crawler fetched is an article."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any, BinaryIO

from index.formats.archive import Inner, gunzipped
from index.formats.extract import MAX_BYTES, Extract, Skipped, Unreadable
from index.formats.fragment import plain

_KINDS = {
    "text/html": "page.html",
    "application/xhtml+xml": "page.html",
    "text/plain": "page.txt",
    "application/pdf": "page.pdf",
    "application/rss+xml": "feed.xml",
    "application/atom+xml": "feed.xml",
    "application/feed+json": "feed.json",
}
"""The kinds of page that may hold articles, and a name that says the same to who reads it."""
_MOST_RECORDS = 5_000_000
_MOST_HEADERS = 1_000_000
"""Bytes of the headers of one record."""
_MOST_SENT = 2 * MAX_BYTES
"""Bytes of one page as it was sent, with what marks its chunks."""
_BLOCK = 65_536
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def read_warc(file: BinaryIO, name: str, inner: Inner) -> Iterator[Extract | Skipped]:
    """The articles of a WARC, compressed or not, with the page's address as `url` and as `part`.

    Of several captures of one address only the newest is read. The time of the crawl dates nothing.
    Raises Unreadable where not one record can be read; what breaks off later is skipped.
    """
    newest: dict[bytes, str] = {}
    for record in _pages(file):
        if not isinstance(record, Skipped):
            key, captured = _key(_uri(record)), _captured(record)
            newest[key] = max(newest.get(key, ""), captured)
    for record in _pages(file):
        if isinstance(record, Skipped):
            yield record
            continue
        uri = _uri(record)
        # A capture is read once, even where the file holds the same one twice.
        if newest.get(_key(uri)) == _captured(record):
            del newest[_key(uri)]
            yield from _articles(record, uri, inner)


def _articles(record: Any, uri: str, inner: Inner) -> Iterator[Extract | Skipped]:
    """The articles of one page, which is one article unless it is a feed."""
    try:
        data, (kind, charset) = _body(record), _content_type(record)
        if _KINDS[kind] == "page.html":
            yield _from_html(data, uri, charset)
            return
        for found in inner(io.BytesIO(data), _KINDS[kind]):
            if isinstance(found, Skipped):
                yield replace(found, part=f"{uri}!{found.part}")
            elif found.part:
                yield replace(found, part=f"{uri}!{found.part}", url=found.url or uri)
            else:
                yield replace(found, part=uri, url=uri)
    except Unreadable as error:
        yield Skipped(uri, str(error))


def _from_html(data: bytes, uri: str, charset: str) -> Extract:
    from index.formats.html import html_extract

    found = html_extract(data, url=uri, charset=charset)
    if not found.blocks:
        raise Unreadable("the page holds no text; leave it out")
    return replace(found, part=uri, url=uri)


def _pages(file: BinaryIO) -> Iterator[Any]:
    """The records of pages that were fetched with success. Ends with a Skipped where the file breaks off."""
    number = 0
    try:
        for number, record in enumerate(_records(file), 1):
            if number > _MOST_RECORDS:
                raise Unreadable(f"it holds more than {_MOST_RECORDS:,} records; split it")
            if _is_page(record):
                yield record
    except Unreadable as error:
        why = str(error)
    except Exception:
        # Broken headers have raised six kinds of error in warcio, which documents none.
        why = "it is damaged or breaks off; fetch it again"
    else:
        return
    if not number:
        raise Unreadable(why)
    yield Skipped(f"what follows record {number}", why)


def _records(file: BinaryIO) -> Iterator[Any]:
    """All records of the file, from its beginning. Raises whatever warcio raises, and Unreadable."""
    import logging

    from warcio.archiveiterator import WARCIterator
    from warcio.bufferedreaders import BufferedReader

    # It prints addresses as they stand in the file, control characters included.
    logging.getLogger("warcio").setLevel(logging.CRITICAL + 1)

    class Bounded(BufferedReader):
        """A reader that gives headers so much space and no more, where warcio would read a line of any length."""

        left = _MOST_HEADERS

        def readline(self, length: int | None = None) -> bytes:
            """The next line, of a record's headers no longer than all of them may be."""
            if length is not None and length <= _BLOCK:
                return bytes(super().readline(length))
            line = bytes(super().readline(self.left))
            self.left -= len(line)
            if self.left <= 0:
                raise Unreadable("the headers of a record are longer than any are; leave the file out")
            return line

    class Records(WARCIterator):
        # Printed to the terminal for every record of a wrong length.
        INC_RECORD = ""

    file.seek(0)
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    # Unpacked here: warcio gives up at a file that was packed as a whole, and unpacks without bounds.
    records = Records(_Pieces(gunzipped(file) if packed else file))
    records.reader = reader = Bounded(records.fh, decomp_type=None)
    for record in records:
        yield record
        reader.left = _MOST_HEADERS


class _Pieces:
    """The file in the pieces in which it comes, so that what stands before a break is not lost."""

    def __init__(self, file: Any) -> None:
        self._read, self._at = getattr(file, "read1", file.read), 0

    def read(self, size: int) -> bytes:
        data: bytes = self._read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or not record.http_headers or not _uri(record):
        return False
    if _uri(record).endswith(("/robots.txt", "/ads.txt")):
        return False
    return record.http_headers.get_statuscode() == "200" and _content_type(record)[0] in _KINDS


def _uri(record: Any) -> str:
    return plain(record.rec_headers.get_header("WARC-Target-URI") or "")


def _captured(record: Any) -> str:
    """When the page was fetched, ISO 8601: it tells captures apart and is no date of an article."""
    return str(record.rec_headers.get_header("WARC-Date") or "")


def _key(uri: str) -> bytes:
    # Hashes only: a crawl has millions of addresses.
    return blake2b(uri.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _content_type(record: Any) -> tuple[str, str]:
    """The kind of the page and its encoding, "" where none is said."""
    kind, _, rest = (record.http_headers.get_header("Content-Type") or "").partition(";")
    charset = _CHARSET.search(rest)
    return kind.strip().lower(), charset[1] if charset else ""


def _body(record: Any) -> bytes:
    """The page's bytes as they were meant to arrive. Raises Unreadable for too many, or for too few."""
    from warcio.bufferedreaders import ChunkedDataReader
    from warcio.limitreader import LimitReader

    headers, stream = record.http_headers, LimitReader(record.raw_stream, _MOST_SENT)
    chunked = (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    data = bytes((ChunkedDataReader(stream) if chunked else stream).read(_MOST_SENT))
    if stream.tell() < _MOST_SENT and getattr(record.raw_stream, "limit", 0):
        raise Unreadable("the file breaks off in the middle of this page; fetch it again")
    data = _unpacked(data, (headers.get_header("Content-Encoding") or "").strip().lower())
    if len(data) > MAX_BYTES or stream.tell() >= _MOST_SENT:
        raise Unreadable(f"the page is larger than an article may be ({MAX_BYTES / 1e6:.0f} MB); leave it out")
    return data


def _unpacked(data: bytes, encoding: str) -> bytes:
    """The bytes as they were before they were packed for sending, at most one more than an article may have."""
    most = MAX_BYTES + 1
    # Some crawlers unpack the page and keep the header that says it is packed.
    if encoding in ("", "identity", "none") or (encoding in ("gzip", "x-gzip") and data[:2] != b"\x1f\x8b"):
        return data
    try:
        if encoding in ("gzip", "x-gzip"):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, most)
        if encoding == "deflate":
            bits = zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS
            return zlib.decompressobj(bits).decompress(data, most)
        if encoding == "br":
            import brotli

            return bytes(brotli.Decompressor().process(data, output_buffer_limit=most))
    except zlib.error:
        raise Unreadable("the page is damaged, it cannot be unpacked; fetch it again") from None
    except Exception as error:
        # Without brotli, or with an old one: it has no error of its own that could be named here.
        raise Unreadable(
            f"the page is packed in a way (br) that cannot be read here ({error}); fetch it again"
        ) from None
    raise Unreadable(f"the page is packed in a way that is not read here ({encoding[:20]}); fetch it again")
