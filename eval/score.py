"""From a run's cases to figures: every measure for every suite, system and kind of question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.case import Case, QuoteCase, Scored, SupportCase
from eval.intervals import Estimate, estimate
from eval.judge import Judge, TrainedJudge, judged
from eval.measures import measures_for
from eval.run import Run

ALL = "all"
Figures = dict[str, Estimate]
"""By the measure's name."""
Scores = dict[str, dict[str, dict[str, Figures]]]
"""By suite, system, and kind of question; the kind "all" is every question."""


def scored_cases(run: Run, judge: Judge | None = None) -> dict[str, dict[str, list[Scored]]]:
    """The run's cases with every sentence judged."""
    judge = judge or TrainedJudge()
    found = run.cases()
    for systems in found.values():
        for system, cases in systems.items():
            questions = [c for c in cases if isinstance(c, Case)]
            held = iter(judged(questions, judge))
            systems[system] = [next(held) if isinstance(c, Case) else c for c in cases]
    return found


def scores(cases: Mapping[str, Mapping[str, Sequence[Scored]]]) -> Scores:
    """Every measure that bears on some case, with its interval."""
    return {suite: {system: _by_kind(some) for system, some in systems.items()} for suite, systems in cases.items()}


def _by_kind(cases: Sequence[Scored]) -> dict[str, Figures]:
    kinds = list(dict.fromkeys(c.kind for c in cases))
    found = {ALL: figures(cases)}
    return found | {kind: figures([c for c in cases if c.kind == kind]) for kind in kinds if len(kinds) > 1}


def figures(cases: Sequence[Scored]) -> Figures:
    """Every measure of these cases. Where cases of several sorts are mixed, each measure looks at its own.

    A measure that several sorts have, such as the latency, is then that of the first of them: of questions, if any.
    """
    found: Figures = {}
    for sort in (Case, SupportCase, QuoteCase):
        some: list[Any] = [c for c in cases if type(c) is sort]
        for measure in measures_for(some[0]) if some else ():
            rows, held = measure.rows(some)
            value = estimate(measure, rows, [c.cluster for c in held]) if held else None
            if value:
                found.setdefault(measure.name, value)
    return found


def write(run: Run, found: Scores, judge: str) -> Path:
    """Writes the scores into the run's folder as `scores.json`, with the name of the support model."""
    path = run.folder / "scores.json"
    plain = {
        suite: {
            system: {kind: {name: asdict(e) for name, e in of.items()} for kind, of in kinds.items()}
            for system, kinds in systems.items()
        }
        for suite, systems in found.items()
    }
    path.write_text(json.dumps({"judge": judge, "scores": plain}, indent=1) + "\n", "utf-8")
    return path
