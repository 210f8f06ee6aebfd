"""An answer as a stream of events, as OpenAI's clients read it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

from fastapi import Request

from ui.api.cited import cited
from ui.api.desk import answered
from ui.api.errors import as_refusal
from ui.api.marks import marked
from ui.api.protocol import Completing, Ground, Usage

PAUSE = 10.0
"""Seconds after which a stream that has nothing to say yet says that it is alive."""
_PIECE = re.compile(r".*?(?:\[\d+\])+ ?|.+\Z", re.DOTALL)
"""A sentence with its markers, or what is left at the end."""


async def events(request: Request, asked: Completing, questions: list[str]) -> AsyncIterator[str]:
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
        yield _line({**frame, "choices": [], "usage": Usage.of(questions, found.answer.text).model_dump()})
    yield "data: [DONE]\n\n"


def _line(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"
