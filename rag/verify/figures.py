"""Figures: a sentence's numbers are those of its sources, in their unit, of the thing that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.verify.clauses import misplaced, near
from rag.verify.dates import date_spans
from rag.verify.quantities import Quantity, quantities
from rag.verify.values import Fault, Source

_MONEY = frozenset(("dollar", "euro", "pound", "yen"))
_DIRECTION = re.compile(r"\b(from|to)\s+(?:(?:about|some|nearly|around|only|just)\s+)?\Z")
_OPPOSITE = frozenset((("above", "below"), ("below", "above"), ("above", "nearly"), ("nearly", "above")))
_LOOSE = {"about": "about", "nearly": "about"}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure where it stands: its words, what stands near it, and whether it is where something came "from" or went "to"."""

    quantity: Quantity
    words: str
    around: frozenset[str]
    direction: str


def figure_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """What is wrong with the sentence's figures: another value, another unit, another thing counted, a bound dropped."""
    held = [figure for source in sources for figure in _figures(source.text)]
    said = _figures(sentence)
    for figure in said:
        fault = _fault(figure, held, [f for f in said if f is not figure])
        if fault:
            yield fault


def _figures(text: str) -> list[_Figure]:
    dates = date_spans(text)
    found = []
    for q in quantities(text):
        if any(start < q.end and q.start < end for start, end in dates):
            continue
        led = _DIRECTION.search(text, max(0, q.start - 16), q.start)
        found.append(_Figure(q, text[q.start : q.end], near(text, q.start, q.end), led[1].lower() if led else ""))
    return found


def _fault(figure: _Figure, held: list[_Figure], beside: list[_Figure]) -> Fault | None:
    q = figure.quantity
    same = [f for f in held if _equal(q, f.quantity) and _comparable(f.quantity, q)]
    if not same:
        alike = [f for f in held if _unit_like(f.quantity, q) or not (f.quantity.unit and q.unit)]
        best = max(alike, key=lambda f: len(f.around & figure.around), default=None)
        if best and _number(best) == _number(figure):
            return Fault("unit", figure.words, f"The cited paragraph says {best.words}, not {figure.words}.")
        if best and best.around & figure.around:
            return Fault("number", figure.words, f"The cited paragraph says {best.words}, not {figure.words}.")
        return Fault("number", figure.words, f"The cited paragraph does not hold {figure.words}.")
    rightly = [f for f in same if f.quantity.unit == q.unit or "" in (f.quantity.unit, q.unit)]
    if not rightly:
        return Fault("unit", figure.words, f"The cited paragraph says {same[0].words}, not {figure.words}.")
    # "Five hours" is a figure of its own beside a vote of "5-4".
    rightly = [f for f in rightly if f.quantity.unit == q.unit] or rightly
    measured = [f for f in held if q.unit and f.quantity.unit == q.unit and f not in same and f.around & figure.around]
    if measured and all(f.quantity.unit != q.unit for f in same):
        return Fault("number", figure.words, f"The cited paragraph says {measured[0].words}, not {figure.words}.")
    return _placed(figure, rightly, held, beside) or _bounded(figure, rightly)


def _placed(figure: _Figure, same: list[_Figure], held: list[_Figure], beside: list[_Figure]) -> Fault | None:
    """A fault where the source gives this figure for something else.

    Of two figures that the sentence both says, it is one only where they have changed places.
    """
    others = [f for f in held if f not in same and _unit_like(f.quantity, figure.quantity)]
    turned = {f.direction for f in same} - {""}
    if figure.direction and turned:
        if figure.direction in turned:
            return None
        return Fault("number", figure.words, f"The cited paragraph says {same[0].direction} {same[0].words}.")
    others = [
        f
        for f in others
        if all(not _equal(b.quantity, f.quantity) or b.around & same[0].around - f.around for b in beside)
    ]
    at = misplaced(figure.around, (f.around for f in same), (f.around for f in others))
    if at is None:
        return None
    what = f"The cited paragraph gives {others[at].words} for that; {figure.words} stands for something else."
    return Fault("number", figure.words, what)


def _bounded(figure: _Figure, same: list[_Figure]) -> Fault | None:
    """A fault where "nearly" or "at least" was dropped, added or turned round."""
    said, held = figure.quantity.bound, {f.quantity.bound for f in same}
    if said in held or _LOOSE.get(said, said) in {_LOOSE.get(bound, bound) for bound in held}:
        return None
    bound = next(iter(held))
    if any((said, b) in _OPPOSITE for b in held):
        return Fault("number", figure.words, f"The cited paragraph bounds {figure.words} the other way.")
    if not said:
        return Fault("hedge", figure.words, f"The cited paragraph does not give {figure.words} as an exact figure.")
    if not bound:
        return Fault("hedge", figure.words, f"The cited paragraph gives {figure.words} as an exact figure.")
    return Fault("hedge", figure.words, f"The cited paragraph bounds {figure.words} in another way.")


def _equal(said: Quantity, held: Quantity) -> bool:
    """Whether the values are the same; "the next two" may be said of "two years"."""
    values = (held.value, held.count) if not said.unit and not said.ordinal else (held.value,)
    return any(abs(said.value - value) <= 1e-9 * abs(value) for value in values)


def _comparable(one: Quantity, two: Quantity) -> bool:
    """A time of day is never a count, nor a place in a row a number of things."""
    kinds = {one.unit, two.unit}
    return one.ordinal == two.ordinal and (len(kinds) == 1 or "clock" not in kinds)


def _unit_like(one: Quantity, two: Quantity) -> bool:
    """Whether one could stand for the other by mistake: both money, both percentages, both mere counts …"""
    if one.ordinal != two.ordinal:
        return False
    return one.unit == two.unit or {one.unit, two.unit} <= _MONEY


def _number(figure: _Figure) -> str:
    """The figure without scale and unit, as its digits or first word say it."""
    found = re.search(r"\d[\d,.]*\d|\d", figure.words)
    return found[0] if found else figure.words.lower().split()[0]
