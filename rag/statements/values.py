"""What a statement is: somebody, a verb, and the words that are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.values import Span

Stance = Literal["says", "denies", "alleges", "confirms", "promises", "warns", "estimates", "asks"]
"""How somebody stands to what they say, from the verb that reports it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as a paragraph reports it. All offsets are in the paragraph's text.

    `speaker` is the name in full where the text gives it, or the body that speaks ("police", "the ministry"); "" where
    nobody is named. `role` is what else is said of the speaker: "the fire chief", "a spokesman for Hale". `anonymous`
    where the text withholds the name. `verb` is as written. `hedge` is the first word that makes what is said less than
    certain, "" for none. `start` to `end` are the whole sentences; `said` holds the quoted pieces, or the reported clause.
    """

    speaker: str
    role: str
    anonymous: bool
    verb: str
    stance: Stance
    hedge: str
    start: int
    end: int
    said: tuple[Span, ...]

    @property
    def who(self) -> str:
        """Whoever speaks, by name or, where there is none, by role; "" where the text does not tell."""
        return self.speaker or self.role
