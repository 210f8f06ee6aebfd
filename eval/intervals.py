"""How sure a figure is: bootstrap intervals that respect that questions about one article hang together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from eval.measure import Measure, Rows, ratio

DRAWS = 1000
SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value, its 95 % interval, and how many of its units were counted."""

    value: float
    low: float
    high: float
    n: int


def estimate(measure: Measure, rows: Rows, clusters: Sequence[str]) -> Estimate | None:
    """The value with its interval: percentiles of the bootstrap over clusters (Efron and Tibshirani 1993, chapter 13).

    None where nothing was counted, or where there is no value, as with 0 of 0. Where every draw gives the same, as
    when all questions are right, the bootstrap knows no doubt: the interval is then Wilson's, stretched to the
    measure's range, for as many trials as there are clusters in which something was counted.
    """
    n = measure.n(rows)
    if not n:
        return None
    value = measure.value(rows)
    if math.isnan(value):
        return None
    drawn = draws(measure, rows, clusters)
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return Estimate(value, float("nan"), float("nan"), n)
    low, high = (float(np.percentile(drawn, p)) for p in (2.5, 97.5))
    span = measure.high - measure.low
    if high - low < 1e-12 and span < float("inf"):
        counted = rows[:, 1] > 0 if measure.value is ratio else np.ones(len(rows), dtype=bool)
        trials = len({cluster for cluster, counts in zip(clusters, counted, strict=True) if counts})
        share = (value - measure.low) / span
        low, high = (measure.low + span * bound for bound in wilson(share * trials, trials))
    return Estimate(value, min(low, value), max(high, value), n)


def draws(measure: Measure, rows: Rows, clusters: Sequence[str]) -> NDArray[np.float64]:
    """The measure's value in each of a thousand samples of clusters, drawn with replacement, always the same ones.

    The clusters are sorted first, so that the order of the questions changes nothing.
    """
    if measure.value is not ratio:
        return draws_of(measure.value, rows, clusters)
    owner = _numbered(clusters)
    counts = _resamples(owner.max() + 1)
    sums = np.zeros((owner.max() + 1, 2))
    np.add.at(sums, owner, rows[:, :2])
    above, below = (counts @ sums).T
    found: NDArray[np.float64] = np.full(len(counts), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def draws_of(value: Callable[[Rows], float], rows: Rows, clusters: Sequence[str]) -> NDArray[np.float64]:
    """The same for any figure of rows, such as an area under a curve."""
    owner = _numbered(clusters)
    order = np.lexsort((*rows.T, owner))
    rows, owner = rows[order], owner[order]
    return np.array([value(np.repeat(rows, count[owner], axis=0)) for count in _resamples(owner.max() + 1)])


def _numbered(clusters: Sequence[str]) -> NDArray[np.int64]:
    place = {name: i for i, name in enumerate(sorted(set(clusters)))}
    return np.array([place[c] for c in clusters])


@lru_cache(maxsize=64)
def _resamples(clusters: int) -> NDArray[np.int64]:
    """How often each cluster is drawn in each sample."""
    chance = np.random.default_rng(SEED)
    return chance.multinomial(clusters, np.full(clusters, 1 / clusters), size=DRAWS)


def wilson(successes: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a proportion (Wilson 1927): honest for small n and at 0 and 1.

    For means of shares between 0 and 1 it is on the wide side, since no such mean varies more than a
    proportion does.
    """
    if n == 0:
        return 0.0, 1.0
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))
