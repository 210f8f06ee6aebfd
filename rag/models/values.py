"""What is said to a language model, what it must be able to do, and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from index import PilcrowError


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


def never() -> bool:
    """False: nobody asks to stop."""
    return False


@runtime_checkable
class Model(Protocol):
    """A language model, wherever it runs. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Its name, as written into an answer's fingerprint."""
        ...

    @property
    def window(self) -> int:
        """How many tokens fit into its context, question and answer together."""
        ...

    def stream(
        self, messages: Sequence[Message], most: int, *, stop: Callable[[], bool] = never
    ) -> Generator[str, None, bool]:
        """Pieces of the answer as they come, `most` new tokens at most.

        Closing the generator closes the connection, and so does `stop`, which is asked many times a second.
        Returns True where the model came to its end by itself, False where it was cut. Raises ModelError.
        """
        ...

    def tokens(self, text: str) -> int:
        """About how many tokens the text takes, estimated from above."""
        ...


class ModelError(PilcrowError):
    """The language model could not be used. The message says in one sentence what went wrong."""


class Unreachable(ModelError):
    """Nobody answers, or the server turns us away: no connection, a wrong key, an unknown model, too busy."""


class TooLong(ModelError):
    """The messages do not fit into the model's context."""


class TimedOut(ModelError):
    """The model did not speak, or did not finish, in time."""


class BrokenOff(ModelError):
    """The answer ended before its end, was empty, or was not in the form agreed on."""
