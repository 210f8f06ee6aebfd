"""The times that are named in a question, which people type and mean otherwise than a newspaper prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from index.dates import MONTHS, WEEKDAYS
from index.dates.relative import Mention, mentions
from index.dates.tense import tense
from index.dates.written import day_or_none
from rag.reader.exact import NUMBERS


def with_capitals(text: str) -> str:
    """The text with months and days as they are printed; people who ask type "in june". Offsets stay."""
    return _MONTH_OR_DAY.sub(lambda m: m[0].title(), _MAY_OR_MARCH.sub(lambda m: m[1] + m[2].title(), text))


def times_in(text: str, now: date) -> list[Mention]:
    """The times named, in order and not overlapping."""
    kept: list[Mention] = []
    found = [*mentions(text, now), *_last_few(text, now), *_bare_may(text, now), *_spelled(text, now)]
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(_as_it_was(one, text, now))
    return kept


def _as_it_was(one: Mention, text: str, now: date) -> Mention:
    """The time in the past where no verb says that it is to come: "in August", asked in June, is last year's."""
    if one.first <= now or COUNTED.search(text, one.start, one.end) or tense(text, one.start, one.end) == "future":
        return one
    first, last = (day_or_none(day.year - 1, day.month, day.day) or day for day in (one.first, one.last))
    return replace(one, first=first, last=last)


def _last_few(text: str, now: date) -> Iterator[Mention]:
    """The last three weeks, the past 24 hours: they end today."""
    for match in _LAST_FEW.finditer(text):
        word = match["number"].lower()
        number = int(word) if word.isdigit() else NUMBERS.get(word, 3)
        days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.5, "year": 365.25}[match["unit"].lower()] * number
        yield Mention(*match.span(), now - timedelta(days=round(days)), now, True)


def _bare_may(text: str, now: date) -> Iterator[Mention]:
    """May where it cannot be a verb or a person: "before May?", "from March to May"."""
    for match in _BARE_MAY.finditer(text):
        for one in mentions("in May", now):
            yield replace(one, start=match.start("may"), end=match.end("may"))


def _spelled(text: str, now: date) -> Iterator[Mention]:
    """The first of May, the twenty-third of June."""
    for match in _SPELLED.finditer(text):
        number = _ORDINALS.index(match["day"].lower().replace(" ", "-")) + 1
        for one in mentions(f"since {number} {match['month']}", now):
            yield replace(one, start=match.start(), end=match.end())


MONTH_NAMES = "|".join(month.title() for month in MONTHS)
_MONTH_OR_DAY = re.compile(
    rf"\b(?:{'|'.join(name for name in (*MONTHS, *WEEKDAYS) if name not in ('may', 'march'))})\b", re.IGNORECASE
)
_MAY_OR_MARCH = re.compile(
    r"(\b(?:in|since|during|early|late|mid|last|next|(?:on|since|by|before|until|after|from|of|and|to|the) \d{1,2}(?:st|nd|rd|th)?(?: of)?)[ -])"
    r"(may|march)\b"
)
TO = r"\s*(?:and|to|until|till|through|-|–)\s*"
"""What joins two ends of a range."""
COUNTED = re.compile(
    r"\b(?:last|next|this|past|ago|yesterday|today|tomorrow|tonight|[0-9]{4}|[0-9][/.-][0-9]+)\b", re.IGNORECASE
)
"""Words that have one meaning, wherever the range ends."""
_LAST_FEW = re.compile(
    r"\b(?:the\s+)?(?:last|past|previous)\s+(?P<number>\d{1,3}|few|couple of|several|"
    + "|".join(word for word, value in NUMBERS.items() if value)
    + r")\s+(?P<unit>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_BARE_MAY = re.compile(
    rf"\b(?:(?:by|before|after)\s+|(?:{MONTH_NAMES}){TO})(?P<may>May)\b(?=\s*(?:[?.,!]|\Z))",
)
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ORDINALS = (
    *_UNITS,
    *(
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
    ),
    *("nineteenth", "twentieth", *(f"twenty-{unit}" for unit in _UNITS), "thirtieth", "thirty-first"),
)
_SPELLED = re.compile(
    rf"\b(?P<day>{'|'.join(sorted((o.replace('-', '[- ]') for o in _ORDINALS), key=len, reverse=True))})\s+(?:of\s+)?(?P<month>{MONTH_NAMES})\b",
    re.IGNORECASE,
)
