"""News before opinion: a report that answers too is said first, and a columnist's view where one is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Passage
from rag.values import Evidence

_SURELY = 0.5
"""A report is said before a column where it answers more likely than not."""


def view_asked(question: str) -> str:
    """The question without the words that ask for a columnist's view: "What should it cost, as a columnist sees it?".

    "" where it asks for none, or for nothing else.
    """
    asked = _VIEW.sub(" ", question)
    if asked == question:
        return ""
    text = " ".join(asked.split()).strip(" ,;:?")
    return f"{text[0].upper()}{text[1:]}?" if text else ""


def of_opinion(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages of opinion pieces."""
    return tuple(passage for passage in passages if passage.article.type == "opinion")


def news_first(chosen: Sequence[Evidence], ranked: Sequence[Evidence], nearly: float) -> tuple[Evidence, ...]:
    """The chosen evidence, behind the best report of all that `ranked` holds, where an opinion piece would lead.

    The report must answer more likely than not, and `nearly` as surely as the opinion piece does.
    """
    if not chosen or not _is_opinion(chosen[0]):
        return tuple(chosen)
    least = max(_SURELY, nearly * chosen[0].answers)
    report = next((e for e in ranked if not _is_opinion(e) and e.answers >= least), None)
    return (report, *(e for e in chosen if e is not report)) if report else tuple(chosen)


def _is_opinion(found: Evidence) -> bool:
    return found.passage.article.type == "opinion"


_WRITER = r"(?:a|an|the|one|any|our|some|its|this) (?:\w+ )?(?:columnists?|commentators?|columns?|editorials?|leader writers?|op-eds?|opinion (?:writers?|pieces?|articles?|pages?))"
_VIEW = re.compile(
    rf",?\s*\b(?:as {_WRITER} (?:sees?|puts?|has|views?|tells?|argues?|claims?|thinks?)(?: it| things| that)?"
    rf"|(?:in|to|from) {_WRITER}(?:['’]s?)? (?:eyes?|view|opinion|mind|reckoning|judge?ment|words)"
    rf"|(?:according to|by|going by|if we (?:believe|trust)) {_WRITER}|if {_WRITER} (?:is|are|was|were) (?:right|to be believed))\b,?",
    re.IGNORECASE,
)
