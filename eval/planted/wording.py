"""Errors in the wording: a "not", a reason, a hedge, an attribution or quoted words that are not the source's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from eval.planted.cases import Case
from index.values import EVIDENCE_KINDS

SAID = r"(?:said|says|told|warned|denied|argued|added|confirmed|promised|conceded|declined)"
_AUXILIARY = re.compile(r"\b(?:was|were|is|are|had|has|have|would|will|could|may)\b(?! not)")
QUOTATION = re.compile(r"[“\"]([^“”\"]{12,})[”\"]")
_HEDGES = (
    (r"\b(?:may|might|could|should)\b", "will"), (r"\b(?:is|are) expected to\b", "will"), (r"\bis alleged to have\b", "has"),
    (r"\b(?:allegedly|reportedly|possibly|probably|perhaps|likely) ", ""), (r"\balleged that\b", "showed that"),
    (r"\b(?:nearly|almost|about|around|roughly|at least|more than|up to|close to|some) (?=[$€\d]|two|three|four|five|six|ten|el)", ""),
)  # fmt: skip
_TRAILING = re.compile(rf",? (?:[A-Z][\w.]+ )*[A-Z]\w+ {SAID}\.$|, {SAID} [^,.]+\.$|, according to [^,]+\.$")
_LEADING = re.compile(r"^(?:[A-Z][\w.]*,? ?)+(?:, [^,]+,)? (?:said|says) (?:that )?(?=\w)|^According to [^,]+, ")


def negation(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """A "not" too many or too few."""
    outside = QUOTATION.sub(lambda m: " " * len(m[0]), case.sentence)
    twice = re.search(r"\b(?:no|nobody|none|nothing|neither|nor)\b", outside)
    if found := re.search(
        r"\b(did|does|do|was|were|is|has|have|had|could|would|will) not( have)? (?!want)(?=\w)", outside
    ):
        kept = "" if found[1] in ("did", "does", "do") else f"{found[1]}{found[2] or ''} "
        return case.changed(*found.span(), kept)
    if found := re.search(r"\bdenied\b", outside):
        return case.changed(*found.span(), "confirmed")
    if (found := _AUXILIARY.search(outside)) and not twice:
        return case.changed(found.end(), found.end(), " not")
    return None


def cause(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """A reason that the paragraph does not give, made of its own words or of the next paragraph's."""
    if re.search(r"\b(?:because|due to|caused|led to|after|since)\b", case.sentence):
        return None
    around = [p.text for p in case.passage.article.paragraphs if p.kind in EVIDENCE_KINDS]
    at = around.index(case.passage.paragraph.text)
    pool = re.findall(r"\bthe ([a-z]{4,})\b(?= |\.)", " ".join(around[max(0, at - 1) : at + 2]))
    pool = [w for w in pool if w not in case.sentence]
    end = len(case.sentence.rstrip('.?!”"'))
    return case.changed(end, len(case.sentence), f" because of the {chance.choice(sorted(pool))}.") if pool else None


def hedge(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """What was possible, alleged or about so many is now plain fact."""
    for old, new in _HEDGES:
        found = re.search(old, QUOTATION.sub(lambda m: " " * len(m[0]), case.sentence))
        if found:
            return case.changed(*found.span(), new)
    return None


def attribution(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """Nobody is said to say it any more."""
    if '"' in case.sentence or "“" in case.sentence:
        return None
    if found := _TRAILING.search(case.sentence):
        return case.changed(*found.span(), ".")
    if found := _LEADING.match(case.sentence):
        return case.changed(*found.span(), "")
    return None


def quotation(case: Case, chance: Random, cases: Sequence[Case]) -> Case | None:
    """One word of a quotation is another, or words that stand nowhere together stand in quotation marks."""
    if found := QUOTATION.search(case.sentence):
        words = found[1].split()
        at = chance.randrange(1, len(words))
        other = chance.choice(
            [
                w
                for c in cases[:50]
                for w in c.passage.paragraph.text.split()
                if w.isalpha() and w.islower() and len(w) > 3
            ]
        )
        words[at : at + 1] = chance.choice(([other], []))
        return (
            case.changed(*found.span(1), " ".join(words))
            if " ".join(words) not in case.passage.paragraph.text
            else None
        )
    words = case.sentence.rstrip(".").split()
    for start in range(1, len(words) - 6):
        piece = " ".join(words[start : start + 6])
        if piece not in " ".join(case.passage.paragraph.text.split()) and "," not in piece:
            return replace(case, sentence=case.sentence.replace(piece, f"“{piece}”"))
    return None
