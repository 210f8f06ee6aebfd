"""What comes of looking words up: where they stand, and what is different there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from rag.values import Answer, Citation, Claim, Span

Outcome = Literal["exact", "altered", "supported", "none"]
"""Word for word; from there but with other words; told in other words and carried; nowhere."""
DifferenceKind = Literal["number", "date", "name", "negation", "word"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that were pasted and those that stand in their place, as offsets; of words left out or added one is empty.

    `said` lies in the pasted text, `held` in the paragraph's.
    """

    kind: DifferenceKind
    said: Span
    held: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a pasted quotation or claim stands.

    `citation` is the place, None where the outcome is "none"; `closest` is then what comes nearest, which is no
    evidence. `speaker` is who says it there, "" where the article does not tell plainly. `faults` say in a sentence
    each why it is not as pasted.
    """

    text: str
    outcome: Outcome
    citation: Citation | None = None
    differences: tuple[Difference, ...] = ()
    speaker: str = ""
    faults: tuple[str, ...] = ()
    closest: Citation | None = None

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain JSON values; its places have the keys of an answer's citations."""
        held = self.citation.paragraph.text if self.citation else ""
        return {
            "text": self.text,
            "outcome": self.outcome,
            "speaker": self.speaker or None,
            "faults": list(self.faults),
            "differences": [
                {
                    "kind": d.kind,
                    "said": {"start": d.said[0], "end": d.said[1], "text": self.text[slice(*d.said)]},
                    "held": {"start": d.held[0], "end": d.held[1], "text": held[slice(*d.held)]},
                }
                for d in self.differences
            ],
            "place": _record(self.citation),
            "closest": _record(self.closest),
        }


def _record(citation: Citation | None) -> dict[str, Any] | None:
    if citation is None:
        return None
    from rag.serialize import to_dict

    record: dict[str, Any] = to_dict(Answer("", "", (Claim("", (citation,)),)))["citations"][0]
    return {key: value for key, value in record.items() if key != "number"}
