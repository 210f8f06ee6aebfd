"""Are words given to whoever said them?"""

from __future__ import annotations

import re

from eval.case import Case
from eval.measure import Measure, Row
from eval.measures.short_answer import contained
from eval.measures.shown import answered, misled, recall

_WHO = re.compile(r"^\W*(?:(?:and|but|so|by|to) )?(?:who(?:m|se)?|which) ", re.I)
_VERDICT = re.compile(r"^\W*(yes|no)\b(?=\W*$|\s*[,.:;–—-])", re.I)


def _what(case: Case) -> bool:
    """Whether it is asked what somebody said."""
    return case.kind == "who-said" and not case.question.says and not _WHO.match(case.question.question)


def _who(case: Case) -> bool:
    """Whether it is asked who said something."""
    return case.kind == "who-said" and not case.question.says and not _what(case)


def verdict(case: Case) -> str:
    """What is answered to whether somebody said it: yes, no, untold (nothing was said), or "" where that stays open."""
    first = next((s.text for s in case.response.sentences), "")
    said = _VERDICT.match(case.response.lead) or _VERDICT.match(first)
    if said:
        return said[1].lower()
    return "untold" if case.response.abstained else ""


def _did(case: Case) -> Row:
    wanted = case.question.says
    if not wanted:
        return None
    told = [*case.response.sentences, *([case.response.premise] if case.response.premise else [])]
    shown = " ".join((case.response.lead, *(f"{s.text} {s.speaker}" for s in told)))
    named = wanted != "no" or any(contained(speaker, shown) for speaker in case.question.answers)
    return float(verdict(case) == wanted and named), 1.0


def _confirmed(case: Case) -> Row:
    return (float(verdict(case) == "yes"), 1.0) if case.question.says in ("no", "untold") else None


def _speaker(case: Case) -> Row:
    return (float(answered(case) and not misled(case)), 1.0) if _who(case) else None


def _own(case: Case) -> Row:
    if not _what(case) or not case.question.wrong or case.response.abstained:
        return None
    return float(
        not any(contained(piece, s.text) for piece in case.question.wrong for s in case.response.sentences)
    ), 1.0


WHO_SAID = Measure(
    "who-said accuracy",
    "Share of the questions about who said something, or what somebody said, for which one sentence both holds an "
    "accepted answer, in its words or as its speaker, and cites a paragraph with the gold text.",
    "who-said questions",
    lambda case: None if case.kind != "who-said" or case.question.says else (float(answered(case)), 1.0),
)
SPEAKER = Measure(
    "speaker right",
    "Share of the questions about who said something to which, in the same sense, the one who did is named, and nobody "
    "else is put forward.",
    "questions about who said something",
    _speaker,
)
STATEMENTS = Measure(
    "statements found",
    "Mean over the questions about what somebody said of the share of the statements that are cited, to the sentence.",
    "questions about what somebody said",
    lambda case: recall(case) if _what(case) else None,
)
OWN = Measure(
    "nobody else's words",
    "Share of the answers about what somebody said in which no known statement of somebody else stands.",
    "answers about what somebody said",
    _own,
)
DID = Measure(
    "said or not, right",
    "Share of the questions whether somebody said something that are answered yes where they did, no where somebody else "
    "did, who is named, and not at all where nobody is reported to have.",
    "questions whether somebody said something",
    _did,
)
CONFIRMED = Measure(
    "wrongly confirmed",
    "Share of the questions whether somebody said something, which somebody else said or nobody, that are answered yes.",
    "such questions of what was not said so",
    _confirmed,
    better="low",
)
