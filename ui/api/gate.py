"""What stands between the network and the app: hosts, sizes, keys and how often one may ask. Plain ASGI."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.collections import Collections
from ui.api.errors import Refusal, refused
from ui.api.keys import Keys
from ui.web.pace import Pace

MOST_BYTES = 256 * 1024
"""The largest body of a request."""
OPEN = frozenset(["/", "/openapi.json", "/healthz", "/readyz"])
"""Addresses that tell nothing of any article and take no key."""
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and the collections they may see."""

    name: str
    collections: Collections


def caller_of(request: Request) -> Caller:
    """Who sent the request; the gate has seen to it that there is somebody."""
    caller: Caller = request.scope["pilcrow.caller"]
    return caller


class Gate:
    """ASGI middleware. Without `keys` everybody may ask of everything: only for a server that only this machine reaches."""

    def __init__(
        self,
        app: ASGIApp,
        collections: Collections,
        keys: Keys | None,
        pace: Pace,
        hosts: Sequence[str] = (),
    ) -> None:
        self.app = app
        self.collections = collections
        self.keys = keys
        self.pace = pace
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if scope["path"] not in OPEN:
                scope["pilcrow.caller"] = self._caller(Headers(scope=scope))
            elif self.hosts:
                self._check_host(Headers(scope=scope))
            body = await _whole(scope, receive)
        except Refusal as refusal:
            await refused(scope["path"], refusal)(scope, receive, dressed)
            return
        await self.app(scope, body, dressed)

    def _caller(self, headers: Headers) -> Caller:
        self._check_host(headers)
        caller = Caller("anybody", self.collections)
        if self.keys:
            kind, _, given = headers.get("authorization", "").partition(" ")
            holder = self.keys.holder(given.strip()) if kind.lower() == "bearer" else None
            if holder is None:
                raise Refusal(
                    401,
                    "A key is needed that is known here and was not revoked; send it as: Authorization: Bearer KEY.",
                    "invalid_api_key",
                    {"WWW-Authenticate": "Bearer"},
                )
            caller = Caller(holder.name, self.collections.for_holder(holder))
        if not self.pace.allow(caller.name):
            seconds = max(1, math.ceil(self.pace.wait(caller.name)))
            raise Refusal(
                429,
                f"These are more requests than this key may send in a minute; wait {seconds} seconds.",
                "rate_limit_exceeded",
                {"Retry-After": str(seconds)},
            )
        return caller

    def _check_host(self, headers: Headers) -> None:
        # A site elsewhere can let its own name lead to 127.0.0.1; its scripts would then be let in without a key.
        if self.hosts and re.sub(r":\d*$", "", headers.get("host", "").lower()) not in self.hosts:
            named = ", ".join(sorted(self.hosts))
            raise Refusal(400, f"This server does not go by that name; call it by one of {named}.", "invalid_host")


async def _whole(scope: Scope, receive: Receive) -> Receive:
    """A `receive` that gives the whole body, read before anything else is done. Raises Refusal for one too large."""
    too_large = Refusal(413, f"The request is larger than {MOST_BYTES // 1024} kB; send less at once.", "too_large")
    declared = Headers(scope=scope).get("content-length", "")
    if re.fullmatch(r"[0-9]+", declared) and (len(declared) > 9 or int(declared) > MOST_BYTES):
        raise too_large
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > MOST_BYTES:
            raise too_large
    body: Message | None = {"type": "http.request", "body": b"".join(pieces), "more_body": False}

    async def again() -> Message:
        nonlocal body
        if body is None:
            return await receive()
        first, body = body, None
        return first

    return again
