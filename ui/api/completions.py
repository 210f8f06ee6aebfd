"""OpenAI's chat completions: the answer with [n] markers, its citations as annotations and as a list of their own."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from index import PilcrowError
from rag import Answer
from rag.values import Status
from ui.api.collections import Asked
from ui.api.desk import answered
from ui.api.errors import OpenAIProblem, as_refusal
from ui.api.gate import caller_of
from ui.api.shapes import Asking, Cited, Name, cited, link

PAUSE = 10.0
"""Seconds after which a stream that has nothing to say yet says that it is alive."""
_MARKER = re.compile(r"\[(\d+)\]")
_PIECE = re.compile(r".*?(?:\[\d+\])+ ?|.+\Z", re.DOTALL)
"""A sentence with its markers, or what is left at the end."""


class Part(BaseModel):
    """A part of a message; only texts are read."""

    type: str
    text: Annotated[str, Field(max_length=100_000)] | None = None


class Message(BaseModel):
    """A message of the conversation. The users' are its questions; what others say is not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=100_000)] | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text, its parts one below the other."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream holds beside the answer."""

    include_usage: bool | None = None


class Completing(Asking):
    """A conversation to go on with. Other fields of OpenAI's, such as temperature, are taken and change nothing."""

    model_config = ConfigDict(strict=True, extra="ignore")

    model: Name = Field(description="A collection, or several: first+second.")
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool | None = None
    stream_options: StreamOptions | None = None

    def questions(self) -> list[str]:
        """What the user asked, oldest first. Raises PilcrowError where the last message is no question."""
        if self.messages[-1].role != "user":
            raise PilcrowError("The last message must be the user's: it is the question.")
        earlier = [m.text for m in self.messages[:-1] if m.role == "user" and m.text.strip()]
        return [*earlier, self.messages[-1].text]


class UrlCitation(BaseModel):
    """Where a marker stands in the text, and what it leads to."""

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """A marker of the text."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Said(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one answer there is."""

    index: int = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Nothing is counted in tokens here."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Ground(BaseModel):
    """How the answer stands: what was understood, whether all is answered, and why not."""

    status: Status
    reason: str
    standalone_question: str
    engine: str
    remark: str
    fingerprint: str

    @classmethod
    def of(cls, answer: Answer) -> Ground:
        """The ground of an answer."""
        return cls(**{name: getattr(answer, name) for name in cls.model_fields})


class Completion(BaseModel):
    """An answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage = Usage()
    citations: list[Cited]
    pilcrow: Ground


class Model(BaseModel):
    """A collection, as OpenAI lists a model."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "pilcrow"


class ModelList(BaseModel):
    """The collections that the key is for."""

    object: Literal["list"] = "list"
    data: list[Model]


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
        return StreamingResponse(_events(request, asked, questions), media_type="text/event-stream")
    found = await answered(request, asked.model, questions, filters)
    return Completion(
        id=f"chatcmpl-{token_hex(12)}",
        created=int(time.time()),
        model=asked.model,
        choices=[Choice(message=Said(content=found.answer.text, annotations=marked(found)))],
        citations=cited(found.answer.citations, found.collections),
        pilcrow=Ground.of(found.answer),
    )


def marked(found: Asked) -> list[Annotation]:
    """Every marker of the answer's text with what it leads to."""
    citations = {c.number: c for c in found.answer.citations}
    made = []
    for marker in _MARKER.finditer(found.answer.text):
        citation = citations[int(marker[1])]
        article = citation.article
        day = article.published.isoformat() if article.published else "undated"
        title = " · ".join(part for part in (article.source, day, article.headline) if part)
        place = UrlCitation(
            start_index=marker.start(),
            end_index=marker.end(),
            url=link(citation, found.collections[citation.number]),
            title=f"{title} · ¶{citation.paragraph.number}",
        )
        made.append(Annotation(url_citation=place))
    return made


async def _events(request: Request, asked: Completing, questions: list[str]) -> AsyncIterator[str]:
    """The answer as server-sent events. Nothing is said before it is checked; a comment keeps the line open meanwhile."""
    frame = {
        "id": f"chatcmpl-{token_hex(12)}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": asked.model,
    }

    def event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return _line({**frame, "choices": [choice], **more})

    yield event({"role": "assistant", "content": ""})
    task = asyncio.ensure_future(answered(request, asked.model, questions, asked.filters()))
    try:
        while not (await asyncio.wait({task}, timeout=PAUSE))[0]:
            yield ": reading\n\n"
        found = task.result()
    except Exception as error:
        refusal = as_refusal(error)
        problem = {"message": str(refusal), "type": "server_error", "param": None, "code": refusal.code or None}
        yield _line({"error": problem})
        return
    finally:
        task.cancel()
    for piece in _PIECE.findall(found.answer.text):
        yield event({"content": piece})
    yield event(
        {"annotations": [a.model_dump() for a in marked(found)]},
        "stop",
        citations=[c.model_dump(mode="json") for c in cited(found.answer.citations, found.collections)],
        pilcrow=Ground.of(found.answer).model_dump(),
    )
    if asked.stream_options and asked.stream_options.include_usage:
        yield _line({**frame, "choices": [], "usage": Usage().model_dump()})
    yield "data: [DONE]\n\n"


def _line(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"
