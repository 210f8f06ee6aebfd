"""Where something is lacking: is it told what, and what the articles say instead?"""

from __future__ import annotations

from eval.case import Case
from eval.measure import Measure, Row
from eval.measures.shown import recall


def _accepted(case: Case) -> tuple[str, ...]:
    """The reasons that are right for an abstention, none where that is not known."""
    if case.kind == "false-premise":
        # Where no place denies it, that the articles do not tell is all that can be known.
        return ("premise",) if case.denying else ("premise", "fact")
    return (case.question.reason,) if case.question.reason else ()


def _reason(case: Case) -> Row:
    accepted = _accepted(case)
    return (float(case.response.abstained and case.response.lacks in accepted), 1.0) if accepted else None


def _premise(case: Case) -> Row:
    if not case.denying:
        return None
    cited = [place for place in (*case.premise, *case.places) if place]
    return float(any(place.holds(gold) for place in cited for gold in case.denying)), 1.0


def _partial(case: Case) -> Row:
    if case.kind != "partial":
        return None
    said = case.response
    return float(not said.abstained and bool(said.reason) and said.lacks == "partial"), 1.0


def _whole(case: Case) -> Row:
    told = _partial(case)
    return told and (told[0] * (case.recall == 1.0), 1.0)


REASON = Measure(
    "reason right",
    "Share of the questions that the articles do not answer to which nothing is said, for the right reason: there is "
    "nothing on the topic, or not this fact, or not within the dates, or what is assumed is not so. Where no place denies "
    "what is assumed, that this fact is lacking is right too.",
    "questions without answer whose reason is known",
    _reason,
)
PREMISE = Measure(
    "premise denied",
    "Share of the questions that assume what a place denies for which that place is cited.",
    "questions whose premise is denied",
    _premise,
)
PARTIAL = Measure(
    "half answered, half told",
    "Share of the questions of which the articles answer one part for which that part's evidence is cited in full and the "
    "answer says that the other is lacking.",
    "questions answered in part",
    _whole,
)
PART = Measure(
    "answerable part cited",
    "Mean over these questions of the share of their pieces of evidence that are cited, to the sentence.",
    "questions answered in part",
    lambda case: recall(case) if case.kind == "partial" else None,
)
LACK = Measure(
    "missing part told",
    "Share of these questions to which something is said, and also that a part is lacking.",
    "questions answered in part",
    _partial,
)
