"""What every format reader gives back: plain text, the blocks in it, and what the page said of itself."""

from __future__ import annotations

from dataclasses import dataclass

from index.values import Kind


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `text[start:end]` that is one paragraph. `kind` is None where looks must tell."""

    start: int
    end: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one file, ready to become an article."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    """The date as the front matter wrote it, empty where it gave none."""
    url: str = ""


class Unreadable(Exception):
    """A file cannot become an article. The message completes the sentence "<path> was skipped: …"."""


class Vanished(Unreadable):
    """The file was there when the folder was listed and is not there now."""
