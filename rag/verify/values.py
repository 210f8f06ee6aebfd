"""What a sentence is checked against, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.values import Verdict

FaultKind = Literal[
    "number",
    "unit",
    "date",
    "name",
    "quote",
    "speaker",
    "negation",
    "cause",
    "support",
    "hedge",
    "attribution",
]
"""What can be wrong with a sentence. The last two leave it partly supported, any other one unsupported; only
what is supported is shown."""

SOFT: frozenset[FaultKind] = frozenset(("hedge", "attribution"))
"""Faults of a sentence that says the right thing too firmly, or in its own name."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence is checked against: one cited place.

    `text` is the cited paragraph, whole, and `quote` the cited sentences in it. `before` is the paragraph above ("" where
    there is none): it tells who "he" is. `header` holds headline, outlet and day in words: context for names and
    days, never for figures or quotations. `published` settles which day "Tuesday" was.
    """

    text: str
    quote: str
    before: str = ""
    header: str = ""
    published: date | None = None

    @property
    def context(self) -> str:
        """Everything that is known of the place, for names: they may be given in full above."""
        return f"{self.text}\n{self.before}\n{self.header}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a sentence and its sources do not agree on: what the sentence says, and why that is wrong."""

    kind: FaultKind
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks say of one sentence."""

    verdict: Verdict
    faults: tuple[Fault, ...] = ()
