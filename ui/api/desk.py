"""What the doors share: the collections' answers, made in the pool, and given up where nobody waits any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

from starlette.requests import Request

from index import Filters, PilcrowError
from ui.api.conversation import Conversations
from ui.api.errors import Refusal
from ui.api.gate import Caller, caller_of
from ui.api.joined import Asked
from ui.api.pool import Pool
from ui.observe.watch import Watch

Result = TypeVar("Result")
_log = logging.getLogger("pilcrow")
_LOOK = 1.0
"""Seconds between two looks at whether the client is still there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The threads that read and the conversations they remember; one for each process."""

    pool: Pool = field(default_factory=Pool)
    conversations: Conversations = field(default_factory=Conversations)
    watch: Watch = field(default_factory=Watch)

    async def answer(
        self, caller: Caller, collection: str | None, questions: Sequence[str], filters: Filters, stop: Event
    ) -> Asked:
        """The answer to the last of the questions. Raises PilcrowError for what cannot be asked or may not be seen."""
        names = caller.collections.named(collection)

        def work() -> Asked:
            found = self.conversations.answer(caller.collections, names, questions, filters, stop.is_set)
            if not stop.is_set():
                self._seen(caller, found)
            return found

        return await self.pool.run(work)

    def close(self) -> None:
        """Waits for what was begun, and sends what is still to be sent."""
        self.pool.close()
        self.watch.close()

    def _seen(self, caller: Caller, found: Asked) -> None:
        try:
            self.watch.answer(caller.name, found.answer, found.collections)
        except PilcrowError as error:
            _log.error("%s", error)
            raise Refusal(
                503, "Answers are recorded here, and this one could not be; try again later.", "unavailable"
            ) from None

    async def do(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, done in the pool."""
        return await self.pool.run(work)


def desk_of(request: Request) -> Desk:
    """The app's desk."""
    desk: Desk = request.app.state.desk
    return desk


async def answered(request: Request, collection: str | None, questions: Sequence[str], filters: Filters) -> Asked:
    """The answer to a request, stopped where the client goes away meanwhile."""
    stop = Event()
    task = asyncio.ensure_future(desk_of(request).answer(caller_of(request), collection, questions, filters, stop))
    try:
        while not (await asyncio.wait({task}, timeout=_LOOK))[0]:
            if await request.is_disconnected():
                stop.set()
        return task.result()
    finally:
        stop.set()
        if not task.done():
            with suppress(asyncio.CancelledError):
                task.cancel()
