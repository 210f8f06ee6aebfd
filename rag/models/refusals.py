"""What a server that refuses means, as a sentence that says what to do."""

from __future__ import annotations

import re
from typing import Any

from index.files import printable
from rag.models.values import ModelError, TooLong, Unreachable

BUSY = (408, 429, 500, 502, 503, 504, 529)
"""The answers after which asking again may help."""
_LONGEST = 200
_CONTEXT = re.compile(r"context|too long|too many tokens|maximum.{0,20}(length|tokens)", re.I)


def refused(status: int, said: str, url: str, model: str) -> ModelError:
    """The error for an answer other than 200. `said` is the server's own explanation, "" where it gave none.

    `model` is "" where the list of models was asked for.
    """
    told = f"{status}: {said}" if said else str(status)
    server = f"The model server at {url}"
    if status in (401, 403):
        return Unreachable(f"{server} does not accept the key ({told}); set PILCROW_LLM_KEY to one that it accepts.")
    if status in (404, 405) and not model:
        return Unreachable(
            f"There is no list of models at {url}/models ({told}); check PILCROW_LLM_URL, most addresses end in /v1."
        )
    if status == 404:
        return Unreachable(
            f"{server} knows no model {model!r}, or the address is wrong ({told}); "
            "pilcrow models lists what it has, and most addresses end in /v1."
        )
    if status in (400, 413, 422) and _CONTEXT.search(said):
        return TooLong(f"The question and its passages do not fit into the context of {model!r} ({told}).")
    if status in BUSY:
        return Unreachable(f"{server} is busy or not ready ({told}); ask again in a while.")
    if 300 <= status < 400:
        return Unreachable(
            f"{server} points to another address ({told}), which is not followed; set PILCROW_LLM_URL to that one."
        )
    return ModelError(f"{server} refused the question ({told}).")


def explanation(body: Any, key: str) -> str:
    """What a refusal says in words, made safe to show: one short line, without the key, which some servers repeat."""
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message") or inner.get("detail") if isinstance(inner, dict) else inner
    text = printable(" ".join(body.split())) if isinstance(body, str) else ""
    if key:
        text = text.replace(key, "…")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def unconnected(url: str, why: str) -> Unreachable:
    """The error where there was no connection at all."""
    if "ssl" in why.lower() or "certificate" in why.lower():
        return Unreachable(f"No secure connection could be made to the model server at {url} ({printable(why)}).")
    why = re.sub(r"^\[Errno -?\d+\] ", "", why)
    return Unreachable(
        f"Nobody answers at {url}{f' ({printable(why)})' if why else ''}; "
        "start the model's server, or set PILCROW_LLM_URL to where it listens."
    )
