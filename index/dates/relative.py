"""The days that a text speaks of, resolved from the day it was published: "Tuesday", "last week", "on 14 June"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates.names import MONTHS, WEEKDAYS
from index.dates.periods import DAY, Period, month_of, one_day, unit_around, weekend_of, year_of
from index.dates.proper import is_a_name, leads_to_a_month
from index.dates.tense import Tense, tense
from index.dates.written import EARLIEST, LATEST, day_or_none, written
from index.sentences import sentences


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `text[start:end]` that name a time: the days from `first` to `last`, both included.

    `approximate` where the words leave room ("two weeks ago", "next Friday" on a Monday, "early March").
    """

    start: int
    end: int
    first: date
    last: date
    approximate: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words stand: the sentence, and when it was published."""

    sentence: str
    start: int
    end: int
    published: date

    def tense(self) -> Tense | None:
        return tense(self.sentence, self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Places:
    text: str
    published: date
    sentences: tuple[tuple[int, int], ...]

    def at(self, start: int, end: int) -> _Place:
        number = bisect_right(self.sentences, start, key=lambda span: span[0]) - 1
        opening, closing = self.sentences[max(0, number)]
        return _Place(self.text[opening:closing], start - opening, min(end, closing) - opening, self.published)


_Resolver = Callable[[re.Match[str], _Place], Period | None]


def mentions(text: str, published: date) -> tuple[Mention, ...]:
    """Every time that `text` names, in order and not overlapping, as meant on the day it was published.

    The span is the words themselves, without the preposition: "Tuesday" of "on Tuesday". Which Tuesday is told by
    the verb beside it: the last one, the day itself included, for what was; the next one, the day itself
    included, for what is to come. English only.
    """
    places = _Places(text, published, tuple(sentences(text)))
    found = _full_dates(places)
    for form, resolve in _FORMS:
        for match in form.finditer(text):
            start, end = match.span("words")
            if is_a_name(text, start, end):
                continue
            try:
                period = resolve(match, places.at(start, end))
            except (ValueError, OverflowError):  # before the year 1, after 9999
                continue
            if period:
                found.append(Mention(start, end, *period))
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _full_dates(places: _Places) -> list[Mention]:
    """Days written out; one without its year by its tense, one that can be read in two ways not at all."""
    found, published = [], places.published
    for one in written(places.text):
        day = one.day
        if one.month_and_day and not _IN.search(places.text, max(0, one.start - 8), one.start):
            years = range(published.year - 4, published.year + 5)  # four years, for 29 February
            days = [day for year in years if (day := day_or_none(year, *one.month_and_day))]
            if one.weekday is not None:
                fitting = [d for d in days if d.weekday() == one.weekday and abs(d - published) < 366 * DAY]
                days = fitting or days
            day = _by_tense(days, places.at(one.start, one.end).tense(), published)
        if day:
            found.append(Mention(one.start, one.end, day, day, False))
    return found


def _by_tense(days: list[date], when: Tense | None, published: date) -> date | None:
    """The nearest of these days on the side the tense tells; on either side where that one is most of a year away."""
    days = sorted(days, key=lambda day: (abs(day - published), day))
    told = {"past": [d for d in days if d <= published], "future": [d for d in days if d >= published]}
    fitting = [d for d in (told[when] if when else days) if abs(d - published) <= _TOO_FAR]
    return next(iter(fitting or days), None)


def _weekday(match: re.Match[str], place: _Place) -> Period | None:
    weekday, published = WEEKDAYS.index(match["weekday"].lower()), place.published
    if match["week"]:
        monday, _, _ = unit_around(published, "week", _WHICH[match["week"].lower()])
        return one_day(monday + weekday * DAY)
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    which = (match["which"] or "").lower()
    if which in ("last", "previous", "past"):
        # "Last Tuesday" on a Friday is this week's to some and last week's to others.
        return one_day(published - (back or 7) * DAY, approximate=back != 0)
    if which in ("next", "coming"):
        return one_day(published + (ahead or 7) * DAY, approximate=ahead != 0)
    if which != "this coming" and place.tense() != "future":
        return one_day(published - back * DAY)
    return one_day(published + ahead * DAY)


def _near_day(match: re.Match[str], place: _Place) -> Period | None:
    words = " ".join(match["words"].lower().split())
    if match["words"][0].isupper() and place.sentence[: place.start].strip("\"“'‘ "):
        return None  # USA Today, the Tonight Show
    return one_day(place.published + _NEAR_DAYS.get(words, 0) * DAY)


def _period(match: re.Match[str], place: _Place) -> Period | None:
    """Last week, this month, next year, earlier this year: the calendar's weeks (from Monday), months and years."""
    which, unit, part = match["which"].lower(), match["unit"].lower(), (match["part"] or "").lower()
    published = place.published
    if which in ("past", "coming"):
        span = {"week": 7, "month": 30, "year": 365}[unit] * DAY
        return (published - span, published, True) if which == "past" else (published, published + span, True)
    first, last, _ = unit_around(published, unit, _WHICH.get(which, 0))
    if which == "this" and part == "earlier":
        return first, published, False
    if which == "this" and part == "later":
        return published, last, False
    return first, last, part in ("early", "late")


def _weekend(match: re.Match[str], place: _Place) -> Period | None:
    which = (match["which"] or "").lower()
    ahead = which in ("next", "coming", "this coming") or (which not in ("last", "past") and place.tense() == "future")
    first, last, _ = weekend_of(place.published, ahead=ahead)
    if which == "last" and last >= place.published:
        first, last = first - 7 * DAY, last - 7 * DAY
    if which == "next" and first <= place.published:
        first, last = first + 7 * DAY, last + 7 * DAY
    return first, last, False


def _ago(match: re.Match[str], place: _Place) -> Period | None:
    """Two days ago is a day; weeks, months and years ago are the calendar's, and leave room."""
    words, unit = " ".join(match["number"].lower().split()), match["unit"].lower()
    number = int(words) if words.isdigit() else _NUMBERS[words]
    away = -number if match["ago"].lower() == "ago" else number
    if unit == "day":
        vague = bool(match["about"]) or words in _FEW
        return one_day(place.published + away * DAY, approximate=vague)
    first, last, _ = unit_around(place.published, unit, away)
    return first, last, True


_STAGES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}


def _month(match: re.Match[str], place: _Place) -> Period | None:
    """A month without its year; "early March" is its first ten days, as is "the start of March"."""
    month, which = MONTHS.index(match["month"].lower()) + 1, (match["which"] or "").lower()
    part = _STAGES.get(match["stage"] or "", (match["part"] or "").lower().rstrip("- "))
    if not (which or part or match["year"] or match["of"] or leads_to_a_month(place.sentence, place.start, place.end)):
        return None
    published = place.published
    if match["year"]:
        year = int(match["year"])
        return month_of(year, month, part) if EARLIEST <= year <= LATEST else None
    if match["of"]:
        return month_of(published.year + _WHICH[match["of"].lower()], month, part)
    years = (published.year - 1, published.year, published.year + 1)
    away = sorted(((year - published.year) * 12 + month - published.month for year in years), key=lambda a: (abs(a), a))
    if which:
        away = [a for a in away if (a < 0 if which == "last" else a > 0 if which == "next" else True)]
    elif when := place.tense():
        # Eleven months off is what nobody writes without the year.
        away = [a for a in away if (0 >= a > -10 if when == "past" else 0 <= a < 10)] or away
    year, month = divmod(published.year * 12 + published.month - 1 + away[0], 12)
    month += 1
    return month_of(year, month, part)


def _year(match: re.Match[str], place: _Place) -> Period | None:
    year = int(match["words"][-4:])
    return year_of(year) if EARLIEST <= year <= LATEST else None


_MONTHS = "|".join(month.title() for month in MONTHS)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {
    "a couple of": 2,
    "couple of": 2,
    "a few": 3,
    "several": 4,
    "a": 1,
    "an": 1,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_WHICH = {"last": -1, "this": 0, "next": 1}
_FEW = ("a couple of", "couple of", "a few", "several")
_NEAR_DAYS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
_TOO_FAR = timedelta(days=300)
_IN = re.compile(r"\b[Ii]n\s+\Z")
"""In "in March 20 people died" the number belongs to the people."""
_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"
_AMOUNT = r"(?!\s*(?:people|homes|houses|cases|dollars|dlrs|pct|per\s?cent|percent|mln|bln|tonnes|lots|jobs|men|women|miles|km|feet|points|of\b|and \d))"
_FORMS: tuple[tuple[re.Pattern[str], _Resolver], ...] = (
    (
        re.compile(
            rf"\b(?P<words>(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his coming|[Tt]his|[Cc]oming|[Pp]revious|[Pp]ast)\s+)?"
            rf"(?P<weekday>{'|'.join(d.title() for d in WEEKDAYS)})(?:\s+(?:of\s+)?(?P<week>last|this|next) week)?){_PART_OF_DAY}\b"
        ),
        _weekday,
    ),
    (
        re.compile(
            r"\b(?P<words>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow|last night"
            r"|this (?:morning|afternoon|evening))\b",
            re.IGNORECASE,
        ),
        _near_day,
    ),
    (
        re.compile(
            r"\b(?P<words>(?:(?P<part>earlier|later|early|late)\s+)?(?:the\s+)?(?P<which>last|this|next|past|coming)\s+"
            r"(?P<unit>week|month|year))\b(?!-)",
            re.IGNORECASE,
        ),
        _period,
    ),
    (
        re.compile(
            r"\b(?P<words>(?:the\s+)?(?:(?P<which>last|this coming|this|next|past|coming)\s+)?(?<=\s)weekend)\b",
            re.IGNORECASE,
        ),
        _weekend,
    ),
    (
        re.compile(
            r"\b(?P<words>(?:(?P<about>about|some|nearly|almost|around|roughly|over|more than|less than)\s+)?"
            r"(?P<number>[0-9]{1,4}|"
            + "|".join(_NUMBERS)
            + r")\s+(?P<unit>day|week|month|year)s?\s+(?P<ago>ago|from now|from today))\b",
            re.IGNORECASE,
        ),
        _ago,
    ),
    (
        re.compile(
            r"(?<![\w/-])(?P<words>(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+)?(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s-]"
            r"|(?:the\s+)?(?P<stage>beginning|start|middle|end)\s+of\s+)?"
            rf"(?P<month>{_MONTHS})(?:,?\s+(?P<year>[0-9]{{4}})|\s+(?:of\s+)?(?P<of>last|this|next)\s+year)?)"
            rf"(?![\w/-]|\s+(?:[0-9]|(?:{'|'.join(_NUMBERS)})\b))"
        ),
        _month,
    ),
    (
        re.compile(
            r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Aa]fter|[Oo]f|[Ee]arly|[Ll]ate|mid|from|between|to|and)"
            rf"[\s-](?P<words>[0-9]{{4}})(?![\w/%-]|[.,]\d){_AMOUNT}"
        ),
        _year,
    ),
)
