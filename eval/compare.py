"""Two runs side by side: differences with paired intervals, and the questions that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.case import Case, Scored, SupportCase
from eval.intervals import draws
from eval.measure import Measure, ratio
from eval.measures import measures_for
from index import PilcrowError


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in two runs, the 95 % interval of second less first, and the ids of the questions that changed.

    `n` counts the questions, claims or excerpts on which it bears in both. The interval is not a number where
    there are too few clusters to tell.
    """

    measure: Measure
    first: float
    second: float
    n: int
    low: float
    high: float
    better: tuple[str, ...]
    worse: tuple[str, ...]


FEWEST_CLUSTERS = 5


def compare(first: Sequence[Scored], second: Sequence[Scored]) -> list[Difference]:
    """Every measure of what both runs asked; draws of the bootstrap are paired by question.

    Raises PilcrowError where they asked different things: the figures would compare nothing.
    """
    held = {c.id: c for c in second}
    if {c.id for c in first} != set(held) or any(_asked(c) != _asked(held[c.id]) for c in first):
        raise PilcrowError(
            "The two runs did not ask the same questions with the same gold; run both on the same suites."
        )
    pairs = [(c, held[c.id]) for c in first]
    found = []
    for sort in dict.fromkeys(type(c) for c, _ in pairs):
        some = [(a, b) for a, b in pairs if type(a) is sort]
        for measure in measures_for(some[0][0]):
            difference = _difference(measure, some)
            found += [difference] if difference else []
    return found


def _difference(measure: Measure, pairs: Sequence[tuple[Any, Any]]) -> Difference | None:
    rows = [(measure.row(a), measure.row(b), a, b) for a, b in pairs]
    both = [(one, other, a, b) for one, other, a, b in rows if one is not None and other is not None]
    if not both:
        return None
    one, other = (np.array([r[i] for r in both], dtype=float) for i in (0, 1))
    clusters = [a.cluster for *_, a, _ in both]
    if not measure.n(one) or not measure.n(other):
        return None
    spread = draws(measure, other, clusters) - draws(measure, one, clusters)
    if np.isnan(spread).all():
        return None
    low, high = np.nanpercentile(spread, [2.5, 97.5])
    # One article, or the same difference in every draw, is no measure of doubt.
    if len(set(clusters)) < FEWEST_CLUSTERS or (low == high != 0):
        low = high = float("nan")
    sign = 1 if measure.better == "high" else -1
    plain = measure.value is ratio
    changed = [(sign * (_single(y) - _single(x)), a.id) for x, y, a, _ in both] if plain else []
    return Difference(
        measure=measure,
        first=measure.value(one),
        second=measure.value(other),
        n=len(both),
        low=float(low),
        high=float(high),
        better=tuple(i for d, i in changed if d > 0),
        worse=tuple(i for d, i in changed if d < 0),
    )


def _asked(case: Scored) -> object:
    """What was asked, and what counts as right."""
    if isinstance(case, Case):
        return case.question
    if isinstance(case, SupportCase):
        return case.claim, case.premise, case.label
    return case.excerpt, case.gold, case.outcome


def _single(row: Any) -> float:
    """What one question gets by itself; nothing counted is nothing gained."""
    return row[0] / row[1] if row[1] else 0.0


def compare_runs(
    first: Mapping[str, Mapping[str, Sequence[Scored]]], second: Mapping[str, Mapping[str, Sequence[Scored]]]
) -> dict[str, list[Difference]]:
    """For each suite that both have, the differences of the first system of each."""
    shared = [suite for suite in first if suite in second]
    if not shared:
        raise PilcrowError("The two runs share no suite; run both on the same suites.")
    return {s: compare(next(iter(first[s].values())), next(iter(second[s].values()))) for s in shared}
