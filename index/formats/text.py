"""Plain text: one article in a .txt file, its paragraphs parted by blank lines or by single newlines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import BinaryIO

from index.formats.encoding import decode
from index.formats.extract import Block, Extract, whole

_WRAP_WIDTHS = range(50, 101)
"""Widths at which people and mailers wrap lines. A file whose lines run longer is not wrapped."""
_RAGGED = 16
"""Characters that a wrapped line may fall short of the longest and still be full."""
_MOST_HEAD = 4
"""Lines that stand by themselves above a text: an agency's, a headline, a byline, a date."""
_ITEM = re.compile(r"(?:[-*•–—]|\(?\d{1,2}[.)])\s")
_ENDS = re.compile(r"[.!?…:][\"”’'»)\]]*$")


def read_text(file: BinaryIO, name: str) -> Iterator[Extract]:
    """The one article in a plain text file. Raises Unreadable for bytes that are not text."""
    text = decode(whole(file))
    yield Extract(text=text, blocks=tuple(Block(a, b) for a, b in split(text)))


def split(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph in `text`, in order, without surrounding white space.

    A blank line always parts two paragraphs, and so does an indent where the text tells its paragraphs by indents. A
    single newline parts them too, unless the text is hard-wrapped there: the next line's first word would not have
    fitted on the line above.
    """
    runs = [list(run) for blank, run in groupby(_lines(text), key=lambda line: line.start == line.end) if not blank]
    by_indent = _tells_by_indent(text, runs)
    width = _wrap_width(text, runs, by_indent)
    spans: list[tuple[int, int]] = []
    for run in runs:
        opening = run[0]
        spans.append((opening.start, opening.end))
        for above, line in pairwise(run):
            if width and _continues(text, (opening, above, line), width, by_indent):
                spans[-1] = (spans[-1][0], line.end)
            else:
                opening = line
                spans.append((line.start, line.end))
    return spans


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line's words begin and end, and how far in; both are the same place where it is blank."""

    start: int
    end: int
    indent: int

    @property
    def length(self) -> int:
        return self.end - self.start + self.indent


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        start = position + indent
        end = max(start, position + len(line.rstrip()))
        yield _Line(start, end, indent)
        position += len(line) + 1


def _wrap_width(text: str, runs: list[list[_Line]], by_indent: bool) -> int:
    """The width at which the text was wrapped, 0 where it was not.

    Wrapped text shows itself: no line is longer than a page is wide, and most of the lines that
    are followed by another of their paragraph come close to the longest, or where indents tell the paragraphs, end in
    the middle of a sentence. A headline above it may be longer.
    """
    head = next((n for n, run in enumerate(runs) if len(run) > 1), 0)
    runs = runs[min(head, _MOST_HEAD) :]
    followed = [one for run in runs for one, line in pairwise(run) if not (by_indent and line.indent > one.indent)]
    longest = max((line.length for run in runs for line in run), default=0)
    if longest not in _WRAP_WIDTHS or len(followed) < 3:
        return 0
    near = sum(line.length > longest - _RAGGED or (by_indent and not _ends(text, line)) for line in followed)
    return longest if near >= 0.6 * len(followed) else 0


def _tells_by_indent(text: str, runs: list[list[_Line]]) -> bool:
    """True where lines that begin further in than the one above open paragraphs: those above end sentences."""
    above = [one for run in runs for one, line in pairwise(run) if line.indent > one.indent and not _item(text, one)]
    return len(above) > 1 and sum(_ends(text, one) for one in above) >= 0.7 * len(above)


def _continues(text: str, lines: tuple[_Line, _Line, _Line], width: int, by_indent: bool) -> bool:
    """True where the last of the lines goes on with a paragraph, given its first line and the line above."""
    opening, above, line = lines
    first_word = text[line.start : line.end].split(maxsplit=1)[0]
    full = above.length + 1 + len(first_word) > width
    if _item(text, line) and (_ends(text, above) or _item(text, opening)):
        return False
    if not by_indent:
        # People wrap raggedly: a line that is all but full and ends in the middle of a sentence goes on.
        return full or (above.length > width - _RAGGED and not _ends(text, above))
    if line.indent > above.indent or (line.indent == above.indent and opening is above and line.indent > 0):
        return _item(text, opening) and not _item(text, line) and full
    # Some wires wrap raggedly; what follows a short line that ends a sentence is another paragraph all the same.
    return full or not _ends(text, above) or above.length > width / 2


def _item(text: str, line: _Line) -> bool:
    return _ITEM.match(text, line.start, line.end) is not None


def _ends(text: str, line: _Line) -> bool:
    return _ENDS.search(text, max(line.start, line.end - 8), line.end) is not None
