"""OpenAI's chat completions: the answer with [n] markers, its citations as annotations and as a list of their own."""

from __future__ import annotations

import time
from secrets import token_hex
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from ui.api.cited import cited
from ui.api.desk import answered
from ui.api.errors import OpenAIProblem
from ui.api.gate import caller_of
from ui.api.marks import marked
from ui.api.protocol import Choice, Completing, Completion, Ground, Model, ModelList, Said, Usage
from ui.api.stream import events

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": OpenAIProblem} for status in (400, 401, 404, 413, 422, 429, 500, 503)
}
router = APIRouter(prefix="/v1", tags=["OpenAI's protocol"], responses=_PROBLEMS)


@router.get("/models")
async def models(request: Request) -> ModelList:
    """The collections that may be asked."""
    return ModelList(data=[Model(id=name) for name in caller_of(request).collections.names])


@router.get("/models/{model}")
async def model(request: Request, model: str) -> Model:
    """One collection."""
    return Model(id=caller_of(request).collections.one(model))


@router.post(
    "/chat/completions",
    response_model=Completion,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def complete(request: Request, asked: Completing) -> Completion | Response:
    """Answers the last message; with `stream` as events, sentence by sentence, once all is checked."""
    questions, filters = asked.questions(), asked.filters()
    caller_of(request).collections.named(asked.model)
    if asked.stream:
        return StreamingResponse(events(request, asked, questions), media_type="text/event-stream")
    found = await answered(request, asked.model, questions, filters)
    return Completion(
        id=f"chatcmpl-{token_hex(12)}",
        created=int(time.time()),
        model=asked.model,
        choices=[Choice(message=Said(content=found.answer.text, annotations=marked(found)))],
        usage=Usage.of(questions, found.answer.text),
        citations=cited(found.answer.citations, found.collections),
        pilcrow=Ground.of(found.answer),
    )
