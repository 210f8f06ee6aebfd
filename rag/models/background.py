"""Waiting for a model happens on a thread of its own, so that the one who asks can give up at any moment."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from rag.models.values import never

T = TypeVar("T")
Put = Callable[[str], None]

_TICK = 0.05
"""Seconds between two looks at the clock and at `stop`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited, and what is raised then.

    `seconds` for the whole, else `late`; from the first piece on `pause` seconds between pieces, else `stuck`.
    """

    seconds: float
    late: Exception
    pause: float = float("inf")
    stuck: Exception | None = None


def pieces(
    work: Callable[[Put], T], cancel: Callable[[], None], limits: Limits, stop: Callable[[], bool] = never
) -> Generator[str, None, T | None]:
    """What `work` puts, piece by piece, then what it returns; None where `stop` ended it.

    An empty piece is a sign of life and no more. `cancel` is called at the end, whatever the end is.
    """
    arrived: SimpleQueue[str | BaseException | tuple[T]] = SimpleQueue()

    def run() -> None:
        try:
            arrived.put((work(arrived.put),))
        except BaseException as error:  # raised again where it is waited for
            arrived.put(error)

    end = time.monotonic() + limits.seconds
    speaks, quiet_until = False, float("inf")
    Thread(target=run, daemon=True, name="pilcrow-model").start()
    try:
        while not stop():
            if time.monotonic() > end:
                raise limits.late
            try:
                item = arrived.get(timeout=_TICK)
            except Empty:
                if time.monotonic() > quiet_until:
                    raise limits.stuck or limits.late from None
                continue
            if isinstance(item, BaseException):
                raise item
            if isinstance(item, tuple):
                return item[0]
            if item:
                yield item
                speaks = True
            if speaks:
                quiet_until = time.monotonic() + limits.pause
        return None
    finally:
        cancel()


def coroutine_pieces(
    make: Callable[[Put], Coroutine[Any, Any, T]], limits: Limits, stop: Callable[[], bool] = never
) -> Generator[str, None, T | None]:
    """The same for a coroutine. It is cancelled at the end, so that its connections are closed."""
    loop = _Loop()

    def work(put: Put) -> T:
        try:
            return loop.run_until_complete(make(put))
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    def cancel() -> None:
        with suppress(RuntimeError):  # the loop is closed: the work was done
            loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])

    return (yield from pieces(work, cancel, limits, stop))


def result(make: Callable[[], Coroutine[Any, Any, T]], limits: Limits) -> T:
    """What the coroutine returns."""
    waiting = coroutine_pieces(lambda _: make(), limits)
    while True:
        try:
            next(waiting)
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]


class _Loop(asyncio.SelectorEventLoop):
    """An event loop that looks names up on daemon threads: Python waits for its pool's threads before it exits."""

    async def getaddrinfo(self, host: Any, port: Any, **hints: Any) -> Any:
        found: asyncio.Future[Any] = self.create_future()

        def look_up() -> None:
            try:
                answer, error = socket.getaddrinfo(host, port, **hints), None
            except OSError as failure:
                answer, error = [], failure
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                self.call_soon_threadsafe(settle, answer, error)

        def settle(answer: Any, error: OSError | None) -> None:
            if not found.done():
                found.set_exception(error) if error else found.set_result(answer)

        Thread(target=look_up, daemon=True, name="pilcrow-names").start()
        return await found
