"""Figures for what was asked: what each passage states, where they differ, and which is the latest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from rag.figures.asked import Asked, asked
from rag.figures.stated import Stated, stated
from rag.question import Question
from rag.values import Evidence

__all__ = ["Asked", "Stated", "asked", "differing", "figures_sentence", "latest", "stated"]


def differing(question: Question, evidence: Sequence[Evidence]) -> tuple[Stated, ...]:
    """The different figures that the passages give, oldest first and undated ones last; empty where they agree.

    Equal ones count once, as the newest gives them. Totals are compared with totals; where there are none, the
    figures of one day with each other.
    """
    wanted = asked(question)
    if wanted is None or (wanted.unit == "percent" and not (wanted.names or wanted.noun)):
        return ()  # shares of whom and of what cannot be told apart
    every = [one for found in evidence for one in stated(question, found)]
    totals = [one for one in every if one.total]
    compared = totals or [one for one in every if one.day == every[0].day]
    units = [one.unit for one in compared]
    unit = max(units, key=units.count, default="")
    newest_first = sorted((one for one in compared if one.unit == unit), key=_age, reverse=True)
    kept: list[Stated] = []
    for one in sorted(newest_first, key=lambda s: s.day is None):
        if not any(agree(one, other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=_age)) if len(kept) > 1 else ()


def latest(figures: Sequence[Stated]) -> Stated | None:
    """The newest of the figures that are totals; None where none is dated."""
    dated = [one for one in figures if one.day and one.total]
    return max(dated, key=lambda one: one.day or date.min) if dated else None


def agree(one: Stated, other: Stated) -> bool:
    """Whether two figures say the same: equal, or one is about or nearly the other, to the digits that it gives."""
    if one.unit != other.unit:
        return False
    if (one.amount, one.high) == (other.amount, other.high):
        return True
    return _rounds(one, other) or _rounds(other, one)


def figures_sentence(figures: Sequence[Stated], number_of: Callable[[Stated], int]) -> str:
    """A sentence that sets the figures of `differing` side by side, each with its marker; "" where there is one or none.

    "The figures differ: 5,400 (UN), 31 January 2012 [2]; at least 9,000 (UN) [1] and 13,000 (activist groups) [3],
    12 June 2012, are the latest."
    """
    if len(figures) < 2:
        return ""
    groups = [(day, list(group)) for day, group in groupby(figures, key=lambda one: one.day)]
    dated = [(day, group) for day, group in groups if day]
    parts = []
    for day, group in groups:
        said = _listed([_said(one, number_of(one)) for one in group])
        if len(dated) > 1 and day == dated[-1][0]:
            said += f", {_written(day)}, {'are' if len(group) > 1 else 'is'} the latest" if day else ""
        elif day:
            said += f", {_written(day)}"
        elif dated:
            said += ", undated"
        parts.append(said)
    return f"The figures differ: {'; '.join(parts)}."


def _said(one: Stated, number: int) -> str:
    value = one.value[0].lower() + one.value[1:] if re.match(r"[A-Z][a-z]", one.value) else one.value
    return f"{value} ({one.speaker}) [{number}]" if one.speaker else f"{value} [{number}]"


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _age(one: Stated) -> tuple[bool, date]:
    return one.day is None, one.day or date.max


def _rounds(loose: Stated, exact: Stated) -> bool:
    if loose.bound not in ("about", "nearly") or not loose.amount or loose.amount % 1 or loose.high != loose.amount:
        return False
    step = 10 ** len(re.search(r"0*\Z", f"{loose.amount:.0f}")[0])  # type: ignore[index]
    off = exact.amount - loose.amount
    near = -step < off < 0 if loose.bound == "nearly" else abs(off) <= step / 2
    return near and exact.amount == exact.high and not exact.bound
