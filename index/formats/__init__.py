"""Files into text: one reader a format, found by what the file holds; all give the same Extracts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from index.formats.archive import Allowance, gunzipped, read_tar, read_zip
from index.formats.endings import ENDINGS
from index.formats.extract import MAX_BYTES, Block, Extract, Reader, Skipped, Stated, Unreadable, Vanished
from index.formats.sniff import format_of
from index.formats.table import Mapping

__all__ = [
    "ENDINGS",
    "MAX_BYTES",
    "Block",
    "Extract",
    "Foreign",
    "Mapping",
    "Skipped",
    "Stated",
    "Unreadable",
    "Vanished",
    "format_of",
    "opened",
    "read",
]

_MOST_NESTED = 3
_READERS = {
    "text": "text",
    "markdown": "markdown",
    "html": "html",
    "mhtml": "mhtml",
    "pdf": "pdf",
    "docx": "docx",
    "doc": "docx",
    "epub": "epub",
    "eml": "eml",
    "feed": "feed",
}
_UNREAD = {"odt": "an OpenDocument text", "rtf": "a Rich Text file"}


class Foreign(Unreadable):
    """The file holds nothing that could be an article, by its form."""


def opened(path: Path) -> BinaryIO:
    """The file, open for reading. Raises Unreadable, saying why and what to do."""
    try:
        # Not blocking: a named pipe called x.txt would otherwise wait for a writer for ever.
        file = open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")  # noqa: SIM115
    except FileNotFoundError:
        raise Vanished("it vanished before it could be read; run the sync again") from None
    except PermissionError:
        raise Unreadable("it may not be read by this user; change its permissions") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(f"the system could not read it ({reason}); check the file") from None
    if not file.seekable():
        file.close()
        raise Unreadable("it is a pipe or a device; put the article into a file")
    return file


def read(file: BinaryIO, name: str, mapping: Mapping | None = None) -> Iterator[Extract | Skipped]:
    """The articles in a file, one after the other; `mapping` says which column of an export is what.

    Raises Unreadable for a file that cannot be read as a whole: Foreign where it is of no kind that holds articles.
    """
    found = False
    for article in _read(file, name, mapping, Allowance.of(file), 0):
        found = True
        yield article
    if not found:
        # A damaged crawl or an archive of pictures: a file that holds nothing is never passed over in silence.
        raise Unreadable("no article was found in it; check that it is whole")


def _read(
    file: BinaryIO, name: str, mapping: Mapping | None, allowance: Allowance, depth: int
) -> Iterator[Extract | Skipped]:
    kind = format_of(file, name)
    if kind == "gzip":
        file, name = gunzipped(file), name[: -len(".gz")] if name.lower().endswith(".gz") else name
        kind = format_of(file, name)
    inner = partial(_inside, mapping=mapping, allowance=allowance, depth=depth + 1)
    if kind in ("zip", "tar", "gzip") and depth >= _MOST_NESTED:
        raise Unreadable(f"it is packed more than {_MOST_NESTED} times over; unpack it")
    if kind == "zip":
        yield from read_zip(file, name, inner, allowance)
    elif kind == "tar":
        yield from read_tar(file, name, inner, allowance)
    elif kind == "warc":
        from index.formats.warc import read_warc

        yield from read_warc(file, name, inner)
    elif kind in ("jsonl", "csv", "parquet"):
        from index.formats.table import read_table

        yield from read_table(file, name, mapping)
    elif kind in _READERS:
        found = False
        for article in _reader(kind)(file, name):
            found = found or isinstance(article, Skipped) or bool(article.blocks)
            if isinstance(article, Skipped) or article.blocks:
                yield article
        if not found:
            raise Unreadable("it is empty; remove it or put the article's text in")
    elif kind in _UNREAD:
        raise Unreadable(f"it is {_UNREAD[kind]}, which is not read; save it as .docx or as text")
    else:
        raise Foreign("it holds binary data, or what is no article; remove it or give it its right ending")


def _inside(
    file: BinaryIO, name: str, *, mapping: Mapping | None, allowance: Allowance, depth: int
) -> Iterator[Extract | Skipped]:
    return _read(file, name, mapping, allowance, depth)


def _reader(kind: str) -> Reader:
    module = _READERS[kind]
    return cast(Reader, getattr(import_module(f"index.formats.{module}"), f"read_{module}"))
