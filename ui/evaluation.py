"""The commands `pilcrow eval …`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from ui.options import LibraryOption, Misuse

if TYPE_CHECKING:
    from eval.run import Run


class _RunByDefault(TyperGroup):
    """`pilcrow eval sample` is `pilcrow eval run sample`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the command in where the first word is none."""
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "-h")):
            args = ["run", *args]
        return super().parse_args(ctx, args)


evaluation = typer.Typer(
    cls=_RunByDefault, help="Measure how far the answers can be trusted: pilcrow eval SUITE…, score, compare, report."
)
DataOption = Annotated[
    list[str] | None,
    typer.Option(help="Where a suite's data lies: PATH, or SUITE=PATH for one of several; may be repeated."),
]
RunsOption = Annotated[Path, typer.Option(help="Folder in which runs are kept.")]
LimitOption = Annotated[int, typer.Option(min=0, help="Ask at most this many of each suite; 0 is all.")]
GateOption = Annotated[Path | None, typer.Option(help="A file of floors (TOML): exit code 1 where one is not held.")]
RunArgument = Annotated[Path, typer.Argument(help="The folder of a run.")]


@evaluation.command("run")
def evaluate(
    suites: Annotated[
        list[str] | None,
        typer.Argument(
            help="sample, squad2, support, quotes, swap, ramdocs, files of gold questions (.jsonl), or folders with both."
        ),
    ] = None,
    data: DataOption = None,
    library: LibraryOption = None,
    runs: RunsOption = Path("runs"),
    engine: Annotated[
        str, typer.Option(help="What writes the answers: extractive; model, to ask the settings' language model too.")
    ] = "extractive",
    limit: LimitOption = 0,
    seed: Annotated[int, typer.Option(help="Draws the questions where --limit leaves some out.")] = 0,
    fail_under: GateOption = None,
) -> None:
    """Ask every question of the suites once, score the answers, and write the report."""
    from eval.ask import ENGINE, ask
    from rag.models import connect
    from ui.terminal import progress_bar

    if engine not in (ENGINE, "model"):
        raise Misuse(f"There is no engine {engine}; there are {ENGINE} and model.")
    model = connect() if engine == "model" else None
    if engine == "model" and model is None:
        raise Misuse("No language model is set; say where one answers with PILCROW_LLM_URL.")
    names = suites or ["sample"]
    with progress_bar() as progress:
        run = ask(
            names,
            data=_places(data, names),
            library=library,
            runs=runs,
            limit=limit,
            seed=seed,
            llm=model,
            progress=progress,
        )
    _score(run, fail_under)


@evaluation.command("score")
def score(
    run: Annotated[Path, typer.Argument(help="The folder of a run, or a .jsonl file of another system's answers.")],
    suite: Annotated[str, typer.Option(help="The suite that a file of answers belongs to.")] = "",
    system: Annotated[str, typer.Option(help="What to call the system in tables.")] = "",
    data: DataOption = None,
    library: LibraryOption = None,
    runs: RunsOption = Path("runs"),
    limit: LimitOption = 0,
    seed: Annotated[int, typer.Option(help="The seed that --limit was asked with.")] = 0,
    fail_under: GateOption = None,
) -> None:
    """Score a run again, or the answers of any other system."""
    from eval.adopt import adopt
    from eval.run import Run

    if run.is_file() and not suite:
        raise Misuse(f"{run} is a file of answers; say with --suite which questions they answer.")
    if run.is_file():
        name = system or run.stem
        found = adopt(
            run, suite, system=name, data=_places(data, [suite]), library=library, runs=runs, limit=limit, seed=seed
        )
    else:
        found = Run(run)
    _score(found, fail_under)


@evaluation.command("compare")
def compare(first: RunArgument, second: RunArgument) -> None:
    """Compare two runs: differences with paired intervals, and the questions that changed."""
    from eval.compare import compare_runs
    from eval.run import Run
    from eval.score import scored_cases
    from eval.tables import print_differences
    from ui.terminal import out

    print_differences(out, compare_runs(scored_cases(Run(first)), scored_cases(Run(second))))


@evaluation.command("report")
def report(run: RunArgument) -> None:
    """Write a run's report: one HTML page with every question and what it counted for."""
    from eval.report import write_report
    from eval.run import Run
    from eval.score import scored_cases, scores
    from ui.terminal import out

    opened = Run(run)
    cases = scored_cases(opened)
    out.print(str(write_report(opened, cases, scores(cases))), markup=False)


def _score(run: Run, gate: Path | None) -> None:
    from eval.gate import failures
    from eval.judge import TrainedJudge
    from eval.report import write_report
    from eval.score import scored_cases, scores, write
    from eval.tables import print_scores
    from ui.terminal import err, out

    judge = TrainedJudge()
    cases = scored_cases(run, judge)
    found = scores(cases)
    write(run, found, judge.name)
    print_scores(out, run, found, judge.name)
    out.print(f"report: {write_report(run, cases, found)}", markup=False, soft_wrap=True)
    fallen = failures(found, gate) if gate else []
    for sentence in fallen:
        err.print(sentence, markup=False)
    if fallen:
        raise typer.Exit(1)


def _places(given: list[str] | None, suites: list[str]) -> dict[str, Path]:
    """Where the data lies, by suite; under "" where none of the suites is named."""
    places = {}
    for entry in given or ():
        suite, _, path = entry.partition("=")
        if path and suite not in suites and not Path(entry).exists():
            raise Misuse(f"--data names {suite}, which is not among the suites: {', '.join(suites)}.")
        places[suite if path and suite in suites else ""] = Path(path if path and suite in suites else entry)
    return places
