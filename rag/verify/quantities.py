"""Figures in a text as values with their units: "nearly $2.4 million", "a dozen", "6 p.m.", "a fifth"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from index.number_words import TENS, UNITS
from index.search import stop_words
from rag.reader.exact import SCALES, SHORT

Bound = Literal["", "about", "nearly", "below", "above"]

_SCALES = {"dozen": 12.0, **SCALES}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_ORDINALS |= {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "twentieth": 20}
_PARTS = {"half": 0.5, "halves": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "sixth": 1 / 6, "tenth": 0.1}
_PARTS |= {f"{word}s": value for word, value in _PARTS.items() if not word.startswith("hal")}
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("%", "percent", "pct", "per cent"), ("percent", 1)),
    **dict.fromkeys(("percentage point", "point"), ("point", 1)),
    **dict.fromkeys(("dollar", "dlr"), ("dollar", 1)),
    **dict.fromkeys(("pound", "stg"), ("pound", 1)),
    **{word: (word, 1) for word in ("euro", "yen", "franc", "mark", "cent", "crown", "rupee", "peso", "knot", "mph")},
    **{word: (word, 1) for word in ("yard", "inch", "acre", "barrel", "bushel", "gallon", "litre", "ounce", "share")},
    **dict.fromkeys(("mile", "square mile"), ("mile", 1)),
    **dict.fromkeys(("foot", "feet", "ft"), ("foot", 1)),
    **dict.fromkeys(("meter", "metre"), ("metre", 1)),
    **dict.fromkeys(("kilometer", "kilometre", "km"), ("kilometre", 1)),
    **dict.fromkeys(("kilo", "kilogram", "kg"), ("kilogram", 1)),
    **dict.fromkeys(("ton", "tonne", "metric ton", "metric tonne"), ("ton", 1)),
    **dict.fromkeys(("degree", "celsius", "fahrenheit"), ("degree", 1)),
    "second": ("time", 1 / 3600),
    "minute": ("time", 1 / 60),
    "hour": ("time", 1),
    "day": ("time", 24),
    "week": ("time", 168),
    "month": ("month", 1),
    "year": ("month", 12),
    "decade": ("month", 120),
    "century": ("month", 1200),
}
"""What a number may be measured in, by the words for it: the unit, and how many of it one is."""
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("above", r"more than|over|at least|no fewer than|no less than|not less than|upwards? of|above|exceed(?:s|ing|ed)?|minimum of"),
    ("below", r"fewer than|less than|under|at (?:the )?(?:very )?most|no more than|not more than|up to|as (?:many|much) as"
     r"|below|just under|maximum of"),
    ("nearly", r"nearly|almost|close to|just short of"),
    ("about", r"about|around|roughly|some|approximately|an estimated|estimated at|circa"),
)  # fmt: skip
_BOUND = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _BOUNDS) + r"", re.IGNORECASE)
_LED = re.compile(rf"\b(?:{'|'.join(form for _, form in _BOUNDS)})\s+(?:an?\s+|the\s+)?\Z", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s+(?:(?P<below>at (?:the )?(?:very )?most|or (?:less|fewer))|at least|or more)\b", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])\.?\s?m\b\.?|\b(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)\b"
    r"|\b(?P<named>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<sign>[$€£¥])?\s?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<short>(?:k|m|bn|tn)\b)?(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"|(?P<word>[A-Za-z]+)"
)
_UNIT = re.compile(r"\s*-?\s?(?P<unit>%|per cent\b|percentage points?\b|(?:square |metric )?[A-Za-z]+)", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:to|and|or|-|–)\s*(?:[$€£¥])?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: `text[start:end]`, with the words that bound it and its unit ("" for a mere count).

    `count` is the number as it is said, before its unit: 2 of "two years".

    Lengths of time are in hours or months, times of day in minutes, so that "48 hours" and "two days" are equal.
    """

    value: float
    unit: str
    bound: Bound
    start: int
    end: int
    ordinal: bool = False
    count: float = 0.0


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every figure of a text, in order. "One" is a pronoun too and "first" an adverb: they are left out."""
    clocks = [_clock(match) for match in _CLOCK.finditer(text) if int(match["hour"] or 0) < 13]
    tokens = [m for m in _TOKEN.finditer(text) if not any(c.start < m.end() <= c.end for c in clocks)]
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        read = _digits(text, tokens, at) or _words(text, tokens, at)
        if read is None:
            at += 1
            continue
        quantity, at = read
        if quantity:
            found.append(quantity)
    return tuple(sorted((*_ranges(text, found), *clocks), key=lambda q: q.start))


def _clock(match: re.Match[str]) -> Quantity:
    if match["named"]:
        minutes = 0 if match["named"].lower() == "midnight" else 720
    elif match["h24"]:
        minutes = 60 * int(match["h24"]) + int(match["m24"])
    else:
        minutes = int(match["hour"]) % 12 * 60 + int(match["minute"] or 0) + (720 if match["half"] in "pP" else 0)
    return Quantity(float(minutes), "clock", "", *match.span())


def _digits(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Quantity, int] | None:
    token = tokens[at]
    if not token["digits"]:
        return None
    value = float(token["digits"].replace(",", "")) * SHORT.get(token["short"] or "", 1)
    end, at = token.end(), at + 1
    while at < len(tokens) and _beside(text, end, tokens[at]) and (scale := _SCALES.get(_word(tokens[at]))):
        value, end, at = value * scale, tokens[at].end(), at + 1
    start = token.start("sign") if token["sign"] else token.start("digits")
    return _measured(text, value, start, end, _SIGNS.get(token["sign"] or "", ""), bool(token["ordinal"])), at


def _words(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Quantity | None, int] | None:
    """A number in words from this token on, and the token after it. (None, …) for what is no figure: "one"."""
    start, total, current, last = tokens[at].start(), 0.0, 0.0, at
    for i in range(at, len(tokens)):
        word = _word(tokens[i])
        if i > at and not _beside(text, tokens[i - 1].end(), tokens[i]):
            break
        if word in UNITS and (
            i == at or (current % 100 == 0 and current) or (20 <= current % 100 < 100 and current % 10 == 0)
        ):
            current += UNITS[word]
        elif word in TENS and (i == at or current % 100 == 0):
            current += TENS[word]
        elif word in ("hundred", "dozen"):
            current = (current or 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + (current or 1) * _SCALES[word], 0.0
        elif not (word in ("a", "and") and i + 1 < len(tokens) and _goes_on(word, i > at, _word(tokens[i + 1]))):
            break
        last = i
    if total + current or _word(tokens[at]) == "zero":
        end, value = tokens[last].end(), total + current
        part = _PARTS.get(_word(tokens[last + 1])) if last + 1 < len(tokens) else None
        if part and _beside(text, end, tokens[last + 1]) and _is_part(text, tokens[last + 1]):
            return _measured(text, value * part, start, tokens[last + 1].end(), "part"), last + 2
        if value == 1 and last == at:
            return None, at + 1
        return _measured(text, value, start, end), last + 1
    return _fraction(text, tokens, at)


def _fraction(text: str, tokens: list[re.Match[str]], at: int) -> tuple[Quantity | None, int] | None:
    word = _word(tokens[at])
    if word == "twice":
        return Quantity(2.0, "", "", *tokens[at].span()), at + 1
    after_a = at > 0 and _word(tokens[at - 1]) in ("a", "an")
    if word == "half" or (word in _PARTS and after_a and _is_part(text, tokens[at])):
        return _measured(text, _PARTS[word], tokens[at].start(), tokens[at].end(), "part"), at + 1
    # "The second of June" is a day, "a second later" a moment: only before a noun is it a figure.
    if word in _ORDINALS and not (word == "second" and after_a):
        return Quantity(float(_ORDINALS[word]), "", "", *tokens[at].span(), True), at + 1
    return None


def _goes_on(word: str, inside: bool, following: str) -> bool:
    """Whether "a" begins a number ("a hundred") or "and" goes on with one ("two hundred and six")."""
    return following in _SCALES if word == "a" else inside and following in UNITS | TENS


def _is_part(text: str, token: re.Match[str]) -> bool:
    """Whether "third" is a share ("by a third, …") and not the place in a row ("a third term")."""
    behind = re.match(r"\s*([A-Za-z]*)", text[token.end() :])
    return behind is None or not behind[1] or behind[1].lower() in stop_words()


def _measured(text: str, value: float, start: int, end: int, unit: str = "", ordinal: bool = False) -> Quantity:
    # "Two of the four days": a unit stands right behind.
    count = value
    behind = None if ordinal or unit == "part" else _UNIT.match(text, end)
    if behind and (not unit or unit in _SIGNS.values()):
        name = re.sub(r"\s+", " ", behind["unit"].lower())
        known = _UNITS.get(name) or _UNITS.get(name.rstrip("s")) or _UNITS.get(re.sub(r"ies$", "y", name))
        if not known and " " in name:
            known = _UNITS.get(name.split()[-1].rstrip("s"))
        # Somebody's age is given as a mere number too: "a 23-year-old", "Costa, 23".
        if known and not unit and not (name.startswith("year") and re.match(r"[\s-]old\b", text[behind.end("unit") :])):
            unit, value, end = known[0], value * known[1], behind.end("unit")
    led = _LED.search(text, max(0, start - 24), start)
    bound = _BOUND.search(led[0]) if led else None
    which: Bound = next((name for name, _ in _BOUNDS if bound and bound[name]), "")
    if which == "above" and unit in ("time", "month") and led and led[0].lower().startswith("over"):
        which = ""  # "over six days": in the course of them
    if not which and (trailing := _TRAILING.match(text, end)):
        which = "below" if trailing["below"] else "above"
    return Quantity(value, unit, which, start, end, ordinal, count)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """The same, the first figure of "four to five feet" and "$2 to $3 million" with the second one's unit and scale."""
    whole = list(found)
    for i in range(len(found) - 1):
        one, two = whole[i], found[i + 1]
        between = text[one.end : two.start]
        joined = _JOINED.fullmatch(between) and not (
            "and" in between and not re.search(r"\bbetween\s+[$€£¥]?\Z", text[: one.start])
        )
        if between == "-" and not one.unit and not two.unit:
            # A vote of 5-4 is no length of time, nor money.
            whole[i], whole[i + 1] = replace(one, unit="score"), replace(two, unit="score")
        elif joined and (not one.unit or one.unit in _SIGNS.values()):
            scale = two.value / plain if (plain := _plain(text, two)) else 1.0
            value = one.value * scale if one.value < 1000 and scale > 1 else one.value
            whole[i] = Quantity(value, one.unit or two.unit, one.bound, one.start, one.end, count=one.count)
    return whole


def _plain(text: str, quantity: Quantity) -> float:
    """The number as its digits say it, without scale and unit; 0 where it is in words."""
    digits = re.match(r"[$€£¥]?\s?(\d+(?:,\d{3})*(?:\.\d+)?)", text[quantity.start : quantity.end])
    return float(digits[1].replace(",", "")) if digits else 0.0


def _word(token: re.Match[str]) -> str:
    return (token["word"] or "").lower()


def _beside(text: str, end: int, token: re.Match[str]) -> bool:
    return text[end : token.start()] in (" ", "-", "\n")
