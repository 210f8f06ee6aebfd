"""How the outlets cover a story, and which of them reported it first: one passage of each that tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index import Filters, Library, Passage
from index.sentences import sentences
from rag.corrected import is_correction, takes_back
from rag.dateline import behind_dateline
from rag.reader import Reader
from rag.reader.words import Rarity
from rag.reported import READ, reports_of
from rag.time.dated import first_printed, opens
from rag.time.story import Story, story
from rag.values import Evidence, Span

_MOST_WORDS = 0.75
"""An article reports the matter where it holds this much of what the fullest one holds of its words."""


@dataclass(frozen=True, slots=True)
class CoverageAsked:
    """The story whose coverage is asked for, in the question's words; `first` where it is who reported it first."""

    topic: str
    first: bool = False


def coverage_asked(question: str) -> CoverageAsked | None:
    """What "Who first reported the fire?" or "What do the papers say about the fire?" asks for; None for anything else."""
    text = " ".join(question.split()).rstrip(" ?.!")
    for forms, first in ((_FIRST, True), (_SAY, False)):
        for form in forms:
            if found := form.search(text):
                return CoverageAsked(found["topic"], first)
    return None


def covered(
    asked: CoverageAsked, library: Library, filters: Filters, reader: Reader, rarity: Rarity
) -> tuple[Evidence, ...]:
    """One passage of each outlet that tells the story, the fullest first; or those of the earliest day, for who was first.

    An article tells it where it holds most of its words, or reports it in others for the reader. Copies are no reports of
    their own, and opinion pieces none at all; () where no article tells it.
    """
    told = story(library, asked.topic, filters, rarity)
    passages = [p for p in told.passages if told.near(p) > 0 and not _takes_back(p)]
    shares = {p.article.id: told.share(f"{p.article.headline}\n{p.article.text}") for p in passages}
    least = _MOST_WORDS * max(shares.values(), default=0.0)
    reported = reports_of(asked.topic, library.search(asked.topic, READ, filters), reader, rarity) if passages else ()
    reporting = {e.passage.article.id for e in reported}
    fitting = [p for p in passages if shares[p.article.id] >= least or p.article.id in reporting]
    fitting.sort(key=lambda p: -_worth(p, told))
    if asked.first:
        fitting = _earliest(fitting)
    once: dict[str, Passage] = {}
    for passage in fitting:
        once.setdefault(_outlet(passage), passage)
    return tuple(_evidence(passage, told) for passage in once.values())


def _earliest(passages: Sequence[Passage]) -> list[Passage]:
    """Those first printed on the earliest day; an article without a date is left out, for nobody can tell."""
    days: dict[str, date] = {p.paragraph.id: day for p in passages if (day := first_printed(p))}
    first = min(days.values(), default=None)
    return [p for p in passages if first and days.get(p.paragraph.id) == first]


def _worth(passage: Passage, told: Story) -> float:
    share = told.share(f"{passage.article.headline}\n{passage.paragraph.text}")
    return told.near(passage) / 2 + passage.similarity + share / 2 + opens(passage) / 4


def _takes_back(passage: Passage) -> bool:
    text = passage.paragraph.text
    return is_correction(text) or takes_back(passage.article, text, text)


def _outlet(passage: Passage) -> str:
    return passage.article.source.casefold().removeprefix("the ") or passage.article.id


def _evidence(passage: Passage, told: Story) -> Evidence:
    """The passage with its sentence that says most of the topic, of several the first."""
    text = passage.paragraph.text
    begin = behind_dateline(text)
    spans: list[Span] = [(max(start, begin), end) for start, end in sentences(text) if end > begin]
    best = max(spans, key=lambda s: told.share(text[slice(*s)]), default=(0, len(text)))
    return Evidence(passage, relevance=0.0, answers=0.0, sentence=best)


_OUTLETS = (
    r"(?:the |all |different |various |other |local |our |national )*"
    r"(?:reports?|outlets?|(?:news)?papers?|press|media|newsrooms?|articles|coverage)"
)
_WHO = r"^\W*(?:(?:so|and) )?(?:who|which (?:\w+ ){0,2}\w+|what (?:paper|newspaper|outlet))"
_REPORTED = r"(?:reported|reports|report|published|publish|broke|break|told|tell|carried|carry|covered|cover|wrote|write|announced)"
_THAT = r"(?: (?:of|on|about|the news (?:that|of)|the story (?:that|of)))?(?: that)?"
_FIRST = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WHO} (?:was|were)(?: the)? first (?:\w+ )?to (?:have )?{_REPORTED}{_THAT} (?P<topic>.+)",
        rf"{_WHO} (?:had )?first {_REPORTED}{_THAT} (?P<topic>.+)",
        rf"{_WHO} (?:had )?{_REPORTED}{_THAT} (?P<topic>.+?),? (?:first|before (?:the|any) others?)$",
    )
)
_SAY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"^\W*(?:what|how) (?:do|does|did|have|has) {_OUTLETS} (?:say|said|write|written|report|reported|tell|told|make|made|cover|covered"
        r"|present|presented|treat|treated|see|seen|think|thought)(?: (?:about|of|on))? (?P<topic>.+)",
        r"^\W*how (?:was|were|is|are|has|have) (?P<topic>.+?) (?:been )?(?:reported|covered|presented)(?: (?:in|by) .+)?$",
        rf"^\W*compare (?:how )?{_OUTLETS} (?:on|of|about|cover(?:ed)?|report(?:ed)?(?: on)?|s[ae][iy]d? about) (?P<topic>.+)",
    )
)
