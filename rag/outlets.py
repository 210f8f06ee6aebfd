"""What the outlets tell: evidence by outlet, and who was first with a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.reader import Thresholds
from rag.time.current import answering
from rag.time.dated import first_printed
from rag.values import Evidence


@dataclass(frozen=True, slots=True)
class Reports:
    """What one outlet tells: its evidence, most relevant first. `also` are the outlets that print copies of it."""

    outlet: str
    evidence: tuple[Evidence, ...]
    also: tuple[str, ...] = ()


def asks_for_outlets(question: str) -> bool:
    """True where a question asks how the outlets told something: "What do the papers say about the vote?"."""
    return _OUTLETS.search(question) is not None


def asks_for_the_first(question: str) -> bool:
    """True where a question asks for the earliest reports: "Who reported it first?", "What was the initial toll?"."""
    return _FIRST.search(question) is not None


def by_outlet(evidence: Sequence[Evidence]) -> tuple[Reports, ...]:
    """The evidence grouped by outlet, the outlet with the most relevant passage first.

    A copy is no report of its own: it stands with the original, and its outlet under `also`. An article whose outlet
    is not known is its own group, with "" for a name.
    """
    groups: dict[str, list[Evidence]] = {}
    for found in sorted(evidence, key=lambda e: -e.relevance):
        article = found.passage.article
        outlet = article.source.casefold().removeprefix("the ")
        groups.setdefault(outlet or article.id, []).append(found)
    return tuple(_reports(found) for found in groups.values())


def first_reports(evidence: Sequence[Evidence], enough: Thresholds) -> tuple[Evidence, ...]:
    """The evidence of those who reported first, among passages that answer; several where they did on one day.

    The day is that of the earliest article among the passage's and its copies'. Undated articles are left out, for
    nobody can tell; the result is () where no dated one answers.
    """
    telling = answering(evidence, enough)
    days = {id(e): first_printed(e.passage) for e in telling}
    earliest = min((day for day in days.values() if day), default=None)
    first = [e for e in telling if earliest and days[id(e)] == earliest]
    # An outlet that tells it in two paragraphs is one report.
    return tuple({e.passage.article.id: e for e in sorted(first, key=lambda e: e.relevance)}.values())[::-1]


def _reports(found: list[Evidence]) -> Reports:
    outlet = found[0].passage.article.source
    others = (a.source for e in found for a in e.passage.also if a.source and a.source.casefold() != outlet.casefold())
    return Reports(outlet, tuple(found), tuple(dict.fromkeys(others)))


_OUTLETS = re.compile(
    r"\b(?:what|how) (?:do|does|did|have|has) (?:the |all |different |various |other |local |our )*"
    r"(?:reports?|outlets?|(?:news)?papers?|press|media|newsrooms?|sources|articles|accounts|coverage)\b"
    r"|\bhow (?:was|were|is|are|has|have)\b.{1,80}\b(?:reported|covered|presented)\b"
    r"|\b(?:what|how) (?:did|does|do) each (?:outlet|(?:news)?paper|report|source)\b"
    r"|\b(?:according to|compare) (?:the )?(?:different |various )?(?:reports|outlets|(?:news)?papers)\b"
    r"|\bby (?:outlet|(?:news)?paper)\b",
    re.IGNORECASE,
)
_REPORTS = r"(?:reports?|accounts?|figures?|toll|counts?|estimates?|word|news|statements?|numbers?|response|reaction|story|stories|coverage)\b"
_SAYING = r"(?:say|said|report(?:s|ed)?|announced?|estimated?|believed?|claim(?:s|ed)?|thought|counted|stated?|told|tell|put|given?|gave)\b"
_FIRST = re.compile(
    rf"\b(?:first|initial|earliest|early) (?:\w+ )?{_REPORTS}"
    rf"|\b(?:initially|at first|originally)\b(?=.*\b{_SAYING})|\b{_SAYING}.*\b(?:initially|at first|originally)\b"
    r"|\bhow (?:many|much)\b.*\b(?:initially|at first|originally)\b"
    r"|\b(?:report(?:s|ed)?|publish(?:es|ed)?|wrote|broke|announced?|carried|told|said)\b(?: (?:it|this|that|the (?:news|story)))? first\b"
    r"|\b(?:who|which (?:\w+ )?(?:paper|newspaper|outlet|agency|station|reporter))\b.{0,30}\b(?:report|publish|wrote|broke|carried)(?:s|e|ed)?\b.{1,60}\bfirst\W*\Z"
    r"|\b(?:was|were|is|are|who|which \w+|outlet|paper)(?: the)? first (?:to )?(?:report|publish|break|broke|tell|told|write|wrote|announce|say|said|carry|carried)",
    re.IGNORECASE,
)
