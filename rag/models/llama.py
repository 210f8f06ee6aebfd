"""Any language model of LlamaIndex as one of ours. The caller has LlamaIndex loaded already."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from threading import Event
from typing import Any

from index import PilcrowError
from index.settings import settings
from rag.models import window
from rag.models.background import Limits, Put, pieces
from rag.models.values import BrokenOff, Message, ModelError, TimedOut, Unreachable, never

_LETTERS = 6
"""Letters a token: LlamaIndex has no common name for a limit of tokens, so the answer is cut by its length."""


class LlamaModel:
    """A Model that asks a LlamaIndex `LLM`, through `stream_chat` where it is a chat model."""

    def __init__(self, llm: Any) -> None:
        """Wraps `llm`. Raises PilcrowError where it is no LLM."""
        from llama_index.core.llms import LLM

        if not isinstance(llm, LLM):
            raise PilcrowError(
                f"A {type(llm).__name__} is no LlamaIndex LLM; give an object of one of its LLM classes."
            )
        self._llm: Any = llm
        named = llm.metadata.model_name
        self.name = named if named and named != "unknown" else llm.class_name()
        self.window = llm.metadata.context_window

    def __repr__(self) -> str:
        return f"LlamaModel({self.name!r})"  # the LLM's own may show its key

    def tokens(self, text: str) -> int:
        """About how many tokens the text takes, estimated from above."""
        return window.tokens(text)

    def stream(
        self, messages: Sequence[Message], most: int, *, stop: Callable[[], bool] = never
    ) -> Generator[str, None, bool]:
        """Pieces of the answer as they come; see Model."""
        seconds = settings().llm_timeout
        late = TimedOut(
            f"The language model {self.name} did not finish within {seconds:g} seconds; "
            "PILCROW_LLM_TIMEOUT sets how many it has."
        )
        given_up = Event()

        def work(put: Put) -> bool:
            return self._answer(messages, most, put, given_up)

        return bool((yield from pieces(work, given_up.set, Limits(seconds, late), stop)))

    def _answer(self, messages: Sequence[Message], most: int, put: Put, given_up: Event) -> bool:
        letters = 0
        try:
            with closing(self._replies(messages)) as replies:
                for reply in replies:
                    put(reply.delta or "")
                    letters += len(reply.delta or "")
                    if given_up.is_set() or letters > most * _LETTERS:
                        return False
        except Exception as error:  # every integration has errors of its own
            raise _failed(self.name, error) from error
        if not letters:
            raise BrokenOff(f"The language model {self.name} answered with nothing.")
        return True

    def _replies(self, messages: Sequence[Message]) -> Any:
        from llama_index.core.llms import ChatMessage

        chat = [ChatMessage(role=m.role, content=m.content) for m in messages]
        if self._llm.metadata.is_chat_model:
            return self._llm.stream_chat(chat)
        return self._llm.stream_complete(self._llm.messages_to_prompt(chat), formatted=True)


def _failed(name: str, error: Exception) -> ModelError:
    """The kind of failure, by the error's name. Its text is left out: it may hold a key."""
    kind = type(error).__name__
    if "Timeout" in kind:
        return TimedOut(f"The language model {name} did not answer in time ({kind}).")
    if any(word in kind for word in ("Connect", "Authentication", "Permission", "NotFound", "RateLimit")):
        return Unreachable(f"The language model {name} cannot be reached ({kind}); check its address and its key.")
    return BrokenOff(f"The language model {name} broke off its answer ({kind}).")
