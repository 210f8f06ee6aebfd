"""How long each stage of an answer takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

Stage = Callable[[str], AbstractContextManager[object]]
_watcher: Stage = nullcontext


def watch_stages(watcher: Stage) -> None:
    """Has every stage of every answer go through `watcher`, which gets its name: for those who trace what takes time."""
    global _watcher
    _watcher = watcher


class Clock:
    """Measures the stages of one answer, in seconds."""

    def __init__(self) -> None:
        self._times: dict[str, float] = {}
        self._start = time.perf_counter()

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Adds the time that the block takes to the stage."""
        start = time.perf_counter()
        with _watcher(stage):
            yield
        self._times[stage] = self._times.get(stage, 0.0) + time.perf_counter() - start

    @property
    def times(self) -> tuple[tuple[str, float], ...]:
        """Seconds by stage, and "total" since the clock was made."""
        return (*self._times.items(), ("total", time.perf_counter() - self._start))
