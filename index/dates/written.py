"""The dates written in a text, in any of the forms that news is dated with, and how each can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from index.dates.names import MONTHS, month_numbers, plain, unmistakable_months, weekday_numbers

Order = Literal["month first", "day first"]
"""How a date such as 06/12/2012 is meant: 12 June or 6 December."""

EARLIEST, LATEST = 1700, 2199
"""Years; a number outside is no year of a newspaper."""
AMERICAN_ZONES = frozenset(
    ["ET", "EST", "EDT", "CT", "CST", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "AKST", "AKDT", "HST"]
)
DAY_FIRST_ZONES = frozenset(
    [
        "GMT",
        "BST",
        "IST",
        "WET",
        "WEST",
        "CET",
        "CEST",
        "EET",
        "EEST",
        "MSK",
        "AEST",
        "AEDT",
        "ACST",
        "ACDT",
        "AWST",
        "NZST",
        "NZDT",
        "SAST",
        "PKT",
    ]
)
"""Where dates in figures are written day first."""
ZONES = (
    AMERICAN_ZONES
    | DAY_FIRST_ZONES
    | frozenset(["Z", "UTC", "AT", "AST", "ADT", "NST", "NDT", "JST", "KST", "HKT", "SGT"])
)


@dataclass(frozen=True, slots=True)
class Written:
    """The date that `text[start:end]` writes.

    `readings` holds one day where it is plain, more where it can be read in several ways (month first, then day
    first, then for 06/12/12 year first), none where the year is missing: then `month_and_day` says what is there. `shows` is the order
    that a numeric date gives away by a part above 12. `weekday` (Monday is 0) stands right before it, `zone`
    is the time zone as it is written behind it. The day is the one in that zone: "2026-03-10T02:00:00Z" is
    10 March, wherever the reader lives, and 24:00 on 10 March is 10 March.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    month_and_day: tuple[int, int] | None = None
    shows: Order | None = None
    weekday: int | None = None
    zone: str = ""

    @property
    def day(self) -> date | None:
        """The one day it can mean, if there is only one."""
        return self.readings[0] if len(self.readings) == 1 else None


def written(text: str) -> tuple[Written, ...]:
    """Every date that `text` writes, in order and not overlapping; one that cannot exist is left out."""
    if not _DIGIT.search(text):
        return ()
    found: list[Written] = []
    for form in _forms():
        found += [date_ for match in form.finditer(text) if (date_ := _read(match))]
    kept: list[Written] = []
    for one in sorted(found, key=lambda w: (w.start, -w.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """That day of the calendar; None for the 31st of June and for years that no newspaper has."""
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def in_words(day: date) -> str:
    """The day as a person says it: 10 March 2026."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, month_numbers()), key=len, reverse=True))
    month = rf"(?P<month>{names})\b\.?"
    day = r"(?<![0-9.,:$£€])(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|º|°|e\b|\.)?"
    month_first_day = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])"
    four = r"[0-9]{4}(?![0-9]|:[0-9]|\s*(?:GMT|UTC|hrs|hours)\b)"
    # Feeds after RFC 822 write "Tue, 10 Mar 26 02:00:00 GMT", databases "10-Mar-26".
    two = r"[0-9]{2}(?=\s+[0-9]{1,2}:[0-9]{2})|(?<=-)[0-9]{2}(?![0-9:])|(?<=['’])[0-9]{2}(?![0-9])"
    gap = r"[\s\-/.,]{1,3}"
    # Twitter and Unix write "Tue Mar 10 02:00:00 +0000 2026".
    clock = r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s+(?:(?:[A-Z]{2,5}|[+-][0-9]{4})\s+)?)?"
    # "March 1,780 dlrs" and "June 15 pct" are no days.
    no_amount = (
        r"(?![0-9]|[.,:/][0-9]|,\s[0-9]{4}\b|\s*(?:%|pct|per\s?cent|dlrs|mln|bln|cts|million|billion|a\.m|p\.m)\b|\s*%)"
    )
    forms = (
        r"(?<![0-9])(?P<year>[0-9]{4})(?P<gap>[-/.])(?P<number>[0-9]{1,2})(?P=gap)(?P<day>[0-9]{1,2})(?![0-9])",
        rf"(?<![0-9])(?P<year>[0-9]{{4}})[-/\s]{month}[-/\s](?P<day>[0-9]{{1,2}})(?![0-9])",
        r"\A\s*(?P<year>(?:17|18|19|20)[0-9]{2})(?P<number>[0-9]{2})(?P<day>[0-9]{2})(?=T|\s|\Z)",
        r"(?<![0-9/.\-])(?P<first>[0-9]{1,2})(?P<gap>[/\-]|\.\s?)(?P<second>[0-9]{1,2})(?P=gap)(?P<year>[0-9]{4})(?![0-9])",
        # No version (1.2.10), no score (3-1-2) and no part of a longer number has its year in two figures.
        r"(?<![0-9/.\-])(?P<first>[0-9]{1,2})(?P<gap>/)(?P<second>[0-9]{1,2})/(?P<year>[0-9]{2})(?![0-9/]|\.[0-9])",
        r"(?<![0-9/.\-])(?P<first>[0-9]{2})(?P<gap>[.\-])(?P<second>[0-9]{2})(?P=gap)(?P<year>[0-9]{2})(?![0-9/\-]|\.[0-9])",
        r"(?<![0-9])(?P<year>[0-9]{4})\s?[年년]\s?(?P<number>[0-9]{1,2})\s?[月월]\s?(?P<day>[0-9]{1,2})\s?[日일]",
        rf"{day}(?:\s+(?:of|de|di))?{gap}{month}(?:(?:\s+del?|\s+of)?{gap}['’]?(?P<year>{four}|{two})|{no_amount})",
        rf"\b{month}[\s\-]{{1,2}}{month_first_day}(?:[,\s\-]{{1,3}}{clock}['’]?(?P<year>{four})|{no_amount})",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


@cache
def _weekday_before() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, weekday_numbers()), key=len, reverse=True))
    return re.compile(rf"\b({names})\.?(?:,\s*|\s+)(?:the\s+|den\s+|le\s+)?\Z", re.IGNORECASE)


_DIGIT = re.compile("[0-9]")
_ZONE = re.compile(r"(?<=[0-9MmZ. (])(Z|[A-Z]{2,4}|[+-][0-9]{2}:?[0-9]{2})\b")


def _read(match: re.Match[str]) -> Written | None:
    parts = match.groupdict()
    text, start, end = match.string, match.start(), match.end()
    before = _weekday_before().search(text[max(0, start - 24) : start])
    weekday = weekday_numbers().get(before[1].casefold()) if before else None
    end -= match[0].endswith(".")
    start -= len(before[0]) if before and weekday is not None else 0
    zone = next((z[1] for z in _ZONE.finditer(text[end : end + 40]) if z[1] in ZONES or z[1][0] in "+-"), "")
    if parts.get("first"):
        readings, shows = _numeric(parts)
        return Written(start, end, readings, None, shows, weekday, zone) if readings else None
    month = int(parts["number"]) if parts.get("number") else month_numbers().get(plain(parts["month"]), 0)
    if not parts["year"]:
        known = day_or_none(2000, month, int(parts["day"])) and _is_a_month(parts["month"])
        return Written(start, end, (), (month, int(parts["day"])), None, weekday, zone) if known else None
    day = day_or_none(_in_full(parts["year"]), month, int(parts["day"]))
    return Written(start, end, (day,), None, None, weekday, zone) if day else None


def _is_a_month(name: str) -> bool:
    """Without a year beside it, an English month has its capital: "may 10 people" is no day."""
    name = name.rstrip(".")
    return plain(name) in unmistakable_months() and (name[0].isupper() or plain(name) not in _ENGLISH)


_ENGLISH = frozenset(MONTHS) | {month[:3] for month in MONTHS} | {"sept"}


def _numeric(parts: dict[str, str]) -> tuple[tuple[date, ...], Order | None]:
    first, second, year = int(parts["first"]), int(parts["second"]), _in_full(parts["year"])
    month_first, day_first = day_or_none(year, first, second), day_or_none(year, second, first)
    if parts["gap"].startswith(".") and day_first:
        return (day_first,), None
    days = tuple(dict.fromkeys(day for day in (month_first, day_first) if day))
    shows: Order | None = None
    if len(days) == 1 and first != second and not parts["gap"].startswith("."):
        shows = "month first" if month_first else "day first"
    if len(days) == 2 and len(parts["first"]) == len(parts["second"]) == len(parts["year"]):
        year_first = day_or_none(_in_full(parts["first"]), second, int(parts["year"]))
        days += (year_first,) if year_first and year_first not in days else ()
    return days, shows


def _in_full(year: str) -> int:
    """A year of two figures with its century, after RFC 2822, 4.3."""
    return int(year) + (0 if len(year) > 2 else 2000 if int(year) < 50 else 1900)
