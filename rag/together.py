"""Answers to the parts of a question, put together into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from rag.abstain.lacking import missing_part
from rag.lead import opinion_named
from rag.values import Answer, Citation, Claim, Conflict, Span

_MARKER = re.compile(r"\[(\d+)\]")


def together(question: str, standalone: str, answers: Sequence[Answer]) -> Answer:
    """One answer from those to the parts of a question, in their order; what a part lacks is said by name.

    Citations are numbered anew, one and the same place once. Of the leads, which name the old numbers, only whose opinion
    it is is told anew.
    """
    numbers: dict[tuple[str, Span], int] = {}
    claims: dict[tuple[str, tuple[int, ...]], Claim] = {}
    for claim in chain.from_iterable(a.claims for a in answers):
        cited = tuple(_numbered(c, numbers) for c in claim.citations)
        claims.setdefault((claim.text, tuple(c.number for c in cited)), replace(claim, citations=cited))
    # "they deny …:" is followed by what denies, and so stands last.
    silent = sorted((a for a in answers if not a.claims), key=lambda a: a.premise is not None)
    said = tuple(claims.values())
    reasons = [missing_part(a.standalone_question).sentence if said else a.reason for a in silent]
    reasons += [a.reason for a in answers if a.claims and a.reason]
    return Answer(
        question=question,
        standalone_question=standalone,
        claims=said,
        lead=opinion_named(said),
        reason=" ".join(dict.fromkeys(filter(None, reasons))),
        lacks="partial" if said and reasons else next((a.lacks for a in answers if a.lacks), ""),
        premise=None if said else next((a.premise for a in answers if a.premise), None),
        rejected=tuple(chain.from_iterable(a.rejected for a in answers)),
        closest=() if said else answers[0].closest,
        engine=answers[0].engine,
        remark=answers[0].remark,
        evidence=tuple(chain.from_iterable(a.evidence for a in answers)),
    )


def repeats(answer: Answer, earlier: Answer) -> bool:
    """Whether an answer to one part says of another what was said of that: "2,600" of the rolls, and of their cost.

    What answers two different questions was found for the words that they share, and answers one of them.
    """
    return any(_bold(answer)) and _bold(answer) == _bold(earlier)


def silenced(answer: Answer) -> Answer:
    """The answer with nothing said: what it found does not count."""
    return replace(answer, claims=(), lead="", conflicts=(), reason="", lacks="")


def _bold(answer: Answer) -> tuple[str, str]:
    """The paragraph and the words of the first claim that answer most directly; "" for none."""
    claim = next(iter(answer.claims), None)
    if not claim or not claim.emphasis or not claim.citations:
        return "", ""
    return claim.citations[0].paragraph.id, claim.text[slice(*claim.emphasis)]


def renumbered(answer: Answer, numbers: dict[tuple[str, Span], int]) -> Answer:
    """The answer with its citations numbered by their places as in `numbers`, which takes up the places that are new.

    What names numbers, the lead and the figures that differ, names the new ones.
    """
    new: dict[int, int] = {}
    for citation in answer.citations:
        new[citation.number] = _numbered(citation, numbers).number

    def cited(claim: Claim) -> Claim:
        return replace(claim, citations=tuple(replace(c, number=new[c.number]) for c in claim.citations))

    return replace(
        answer,
        claims=tuple(map(cited, answer.claims)),
        lead=_MARKER.sub(lambda marker: f"[{new[int(marker[1])]}]", answer.lead),
        premise=cited(answer.premise) if answer.premise else None,
        conflicts=tuple(
            Conflict(c.about, tuple((value, new[n]) for value, n in c.values), new[c.latest] if c.latest else None)
            for c in answer.conflicts
        ),
    )


def _numbered(citation: Citation, numbers: dict[tuple[str, Span], int]) -> Citation:
    place = (citation.paragraph.id, (citation.start, citation.end))
    return replace(citation, number=numbers.setdefault(place, len(numbers) + 1))
