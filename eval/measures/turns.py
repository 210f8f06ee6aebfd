"""Does a question lose by leaning on the conversation?"""

from __future__ import annotations

import math

from eval.case import Case
from eval.measure import Measure, Row, Rows
from eval.measures.shown import recall


def _both(case: Case) -> Row:
    """The recall in the conversation, and that of the question written out in full."""
    if case.in_full is None or case.recall is None or case.in_full.recall is None:
        return None
    return case.recall, case.in_full.recall


def kept(rows: Rows) -> float:
    """The sum of the first column over that of the second: how much is kept of what could be had."""
    could = float(rows[:, 1].sum())
    return float(rows[:, 0].sum()) / could if could else float("nan")


FOLLOW_UP = Measure(
    "follow-up recall",
    "Mean over the turns that lean on a conversation of the share of their pieces of evidence that are cited, to the "
    "sentence.",
    "turns that lean on a conversation",
    lambda case: recall(case) if case.kind == "follow-up" else None,
)
IN_FULL = Measure(
    "recall in full",
    "The same for the same questions asked alone and written out in full.",
    "turns asked in full too",
    lambda case: None if (rows := _both(case)) is None else (rows[1], 1.0),
)
KEPT = Measure(
    "kept in conversation",
    "Recall of these turns in the conversation over that of the same questions asked in full: 1 where nothing is lost.",
    "turns asked in full too",
    _both,
    kept,
    high=math.inf,
)
