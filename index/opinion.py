"""Whether an article is somebody's opinion, by what it says of itself or speaks as: what only a columnist says is no report."""

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
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b(?!\.)")
_REPORTING = re.compile(
    r"\b(?:told|tells|showed|shows|asked|gave|wrote(?: to)?) me\b|\bI (?:have )?(?:asked|met|visited)\b", re.IGNORECASE
)
_LABELLED = re.compile(r"\W*[A-Z][\w .'’-]{0,30}:\s")
"""A turn of an interview or of a script, which begins with who speaks."""
_PROSE, _FEWEST = 12, 3
"""Words from which on a paragraph is counted, and the fewest paragraphs in which a columnist speaks of herself."""


def is_opinion(title: str, section: str, texts: Sequence[str]) -> bool:
    """True where headline or section, one of the three first or two last paragraphs (`texts`) say that it is opinion.

    As well where nothing says so, but the writer speaks of herself in half of the paragraphs.
    """
    if _LABEL.match(title) or any(_LABEL.fullmatch(part) for part in re.split(r"[/,>]", section)):
        return True
    notes = [text for text in (*texts[:3], *texts[-2:]) if len(text) <= _SHORT]
    said = any(_OPENING.match(note) for note in notes if note in texts[:3]) or any(map(_DISCLAIMER.search, notes))
    return said or _speaks_for_herself(texts)


def _speaks_for_herself(texts: Sequence[str]) -> bool:
    """Whether at least half of the paragraphs say "I" outside quotation marks, and not only of how it was found out."""
    prose = [text for text in texts if len(text.split()) >= _PROSE]
    if any(map(_LABELLED.match, prose)):
        return False
    own = [text for text in prose if _SELF.search(_REPORTING.sub(" ", _QUOTED.sub(" ", text)))]
    return len(own) >= max(_FEWEST, len(prose) / 2)
