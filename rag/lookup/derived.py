"""Figures that a paragraph does not write but that follow from those it does: "less than half" of 14,000 and 6,500."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from rag.verify.dates import date_spans
from rag.verify.quantities import Bound, Quantity, quantities

NEAR = 0.1
"""How far, as a share of itself, a figure that is worked out may be from the one that is said."""
FAR = 0.5
"""How far a bound may be from what it bounds: "more than four thousand" is no way to say nine thousand."""

_MORE = re.compile(r"\s+(?:\w+\s+)?(?:more|fewer|less|higher|lower|later|earlier|longer|shorter|extra|off)\b")
_BY = re.compile(r"\bby (?:about |some |nearly |almost )?\Z")
FEW = 9
"""Up to which a number is one of the few things that a text may name without counting them."""


def follows(words: str, claim: str, text: str) -> bool:
    """Whether the figure that the claim says in these words follows from figures of the text.

    It may bound one of them ("more than a week" of eight days), be the share that one is of another ("a quarter"), or
    their difference ("13 million more" where 58 million became 71).
    """
    said = [q for q in quantities(claim) if claim[q.start : q.end] == words and not q.ordinal]
    dates = date_spans(text)
    held = [
        q
        for q in quantities(text)
        if q.value and q.unit != "clock" and not q.ordinal and not any(a < q.end and q.start < b for a, b in dates)
    ]
    return any(
        _pair(q, held) or any(_fits(q, value) for value in _values(q, held, apart=_is_difference(q, claim)))
        for q in said
    )


def _is_difference(said: Quantity, claim: str) -> bool:
    """Whether the claim says by how much: of 140 of whom 76 came it must not tell that 64 did."""
    return _MORE.match(claim, said.end) is not None or _BY.search(claim, 0, said.start) is not None


def _values(said: Quantity, held: Sequence[Quantity], *, apart: bool) -> Iterator[float]:
    """What the figures of the text come to, in the unit of the one that is said; differences if that is how much `apart` two are."""
    pairs = [(a, b) for a, b in permutations(held, 2) if a.unit == b.unit or "" in (a.unit, b.unit)]
    if said.unit == "part" or (said.value == 2 and not said.unit):
        for one, two in pairs:
            yield one.value / two.value
            yield abs(one.value - two.value) / two.value
    elif said.bound:
        yield from (q.value for q in held if q.unit == said.unit)
    if apart and said.unit != "part":
        yield from (abs(one.value - two.value) for one, two in pairs if said.unit in (one.unit, two.unit, ""))


def _pair(said: Quantity, held: Sequence[Quantity]) -> bool:
    """Whether it is "two" of what the text names without counting, "the two sides", "twice", and has no such number itself."""
    return said.value == 2 and not said.unit and not any(q.value <= FEW and not q.unit for q in held)


def _fits(said: Quantity, value: float) -> bool:
    low, high = _RANGE[said.bound]
    return low * said.value <= value <= high * said.value and not (said.bound == "above" and value == said.value)


_RANGE: dict[Bound, tuple[float, float]] = {
    "": (1 - NEAR, 1 + NEAR),
    "about": (1 - NEAR, 1 + NEAR),
    "nearly": (1 - NEAR, 1),
    "above": (1, 1 + FAR),
    "below": (1 - FAR, 1),
}
