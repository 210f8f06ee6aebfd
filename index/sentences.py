"""Sentences with their offsets. The splitter is Wikimedia's sentencex (MIT), with two repairs."""

from __future__ import annotations

import itertools
import re

from sentencex import get_sentence_boundaries

# "5 p.m. Tuesday": sentencex ends the sentence after every p.m. before a capital letter.
_ENDS_IN_TIME = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_DAY_OR_ZONE = re.compile(
    r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|"
    r"[ECMP][SD]?T\b|GMT|local time",
)
# 'said no. "We …': sentencex takes a lower-case "no." for "number".
_PLAIN_NO = re.compile(r"(?<=[a-z,] no\.)\s+(?=[\"“'‘A-Z])")


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of `text`, in order, without surrounding white space.

    Every character that is not white space lies in exactly one sentence. Abbreviations, initials
    and sentences inside one pair of quotation marks do not end a sentence.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _boundaries(text):
        before = text[slice(*spans[-1])] if spans else ""
        if spans and _ENDS_IN_TIME.search(before) and _DAY_OR_ZONE.match(text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _boundaries(text: str) -> list[tuple[int, int]]:
    # A newline inside a paragraph is a wrapped line, not the end of a sentence.
    flat = text.replace("\n", " ").replace("\r", " ")
    cuts: list[int] = [0]
    for boundary in get_sentence_boundaries("en", flat):
        cuts.append(boundary["end_index"])
    cuts += [m.end() for m in _PLAIN_NO.finditer(flat)]
    cuts = sorted({*cuts, len(flat)})
    spans = []
    for start, end in itertools.pairwise(cuts):
        piece = flat[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return spans
