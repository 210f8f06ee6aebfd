"""Who wrote an article and for whom, as its bylines say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.dates import WEEKDAYS, is_dateline, written

_BY = re.compile(r"(?:(?:words|text|story|report|written|reported|posted|published) )?by(?::\s*|\s+)", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[|,;–—·•]|\s(?:and|&)\s)\s*", re.IGNORECASE)
_OTHERS = re.compile(r"\.? (?=With |Additional |Report)")
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "vom",
        "zu",
        "zur",
        "ten",
        "ter",
        "af",
        "av",
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "ben",
        "of",
        "y",
        "e",
    ]
)
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’‐-]*(?:[.'’‐-]+[^\W\d_]*)*")
_MOST_WORDS = 5
_DESK = re.compile(r" (?:newsroom|staff|(?:\w+ )?desk|reporters?|correspondent)$", re.IGNORECASE)
_OUTLET = re.compile(
    r"\b(?:news|times|post|gazette|herald|wire|press|courier|journal|tribune|observer|radio|tv"
    r"|broadcasting|broadcast|agency|mail|guardian|star|chronicle|echo|bulletin|review)\b",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:local|world|national|international|regional|foreign|home|city|community|business|financial|market|political"
    r"|sports?|breaking|latest|top|daily) news|(?:book|film|press|market) review|news|press|review|mail|post)",
    re.IGNORECASE,
)
"""What stands over a page and names a part of the paper."""
_DATE_WORDS = re.compile(
    rf"(?<=\w)[\s,]+(?:(?:on )?(?:{'|'.join(WEEKDAYS)})|(?:first |last )?(?:published|updated|posted|modified))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The people and the outlet that the lines around a text name; empty where they name none."""

    authors: tuple[str, ...] = ()
    outlet: str = ""


def byline(lines: Iterable[str]) -> Byline:
    """The people and the first outlet in these lines: bylines, credits, date lines, the head of a page."""
    authors: list[str] = []
    outlets: list[str] = []
    lines = list(lines)
    for line in lines:
        for part in _PARTS.split(_without_dates(without_by(_OTHERS.split(line)[0]))):
            part = part.strip(" .*_")
            if not part or is_dateline(part):
                continue
            if looks_like_outlet(part) and part[0].isupper() and len(part.split()) <= _MOST_WORDS:
                outlets.append(_DESK.sub("", part))
            elif _is_person(part) and not part.isupper() and (opens_a_byline(line) or len(lines) <= 3):
                authors.append(part)
    return Byline(tuple(dict.fromkeys(authors)), outlets[0] if outlets else "")


def opens_a_byline(line: str) -> bool:
    """True for a line that begins as "By Łukasz Marsh" does; "by the sea" begins otherwise."""
    by = _BY.match(line)
    return by is not None and line[by.end() : by.end() + 1].isupper()


def without_by(line: str) -> str:
    """The line without the "By " or "Written by " at its beginning."""
    return _BY.sub("", line, count=1) if opens_a_byline(line) else line


def people(stated: Iterable[str]) -> tuple[str, ...]:
    """The authors as a file states them, one by one: "By Ann Poe and Bo Lee" are two; what is no list of names stays whole."""
    return tuple(dict.fromkeys(name for line in stated for name in _listed(without_by(line.strip()))))


def looks_like_outlet(name: str) -> bool:
    """True for a name such as Harbour Gazette or Bay Coast Radio; "Local news" is a part of a paper."""
    return _OUTLET.search(name) is not None and _SECTION.fullmatch(name.strip()) is None


def _listed(line: str) -> Iterator[str]:
    parts = [part for part in _PARTS.split(line) if part]
    yield from parts if len(parts) > 1 and all(map(_is_person, parts)) else [line]


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= _MOST_WORDS
        and all(_WORD.fullmatch(word) and (not word.islower() or word in _PARTICLES) for word in words)
        and words[0][0].isupper()
        and not words[-1].islower()
    )


def _without_dates(line: str) -> str:
    """The line with a comma for every date, and for a weekday or "published" behind a name."""
    for one in reversed(written(line)):
        line = f"{line[: one.start]}, {line[one.end :]}"
    return _DATE_WORDS.sub(", ", line)


def plain_name(outlet: str) -> str:
    """An outlet's name for comparing: "The Merrin Courier" and "merrin courier" are one."""
    return outlet.lower().strip().removeprefix("the ")
