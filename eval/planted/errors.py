"""One error planted in a correct sentence. The word lists are not the check's: it has to find what it was not told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from eval.planted.cases import Case
from eval.planted.citing import wrong_article, wrong_paragraph
from eval.planted.figures import day, number, number_exchanged, unit
from eval.planted.people import name, name_exchanged, other_speaker, place
from eval.planted.wording import attribution, cause, hedge, negation, quotation

Plant = Callable[[Case, Random, Sequence[Case]], Case | None]
"""The case with an error in it, where the sentence has room for one; the last argument are all cases."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A case with one error of a kind, and the sentence as it was when it was right."""

    kind: str
    case: Case
    right: str


PLANTS: dict[str, Plant] = {
    "number": number,
    "number, another of the paragraph": number_exchanged,
    "unit": unit,
    "date": day,
    "name": name,
    "names exchanged": name_exchanged,
    "place": place,
    "negation": negation,
    "speaker": other_speaker,
    "cause": cause,
    "hedge dropped": hedge,
    "attribution dropped": attribution,
    "quotation altered": quotation,
    "wrong paragraph": wrong_paragraph,
    "wrong article": wrong_article,
}
"""The kinds of error, in the order of the table."""
SOFT = frozenset(("hedge dropped", "attribution dropped"))
"""Kinds of which it is enough that the sentence counts as partly supported."""


def plant(cases: Sequence[Case], seed: int = 0) -> list[Planted]:
    """Every error that each case has room for, one of a kind; the same every time."""
    found = []
    for number_, case in enumerate(cases):
        for kind, change in PLANTS.items():
            spoilt = change(case, Random(f"{seed} {number_} {kind}"), cases)  # noqa: S311
            if spoilt and (spoilt.sentence, spoilt.passage) != (case.sentence, case.passage):
                found.append(Planted(kind, spoilt, case.sentence))
    return found
