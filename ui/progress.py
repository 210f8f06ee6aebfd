"""How far the work on a library has come: how many a second, and how long it will take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.text import Text

from ui.terminal import err

if TYPE_CHECKING:
    from rich.progress import Task

    from index.values import Progress


@contextmanager
def progress_shown() -> Iterator[Progress | None]:
    """A line a stage on a terminal, gone when all is done; None where stderr is no terminal."""
    if not err.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bars

    class Pace(ProgressColumn):
        """How many a second, and the time left."""

        def render(self, task: Task) -> Text:
            """Nothing until there is something to tell."""
            return Text(pace(task.speed or 0.0, task.time_remaining))

    # The first column moves by itself: one large file is a long time at the same count.
    columns = (SpinnerColumn(), TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), Pace())
    with Bars(*columns, console=err, transient=True, speed_estimate_period=60.0) as bars:
        tasks = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield advance


def pace(speed: float, left: float | None) -> str:
    """Speed and time left as words: "12.0 a second, 3 min left"; "" while neither is known."""
    if speed <= 0 or left is None:
        return ""
    rate = f"{speed:.1f} a second" if speed >= 1 else f"{speed * 60:.1f} a minute"
    if left < 90:
        return f"{rate}, {left:.0f} s left"
    return f"{rate}, {left / 60:.0f} min left" if left < 5400 else f"{rate}, {left / 3600:.1f} h left"
