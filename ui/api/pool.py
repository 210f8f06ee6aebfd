"""A few threads that do the reading, so that the event loop never waits for an answer."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from ui.api.errors import Refusal

AT_ONCE = 4
"""Answers made at the same time by one process."""
WAITING = 64
"""Requests that may wait for their turn; further ones are told to come again."""
Result = TypeVar("Result")


class Pool:
    """At most so many at work, and so many waiting."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, "answer")
        self._room = at_once + waiting
        self._inside = 0
        self._lock = Lock()

    async def run(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, done in a thread. Raises Refusal (503) where too many wait already."""
        with self._lock:
            if self._inside >= self._room:
                raise Refusal(
                    503, "Too many questions are waiting; ask again in a moment.", "busy", {"Retry-After": "5"}
                )
            self._inside += 1
        future = self._threads.submit(contextvars.copy_context().run, work)
        future.add_done_callback(self._left)  # called for one that was given up before its turn, too
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Waits until all that was begun is done."""
        self._threads.shutdown(wait=True)

    @property
    def inside(self) -> int:
        """How many are at work or waiting."""
        return self._inside

    def _left(self, _: Future[Result]) -> None:
        with self._lock:
            self._inside -= 1
