"""Asks a suite of gold questions, scores the answers and prints the table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

import sample
from eval.gold import GoldQuestion, load
from eval.measures import MEASURES, Measure, broken_pointers, wilson
from index import Library
from rag import Answer, Answerer

SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold question, the answer it got, and what is wrong with the answer's markers."""

    gold: GoldQuestion
    answer: Answer
    broken: tuple[str, ...]


def run_suite(suite: str, *, library: Path | None = None, show: bool = False) -> tuple[Scored, ...]:
    """Asks every question of `suite` and prints the figures; returns the scored answers.

    `suite` is "sample" or a file of gold questions. Without a library, the sample's is built afresh in a
    temporary folder, and a file is asked of the library in use. Raises PilcrowError for a file that
    does not fit or a missing library.
    """
    questions = load(sample.QUESTIONS if suite == SAMPLE else Path(suite))
    with _library(suite, library) as opened:
        scored = ask_all(questions, opened)
    console = Console(highlight=False)
    console.print(f"{suite}: {len(scored)} questions, reader {_reader_names(scored)}", markup=False)
    console.print(_table(scored))
    broken = [sentence for s in scored for sentence in s.broken]
    cited = sum(len(s.answer.citations) for s in scored)
    console.print(f"markers that lead astray: {len(broken)} of {cited}", markup=False)
    for sentence in broken:
        console.print(sentence, markup=False)
    if show:
        _print_misses(console, scored)
    return scored


def ask_all(questions: Sequence[GoldQuestion], library: Library) -> tuple[Scored, ...]:
    """Every question's answer, in order; a follow-up is asked in its conversation, with every turn before it."""
    answerer = Answerer(library)
    turns: dict[str, tuple[Answer, ...]] = {}
    scored = []
    for gold in track(questions, "Asking", console=Console(stderr=True)):
        history = turns.get(gold.follows, ())
        answer = answerer.answer(gold.question, history=history)
        turns[gold.id] = (*history, answer)
        scored.append(Scored(gold, answer, tuple(broken_pointers(answer, library.article))))
    return tuple(scored)


@contextmanager
def _library(suite: str, folder: Path | None) -> Iterator[Library]:
    if folder is not None or suite != SAMPLE:
        with Library.open(folder, create=False) as library:
            yield library
        return
    with tempfile.TemporaryDirectory() as temporary, Library.open(temporary) as library:
        library.sync([sample.ARTICLES])
        yield library


def _reader_names(scored: Sequence[Scored]) -> str:
    return ", ".join(sorted({s.answer.engine for s in scored}))


def _table(scored: Sequence[Scored]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("kind")
    table.add_column("n", justify="right")
    for measure in MEASURES:
        table.add_column(measure.name, justify="right")
    table.add_column("citations each", justify="right")
    kinds = list(dict.fromkeys(s.gold.kind for s in scored))
    for kind in kinds:
        _add_row(table, kind, [s for s in scored if s.gold.kind == kind])
    _add_row(table, "all", scored)
    return table


def _add_row(table: Table, name: str, scored: Sequence[Scored]) -> None:
    cells = [_cell(measure, scored) for measure in MEASURES]
    spoken = [len(s.answer.citations) for s in scored if s.answer.claims]
    each = f"{sum(spoken) / len(spoken):.1f}" if spoken else "–"
    table.add_row(name, str(len(scored)), *cells, each, style="bold" if name == "all" else None)


def _cell(measure: Measure, scored: Sequence[Scored]) -> str:
    outcomes = [measure.of(s.gold, s.answer) for s in scored]
    total, n = sum(value for value, _ in outcomes), sum(count for _, count in outcomes)
    if not n:
        return "–"
    low, high = wilson(total, n)
    return f"{total / n:.2f} [{low:.2f}–{high:.2f}] n={n}"


def _print_misses(console: Console, scored: Sequence[Scored]) -> None:
    for s in scored:
        wrong = [m.name for m in MEASURES if m.better and _missed(m, s)]
        if wrong:
            console.print(Text(f"\n{s.gold.id} ({s.gold.kind}) {s.gold.question}", style="bold"))
            console.print(Text(f"  missed: {', '.join(wrong)}; wanted: {' | '.join(s.gold.answers) or '–'}"))
            for claim in s.answer.claims:
                console.print(Text(f"  said: {claim.text}"))
            console.print(Text(f"  {s.answer.reason}")) if s.answer.reason else None


def _missed(measure: Measure, s: Scored) -> bool:
    value, n = measure.of(s.gold, s.answer)
    return n > 0 and (value < n if measure.better == "high" else value > 0)
