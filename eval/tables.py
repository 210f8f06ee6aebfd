"""Scores as tables for the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.compare import Difference
from eval.intervals import Estimate
from eval.measures import LOOKUP, QUESTION, SUPPORT
from eval.run import Run
from eval.score import ALL, Figures, Scores

BY_KIND = (
    "paragraph recall",
    "paragraph precision",
    "short answer contained",
    "correct abstention",
    "false abstention",
    "balanced accuracy",
    "article found",
    "paragraph found",
    "declined",
    "traced in full",
    "outcome right",
)
"""Measures that are shown for every kind of question too."""
WIDTH = 120
ORDER = [m.name for m in (*QUESTION, *SUPPORT, *LOOKUP)]


def print_scores(console: Console, run: Run, scores: Scores, judge: str) -> None:
    """For each suite the measures of every system, then the main ones by kind of question; then who judged support."""
    for suite, systems in scores.items():
        own, *others = systems
        table = Table(title=Text(suite), title_justify="left", title_style="bold", box=None, pad_edge=False)
        table.add_column("measure", no_wrap=True)
        for name in (own, "95 % interval", "n", *others):
            table.add_column(Text(name), justify="right", no_wrap=True)
        for name in measured(systems):
            of = systems[own][ALL].get(name)
            cells = [number(of), interval(of), str(of.n) if of else "–"]
            table.add_row(name, *cells, *(number(systems[other][ALL].get(name)) for other in others))
        _print(console, table)
        kinds = by_kind(systems[own])
        if kinds:
            _print(console, _kinds(suite, own, kinds))
        console.print()
    for suite, (lacking, total) in run.missing().items():
        console.print(
            f"{suite}: {lacking} of {total} have no answer; they count as silence.", style="red", markup=False
        )
    console.print(f"run {run.folder.name}, {run.about['date']}, judge {judge}", markup=False)


def _print(console: Console, table: Table) -> None:
    """The table as wide as it needs to be: in a log it would be cut at 80 columns."""
    console.print(table, width=max(console.width, WIDTH), crop=False)


def _kinds(suite: str, system: str, kinds: Mapping[str, Figures]) -> Table:
    names = [name for name in BY_KIND if any(name in of for of in kinds.values())]
    table = Table(title=Text(f"{suite}, {system}, by kind: value (n)"), title_justify="left", box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    for name in names:
        # In a narrow terminal the table runs over rather than cutting words.
        table.add_column(name, justify="right", min_width=max(map(len, name.split())))
    for kind, of in kinds.items():
        cells = (f"{number(of[name])} ({of[name].n})" if name in of else "" for name in names)
        table.add_row(Text(kind), *cells)
    return table


def by_kind(kinds: Mapping[str, Figures]) -> dict[str, Figures]:
    """The figures of each kind of question."""
    return {kind: of for kind, of in kinds.items() if kind != ALL}


def measured(systems: Mapping[str, Mapping[str, Figures]]) -> Iterator[str]:
    """The measures that some system has, in the order of tables."""
    return (name for name in ORDER_ONCE if any(name in kinds[ALL] for kinds in systems.values()))


ORDER_ONCE = list(dict.fromkeys(ORDER))


def number(of: Estimate | None) -> str:
    """The value with two digits; a dash where there is none."""
    return "–" if of is None else f"{of.value:.2f}"


def interval(of: Estimate | None) -> str:
    """From where to where."""
    return "" if of is None or math.isnan(of.low) else f"{of.low:.2f} to {of.high:.2f}"


def print_differences(console: Console, found: Mapping[str, Sequence[Difference]]) -> None:
    """For each suite what differs between two runs, and for which questions."""
    for suite, differences in found.items():
        table = Table(title=Text(suite), title_justify="left", title_style="bold", box=None, pad_edge=False)
        for name in ("measure", "first", "second", "difference", "95 % interval", "", "n", "better", "worse"):
            table.add_column(name, justify="left" if name == "measure" else "right", no_wrap=True)
        for d in differences:
            sure = "sure" if d.low > 0 or d.high < 0 else ""
            spread = "too few articles" if math.isnan(d.low) else f"{d.low:+.3f} to {d.high:+.3f}"
            cells = (f"{d.first:.3f}", f"{d.second:.3f}", f"{d.second - d.first:+.3f}", spread, sure)
            table.add_row(d.measure.name, *cells, str(d.n), str(len(d.better)), str(len(d.worse)))
        _print(console, table)
        for d in differences:
            for what, ids in (("better", d.better), ("worse", d.worse)):
                if ids:
                    console.print(f"{d.measure.name}, {what} in the second: {', '.join(ids)}", markup=False)
        console.print()
