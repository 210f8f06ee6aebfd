"""What must agree to the letter between a claim and its source: figures, dates, names and quoted words."""

from __future__ import annotations

import re

from index.dates import MONTHS, WEEKDAYS
from index.number_words import TENS, UNITS
from rag.question import names_in

NUMBERS = {**UNITS, **TENS, "dozen": 12}
"""Number words and their values."""
SCALES = {"hundred": 100, "thousand": 1e3, "million": 1e6, "mln": 1e6, "billion": 1e9, "bln": 1e9, "trillion": 1e12}
SHORT = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
_TOKEN = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<short>k|m|bn|tn)?(?:st|nd|rd|th|s)?\b|(?P<word>[A-Za-z]+)")
_DAYS = frozenset((*MONTHS, *WEEKDAYS))
_QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]")


def missing(claim: str, text: str) -> tuple[str, ...]:
    """What the claim states to the letter and the text does not hold: figures, months and days, names, quotes.

    Equal figures may be written in different ways: "5,400" and "5.4 thousand", "Nine" and "9". "One" is
    a pronoun too and is not compared.
    """
    lacks: list[str] = []
    held = figures(text)
    lacks += [f"{value:g}" for value in sorted(figures(claim) - held) if value != 1]
    named = days(text)
    if named or "may" in _words(text):
        lacks += sorted(days(claim) - named)
    flat = _flat(text)
    lacks += [quote for quote in _QUOTED.findall(claim) if _flat(quote).strip(" .,") not in flat]
    # The word that opens a claim has a capital in any case.
    opens = claim.split(maxsplit=1)[0].strip("\"“'.,") if claim.split() else ""
    lacks += [name for name in names_in(claim) if name != opens and not _named(name, flat)]
    return tuple(lacks)


def figures(text: str) -> frozenset[float]:
    """The values of the numbers in a text, written in digits or words: "2.5 million" is 2500000."""
    found: set[float] = set()
    value: float | None = None
    previous_end = -1
    for match in _TOKEN.finditer(text):
        near = text[previous_end : match.start()] in (" ", "-", " and ") if previous_end >= 0 else False
        word = (match["word"] or "").lower()
        if match["digits"]:
            if value is not None:
                found.add(value)
            value = float(match["digits"].replace(",", "")) * SHORT.get(match["short"] or "", 1)
        elif word in SCALES and value is not None and near:
            value *= SCALES[word]
        elif word in NUMBERS:
            tens = value is not None and near and value % 10 == 0 and 20 <= value < 100 and 0 < NUMBERS[word] < 10
            if value is not None and not tens:
                found.add(value)
            value = (value or 0) + NUMBERS[word] if tens else float(NUMBERS[word])
        else:
            if value is not None:
                found.add(value)
            value = None
        previous_end = match.end()
    if value is not None:
        found.add(value)
    return frozenset(found)


def days(text: str) -> frozenset[str]:
    """The months and weekdays named in a text, in lower case, without "may", which is a verb too."""
    return frozenset(word for word in _words(text) if word in _DAYS and word != "may")


def _named(name: str, flat: str) -> bool:
    """Whether the last word of the name, by which people and places are known, begins a word of the text."""
    words = [w for w in re.findall(r"\w+", name.lower()) if len(w) > 2] or re.findall(r"\w+", name.lower())
    last = words[-1] if words else ""
    return not last or re.search(rf"\b{re.escape(last[: max(4, len(last) - 2)])}", flat) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _flat(text: str) -> str:
    for sign, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(sign, plain)
    return " ".join(text.lower().split())
