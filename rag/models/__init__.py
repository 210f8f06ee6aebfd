"""Language models: any server that speaks OpenAI's protocol, or any LLM of LlamaIndex.

from rag.models import Message, connect
"""

from __future__ import annotations

from typing import Any

from rag.models.values import BrokenOff, Message, Model, ModelError, TimedOut, TooLong, Unreachable, never

__all__ = [
    "BrokenOff",
    "Message",
    "Model",
    "ModelError",
    "TimedOut",
    "TooLong",
    "Unreachable",
    "available",
    "connect",
    "never",
    "of",
]


def connect() -> Model | None:
    """The model that the settings name; None where they name no server. Raises ModelError within three seconds.

    The server is asked once for what the settings leave open (which model, how large its context is).
    """
    from index.settings import settings

    if not settings().llm_url:
        return None
    from rag.models.endpoint import opened

    return opened(settings())


def available() -> tuple[str, ...]:
    """The names of the models that the settings' server lists; none where no server is set. Raises ModelError."""
    from index.settings import settings

    if not settings().llm_url:
        return ()
    from rag.models.endpoint import listed

    return listed(settings())


def of(llm: Any) -> Model:
    """A LlamaIndex `LLM` as a Model; a Model as it is. Raises PilcrowError for anything else."""
    if isinstance(llm, Model):
        return llm
    from rag.models.llama import LlamaModel

    return LlamaModel(llm)
