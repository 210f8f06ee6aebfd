"""How many tokens fit into a model's context, and how many a text takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

UNTOLD = 4096
"""Tokens assumed where nobody tells; Ollama's own default."""
_PATIENCE = 1.0
"""Seconds that a server may take for one of these questions."""
_IN_LISTING = ("max_model_len", "context_window", "context_length")
"""How vLLM and SGLang, Groq, and OpenRouter and Together call it in their list of models."""


def tokens(text: str) -> int:
    """An estimate from above that holds for byte-level vocabularies, also small English ones.

    Small letters and blanks of ASCII count three to a token, its other signs one each, since digits and capitals
    are often tokens of their own, and other letters as many as their bytes, which no vocabulary exceeds. Strings
    without words (base64) may exceed it by a few in a hundred; what a chat template adds is not counted.
    """
    small = sum(c == " " or "a" <= c <= "z" for c in text)
    return (small + 2) // 3 + len(text.encode("utf-8", "replace")) - small


def told(entry: dict[str, Any]) -> int:
    """The context size that a server's entry for a model gives, 0 where it gives none."""
    meta = entry.get("meta")  # llama.cpp; its n_ctx_train is what the model could, not what the server allows
    here = [entry.get(name) for name in _IN_LISTING] + [meta.get("n_ctx") if isinstance(meta, dict) else None]
    return next((size for size in here if isinstance(size, int) and size > 0), 0)


async def asked(get: Callable[[str], Awaitable[Any]], url: str, model: str) -> int:
    """The context size as llama.cpp (/props) or Ollama (/api/ps) tells it; `UNTOLD` where neither does.

    `get` gives the JSON found at an address; `model` is the server's name for the model.
    """
    root = url.removesuffix("/v1")
    for path, find in (("/props", _of_props), ("/api/ps", lambda record: _of_running(record, model))):
        try:
            async with asyncio.timeout(_PATIENCE):
                size = find(await get(root + path))
        except Exception:  # noqa: S112 - a server that does not know the question may answer anything
            continue
        if isinstance(size, int) and size > 0:
            return size
    return UNTOLD


def _of_props(record: Any) -> Any:
    return record["default_generation_settings"]["n_ctx"]


def _of_running(record: Any, model: str) -> Any:
    return next(
        m["context_length"] for m in record["models"] if model in (m["name"], m["name"].removesuffix(":latest"))
    )
