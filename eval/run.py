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
    console.print(f"{suite}: {len(scored)} questions, written by the {scored[0].answer.engine} engine", markup=False)
    console.print(_table(scored))
    broken = [sentence for s in scored for sentence in s.broken]
    cited = sum(len(s.answer.citations) for s in scored)
    spoken = sum(bool(s.answer.claims) for s in scored)
    console.print(
        f"citations an answer: {cited / max(spoken, 1):.1f} (n={spoken}, most {_most_for_one_fact(scored)} for a single fact)"
    )
    console.print(f"markers that lead astray: {len(broken)} of {cited}")
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


def _most_for_one_fact(scored: Sequence[Scored]) -> int:
    """The most paragraphs cited for one question that has a single piece of evidence."""
    return max((len(s.answer.citations) for s in scored if len(s.gold.evidence) == 1), default=0)


def _table(scored: Sequence[Scored]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("kind", no_wrap=True)
    table.add_column("measure", no_wrap=True)
    for name in ("value", "95 % interval", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    kinds = list(dict.fromkeys(s.gold.kind for s in scored))
    for kind in (*kinds, "all"):
        some = [s for s in scored if kind in (s.gold.kind, "all")]
        name = kind
        for measure in MEASURES:
            outcomes = [measure.of(s.gold, s.answer) for s in some]
            total, n = sum(value for value, _ in outcomes), sum(count for _, count in outcomes)
            if n:
                low, high = wilson(total, n)
                style = "bold" if kind == "all" else None
                table.add_row(name, measure.name, f"{total / n:.2f}", f"{low:.2f}–{high:.2f}", f"{n}", style=style)
                name = ""
    return table


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
