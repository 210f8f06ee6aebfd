"""Everything that is watched, in one place: what was set to be seen, and the middleware that sees requests."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.settings import settings
from rag import Answer
from ui.observe import audit
from ui.observe.logs import log_as_json, log_request, request_id

if TYPE_CHECKING:
    from ui.observe.metrics import Metrics
    from ui.observe.traces import Tracer

_log = logging.getLogger("pilcrow")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
NO_ROUTE = "none"
"""What stands for addresses that lead nowhere: they are the caller's words, and there are endlessly many."""


class Watch:
    """What the settings say is to be seen of this process."""

    def __init__(self) -> None:
        given = settings()
        self.metrics: Metrics | None = None
        self.tracer: Tracer | None = None
        self._audit = given.audit
        self._logged = given.log == "json"
        if self._logged:
            log_as_json()
        if given.metrics:
            from ui.observe.metrics import metrics

            self.metrics = metrics()
        if given.traces:
            from ui.observe.traces import tracer

            self.tracer = tracer(given.traces)

    def answer(self, caller: str, answer: Answer, collections: Mapping[int, str]) -> None:
        """Sees an answer before it is given. Raises PilcrowError where it should be recorded and cannot be."""
        if self._audit:
            audit.record(self._audit, caller, answer, collections)
        if self.metrics:
            self.metrics.answer(answer)

    def close(self) -> None:
        """Sends what is still to be sent."""
        if self.tracer:
            self.tracer.flush()

    @contextmanager
    def request(self, scope: Scope, seen: dict[str, int]) -> Iterator[None]:
        """Sees a request; `seen` holds its status when the block ends."""
        start, method = time.perf_counter(), scope["method"]
        with self._span(scope, seen):
            try:
                yield
            finally:
                route, status = route_of(scope), seen.get("status", 500)
                seconds = time.perf_counter() - start
                if self._logged:
                    log_request(method, route, status, seconds, getattr(scope.get("pilcrow.caller"), "name", ""))
                if self.metrics:
                    self.metrics.request(method, route, status, seconds)

    @contextmanager
    def _span(self, scope: Scope, seen: dict[str, int]) -> Iterator[None]:
        if self.tracer is None:
            yield
            return
        from ui.observe.traces import describe

        with self.tracer.request(scope["method"], Headers(scope=scope)) as span:
            try:
                yield
            finally:
                describe(span, scope["method"], route_of(scope), seen.get("status", 500))


def route_of(scope: Scope) -> str:
    """The door that a request went to, such as "/api/articles/{article_id}"."""
    return str(getattr(scope.get("route"), "path", NO_ROUTE))


class Observed:
    """ASGI middleware: gives each request an id, in the response as X-Request-Id, and has it seen."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self.app = app
        self.watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        named = given if _ID.fullmatch(given) else token_hex(8)
        token, seen = request_id.set(named), dict[str, int]()

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = named
            await send(message)

        try:
            with self.watch.request(scope, seen):
                await self.app(scope, receive, marked)
        finally:
            request_id.reset(token)
