"""What a careful human reader finds in a file: the gold that readers of files are judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from index.values import Kind


class Unscored(Enum):
    """Stands where two careful people could differ: whatever is found there is neither right nor wrong."""

    ANY = "any"


ANY = Unscored.ANY

ORIGINS = (
    "JSON-LD",
    "meta",
    "time element",
    "feed",
    "front matter",
    "mail header",
    "export column",
    "book metadata",
    "date line",
    "file name",
    "URL",
    "",
)
"""Where a publication date can stand; a file's gold names the most trustworthy place it has."""

REASONS = ("ambiguous", "only updated", "not stated", "decoy only")
"""Why a publication date is unknown. A decoy is a date that is there but dates something else."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph as a reader sees it: white space collapsed, hyphenation undone."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One article of a file. What the file does not say is "" or None.

    `pieces` are all its paragraphs in order. `tolerated` are words a reader may keep or leave
    (captions, a writer's portrait, a standfirst). `unknown` is one of REASONS where `published` is None.
    `subject` names the tricky thing about the file's date, "" where nothing is.
    """

    file: str
    format: str
    headline: str | Unscored
    pieces: tuple[Piece, ...]
    tolerated: tuple[str, ...] = ()
    outlet: str | Unscored = ""
    authors: tuple[str, ...] | Unscored = ()
    published: date | Unscored | None = None
    unknown: str = ""
    origin: str | Unscored = ""
    updated: date | Unscored | None = None
    section: str | Unscored = ""
    language: str | Unscored = ANY
    type: str | Unscored = ANY
    url: str | Unscored = ""
    subject: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The texts that must be found: body and subheads."""
        return tuple(p.text for p in self.pieces if p.kind in ("body", "subhead"))
