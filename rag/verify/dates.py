"""Dates: the days, months and years of a sentence are those of its sources, of the same event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.dates import MONTHS, WEEKDAYS, written
from index.dates.proper import is_a_name
from index.dates.relative import mentions
from rag.verify.clauses import misplaced, near, related
from rag.verify.values import Fault, Source

_MONTH = "|".join(f"{m.title()}|{m[:3].title()}\\.?" for m in MONTHS)
_NAMED = re.compile(
    rf"\b(?P<weekday>{'|'.join(d.title() for d in WEEKDAYS)})\b"
    rf"|\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})(?!\w)"
    r"(?:\s+(?P<behind>\d{1,2})(?:st|nd|rd|th)?(?![\d:,]\d|\s*(?:people|per\s?cent|percent|homes)))?"
    r"|(?<![\d,.$€£-])(?P<year>1[789]\d\d|20\d\d)(?!\d|%|[,.-]\d)"
)
"""Days, months and years as they are named, for where no date of publication tells which day is meant."""
_RANGE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:and|to|or|until|-|–)\s*\d{{1,2}}(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})(?!\w)"
    rf"|\b(?P<months>{_MONTH})\s+\d{{1,2}}\s*(?:and|to|or|until|-|–)\s*(?P<last>\d{{1,2}})(?!\w|,\d|\s*(?:people|percent))"
)
"""The day without its month in "19 to 22 March" and in "March 19-22"."""
_NEAR_DAY = re.compile(
    r"\b(yesterday|today|tonight|tomorrow|(?:last|next|this) (?:week|month|year|weekend|night))\b", re.I
)
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Day:
    """Words that name a time: what they name, and the days from `first` to `last` where those are known."""

    words: str
    parts: frozenset[tuple[str, int]]
    around: frozenset[str]
    span: tuple[date, date] | None
    approximate: bool = False


@lru_cache(maxsize=4096)
def date_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the text names days, months and years: numbers in there are no figures. A year is one only as a date."""
    # "Two years ago" is a length of time as well as a time.
    told = [(m.start, m.end) for m in mentions(text, _ANY_DAY) if not text[m.start : m.end].lower().endswith(" ago")]
    spans = told + [(w.start, w.end) for w in written(text)]
    spans += [m.span() for m in _NAMED.finditer(text) if m["month"]]
    spans += [m.span("day" if m["day"] else "last") for m in _RANGE.finditer(text)]
    return tuple(spans)


def date_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """What is wrong with the times that the sentence names: not in the sources, or of something else there."""
    held = [day for source in sources for day in _days(source.text, source.published)]
    behind = [day for source in sources for day in _days(f"{source.header}. {source.before}", source.published)]
    best = related(sentence, [source.text for source in sources])
    nearest = [day for source in sources for one in best for day in _days(one, source.published)]
    every = list(dict.fromkeys(day for source in sources for day in _days(sentence, source.published)))
    for said in every:
        same = [day for day in held if _agree(said, day)]
        if not same:
            known = any(_agree(said, day) for day in behind) or _told_otherwise(said, sources)
            if not known or any(_kinds(day) & _kinds(said) or (day.span and said.span) for day in nearest):
                yield Fault("date", said.words, _why(said, held))
            continue
        also = [day for day in every if day.words != said.words]
        others = [day for day in held if not _agree(said, day) and not any(_agree(a, day) for a in also)]
        at = misplaced(said.around, (d.around for d in same), (d.around for d in others))
        if at is not None:
            yield Fault(
                "date", said.words, f"The cited paragraph says “{others[at].words}” of that, not “{said.words}”."
            )


def _why(said: _Day, held: list[_Day]) -> str:
    if not held:
        return f"The cited paragraph does not say “{said.words}”."
    best = max(held, key=lambda day: len(day.around & said.around))
    return f"The cited paragraph says “{best.words}”, not “{said.words}”."


@lru_cache(maxsize=4096)
def _days(text: str, published: date | None) -> tuple[_Day, ...]:
    found = []
    taken: list[tuple[int, int]] = []
    for m in mentions(text, published) if published else ():
        words = text[m.start : m.end]
        found.append(_Day(words, _parts(words), near(text, m.start, m.end), (m.first, m.last), m.approximate))
        taken.append((m.start, m.end))
    for match in (*_NAMED.finditer(text), *_NEAR_DAY.finditer(text)):
        inside = any(start <= match.start() < end for start, end in taken)
        if not inside and _parts(match[0]) and not is_a_name(text, *match.span()) and not _is_may(text, match):
            found.append(_Day(match[0], _parts(match[0]), near(text, *match.span()), None))
    return (*found, *_in_ranges(text, published))


def _in_ranges(text: str, published: date | None) -> Iterator[_Day]:
    """The days that stand without their month in a range of days."""
    for match in _RANGE.finditer(text):
        group = "day" if match["day"] else "last"
        words = f"{match[group]} {match['month'] or match['months']}"
        told = mentions(f"on {words}", published) if published else ()
        span = (told[0].first, told[0].last) if told else None
        yield _Day(words, _parts(words), near(text, *match.span(group)), span)


def _is_may(text: str, match: re.Match[str]) -> bool:
    """Whether "May" or "March" without a day is a verb or somebody's name, as far as its place tells."""
    if match.re is not _NAMED or (match["month"] or "") not in ("May", "March", "Mar", "June", "April", "August"):
        return False
    alone = not (match["before"] or match["behind"])
    return alone and re.search(r"\b(?:in|of|since|until|by|early|late|mid|last|next|this|the|and|to|from)[\s-]\Z", text[: match.start()]) is None  # fmt: skip


def _parts(words: str) -> frozenset[tuple[str, int]]:
    """What the words name: ("weekday", 1), ("month", 3), ("day", 10), ("year", 2026), or ("words", …) as they are."""
    found: set[tuple[str, int]] = set()
    for match in _NAMED.finditer(words):
        if match["weekday"]:
            found.add(("weekday", WEEKDAYS.index(match["weekday"].lower())))
        elif match["month"]:
            number = next(i for i, m in enumerate(MONTHS, 1) if m[:3] == match["month"][:3].lower())
            found.add(("month", number))
            if day := match["before"] or match["behind"]:
                found.add(("day", int(day)))
        else:
            found.add(("year", int(match["year"])))
    near_day = _NEAR_DAY.search(words)
    if near_day and not found:
        found.add((near_day[0].lower(), 0))
    return frozenset(found)


def _agree(said: _Day, held: _Day) -> bool:
    """Whether what is said is the same time, or the month or year in which it lies."""
    if said.parts and said.parts <= held.parts:
        return True
    if not said.span or not held.span:
        # Without a day of publication "Tuesday" and "10 March" cannot be compared; the month and the year can.
        shared = {kind for kind, _ in said.parts} & {kind for kind, _ in held.parts}
        return False if not shared else {p for p in said.parts if p[0] in shared} <= held.parts and shared >= {"day"}
    inside = said.span[0] <= held.span[0] and held.span[1] <= said.span[1]
    meet = said.span[0] <= held.span[1] and held.span[0] <= said.span[1]
    # "Some weeks ago" leaves room for "in March", and none for a day that nobody named.
    as_wide = said.span[1] - said.span[0] >= held.span[1] - held.span[0]
    return inside or (meet and (said.approximate or (held.approximate and as_wide)))


def _kinds(day: _Day) -> set[str]:
    return {kind for kind, _ in day.parts}


def _told_otherwise(said: _Day, sources: Sequence[Source]) -> bool:
    """Whether the year alone stands in a source in another form, such as a quarter's or a season's "2025-26"."""
    years = [str(value) for kind, value in said.parts if kind == "year"]
    return len(years) == len(said.parts) > 0 and all(any(re.search(rf"\b{y}", s.text) for s in sources) for y in years)
