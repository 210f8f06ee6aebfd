"""The app: doors, gate and desk put together."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Security
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.responses import Response

from index import Filters, PilcrowError
from rag.version import version
from ui.api import completions, plain
from ui.api.collections import Collections
from ui.api.desk import Desk, desk_of
from ui.api.errors import Problem, Refusal, add_handlers
from ui.api.gate import Gate
from ui.api.keys import Keys
from ui.api.options import Options
from ui.api.page import POLICY, page
from ui.observe.watch import Observed, Watch
from ui.web.guard import allowed_hosts
from ui.web.pace import Pace

if TYPE_CHECKING:
    from ui.observe.metrics import Metrics

_log = logging.getLogger("pilcrow")
_ABOUT = (
    "Questions to collections of news articles; every sentence of an answer shows the paragraph it came from. "
    "Where keys are in use, send yours as: Authorization: Bearer KEY."
)


class Standing(BaseModel):
    """How the server stands."""

    status: str


def make_app(options: Options) -> FastAPI:
    """The API over the collections, ready to be served."""
    collections = Collections(options.collections)
    ready, desk = threading.Event(), Desk()

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=_warm, args=(collections, ready), daemon=True).start()
        yield
        desk.close()

    app = FastAPI(
        title="Pilcrow",
        description=_ABOUT,
        version=version(),
        docs_url=None,  # FastAPI's own pages load their scripts from elsewhere
        redoc_url=None,
        lifespan=living,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.collections, app.state.ready, app.state.desk = collections, ready, desk
    told = (
        [Security(HTTPBearer(auto_error=False, description="A key made by pilcrow key add."))] if options.keys else []
    )
    for router in (completions.router, plain.router):
        app.include_router(router, dependencies=told)  # the gate asks for it; this is for the description
    app.include_router(_house)
    if desk.watch.metrics:
        _add_metrics(app, desk.watch.metrics)
    add_handlers(app)
    gated(app, options, collections, desk.watch)
    return app


def gated(app: Starlette, options: Options, collections: Collections, watch: Watch) -> None:
    """Puts the gate before the app, before that what lets other sites' pages in where that is set, and all under watch."""
    app.add_middleware(
        Gate,
        collections=collections,
        keys=Keys(options.keys) if options.keys else None,
        pace=options.pace or Pace(options.a_minute),
        hosts=allowed_hosts(options.host),
    )
    if options.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(options.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
        )
    app.add_middleware(Observed, watch=watch)


_house = APIRouter(tags=["The server"])


@_house.get("/healthz")
async def healthz() -> Standing:
    """Whether the server is there at all."""
    return Standing(status="ok")


@_house.get("/readyz", responses={503: {"model": Problem}})
async def readyz(request: Request) -> Standing:
    """Whether it can answer: every collection opens, and what reads them is loaded."""
    if not request.app.state.ready.is_set():
        raise Refusal(503, "The server is still loading what it reads with; ask again in a moment.", "starting")
    seen: Collections = request.app.state.collections
    try:
        await desk_of(request).do(lambda: [seen.library(name).generation for name in seen.names])
    except PilcrowError as error:
        raise Refusal(503, "A collection cannot be opened; the server's log says which.", "unavailable") from error
    return Standing(status="ready")


@_house.get("/", include_in_schema=False)
async def start(request: Request) -> Response:
    """What there is, for people."""
    return HTMLResponse(page(request.app.openapi()), headers={"content-security-policy": POLICY})


def _add_metrics(app: FastAPI, metrics: Metrics) -> None:
    """Adds the page that Prometheus reads; where keys are in use, it takes one too."""

    @app.get("/metrics", include_in_schema=False)
    async def counted() -> Response:
        content, kind = metrics.page()
        return Response(content, headers={"content-type": kind})


def _warm(collections: Collections, ready: threading.Event) -> None:
    """Opens every collection and loads the encoder and the reader, so that the first question need not wait."""
    for name in collections.names:
        try:
            collections.search([name], "What happened on Tuesday?", 1, Filters())
            _ = collections.answerer(name).reader
        except Exception as error:
            _log.warning("The collection %s is not ready: %s", name, error)
    ready.set()
