"""How the country that a page comes from writes its dates, as far as language tag, address, zone and spelling tell."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from index.dates.written import AMERICAN_ZONES, DAY_FIRST_ZONES, Order

_SOLD_TO_ANYBODY = frozenset(
    [
        "ai",
        "am",
        "cc",
        "co",
        "eu",
        "fm",
        "gg",
        "gl",
        "im",
        "io",
        "la",
        "ly",
        "me",
        "ms",
        "nu",
        "sh",
        "so",
        "st",
        "to",
        "tv",
        "vc",
        "ws",
    ]
)
"""Endings of addresses that are countries by name only."""
_BRITISH = re.compile(
    r"\b(?:colour|centre|organis|per cent\b|labour|defence|programme|neighbour|behaviour|favour|honour|kilometre|theatre"
    r"|travelled|realis(?:e|ing)|recognis|analys(?:e|ing)\b|whilst|cheque|grey)\w*"
)
_AMERICAN = re.compile(
    r"\b(?:color|center|organiz|percent\b|labor\b|defense|neighbor|behavior|favor|honor\b|honored|kilometer|theater"
    r"|traveled|realiz(?:e|ing)|recogniz|analyz(?:e|ing)|gray)\w*"
)


def country_order(*, language: str = "", url: str = "", zone: str = "", body: str = "") -> tuple[Order, str] | None:
    """The order of day and month, and in words what tells it. None where nothing tells, or two things disagree.

    `language` is the page's tag ("en-GB"), `zone` the time zone as written beside the date.
    """
    told = [t for t in (_by_language(language), _by_address(url), _by_zone(zone), _by_spelling(body)) if t]
    return told[0] if len({order for order, _ in told}) == 1 else None


def _by_language(tag: str) -> tuple[Order, str] | None:
    tag = tag.strip().replace("_", "-")
    # "en" alone is every English page of the world.
    order = None if tag.lower() == "en" else order_of_locale(tag)
    return (order, f"the page's language ({tag})") if order else None


def _by_address(url: str) -> tuple[Order, str] | None:
    try:
        ending = (urlsplit(url.strip()).hostname or "").rstrip(".").rpartition(".")[2]
    except ValueError:
        return None
    if ending in ("gov", "mil"):
        return "month first", f"the address (.{ending})"
    order = order_of_locale(f"und-{ending}") if len(ending) == 2 and ending not in _SOLD_TO_ANYBODY else None
    return (order, f"the address (.{ending})") if order else None


def _by_zone(zone: str) -> tuple[Order, str] | None:
    if zone in AMERICAN_ZONES:
        return "month first", f"the time zone ({zone})"
    return ("day first", f"the time zone ({zone})") if zone in DAY_FIRST_ZONES else None


def _by_spelling(body: str) -> tuple[Order, str] | None:
    british, american = (tuple(dict.fromkeys(form.findall(body))) for form in (_BRITISH, _AMERICAN))
    if len(british) > 1 and not american:
        return "day first", f"the spelling ({', '.join(british[:2])})"
    if len(american) > 1 and not british:
        return "month first", f"the spelling ({', '.join(american[:2])})"
    return None


@cache
def order_of_locale(tag: str) -> Order | None:
    """How short dates are written where this language tag is at home, after the CLDR; None where the year leads."""
    from babel import Locale
    from babel.core import UnknownLocaleError
    from babel.dates import get_date_format

    try:
        locale = Locale.parse(tag[:20], sep="-")
        # A language the CLDR does not know in that country is read as the language alone.
        first = str(get_date_format("short", locale).pattern).lstrip("'")[:1].lower()
    except (UnknownLocaleError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return {"m": "month first", "d": "day first"}.get(first)  # type: ignore[return-value]
