"""Whether a paragraph carries a claim that is told in other words than its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Passage
from index.sentences import sentences
from rag.lookup.align import DENIAL, FLAT_DENIAL
from rag.lookup.derived import follows
from rag.names import mentions
from rag.question import understand
from rag.reader import Reader
from rag.statements import statements
from rag.statements.whose import spoken, surely_another
from rag.values import Span
from rag.verify import Fault, judge
from rag.verify.clauses import stems_of
from rag.verify.names import stands
from rag.verify.source import source_of

LEAST = 0.7
"""The least support for a claim in which no check finds a fault. On the claims of five worlds apart, of which each wrong one
is nearly in the paragraph's words (n=241), the reader's own threshold of 0.55 lets 3 of 120 wrong ones through, this one 2."""
SURE, SPOKEN_TO, NEAR = 0.8, 0.1, 4
"""From which support on, from which relevance on, and among how many of the passages nearest in meaning other words are no
fault. The reader sees support in many a paragraph on another matter: where the right one is missing, 18 in 100 of those
claims are found in another without the last, half as many again without the second."""
AS_MUCH = 0.5
"""The share of the best one's relevance from which on another passage may be chosen for its support. A claim that its own
paragraph belies is else found in the next."""
OWN_WORDS = frozenset(("support", "attribution", "hedge", "negation", "cause"))
"""Faults that only tell that words were not found: on those claims no wrong one with such a fault has a sure support."""
_YET = re.compile(
    r"\b(?:if|whether|unless|until(?= (?:\w+ ){1,4}?(?:has|have|is|are)\b))\b(?P<clause>[^,;.]*)", re.IGNORECASE
)
"""What is not so yet, or only perhaps."""
_MOST = 0.7
"""The share of such a clause that a claim without any such word must hold to be taken for saying it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The passage that speaks to a claim most, its sentence that is nearest, and why it does not carry it: () where it does."""

    passage: Passage
    span: Span
    faults: tuple[str, ...]


def carried(text: str, reader: Reader, found: Sequence[Passage]) -> Carried | None:
    """Whether the passage that speaks to the claim most carries every sentence of it; None where nothing was found."""
    if not found:
        return None
    read = reader.read(understand(text), found)
    most = max(one.relevance for one in read)
    read = tuple(one for one in read if one.relevance >= AS_MUCH * most)
    support = reader.support(text, [one.passage for one in read])
    best = max(zip(read, support, strict=True), key=lambda pair: pair[0].relevance * pair[1])[0]
    passage, near = best.passage, best.relevance >= SPOKEN_TO and (best.passage.dense_rank or NEAR + 1) <= NEAR
    faults: list[str] = []
    for start, end in sentences(text):
        claim = text[start:end]
        (carries,) = reader.support(claim, [passage])
        faults += _faults(claim, passage, carries, sure=near and carries >= SURE)
    return Carried(passage, nearest_sentence(text, passage), tuple(dict.fromkeys(faults)))


def nearest_sentence(text: str, passage: Passage) -> Span:
    """The sentence of the passage that shares most words with the text."""
    said, held = stems_of(text), passage.paragraph.text
    return max(sentences(held), key=lambda span: len(said & stems_of(held[slice(*span)])))


def _faults(claim: str, passage: Passage, support: float, *, sure: bool) -> list[str]:
    """What is wrong with taking the passage for the claim's source; where the reader is `sure`, other words are no fault."""
    found = judge(claim, [source_of(passage)], support).faults
    faults = [fault.why for fault in found if not (sure and _told_otherwise(fault, claim, passage))]
    start, end = nearest_sentence(claim, passage)
    nearest = passage.paragraph.text[start:end]
    if sure and _of_another(claim, passage, start, end):
        faults.append(f"The paragraph has this from somebody else: “{nearest}”")
    if not sure and FLAT_DENIAL.search(nearest) and not DENIAL.search(claim):
        faults.append(f"The paragraph tells of a denial: “{nearest}”")
    if _not_yet(claim, nearest):
        faults.append(f"The paragraph does not say that this is so: “{nearest}”")
    if not faults and support < LEAST:
        faults.append("The paragraph does not say this.")
    return faults


def _told_otherwise(fault: Fault, claim: str, passage: Passage) -> bool:
    """Whether the passage may say in other words, or in other figures, what the check did not find in it."""
    if fault.kind in ("number", "unit", "hedge") and follows(fault.words, claim, passage.paragraph.text):
        return True
    if fault.kind == "name" and not stands(fault.words, source_of(passage)):
        return mentions(passage.article, fault.words)  # "the Prime Minister", told as "Mr Hale" in this paragraph
    return fault.kind in OWN_WORDS


def _of_another(claim: str, passage: Passage, start: int, end: int) -> bool:
    """Whether the claim gives to somebody, by name, what the passage has from others."""
    whom = [one.speaker for one in statements(claim) if one.speaker]
    there = [told for told, _ in spoken([passage]) if told.who and any(a < end and start < b for a, b in told.said)]
    return bool(whom and there) and all(surely_another(name, told) for name in whom for told in there)


def _not_yet(claim: str, sentence: str) -> bool:
    """Whether most of the claim stands in what the sentence leaves open: "if it is sold", "until the board has met"."""
    own = stems_of(claim)
    if not own or _YET.search(claim) or DENIAL.search(claim):
        return False
    outside = stems_of(_YET.sub(" ", sentence))
    inside = [stems_of(match["clause"]) - outside for match in _YET.finditer(sentence)]
    return any(len(own & open_) >= max(2, _MOST * len(open_)) for open_ in inside)
