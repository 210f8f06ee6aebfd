"""Figures that do not say what they count, because it was said before: "The agency gives 18", "That makes 16", "from 3%"."""

from __future__ import annotations

import re

from rag.figures.counted import Figure, figures_of, harm_to
from rag.figures.kinds import HARM, PEOPLE, alike_stems

_COUNT = (
    r"(?:count|figure|number|toll|tally|total|estimate|list|offer|bid|forecast|reckoning|one|first|second|third|last)s?"
)
_CUE = re.compile(
    r"\b(?:(?:says?|said|gives?|gave|given|counts?|counted|counting|hold(?:s|ing) at|kn[eo]ws? of|has|had|makes?|made|sp(?:eaks?|oke) of|st(?:icks?|uck|icking) (?:to|by)"
    r"|stands? (?:by|at)|stood at|records?|recorded|register(?:s|ed)|reports?|reported|lists?|listed|estimates?|estimated|needed|took"
    r"|reckon(?:s|ed)|claim(?:s|ed)|reach(?:es|ed)|total(?:s|led)|rose to|fell to|climbed to)(?: (?:it|them|that|this|as))?(?: at)?"
    rf"|(?:puts?|put)(?: (?:it|them|that|this|(?:the|its|their|his|her) (?:own )?{_COUNT}))? (?:at|as)"
    rf"|{_COUNT} (?:\w+ ){{0,4}}?(?:is|was|of|to|at|as|reached|stands? at|stood at)"
    r"|now|still|(?:it|them) )\s+\Z",
    re.IGNORECASE,
)
_OF_A_MEASURE = re.compile(
    r"\b(?:is|was|are|were|of|to|at|from|against|than|expected|forecast|assumed|him|her|them)\s+(?:the\s+)?\Z", re.I
)
_AND = re.compile(r"\b(?:and|or|but)\s+\Z", re.IGNORECASE)
_ENDS = re.compile(
    r"\s*(?:[.,;:)\"”“]|$|(?:and|but|while|by the|by that|on|with|in (?:its|the|March|April|May)|after|from|against|counting|dead)\b)"
)
_SCORE = re.compile(r"\d\s*(?:%|per ?cent|percent)?\s+to\s+\Z|\d-\Z", re.IGNORECASE)
_STAND_IN = frozenset(("names", "entries"))
"""What a list has for those whom it counts: "the charity's list had 13 names on it"."""
_NEXT = 12
"""Characters behind a figure in which people would be named: "two more people"."""
_NEAR = 4.0
"""A figure of a series is at most so many times another."""


def is_bare(sentence: str, at: int) -> bool:
    """Whether the figure number `at` of a sentence names nothing that it counts, and is said to be a count or a value."""
    figure = figures_of(sentence)[at]
    if figure.unit or figure.among or (figure.nouns and figure.nouns[0] not in _STAND_IN):
        return False
    behind = figure.end + (1 + len(figure.nouns[0]) if figure.nouns else 0)
    if not _ENDS.match(sentence, behind):
        return False
    led = sentence[: figure.start]
    if _SCORE.search(led) or sentence[figure.start : figure.end].lower() in ("twice", "half"):
        return False
    after_another = _AND.search(led) and at > 0 and not figures_of(sentence)[at - 1].unit
    return _CUE.search(led) is not None or bool(after_another)


def is_next(sentence: str, at: int, former: Figure) -> bool:
    """Whether the figure is another value of what `former`, told before it, is a value of: "gave it 26", "was 41"."""
    figure = figures_of(sentence)[at]
    if figure.unit or figure.nouns or figure.among or not _ENDS.match(sentence, figure.end):
        return False
    led = sentence[: figure.start]
    if _SCORE.search(led) or not (_CUE.search(led) or _OF_A_MEASURE.search(led)):
        return False
    one, other = sorted((figure.low, former.count))
    return one > 0 and other / one <= _NEAR


def told_kind(sentence: str, at: int, before: str, title: str, above: str, lead: str) -> str:
    """What befell those whom a bare figure counts: what the figures before it count, else what the headline tells of."""
    own = [kind for i in range(at) if (kind := harm_to(sentence, i))]
    if own:
        return own[-1]
    if any(alike_stems(sentence[f.end : f.end + _NEXT]) & PEOPLE for f in figures_of(sentence)[:at]):
        return ""  # "Two more people were on board, which brings the total to 148"
    earlier = _kinds(before)
    if earlier:
        return earlier[-1]
    headline = HARM.search(title)
    if headline:
        return headline.lastgroup or ""
    return next(iter((*_kinds(above), *_kinds(lead))), "")


def _kinds(text: str) -> list[str]:
    from index.sentences import sentences

    pieces = [text[start:end] for start, end in sentences(text)]
    return [kind for piece in pieces for i in range(len(figures_of(piece))) if (kind := harm_to(piece, i))]
