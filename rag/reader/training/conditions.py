"""Questions with a condition: of a day, a year, a place or an outlet, that the text and its header meet, or not."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_OUTLETS = [
    "Northern Wire",
    "Bay Coast Radio",
    "The Evening Ledger",
    "Harbour Post",
    "City Tribune",
    "Valley Observer",
    "Channel Nine News",
    "National Gazette",
    "The Morning Herald",
    "Lakeside Times",
    "Western Star",
    "Capital Press Agency",
    "Island Echo",
    "Daily Monitor",
    "Free Sentinel",
    "Union Dispatch",
    "Border Chronicle",
    "Metro News",
    "Public Radio One",
    "The Courier",
]
_HAS_DATE = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|January|February|March|April|June|July|August|September|October|November|December"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A line for the header, and a question with a condition that the line meets, and one that it does not."""

    line: str
    met: str
    unmet: str


def dated(question: str, chance: random.Random) -> Dated | None:
    """The question asked of a report of a certain day and outlet; None where it names a date already."""
    if _HAS_DATE.search(question):
        return None
    day = date(1985, 1, 1) + timedelta(days=chance.randrange(15_000))
    other = day + timedelta(days=chance.choice((-1, 1)) * chance.randint(40, 3000))
    outlet, elsewhere = chance.sample(_OUTLETS, 2)
    form = chance.randrange(5)
    met, unmet = (
        (
            f"in {d:%B %Y}",
            f"in {d:%Y}" if day.year != other.year else f"in {d:%B}",
            f"in the report of {d.day} {d:%B %Y}",
            f"according to {o}",
            f"in {d:%B}" if day.month != other.month else f"in {d:%B %Y}",
        )[form]
        for d, o in ((day, outlet), (other, elsewhere))
    )
    return Dated(f"{outlet}, {day:%A} {day.day} {day:%B %Y}", _with(question, met), _with(question, unmet))


def conditioned(question: str, names: Sequence[str], text: str, chance: random.Random) -> str | None:
    """The question with a year, place or name added that the text does not speak of."""
    if chance.random() < 0.5 and not _HAS_DATE.search(question):
        year = str(chance.randint(1890, 2025))
        return _with(question, f"in {year}") if year not in text else None
    pool = [n for n in names if n not in text and n not in question]
    return (
        _with(question, f"{chance.choice(('in', 'for', 'at', 'with', 'during'))} {chance.choice(pool)}")
        if pool
        else None
    )


def _with(question: str, condition: str) -> str:
    stem = question.rstrip()
    mark = stem[-1:] if stem[-1:] in "?.!" else ""
    return f"{stem.rstrip('?.! ')} {condition}{mark}"
