"""Quotation marks: what stands between them stands in the cited paragraph, and in that speaker's mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.alike import nearest, standing
from rag.question import names_in
from rag.quotes import ALIKE
from rag.speakers import speaker
from rag.verify.clauses import sentences_of, stems_of
from rag.verify.names import surname
from rag.verify.values import Fault, Source

Tracing = Literal["verified", "altered", "stitched", "misattributed", "not found"]
"""What came of looking a quotation up in the cited paragraphs."""

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]|(?<!\w)[‘']([^‘’'\"“”]{2,}(?:['’]\w+[^‘’'\"“”]*)*)[’'](?!\w)")
_GAP = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\[[^\]]*\])\s*")
_EDGE = " \t\n.,;:!?…—–-"
_WHY: dict[Tracing, str] = {
    "altered": "The quoted words do not stand like this in the cited paragraph, which says “{}”.",
    "stitched": "The quoted words do not stand together in the cited paragraph.",
    "misattributed": "In the cited paragraph {} says this.",
    "not found": "The quoted words do not stand in the cited paragraph.",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, and what came of looking them up; `instead` is what the source has."""

    words: str
    tracing: Tracing
    instead: str = ""


def quotations(sentence: str, sources: Sequence[Source]) -> tuple[Quoted, ...]:
    """Every quotation of the sentence, traced in the cited paragraphs, in order."""
    return tuple(_traced(words, sentence, sources) for words in _quoted_in(sentence))


def quote_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """The quotations that are not the source's words, or not that speaker's."""
    for quoted in quotations(sentence, sources):
        if quoted.tracing != "verified":
            kind = "speaker" if quoted.tracing == "misattributed" else "quote"
            yield Fault(kind, quoted.words, _WHY[quoted.tracing].format(quoted.instead))  # type: ignore[arg-type]


def without_quotations(sentence: str) -> str:
    """The sentence with its quotations blanked out, as long as before: what is said in the writer's own words."""
    return _QUOTED.sub(lambda m: m[0][0] + " " * (len(m[0]) - 2) + m[0][-1], sentence)


def _quoted_in(text: str) -> tuple[str, ...]:
    found = ((m[1] or m[2]).strip(_EDGE) for m in _QUOTED.finditer(text))
    return tuple(words for words in found if any(c.isalnum() for c in words))


def _traced(words: str, sentence: str, sources: Sequence[Source]) -> Quoted:
    parts = [part.strip(_EDGE) for part in _GAP.split(words) if part.strip(_EDGE)]
    for source in sources:
        if len(parts) == 1 and (place := next(standing(words, source.text, ignore_case=True), None)):
            other = _other_speaker(sentence, source, place[0])
            return Quoted(words, "misattributed", other) if other else Quoted(words, "verified")
    for source in sources:
        if _in_pieces(parts, source.text):
            return Quoted(words, "stitched")
    for source in sources:
        near = nearest(words, source.text, ALIKE - 20)
        if near:
            return Quoted(words, "altered", source.text[near[0] : near[1]].strip())
    return Quoted(words, "not found")


def _in_pieces(parts: list[str], text: str) -> bool:
    """Whether all of the words stand in the text, but in several places."""
    if len(parts) > 1:
        return all(next(standing(part, text, ignore_case=True), None) for part in parts)
    every = parts[0].split() if parts else []
    cuts = ((" ".join(every[:i]), " ".join(every[i:])) for i in range(2, len(every) - 1))
    return any(all(next(standing(piece, text, ignore_case=True), None) for piece in pair) for pair in cuts)


def _other_speaker(sentence: str, source: Source, start: int) -> str:
    """Who says in the source what the sentence gives to somebody else; "" where it is not somebody else."""
    said_by = speaker(sentence)
    if not said_by:
        return ""
    at = 0
    for one in sentences_of(source.text):
        begin = source.text.find(one, at)
        at = begin + len(one)
        if begin <= start < at:
            there = speaker(one)
            if there and surname(there) != surname(said_by) and not set(_names(there)) & set(_names(said_by)):
                return there
    return ""


def _names(name: str) -> frozenset[str]:
    return stems_of(" ".join(names_in(name)) or name)
