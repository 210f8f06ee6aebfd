"""What every format reader gives back: plain text, the blocks in it, and what the page said of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from index.values import Box, Kind

MAX_BYTES = 10_000_000
"""Largest file taken for one article. The longest feature story is some 200 kB."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `text[start:end]` that is one paragraph. `kind` is None where looks must tell.

    `page` counts from 1, 0 where the format has none; `box` is where it stands on that page.
    """

    start: int
    end: int
    kind: Kind | None = None
    page: int = 0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A date as it was written, and where: "JSON-LD", "meta", "time element", "feed", "front matter", …"""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Extract:
    """One article of a file, its text and what was said of it.

    `part` tells the articles of one file apart ("12" for the row of an export, the name of a zip's member);
    it is "" where the file is one article, and stays the same while the file's other parts come and go.
    `published` and `updated` are the dates as stated, the most trustworthy first. `type` is one of
    "report", "opinion", "live", "correction", "press release" where the page says so, else "".
    """

    text: str
    blocks: tuple[Block, ...]
    part: str = ""
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[Stated, ...] = ()
    updated: tuple[Stated, ...] = ()
    url: str = ""
    section: str = ""
    language: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a file that could not become an article; `why` completes "<part> was skipped: …"."""

    part: str
    why: str


class Reader(Protocol):
    """Reads a file of one format, one article after the other, without holding the whole file where it is large."""

    def __call__(self, file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
        """The articles in `file`, a seekable stream at its beginning. Raises Unreadable for the whole of it."""
        ...


class Unreadable(Exception):
    """A file cannot become an article. The message completes the sentence "<path> was skipped: …"."""


class Vanished(Unreadable):
    """The file was there when the folder was listed and is not there now."""


def whole(file: BinaryIO, most: int = MAX_BYTES) -> bytes:
    """All bytes of the file. Raises Unreadable for one that is larger than an article may be."""
    data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"it is larger than an article may be ({most / 1e6:.0f} MB); split it into articles")
    return data


def joined(blocks: list[tuple[Kind | None, str]]) -> tuple[str, tuple[Block, ...]]:
    """The text of these paragraphs parted by a blank line, and where each stands in it."""
    placed, position = [], 0
    for kind, words in blocks:
        placed.append(Block(position, position + len(words), kind))
        position += len(words) + 2
    return "\n\n".join(words for _, words in blocks), tuple(placed)
