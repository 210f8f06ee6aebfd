"""Errors in names: somebody else, another place, another speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from eval.planted.cases import Case
from eval.planted.figures import DAYS, MONTHS
from eval.planted.wording import QUOTATION, SAID
from index.values import EVIDENCE_KINDS
from rag.question import names_in

_PLACE = re.compile(r"\b(?:in|at|near|off|to|from|on) (?:the )?((?:St\. )?[A-Z][a-z]+(?: [A-Z][a-z]+)*)")
_SPEAKER = re.compile(
    rf"([A-Z][a-z]+(?: [A-Z][a-z]+)*),? {SAID}\b|{SAID} (?:that )?([A-Z][a-z]+ [A-Z][a-z]+)|ccording to ([A-Z][a-z]+(?: [A-Z][a-z]+)*)"
)


def _names(text: str) -> list[tuple[str, int, int]]:
    """The names of two words or three in the text, with their places."""
    found = [name for name in names_in(text) if 1 < len(name.split()) < 4 and name.replace(" ", "").isalpha()]
    found = [name for name in found if not re.match(rf"{'|'.join((*DAYS, *MONTHS))}", name)]
    return sorted(((n, *m.span()) for n in found for m in re.finditer(rf"\b{n}\b", text)), key=lambda n: n[1])


def _replaced(case: Case, places: list[tuple[int, int]], pool: Sequence[str], chance: Random) -> Case | None:
    fresh = [name for name in pool if name.split()[-1] not in case.source.context]
    if not places or not fresh:
        return None
    return case.changed(*chance.choice(places), chance.choice(fresh))


def name(case: Case, chance: Random, cases: Sequence[Case]) -> Case | None:
    """Somebody or something of another article."""
    pool = sorted({n for c in cases for n, _, _ in _names(c.passage.paragraph.text)})
    return _replaced(case, [(start, end) for _, start, end in _names(case.sentence)], pool, chance)


def name_exchanged(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """Two names of the sentence have changed places, or one stands for another of the paragraph."""
    here = _names(case.sentence)
    text, first = case.sentence, here[0] if here else ("", 0, 0)
    two = next((n for n in here if not set(n[0].split()) & set(first[0].split()) and n[1] > first[2]), None)
    if two:
        return replace(case, sentence=text[: first[1]] + two[0] + text[first[2] : two[1]] + first[0] + text[two[2] :])
    others = [n for n, _, _ in _names(case.passage.paragraph.text) if here and not set(n.split()) & set(text.split())]
    return case.changed(*first[1:], chance.choice(others)) if others else None


def place(case: Case, chance: Random, cases: Sequence[Case]) -> Case | None:
    """A place of another article."""
    days = {*DAYS, *MONTHS, "May"}
    pool = sorted({m[1] for c in cases for m in _PLACE.finditer(c.passage.paragraph.text)} - days)
    spans = [m.span(1) for m in _PLACE.finditer(case.sentence) if m[1].split()[0] not in days]
    return _replaced(case, spans, [p for p in pool if p.split()[0] not in days], chance)


def other_speaker(case: Case, chance: Random, cases: Sequence[Case]) -> Case | None:
    """Said by somebody else of the same article."""
    found = _SPEAKER.search(QUOTATION.sub(lambda m: " " * len(m[0]), case.sentence))
    if not found:
        return None
    group = next(i for i in (1, 2, 3) if found[i])
    text = " ".join(p.text for p in case.passage.article.paragraphs if p.kind in EVIDENCE_KINDS)
    words = set(found[group].split())
    pool = sorted(
        {n for n, _, _ in _names(text) if not words & set(n.split()) and n not in case.passage.article.source}
    )
    return case.changed(*found.span(group), chance.choice(pool)) if pool else None
