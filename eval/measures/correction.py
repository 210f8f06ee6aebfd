"""Is what was corrected given as it is now, and is the correction told?"""

from __future__ import annotations

import re

from eval.case import Case
from eval.measure import Measure
from eval.measures.shown import answered, misled

_TOLD = re.compile(
    r"\b(?:correct(?:ed|ion|ions|s)|took back|taken back|retract\w*|withdr[ae]w\w*|revis(?:ed|ion))\b", re.I
)


def _right(case: Case) -> bool:
    return answered(case) and not misled(case)


def _told(case: Case) -> bool:
    """Any notice beside what is cited tells of a correction; a lead or a reason must say so."""
    said = case.response
    return bool(said.notices) or _TOLD.search(f"{said.lead} {said.reason}") is not None


CORRECTED = Measure(
    "corrected value given",
    "Share of the questions whose first published answer was corrected for which one sentence gives the right one and "
    "cites a paragraph that has it, and the one that was taken back is not put forward.",
    "questions with a correction",
    lambda case: (float(_right(case)), 1.0) if case.kind == "correction" else None,
)
CORRECTION_TOLD = Measure(
    "correction told",
    "Share of these questions for which it is also told that there was a correction: in what sums the answer up, in its "
    "reason, or in a notice beside what is cited.",
    "questions with a correction",
    lambda case: (float(_right(case) and _told(case)), 1.0) if case.kind == "correction" else None,
)
