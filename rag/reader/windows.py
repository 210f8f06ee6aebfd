"""Pairs of a query and a paragraph as token windows: `[CLS] query [SEP] header [SEP] paragraph [SEP]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

QUERY = 64
"""Most tokens of a query that are read: a question's last ones, where it says what is asked."""
HEADER = 56
"""Most tokens of the header: its last ones, which stand nearest to the paragraph."""
WINDOW = 208
"""Most tokens of a paragraph in one window."""
OVERLAP = 64
"""Tokens that two neighbouring windows of a long paragraph share: longer than most answers."""


class Text(NamedTuple):
    """What is read together: a question or claim, what is known besides, and the paragraph."""

    query: str
    header: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network. `offsets` are the paragraph tokens' (start, end) in the paragraph's text."""

    text: int
    """Which of the texts it was cut from."""
    ids: tuple[int, ...]
    first: int
    """Index of the first paragraph token in `ids`; `offsets` has one entry a token from there on."""
    offsets: tuple[tuple[int, int], ...]


class Windows:
    """Cuts texts into windows with the tokenizer in a file."""

    def __init__(self, tokenizer: Path) -> None:
        """`tokenizer` is a `tokenizer.json`."""
        from tokenizers import Tokenizer

        self._tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._open, self._close = (self._special(name) for name in ("[CLS]", "[SEP]"))

    def _special(self, name: str) -> int:
        number = self._tokenizer.token_to_id(name)
        if number is None:
            raise ValueError(f"The tokenizer knows no {name}: it is not of the reader's network.")
        return number

    def cut(self, texts: Sequence[Text]) -> list[Window]:
        """The windows of the texts, in order. A text whose paragraph holds no token has one empty window."""
        parts = list(dict.fromkeys(part for text in texts for part in text))
        encoded: dict[str, Encoding] = dict(
            zip(parts, self._tokenizer.encode_batch(parts, add_special_tokens=False), strict=True)
        )
        windows = []
        for number, text in enumerate(texts):
            query, header = encoded[text.query].ids[-QUERY:], encoded[text.header].ids[-HEADER:]
            opening = (self._open, *query, self._close, *header, self._close)
            paragraph = encoded[text.paragraph]
            for low, high in _steps(len(paragraph.ids)):
                windows.append(
                    Window(
                        number,
                        (*opening, *paragraph.ids[low:high], self._close),
                        len(opening),
                        tuple(paragraph.offsets[low:high]),
                    )
                )
        return windows


def _steps(count: int) -> list[tuple[int, int]]:
    """Starts and ends of overlapping windows over `count` tokens; the last one ends at the end and is full."""
    if count <= WINDOW:
        return [(0, count)]
    starts = list(range(0, count - WINDOW, WINDOW - OVERLAP))
    return [(start, start + WINDOW) for start in [*starts, count - WINDOW]]
