"""Does the answer follow the text when the text is changed?"""

from __future__ import annotations

from eval.case import Case
from eval.measure import Measure, Row
from eval.measures.short_answer import contained


def _follows(case: Case) -> Row:
    if not case.question.changed:
        return None
    return float(any(contained(a, case.response.text) for a in case.question.answers)), 1.0


MOVING = ("figures", "as-of", "correction", "who-said", "follow-up")
"""Kinds whose wrong answers may rightly stand beside the right one, as those of another day."""


def _clings(case: Case) -> Row:
    if not case.question.wrong or (case.kind in MOVING and not case.question.changed):
        return None
    return float(any(contained(a, case.response.text) for a in case.question.wrong)), 1.0


FOLLOWS = Measure(
    "follows the text",
    "Share of the questions whose answer was changed in the paragraphs that give it to which the changed answer was given.",
    "changed questions",
    _follows,
)
MISLED = Measure(
    "says a wrong answer",
    "Share of the questions with known wrong answers (the one before the change, or misinformation) of which one was said. "
    "Not where they may rightly stand beside the right one, as values of another day, or words of another speaker.",
    "questions with wrong answers",
    _clings,
    better="low",
)
