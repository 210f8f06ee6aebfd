"""Dates where they are not prose: in a file's name, in an address, in a line that is nothing but a date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from index.dates.names import month_numbers
from index.dates.written import ZONES, Written, day_or_none, written

_COMPACT = re.compile(r"(?<![0-9])(?P<year>(?:17|18|19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])")
_IN_PATH = re.compile(
    r"(?<=[/\-_])(?P<year>(?:17|18|19|20)[0-9]{2})(?P<gap>[/\-_])(?P<month>[0-9]{1,2}|[a-z]{3,9})[/\-_](?P<day>[0-9]{1,2})"
    r"(?=[/\-_.]|$)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:17|18|19|20)[0-9]{2})(?![0-9A-Za-z])")
_SAVED = re.compile(r"\b(?:screenshot|screen shot|bildschirmfoto|capture|scan|saved|download)", re.IGNORECASE)
_LONGEST = 500
_AHEAD = timedelta(days=366)
"""Next year's almanac is printed this year; what lies further ahead is no date of publication."""
_WIRE = re.compile(
    r"\W{0,3}[A-ZÀ-Þ][A-ZÀ-Þ.'’ /-]{2,60}(?:,\s(?:[A-Z][a-z]+\.?|(?:[A-Z]\.){2}))?,?\s+"
    r"(?P<date>(?:[A-Z][a-z]{2,8}\.?\s[0-9]{1,2}|[0-9]{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s[0-9]{4})?)"
    r"\s*(?:\([^()]{2,40}\)\s*)?[-–—:]"
)
_DATELINE_WORDS = re.compile(
    r"\b(?:published|publish|updated?|posted|last|modified|first|created|dated?|on|at|by|and|of|the|a\.?m|p\.?m|noon|midnight"
    r"|local|time|hrs?|uhr|am|um|le|à|mis|jour|publié|modifié|veröffentlicht|aktualisiert|stand|publicado|actualizado|el|las"
    r"|pubblicato|aggiornato|il|alle|ore|atualizado|em|às|gepubliceerd|bijgewerkt|op|om|edt|[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2})?"
    r"|[0-9]{1,2}(?=\s?[ap]\.?m)|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|" + "|".join(sorted(ZONES)) + r")\b\.?",
    re.IGNORECASE,
)


def date_in_name(name: str) -> date | None:
    """The date in a file name such as 2026-03-14-storm.txt or storm_20260314.txt, if there is a plain one."""
    return next((one.day for one in in_name(name) if one.day), None)


def date_in_url(url: str) -> date | None:
    """The date in the path of an address such as https://example.org/2026/03/14/storm, if any."""
    return next((one.day for one in in_url(url) if one.day), None)


def in_name(name: str) -> tuple[Written, ...]:
    """The first date in a file name. A name given by what saved a page ("Screenshot 2026-03-14") has none."""
    name = name[-_LONGEST:]
    if _SAVED.search(name.replace("_", " ")):
        return ()
    found = written(re.sub(r"[_ ]+|(?<=[A-Za-z])\.(?=[A-Za-z])", " ", name))
    return tuple(one for one in found if one.readings)[:1] or _numbers(_COMPACT, name)


def in_url(url: str) -> tuple[Written, ...]:
    """The first date in an address's path; an archive's 14 digits are the time of its crawl and none."""
    try:
        path = urlsplit(url.strip()).path[:_LONGEST]
    except ValueError:
        return ()
    return _numbers(_IN_PATH, path) or _numbers(_COMPACT, path)


def years_in(text: str, place: str) -> tuple[tuple[int, str], ...]:
    """The one year that a file name or an address names, with the name of the place; nothing where it names two."""
    years = {int(year) for year in _YEAR.findall(text[:_LONGEST].replace("_", " "))}
    return ((years.pop(), place),) if len(years) == 1 else ()


def is_dateline(line: str) -> bool:
    """True for a line that holds a date and little else, such as "Published 10 March 2026 at 18:30".

    A day without its year must stand alone, or with its weekday: "Meeting on 10 March" is no date line.
    """
    if len(line) > 120:
        return False
    dates = written(line)
    rest = line
    for one in reversed(dates):
        rest = rest[: one.start] + " " + rest[one.end :]
    rest = re.sub(r"[^\w\s]", " ", _DATELINE_WORDS.sub(" ", rest))
    return bool(dates) and len(rest.split()) <= (4 if any(one.readings for one in dates) else 0)


def wire_date(paragraph: str) -> str:
    """The date in the dateline that opens a wire story, "May 12" of "SELM CITY, May 12 (Wire) - …"; "" for none."""
    found = _WIRE.match(paragraph)
    return found["date"] if found and written(found["date"]) else ""


def _numbers(form: re.Pattern[str], text: str) -> tuple[Written, ...]:
    for match in form.finditer(text):
        name = match["month"].lower()
        month = int(name) if name.isdigit() else month_numbers().get(name, 0)
        day = day_or_none(int(match["year"]), month, int(match["day"]))
        # "story-20481127" is the number of a story.
        if day and day <= date.today() + _AHEAD:
            return (Written(match.start(), match.end(), (day,)),)
    return ()
