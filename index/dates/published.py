"""When an article was published, where that is written, what settles it, and how sure that is.

An ambiguous date (06/12/2012) stays unknown unless something settles it; the time of ingest, of saving, of
crawling or of the file is never taken for a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from index.dates.evidence import Hints, Scene, evidence
from index.dates.names import WEEKDAYS
from index.dates.places import in_name, in_url, years_in
from index.dates.written import Written, day_or_none, in_words, written
from index.formats.extract import Stated

Confidence = Literal["certain", "likely", "unknown"]

ORIGINS = (
    "JSON-LD",
    "meta",
    "time element",
    "feed",
    "mail header",
    "export column",
    "sitemap",
    "front matter",
    "book metadata",
    "date line",
    "file name",
    "URL",
)
"""Where a date can be written, in the order in which it is trusted."""

_LONGEST_BODY = 20_000
"""Characters of the article that are asked to settle a date: a feature story; an archive in one file is none."""
_LONGEST_LINE = 300
_BESIDE = timedelta(days=92)
"""How far before the first and after the last of the other articles one may be that does not write its year."""
_UPDATE = re.compile(
    r"updated?\b|modified|revised|edited|amended|corrected|last change|mis(?:e)? à jour|modifié|actualis|aktualisiert"
    r"|geändert|actualiza|modificad|aggiornat|modificat|atualizad|bijgewerkt|gewijzigd",
    re.IGNORECASE,
)
_NOT_THE_ARTICLES = re.compile(
    r"accessed|retrieved|printed|archived|downloaded|saved|captured|crawled|scanned|copyright|©|expires|born|abgerufen"
    r"|consulté|consultado|geraadpleegd",
    re.IGNORECASE,
)
_EMPTY_CLOCK = re.compile(r"\s*(?:1970-01-01|0001-01-01|1900-01-01)[T ]00:00")
"""A time stamp of zero, which a system writes when it has none."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of an article, with where it came from.

    `day` is None while it cannot be settled: then `confidence` is "unknown", and `readings` holds what it may mean.
    `reason` says what settled it, or why nothing could. "likely" is what rests on habit (how the country or the
    outlet writes dates, what weekday the text names). `zone` is the time zone as written; the day is the one there.
    """

    day: date | None
    origin: str
    reason: str = ""
    confidence: Confidence = "certain"
    readings: tuple[date, ...] = ()
    zone: str = ""

    @property
    def said(self) -> str:
        """One phrase for people, such as "date line, settled by the weekday in the text (Tuesday)"."""
        return f"{self.origin}, {self.reason}" if self.reason else self.origin


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published and when it was last changed; None where nothing at all is written."""

    published: Dated | None = None
    updated: Dated | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    origin: str
    written: Written
    line: str


def publication(
    stated: Sequence[Stated] = (),
    *,
    updated: Sequence[Stated] = (),
    lines: Sequence[str] = (),
    body: str = "",
    file_name: str = "",
    url: str = "",
    hints: Hints = Hints(),  # noqa: B008 - it is frozen
) -> Publication:
    """The dates of an article by the first source, in the order of ORIGINS, that settles.

    `stated` and `updated` are what the page states of itself, `lines` its date lines and bylines, `body` its text.
    A source that cannot be settled gives way to a weaker one that can; where none can, the strongest says why.
    A date of change never becomes the date of publication.
    """
    published, changed = _sources(stated, updated, lines)
    published += [_Source("file name", one, "") for one in in_name(file_name)]
    published += [_Source("URL", one, "") for one in in_url(url)]
    every = published + changed
    body = body[:_LONGEST_BODY]
    doubtful = any(len(source.written.readings) > 1 for source in every)
    scene = Scene(
        body=body,
        numeric=tuple(s.written for s in every) + (written(body) if doubtful else ()),
        updates=tuple(s.written for s in changed),
        url=url,
        hints=hints,
    )
    years = (*years_in(file_name, "file name"), *years_in(url, "URL"))
    first = _first(published, every, scene, years)
    if first and first[0].day in first[1].readings[:2] and len(first[1].readings) > 1:
        # Two stamps of one page are written in one order: what settled the first settles the other.
        order: Literal["month first", "day first"] = (
            "month first" if first[0].day == first[1].readings[0] else "day first"
        )
        scene = replace(scene, numeric=(*scene.numeric, replace(first[1], shows=order)))
    last = _first(changed, every, replace(scene, updates=()), years)
    return Publication(first[0] if first else None, last[0] if last else None)


def parse_date(text: str, *, body: str = "", origin: str = "date line") -> Dated | None:
    """The first date written in `text`; None where there is none. `body` may settle it where it is ambiguous."""
    found = written(text)
    if not found:
        return None
    scene = Scene(line=text, body=body[:_LONGEST_BODY], numeric=found)
    return _settled(_Source(origin, found[0], text), scene, ())


def _sources(
    stated: Sequence[Stated], updated: Sequence[Stated], lines: Sequence[str]
) -> tuple[list[_Source], list[_Source]]:
    published: list[_Source] = []
    changed: list[_Source] = []
    for text, origin, is_change in (
        *((s.text, s.origin, False) for s in stated),
        *((s.text, s.origin, True) for s in updated),
        *((line, "date line", False) for line in lines),
    ):
        for one, change in _stamps(text[:_LONGEST_LINE]):
            (changed if change or is_change else published).append(_Source(origin, one, text[:_LONGEST_LINE]))
    return sorted(published, key=_rank), sorted(changed, key=_rank)


def _rank(source: _Source) -> int:
    """An origin we have no name for is something a page states, and goes before what merely stands in the text."""
    return ORIGINS.index(source.origin) if source.origin in ORIGINS else ORIGINS.index("date line") - 1


def _stamps(line: str) -> Iterator[tuple[Written, bool]]:
    """The dates in a line, each with whether the words before it speak of a change."""
    if _EMPTY_CLOCK.match(line):
        return
    dates = written(line)
    opening = 0
    for number, one in enumerate(dates):
        label = line[opening : one.start]
        behind = line[one.end :] if number == len(dates) - 1 else ""
        opening = one.end
        if _NOT_THE_ARTICLES.search(label):
            continue
        yield one, bool(_UPDATE.search(label) or _UPDATE.search(behind))


def _first(
    sources: list[_Source], every: list[_Source], scene: Scene, years: tuple[tuple[int, str], ...]
) -> tuple[Dated, Written] | None:
    """The first of the sources that settles, else the first."""
    tried: list[tuple[Dated, Written]] = []
    for source in sources:
        elsewhere = tuple((s.written.day, s.origin) for s in every if s is not source and s.written.day)
        dated = _settled(source, replace(scene, line=source.line, elsewhere=elsewhere), years)
        tried.append((dated, source.written))
        if dated.day:
            break
    return next((t for t in tried if t[0].day), tried[0] if tried else None)


def _settled(source: _Source, scene: Scene, years: tuple[tuple[int, str], ...]) -> Dated:
    one, origin = source.written, source.origin
    if one.month_and_day:
        return _with_year(source, scene, years)
    if one.day:
        return _plain(one, one.day, origin)
    found = evidence(one, scene)
    if not found:
        either = " or ".join(in_words(day) for day in one.readings)
        return Dated(None, origin, f"ambiguous: {either}", "unknown", one.readings, one.zone)
    best = found[0]
    agreeing = list(dict.fromkeys(e.words for e in found if e.day == best.day))[:2]
    doubted = any(e.sure for e in found if e.day != best.day)
    confidence: Confidence = "certain" if best.sure and not doubted else "likely"
    verb = "settled by" if confidence == "certain" else "likely by"
    return Dated(best.day, origin, f"{verb} {' and '.join(agreeing)}", confidence, one.readings, one.zone)


def _plain(one: Written, day: date, origin: str) -> Dated:
    if one.weekday is not None and one.weekday != day.weekday():
        reason = f"though it says {WEEKDAYS[one.weekday].title()} of a {WEEKDAYS[day.weekday()].title()}"
        return Dated(day, origin, reason, "likely", (day,), one.zone)
    return Dated(day, origin, "", "likely" if origin == "file name" else "certain", (day,), one.zone)


def _with_year(source: _Source, scene: Scene, years: tuple[tuple[int, str], ...]) -> Dated:
    """ "Tuesday, 10 March": the year is that of another date of the article, of the file's name or of the address."""
    one = source.written
    month, number = one.month_and_day or (0, 0)
    known = [(_nearest(month, number, day), place) for day, place in scene.elsewhere]
    known += [(day_or_none(year, month, number), place) for year, place in years]
    if not known and scene.hints.span:
        first, last = (day.year for day in scene.hints.span)
        days = [day_or_none(year, month, number) for year in range(first - 1, last + 2)]
        known = [(day, "other articles") for day in days if day and _within(day, scene.hints.span)]
    fitting = {day: place for day, place in reversed(known) if day and one.weekday in (None, day.weekday())}
    if len(fitting) == 1:
        day, place = next(iter(fitting.items()))
        sure: Confidence = "certain" if one.weekday is not None else "likely"
        return Dated(day, source.origin, f"the year by the {place}", sure, (day,), one.zone)
    why = "the year is not written" if not known else "nothing says for certain which year it was"
    return Dated(None, source.origin, why, "unknown", tuple(fitting), one.zone)


def _within(day: date, span: tuple[date, date]) -> bool:
    return span[0] - _BESIDE <= day <= span[1] + _BESIDE


def _nearest(month: int, number: int, around: date) -> date | None:
    days = [day_or_none(year, month, number) for year in (around.year - 1, around.year, around.year + 1)]
    return min((day for day in days if day), key=lambda day: abs(day - around), default=None)
