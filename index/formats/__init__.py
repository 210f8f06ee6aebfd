"""Files into text: one short module a format, all giving the same Extract."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from index.formats.extract import Block, Extract, Unreadable, Vanished
from index.formats.markdown import read_markdown
from index.formats.text import read_text

__all__ = ["FORMATS", "MAX_BYTES", "Block", "Extract", "Unreadable", "Vanished", "extract", "load"]

FORMATS: dict[str, Callable[[bytes], Extract]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
MAX_BYTES = 10_000_000
"""Largest file taken for one article. The longest feature story is some 200 kB."""


def load(path: Path) -> bytes:
    """The bytes of the file. Raises Unreadable, saying why and what to do."""
    try:
        # Not blocking: a named pipe called x.txt would otherwise wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:
            size = os.fstat(descriptor).st_size
            data = file.read(MAX_BYTES + 1) or b""
    except FileNotFoundError:
        raise Vanished("it vanished before it could be read; run the sync again") from None
    except PermissionError:
        raise Unreadable("it may not be read by this user; change its permissions") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Unreadable(f"the system could not read it ({reason}); check the file") from None
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"it is larger ({max(size, len(data)) / 1e6:.0f} MB) than an article may be "
            f"({MAX_BYTES / 1e6:.0f} MB); split it into articles"
        )
    return data


def extract(path: Path, data: bytes) -> Extract:
    """The text of a file of a known format. Raises Unreadable when nothing can be read from it."""
    found = FORMATS[path.suffix.lower()](data)
    if not found.blocks:
        raise Unreadable("it is empty; remove it or put the article's text in")
    return found
