"""Figures for what was asked: what each passage states, where they differ, and which is the latest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from rag.figures.asked import ANYTHING, Asked, asked, widened
from rag.figures.fit import fitting, wants_figure
from rag.figures.stated import Stated, stated
from rag.question import Question
from rag.reader.words import Rarity
from rag.values import Evidence

__all__ = [
    "Asked",
    "Stated",
    "asked",
    "course",
    "differing",
    "figures_sentence",
    "latest",
    "shown",
    "stated",
    "tellings",
    "wants_figure",
    "widened",
]

_OPENING = re.compile(r"\b(?:opening|first|initial|original|earliest)\b", re.I)
"""What asks for the oldest of several values."""
MOST = 12
"""Values that are set side by side."""


def tellings(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> dict[str, tuple[Stated, ...]]:
    """What each paragraph of the evidence states for what is asked, by its id, without those that state nothing.

    Opinion pieces count where no report states it, copies where the original does not. `rarity` is how much a word tells.
    """
    reports = [e for e in evidence if e.passage.article.type != "opinion"]
    beside = tuple({e.passage.article.id: e.passage.article for e in reports}.values())
    of: dict[str, set[str]] = {}
    for e in evidence:
        of.setdefault(e.passage.article.id, set()).add(e.passage.paragraph.id)
    by_words = {e.passage.paragraph.id: stated(question, e, beside) for e in evidence}
    each = fitting(question, evidence, by_words, rarity) if any(e.likely for e in evidence) else by_words
    found = {paragraph: figures for paragraph, figures in each.items() if figures}
    for e in evidence:
        story = e.passage.article.story
        if e.passage.article.id != story and e.passage.paragraph.id in found:
            original = [one for p, figures in found.items() if p in of.get(story, ()) for one in figures]
            own = found[e.passage.paragraph.id]
            found[e.passage.paragraph.id] = tuple(f for f in own if not any(agree(f, one) for one in original))
    plain = {e.passage.paragraph.id for e in reports} & found.keys()
    return {paragraph: figures for paragraph, figures in found.items() if figures and (paragraph in plain or not plain)}


def course(
    question: Question, every: Sequence[Stated], since: date | None = None, until: date | None = None
) -> tuple[Stated, ...]:
    """The values among the figures stated for what was asked, each as told last, oldest first and undated ones last.

    Totals are compared with totals; where there are none, the figures of one day with each other. What is told as a
    former value counts where nothing else gives it. From `since` to `until` is when it held, where the question asks for
    what was known, said or offered then: the last value of before, where none is of those days. Of more values than can
    be shown the newest stay.
    """
    wanted = asked(question) or ANYTHING
    totals = [one for one in every if one.total]
    compared = totals or [one for one in every if one.day == every[0].day]
    compared = _in_one_unit(compared)
    holding = [one for one in compared if not one.former]
    former = [one for one in compared if one.former]
    for one in sorted(former, key=_age):
        if not any(agree(one, other) for other in holding):
            holding.append(one)
    if since or until:
        holding = _of_the_time(holding, since, until) if wanted.knows else holding
    values: list[Stated] = []
    for one in sorted(holding, key=_age):
        same = next((i for i in range(len(values)) if _goes_on(values[i:], one, wanted.source is not None)), None)
        if same is None:
            values.append(one)
        else:
            values[same] = _told_again(values[same], one)
    values = values[:1] if _OPENING.search(question.text) else values[-MOST:]
    return () if _are_other_things(values, wanted) else tuple(values)


def _in_one_unit(figures: Sequence[Stated]) -> list[Stated]:
    """Those in the commonest unit, and those that leave it out: "It was 1.8 billion crowns. Now it is 1.9".

    Beside one of its paragraph that says the unit, a bare one is rather of something else: "52 per cent for it, 39 against".
    """
    units = [one.unit for one in figures if one.unit or one.noun]
    unit = max(units, key=units.count, default="")
    saying = {one.paragraph for one in figures if one.unit == unit}
    alike = [
        replace(one, unit=unit) if not (one.unit or one.noun) and (one.former or one.paragraph not in saying) else one
        for one in figures
    ]
    return [one for one in alike if one.unit == unit]


def _are_other_things(values: Sequence[Stated], wanted: Asked) -> bool:
    """Whether figures that nothing tells apart, neither day nor source nor report, are rather for different things."""
    told_apart = len({(one.day, one.speaker) for one in values}) > 1 or any(one.former for one in values)
    if len(values) < 2 or told_apart:
        return False
    vague = wanted.unit or not wanted.kind
    return len({one.paragraph for one in values}) == 1 or bool(vague and not values[0].day)


def _of_the_time(figures: Sequence[Stated], since: date | None, until: date | None) -> list[Stated]:
    """The figures of these days; where there is none, those of the last day before them."""
    inside = [one for one in figures if one.day and (since or one.day) <= one.day <= (until or one.day)]
    before = [one for one in figures if one.day and since and one.day < since]
    last = max((one.day for one in before if one.day), default=None)
    return inside or [one for one in before if one.day == last]


def differing(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> tuple[Stated, ...]:
    """The values of `course` in the evidence; empty where there is one or none."""
    every = [one for figures in tellings(question, evidence, rarity).values() for one in figures]
    values = course(question, every)
    return values if len(values) > 1 else ()


def _goes_on(values: Sequence[Stated], one: Stated, of_one: bool) -> bool:
    """Whether the figure tells the first of these values anew: on that day, or with no other in between.

    `of_one`: all are of the one source that was asked for.
    """
    first, later = values[0], values[1:]
    if not agree(first, one) or not (one.day == first.day or of_one or _one_voice(first, one)):
        return False
    return all(other.day in (first.day, one.day) for other in later)


def _one_voice(one: Stated, other: Stated) -> bool:
    """Whether two figures may be of one source: named alike, with or without an office, or one of them by nobody."""
    return one.speaker.endswith(other.speaker) or other.speaker.endswith(one.speaker)


def _told_again(known: Stated, one: Stated) -> Stated:
    """The value as told last; of each day the first report counts, as other papers of that day say the same."""
    told = (*known.earlier, replace(known, earlier=()))
    return known if any(other.day == one.day for other in told) else replace(one, earlier=told)


def latest(figures: Sequence[Stated]) -> Stated | None:
    """The newest of the figures that are totals; None where none is dated."""
    dated = [one for one in figures if one.day and one.total]
    return max(dated, key=_age) if dated else None


def agree(one: Stated, other: Stated) -> bool:
    """Whether two figures say the same: equal, or one is about or nearly the other, to the digits that it gives."""
    if one.unit != other.unit:
        return False
    if (one.amount, one.high) == (other.amount, other.high):
        return True
    return _rounds(one, other) or _rounds(other, one)


def figures_sentence(figures: Sequence[Stated], number_of: Callable[[Stated], int]) -> str:
    """A sentence that sets the values of `course` side by side, each with its markers; "" where there is one or none.

    "The figures differ: 5,400 (UN), 31 January 2012 [2]; at least 9,000 (UN) [1] and 13,000 (activist groups) [3],
    12 June 2012, are the latest."
    """
    if len(figures) < 2:
        return ""
    groups = [(day, list(group)) for day, group in groupby(figures, key=lambda one: one.day)]
    dated = [(day, group) for day, group in groups if day]
    parts = []
    for day, group in groups:
        said = _listed([_said(one, number_of) for one in group])
        if len(dated) > 1 and day == dated[-1][0]:
            said += f", {_written(day)}, {'are' if len(group) > 1 else 'is'} the latest" if day else ""
        elif day:
            said += f", {_written(day)}"
        elif dated:
            said += ", undated"
        parts.append(said)
    return f"The figures differ: {'; '.join(parts)}."


def shown(one: Stated) -> str:
    """The value as it stands beside others: its own words, but "none" for "nobody" or "no people"."""
    return "none" if not one.unit and one.high == 0 and not re.search(r"\d", one.value) else one.value


def _said(one: Stated, number_of: Callable[[Stated], int]) -> str:
    value = shown(one)
    value = value[0].lower() + value[1:] if re.match(r"[A-Z][a-z]", value) else value
    speaker = f" ({one.speaker})" if one.speaker else ""
    former = "earlier " if one.former else ""
    earlier = [f"{_written(other.day)} [{n}]" for other in one.earlier[:1] if other.day and (n := number_of(other))]
    since = f" (already on {_listed(earlier)})" if earlier else ""
    return f"{former}{value}{speaker} [{number_of(one)}]{since}"


def _listed(items: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _age(one: Stated) -> tuple[bool, date, bool]:
    return one.day is None, one.day or date.max, not one.former


def _rounds(loose: Stated, exact: Stated) -> bool:
    if loose.bound not in ("about", "nearly") or not loose.amount or loose.amount % 1 or loose.high != loose.amount:
        return False
    step = 10 ** len(re.search(r"0*\Z", f"{loose.amount:.0f}")[0])  # type: ignore[index]
    off = exact.amount - loose.amount
    near = -step < off < 0 if loose.bound == "nearly" else abs(off) <= step / 2
    return near and exact.amount == exact.high and not exact.bound
