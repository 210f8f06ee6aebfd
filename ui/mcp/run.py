"""The tools over standard input and output for a program on this machine, or over HTTP behind the API's gate."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Mount

from ui.api.app import gated
from ui.api.collections import Collections
from ui.api.desk import Desk
from ui.api.options import Options
from ui.mcp.server import make_server


def run_stdio(options: Options) -> None:
    """Serves the tools until standard input ends."""
    desk = Desk()
    make_server(Collections(options.collections), desk).run("stdio")
    desk.close()


def make_mcp_app(options: Options) -> Starlette:
    """The tools under /mcp, each request by itself: any worker can answer any of them."""
    collections, desk = Collections(options.collections), Desk()
    server = make_server(collections, desk)
    # The gate has looked at hosts and keys already.
    unchecked = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    tools = server.streamable_http_app(stateless_http=True, json_response=True, transport_security=unchecked)

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield
        desk.close()

    app = Starlette(routes=[Mount("/", tools)], lifespan=living)
    gated(app, options, collections, desk.watch)
    return app
