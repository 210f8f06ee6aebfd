"""Answers and reports in a terminal. Article text is printed as text: no markup, no escape sequences."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from index import SyncReport
from index.files import printable
from rag import Answer, Claim
from rag.values import without_markers
from ui.text import also_printed, byline, calendar, day, noticed, visible

if TYPE_CHECKING:
    from index.values import Progress
    from rag.quotes import Quotation

out = Console(highlight=False, soft_wrap=True)
PAUSE = 30.0
"""Seconds between two lines of progress in a log."""
err = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr; a line now and then where stderr is no terminal. Gives the function to call."""
    if not err.is_terminal:
        yield _progress_lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err) as bar:
        tasks: dict[str, object] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield advance


def _progress_lines() -> Progress:
    """Prints a line a stage at most every half minute: nothing for what is done at once, enough to see a log move."""
    said: dict[str, float] = {}

    def advance(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - said.setdefault(stage, now) >= PAUSE:
            said[stage] = now
            err.print(f"{stage}: {done} of {total}", markup=False)

    return advance


def print_report(report: SyncReport, library: str) -> None:
    """What a sync did; every failure is a line on stderr."""
    for failure in report.failures:
        err.print(Text(printable(failure.why)))
    for note in report.notes:
        err.print(Text(note))
    out.print(
        Text(
            f"{report.added} added, {report.updated} updated, {report.removed} removed, "
            f"{report.unchanged} unchanged, {report.failed} failed. Library: {library}"
        )
    )


def print_answer(answer: Answer) -> None:
    """The answer with its markers, then each source with outlet, date, headline, paragraph and file."""
    if answer.lead:
        out.print(Text(printable(answer.lead), style="bold"))
    for claim in answer.claims:
        out.print(_said(claim))
    for conflict in () if answer.lead else answer.conflicts:
        values = "; ".join(f"{visible(value)} [{number}]" for value, number in conflict.values)
        out.print(Text(f"The reports give different figures: {values}.", style="yellow"))
    if answer.reason:
        out.print(Text(answer.reason, style="yellow" if answer.claims else "bold"))
    if answer.premise:
        out.print(_said(answer.premise))
    if answer.remark:
        out.print(Text(printable(answer.remark), style="yellow"))
    if answer.citations:
        out.print()
    for c in answer.citations:
        page = f" (page {c.paragraph.page})" if c.paragraph.page else ""
        head = (
            f"[{c.number}] {visible(byline(c.article))} · {visible(c.article.headline)} · ¶{c.paragraph.number}{page}"
        )
        out.print(Text(head, style="cyan"))
        for notice in c.notices:
            out.print(Text(f"    {noticed(notice)}", style="yellow"))
        for about in (calendar(c), also_printed(c), printable(c.article.url or c.article.path)):
            if about:
                out.print(Text(f"    {about}", style="dim"))
    if answer.rejected:
        out.print(Text("Left out, because the articles do not bear it out:", style="dim"))
    for claim in answer.rejected:
        out.print(Text(f"  · {printable(' '.join((claim.text, *claim.faults)))}", style="dim"))
    if answer.closest:
        out.print(Text("Closest passages (not evidence):", style="dim"))
    for p in answer.closest:
        text = visible(p.paragraph.text)
        short = text if len(text) <= 160 else f"{text[:159]}…"
        out.print(Text(f"  · {visible(byline(p.article))} ¶{p.paragraph.number}: {short}", style="dim"))


def _said(claim: Claim) -> Text:
    line = Text()
    if claim.day:
        line.append(f"{day(claim.day)}  ", style="cyan")
    said = without_markers(claim.text)
    start, end = claim.emphasis or (0, 0)
    line.append(printable(said[:start]))
    line.append(printable(said[start:end]), style="bold")
    line.append(printable(said[end:]))
    line.append(" " + "".join(f"[{c.number}]" for c in claim.citations), style="cyan")
    return line


def print_quotation(found: Quotation | None) -> None:
    """Where words were published, with the paragraph around them; or that they were not."""
    if found is None:
        out.print("These words stand in no article of the library.")
        return
    text, article = found.paragraph.text, found.article
    line = Text(printable(text[: found.start]))
    line.append(printable(found.text), style="bold")
    line.append(printable(text[found.end :]))
    out.print(line)
    exact = "word for word" if found.alike == 100 else "not word for word: this is how it reads"
    out.print(
        Text(f"{visible(byline(article))} · {visible(article.headline)} · ¶{found.paragraph.number} · {exact}", "cyan")
    )
    out.print(Text(f"    {printable(article.url or article.path)}", style="dim"))
