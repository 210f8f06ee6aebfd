"""Whether an article is somebody's opinion, as it says itself: what only a columnist says is no report."""

from __future__ import annotations

import re
from collections.abc import Sequence

_KIND = r"opinions?|editorials?|comment(?:ary)?|columns?|op-ed|viewpoint|guest (?:column|essay)|letters? to the editor"
_LABEL = re.compile(rf"\W*(?:{_KIND})\s*(?:[:|/–—-]|$)", re.IGNORECASE)
_OPENING = re.compile(
    rf"\W*(?:{_KIND})\s*(?:[:|/–—,.]|\bby\b|$)|\W*by\s+[A-Z][^.!?]{{2,60}},\s+(?:(?:guest|our|senior)\s+)?columnist\b",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\bis an? (?:\w+ ){0,3}(?:columnist|opinion writer)\b"
    r"|\b(?:views?|opinions?) (?:expressed )?(?:\w+ ){0,4}(?:is|are) (?:solely )?(?:(?:his|her|their|its|my) own|(?:those|that) of the (?:author|writer)|the (?:author|writer)['’]s)",
    re.IGNORECASE,
)
_SHORT = 200
"""Characters of a line that says what the article is; a longer one is the article."""


def is_opinion(title: str, section: str, texts: Sequence[str]) -> bool:
    """True where headline or section, one of the three first or two last paragraphs (`texts`) say that it is opinion."""
    if _LABEL.match(title) or any(_LABEL.fullmatch(part) for part in re.split(r"[/,>]", section)):
        return True
    notes = [text for text in (*texts[:3], *texts[-2:]) if len(text) <= _SHORT]
    return any(_OPENING.match(note) for note in notes if note in texts[:3]) or any(map(_DISCLAIMER.search, notes))
