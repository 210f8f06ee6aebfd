"""Are the events of a story told, each once, and in the order in which they happened?"""

from __future__ import annotations

import math

from scipy.stats import kendalltau

from eval.case import Case
from eval.measure import Measure, Row
from eval.measures.shown import recall


def _matched(case: Case) -> list[tuple[int, int]]:
    """For every gold event that is told the number of the first sentence that cites it, and its day as a number."""
    places = [case.first(group) for group in case.gold]
    return [(at, day.toordinal()) for at, day in zip(places, case.question.days, strict=False) if at is not None]


def _order(case: Case) -> Row:
    told = _matched(case)
    tau = float(kendalltau(*zip(*told, strict=True)).statistic) if len(told) > 1 else math.nan
    return None if math.isnan(tau) else (tau, 1.0)


def _one_citation(case: Case) -> Row:
    if not case.question.days:
        return None
    good = sum(len(places) == 1 and places[0] is not None for places in case.cited)
    return float(good), float(len(case.cited))


def _days(case: Case) -> Row:
    """How many of the sentences that tell gold events give one of their days, of those that give a day."""
    if not case.question.days:
        return None
    days: dict[int, set[int]] = {}
    for at, day in _matched(case):
        days.setdefault(at, set()).add(day)
    told = [(said.day, days[at]) for at in days if (said := case.response.sentences[at]).day]
    return float(sum(day.toordinal() in gold for day, gold in told if day)), float(len(told))


ORDER = Measure(
    "order of events",
    "Mean over the timelines of Kendall's tau-b between the order in which the gold events are told (by the first "
    "sentence that cites each) and that of their days; 1 is the right order, 0 none, -1 the reverse. It needs two events; "
    "events of one day are a tie, which keeps even the right order a little below 1.",
    "timelines with two events found",
    _order,
    reference="Kendall: The Treatment of Ties in Ranking Problems (Biometrika 1945)",
    low=-1.0,
)
EVENTS = Measure(
    "events found",
    "Mean over the timelines of the share of the gold events that are cited, to the sentence.",
    "timelines",
    lambda case: recall(case) if case.question.days else None,
)
ONE_CITATION = Measure(
    "one citation an event",
    "Share of the sentences of timelines that have exactly one citation, which leads to a place.",
    "sentences of timelines",
    _one_citation,
)
EVENT_DAYS = Measure(
    "event days right",
    "Of the sentences that tell gold events and say on which day they were, the share that name the right one.",
    "events told with a day",
    _days,
)
