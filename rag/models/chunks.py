"""The text in one chunk of a streamed answer, whatever else is in it."""

from __future__ import annotations

from typing import Any


def said(chunk: Any) -> tuple[str, str | None]:
    """(the chunk's text, why the model ended with it; None where it goes on). Raises ValueError for other things.

    Chunks without a choice (what was used) or without text (a role, a model's thoughts) have the text "".
    """
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list):
        raise ValueError("a chunk without choices")
    if not choices:
        return "", None
    text = getattr(getattr(choices[0], "delta", None), "content", None) or ""
    ended = getattr(choices[0], "finish_reason", None) or None
    if not isinstance(text, str) or not isinstance(ended, str | None):
        raise ValueError("a chunk whose text is no text")
    return text, ended


class Joined:
    """Puts letters together that a server cut in two (halves of a surrogate pair in two JSON strings)."""

    def __init__(self) -> None:
        self._half = ""

    def add(self, text: str) -> str:
        """The text that is whole by now. Halves that find no other half become U+FFFD."""
        text = self._half + text
        self._half = text[-1] if text and "\ud800" <= text[-1] <= "\udbff" else ""
        return _mended(text.removesuffix(self._half))

    def rest(self) -> str:
        """What is left at the end."""
        return _mended(self._half)


def _mended(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
