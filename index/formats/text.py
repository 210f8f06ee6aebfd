"""Plain text: one article in a .txt file, its paragraphs parted by blank lines or by single newlines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from index.formats.encoding import decode
from index.formats.extract import Block, Extract

_WRAP_WIDTHS = range(50, 101)
"""Widths at which people and mailers wrap lines. A file whose lines run longer is not wrapped."""


def read_text(data: bytes) -> Extract:
    """The article in a plain text file. Raises Unreadable for bytes that are not text."""
    text = decode(data)
    return Extract(text=text, blocks=tuple(Block(a, b) for a, b in split(text)))


def split(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph in `text`, in order, without surrounding white space.

    A blank line always parts two paragraphs. A single newline parts them too, unless the text is
    hard-wrapped there: the next line's first word would not have fitted on the line above.
    """
    lines = list(_lines(text))
    width = _wrap_width([text[a:b] for a, b in lines])
    spans: list[tuple[int, int]] = []
    above: tuple[int, int] | None = None
    for line in lines:
        if line[0] == line[1]:
            above = None
            continue
        if above and width and _continues(text, above, line, width):
            spans[-1] = (spans[-1][0], line[1])
        else:
            spans.append(line)
        above = line
    return spans


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line without its surrounding white space; blank ones are empty."""
    position = 0
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        yield start, max(start, position + len(line.rstrip()))
        position += len(line) + 1


def _wrap_width(lines: list[str]) -> int:
    """The width at which the text was wrapped, 0 where it was not.

    Wrapped text shows itself: no line is longer than a page is wide, and most of the lines that
    are followed by another come close to the longest.
    """
    followed = [a for a, b in pairwise(lines) if a and b]
    longest = max(map(len, lines), default=0)
    if longest not in _WRAP_WIDTHS or len(followed) < 3:
        return 0
    near = sum(1 for line in followed if len(line) > longest - 16)
    return longest if near >= 0.6 * len(followed) else 0


def _continues(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    line, following = text[above[0] : above[1]], text[below[0] : below[1]]
    first_word = following.split(maxsplit=1)[0]
    return len(line) + 1 + len(first_word) > width
