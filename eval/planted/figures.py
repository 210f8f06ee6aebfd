"""Errors in figures and dates: another value, another unit, another day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from eval.planted.cases import Case

_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty fifty sixty"
)
_WORDS = _NUMBER_WORDS.split()
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTH_NAMES = "January February March April June July August September October November December"
MONTHS = _MONTH_NAMES.split()
"""Without May, which is a verb too."""
_NUMBER = re.compile(
    rf"(?<![\w.,$€£-])[$€£]?(\d+(?:,\d{{3}})*(?:\.\d+)?)(?![\d-])|\b({'|'.join(_WORDS)})\b(?!-)", re.IGNORECASE
)
_CALENDAR = re.compile(
    rf"(?:{'|'.join(MONTHS)}|May)\.? \d{{1,2}}\b|\b\d{{1,2}} (?:{'|'.join(MONTHS)}|May)\b|\b(?:1[89]|20)\d\d\b"
)
_UNITS = (
    ("$", "€"), ("€", "$"), ("million", "billion"), ("percent", "percentage points"), ("mph", "knots"), ("feet", "yards"),
    ("yards", "miles"), ("miles", "yards"), ("years", "months"), ("days", "weeks"), ("weeks", "days"), ("hours", "days"),
    ("months", "weeks"), ("tons", "pounds"), ("tonnes", "barrels"), ("pct", "points"), ("mln", "bln"), ("minutes", "hours"),
    ("cents", "dollars"), ("dlrs", "stg"),
)  # fmt: skip


def _numbers(text: str) -> list[re.Match[str]]:
    dates = [m.span() for m in _CALENDAR.finditer(text)]
    return [m for m in _NUMBER.finditer(text) if not any(s <= m.start() < e for s, e in dates)]


def _value(found: re.Match[str]) -> str:
    word = (found[2] or "").lower()
    return str(_WORDS.index(word) + 2) if word in _WORDS[:11] else word or found[1]


def number(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """Another value, which the paragraph does not hold."""
    places = _numbers(case.sentence)
    if not places:
        return None
    place = chance.choice(places)
    held = {(m[1] or m[2]).lower() for m in _NUMBER.finditer(case.passage.paragraph.text)}
    if place[2]:
        other = chance.choice([w for w in _WORDS if w not in held and str(_WORDS.index(w) + 2) not in held])
        return case.changed(*place.span(2), other)
    whole, _point, rest = place[1].partition(".")
    value = int(whole.replace(",", ""))
    new = value
    while new == value or f"{new:,}" in held or str(new) in held or (new < 13 and new > 1 and _WORDS[new - 2] in held):
        new = max(1, round(value * chance.choice((0.5, 0.7, 0.9, 1.1, 1.3, 1.9))) + chance.choice((-1, 1, 2)))
    return case.changed(*place.span(1), (f"{new:,}" if "," in whole else str(new)) + (f".{rest}" if rest else ""))


def number_exchanged(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """Another figure of the same paragraph, in the same unit, that the sentence does not say."""
    text = case.passage.paragraph.text
    said = {_value(m) for m in _numbers(case.sentence)}
    behind = re.compile(r" ?(?:%|percent|million|billion|pct|mln|dlrs|votes|people|years)?")
    for place in chance.sample(found := _numbers(case.sentence), len(found)):
        unit = behind.match(case.sentence, place.end())
        for other in _numbers(text):
            its = behind.match(text, other.end())
            like = (place[0][:1] in "$€" and other[0][:1] in "$€") or (
                place[0][:1] not in "$€" and other[0][:1] not in "$€"
            )
            if _value(other) not in said and unit and its and unit[0].strip() == its[0].strip() and like:
                return case.changed(*place.span(), other[0])
    return None


def unit(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """The same figure in another unit or scale."""
    places = [(m, new) for old, new in _UNITS for m in re.finditer(rf"(?:(?<=[\d] )|(?<=[a-z] )|(?<!\w)(?=\$|€)){re.escape(old)}(?![a-z])", case.sentence) if re.search(r"[\w.] \Z", case.sentence[: m.start()]) or old in "$€"]  # fmt: skip
    if not places:
        return None
    place, new = chance.choice(places)
    if new not in "$€" and not _NUMBER.search(case.sentence[max(0, place.start() - 14) : place.start()]):
        return None
    return case.changed(*place.span(), new)


def day(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """Another weekday, month, day of the month or year."""
    places: list[tuple[int, int, list[str]]] = []
    text = case.sentence
    for names in (DAYS, MONTHS):
        places += [
            (*m.span(), [n for n in names if n != m[0]]) for m in re.finditer(rf"\b(?:{'|'.join(names)})\b", text)
        ]
    for m in _CALENDAR.finditer(text):
        digits = re.search(r"\d+", m[0])
        if digits:
            value, start = int(digits[0]), m.start() + digits.start()
            others = [v for v in (value - 3, value - 1, value + 1, value + 2) if v > 31 or 0 < v < 29]
            places.append((start, start + len(digits[0]), [str(v) for v in others]))
    if not places:
        return None
    start, end, others_ = chance.choice(places)
    return case.changed(start, end, chance.choice(others_))
