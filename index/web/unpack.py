"""Packed bytes into plain ones, never more than asked for: a few kilobytes can hold gigabytes."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

from index.formats.extract import Unreadable

ENCODINGS = "gzip, deflate"
"""What is asked for. Others (br, zstd) cannot be unpacked in bounds and are not asked for."""


def unpack(data: bytes, encoding: str, most: int, broken: bool = False) -> bytes:
    """The body behind a Content-Encoding, at most `most` + 1 bytes of it. `broken` data may end anywhere.

    Raises Unreadable for an encoding that was not asked for, and for data that is damaged or breaks off.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return data[: most + 1]
    if encoding in ("gzip", "x-gzip"):
        return _inflate(data, zlib.MAX_WBITS | 16, most, broken)
    if encoding == "deflate":
        # Some servers send the bare stream that RFC 9110 (8.4.1.2) warns of: it lacks the zlib header of RFC 1950.
        bare = data[:1] and (data[0] & 15 != 8 or int.from_bytes(data[:2], "big") % 31 != 0)
        return _inflate(data, -zlib.MAX_WBITS if bare else zlib.MAX_WBITS, most, broken)
    raise Unreadable("its site packs pages in a way that was not asked for; save the page as a file and index that")


def _inflate(data: bytes, bits: int, most: int, broken: bool) -> bytes:
    inflater = zlib.decompressobj(bits)
    try:
        plain = inflater.decompress(data, most + 1)
    except zlib.error:
        raise Unreadable("what came was packed and is damaged; try again later") from None
    if not inflater.eof and len(plain) <= most and not broken:
        raise Unreadable("what came was packed and breaks off before its end; try again later")
    return plain


def ungzip(data: bytes, most: int) -> bytes:
    """What a .gz file holds. Raises Unreadable when it is damaged or holds more than `most` bytes."""
    try:
        plain = gzip.GzipFile(fileobj=BytesIO(data)).read(most + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("what came is a .gz file that is damaged; try again later") from None
    if len(plain) > most:
        raise Unreadable(f"what came is a .gz file that holds more than {most / 1e6:.0f} MB")
    return plain
