"""The names of months and weekdays, in the languages of the newsrooms we know."""

from __future__ import annotations

import unicodedata
from functools import cache

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_LANGUAGES = ("en", "fr", "de", "de_AT", "es", "it", "pt", "nl")
_ALSO = {"sept": 9, "maerz": 3}
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}


def plain(name: str) -> str:
    """The name in lower case, without accents and full stop: "Févr." is "fevr"."""
    decomposed = unicodedata.normalize("NFKD", name.rstrip(".").casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def month_numbers() -> dict[str, int]:
    """Every month's number (1 to 12) by its name or abbreviation, with accents and without. From the CLDR."""
    from babel.dates import get_month_names

    numbers = dict(_ALSO)
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, "format", language).items():
                # "mar." of the sentence and "mar" of a list are the same word to us.
                numbers[name.rstrip(".").casefold()] = numbers[plain(name)] = number
    return {name: number for name, number in numbers.items() if len(name) > 2}


@cache
def unmistakable_months() -> frozenset[str]:
    """Names that mean a month even where no year follows: "10 out of 12" is no day of the Portuguese October."""
    from babel.dates import get_month_names

    wide = {name.casefold() for language in _LANGUAGES for name in get_month_names("wide", "format", language).values()}
    return frozenset(wide | {plain(name) for name in wide} | {month[:3] for month in MONTHS} | {"sept"})


@cache
def weekday_numbers() -> dict[str, int]:
    """Every weekday's number (Monday is 0) by its name, with accents and without. From the CLDR."""
    from babel.dates import get_day_names

    numbers = dict(_SHORT_DAYS)
    for language in _LANGUAGES:
        for number, name in get_day_names("wide", "format", language).items():
            numbers[name.casefold()] = numbers[plain(name)] = number
    return numbers
