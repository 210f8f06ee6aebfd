"""The answers of several collections as one, each citation with the collection that it is from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import chain

from rag import Answer
from rag.together import renumbered
from rag.values import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer of one or several collections. `collections` is the name of the collection by citation number."""

    answer: Answer
    collections: Mapping[int, str]


def joined(question: str, answers: Mapping[str, Answer]) -> Asked:
    """The answers of several collections as one; those that know nothing are left aside where another does.

    Citations are numbered anew; timelines become one, in the order of the days. What sums up or restricts a collection's answer is said with the collection's name,
    since it holds for that one only: its lead, and why something is missing. Of what the articles say against the
    question's assumption the first is kept.
    """
    against = next((name for name, answer in answers.items() if answer.premise), "")
    told = {name: answer for name, answer in answers.items() if answer.claims or name == against}
    if len(told) < 2:
        name, answer = next(iter((told or answers).items()))
        return Asked(answer, {c.number: name for c in answer.citations})
    numbers: dict[tuple[str, Span], int] = {}
    home: dict[int, str] = {}
    parts: dict[str, Answer] = {}
    for name, answer in told.items():
        parts[name] = renumbered(answer, numbers)
        for citation in parts[name].citations:
            home.setdefault(citation.number, name)
    whole = _whole(question, parts, against)
    return Asked(whole, {c.number: home[c.number] for c in whole.citations})


def _whole(question: str, parts: Mapping[str, Answer], against: str) -> Answer:
    """The parts in their order. The reason that goes before what stands against the question comes last."""
    answers = list(parts.values())
    claims = {(c.text, tuple(x.number for x in c.citations)): c for answer in answers for c in answer.claims}
    shapes = {answer.shape for answer in answers if answer.claims}
    shape = shapes.pop() if len(shapes) == 1 else ""
    said = sorted(claims.values(), key=lambda c: c.day or date.max) if shape == "timeline" else claims.values()
    last = [name for name in parts if name != against] + ([against] if against else [])
    timings: Counter[str] = Counter()
    for answer in answers:
        timings.update(dict(answer.timings))
    marks = " ".join(f"{name} {answer.fingerprint}" for name, answer in parts.items())
    return Answer(
        question=question,
        standalone_question=answers[0].standalone_question,
        claims=tuple(said),
        shape=shape,
        reason=_named([(name, parts[name].reason) for name in last if name == against or not parts[name].premise]),
        lead=_named([(name, _closed(answer.lead)) for name, answer in parts.items()]),
        lacks="premise" if against and not claims else next((a.lacks for a in answers if a.lacks), ""),
        premise=parts[against].premise if against else None,
        conflicts=tuple(chain.from_iterable(a.conflicts for a in answers)),
        rejected=tuple(chain.from_iterable(a.rejected for a in answers)),
        engine=answers[0].engine,
        remark=answers[0].remark,
        evidence=tuple(chain.from_iterable(a.evidence for a in answers)),
        fingerprint=blake2b(marks.encode(), digest_size=16).hexdigest(),
        timings=tuple(timings.items()),
    )


def _named(said: Sequence[tuple[str, str]]) -> str:
    """What each collection says, with its name before it; nothing of those that say nothing."""
    return " ".join(f"{name}: {words}" for name, words in said if words)


def _closed(lead: str) -> str:
    """A lead that opens onto its claims, ended: claims of other collections may follow it."""
    return f"{lead[:-1]}." if lead.endswith(":") else lead
