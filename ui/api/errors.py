"""What goes wrong, as a status and a sentence, in the shape that each door's clients know."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from index import PilcrowError
from index.values import Unanswerable

_log = logging.getLogger("pilcrow")
SORRY = "Something went wrong here that should not have; the library is unharmed. Try again."
_CODES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    503: "overloaded_error",
}
_PLAIN = {
    404: "There is nothing under this address; / shows what there is.",
    405: "This address does not take this method; / shows what it takes.",
}


class Refusal(PilcrowError):
    """A request that is not answered: status, sentence, and a word for programs."""

    def __init__(self, status: int, sentence: str, code: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


class Problem(BaseModel):
    """What went wrong, in a sentence."""

    error: str


class OpenAIError(BaseModel):
    """What went wrong, as OpenAI's clients read it."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIProblem(BaseModel):
    """An error of the /v1 addresses."""

    error: OpenAIError


def refused(path: str, refusal: Refusal) -> Response:
    """The response to a request for `path` that is not answered."""
    told = str(refusal)
    content: dict[str, object] = {"error": told}
    if path.startswith("/v1/"):
        kind = _CODES.get(refusal.status, "server_error" if refusal.status >= 500 else "invalid_request_error")
        content = {"error": {"message": told, "type": kind, "param": None, "code": refusal.code or None}}
    return JSONResponse(content, refusal.status, refusal.headers)


def as_refusal(error: Exception) -> Refusal:
    """The error as a refusal; what nobody foresaw is logged, and told without particulars."""
    match error:
        case Refusal():
            return error
        case Unanswerable():
            return Refusal(400, str(error), "invalid_request")
        case PilcrowError():
            # Of a folder, a file or a server of ours, which is nobody else's business.
            _log.warning("A request could not be answered: %s", error)
            return Refusal(503, "A collection cannot be used just now; try again in a moment.", "unavailable")
        case RequestValidationError():
            return Refusal(422, _invalid(error), "invalid_request")
        case HTTPException():
            return Refusal(
                error.status_code, _PLAIN.get(error.status_code, f"{error.detail}."), headers=error.headers or {}
            )
    _log.error("A request could not be answered", exc_info=error)
    return Refusal(500, SORRY, "internal_error")


def add_handlers(app: FastAPI) -> None:
    """Has every error of the app told in these shapes."""

    async def handle(request: Request, error: Exception) -> Response:
        return refused(request.url.path, as_refusal(error))

    for kind in (PilcrowError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, handle)


def _invalid(error: RequestValidationError) -> str:
    """The first thing that does not fit, and where. What was given is not repeated."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    message = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"The request does not fit: {f'{place}: ' if place else ''}{message}."
