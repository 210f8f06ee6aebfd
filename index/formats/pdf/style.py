"""How a PDF's text is set: the size and leading of its type, the edges of its columns, whether lines are justified."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.formats.pdf.order import Line

_LARGER = 1.12
"""Share of the text's size from which on type is a headline's or subhead's."""
_SAME_SIZE = 1.1
_AROUND = 10
"""Lines above and below one that show how wide its column is there."""
_ENOUGH = 6
"""Lines that show the edges of a column by themselves."""
ENDS = re.compile(r"[.!?…:][\"”’'»)\]]*$")
"""What a sentence ends with."""


@dataclass(frozen=True, slots=True)
class Style:
    """What the whole text has in common. `leading` is the usual distance of two lines for each rounded size.

    In `justified` text every line but a paragraph's last ends at its column's edge.
    """

    size: float
    tolerance: float
    width: float
    leading: dict[float, float]
    justified: bool = False

    def same(self, one: Line, other: Line) -> bool:
        """True where two lines are set in the same size."""
        return max(one.size, other.size) <= self.tolerance * min(one.size, other.size)

    def is_large(self, line: Line) -> bool:
        """True for type such as a headline's."""
        return line.size > self.size * max(_LARGER, self.tolerance)

    def rank(self, line: Line) -> int:
        """1 for type larger than the text's, -1 for smaller, 0 for that of the text."""
        return self.is_large(line) - (line.size * self.tolerance < self.size)

    def is_text(self, line: Line) -> bool:
        """True for a line of the text itself, in its size and weight."""
        return (
            not line.row and not line.bold and max(line.size, self.size) <= self.tolerance * min(line.size, self.size)
        )

    def usual(self, line: Line) -> float:
        """The usual distance of such a line from the next."""
        return self.leading.get(round(line.size), 1.2 * line.size)

    def is_short(self, line: Line, following: Line) -> bool:
        """True where the next line's first word would have fitted on this one, or the line is the last by its look."""
        if line.right + 0.3 * line.size + following.opening < line.edges[1]:
            return True
        return self.justified and bool(ENDS.search(line.text)) and line.right < line.edges[1] - 0.3 * line.size

    def indent(self, line: Line) -> float:
        """How far a line begins from its column's edge, in ems."""
        return (line.left - line.edges[0]) / line.size


def styled(lines: Sequence[Line]) -> tuple[Style, list[Line]]:
    """What the lines have in common, and the lines with the edges of their columns."""
    style = _style(lines)
    found = _with_edges(lines, style)
    return replace(style, justified=_is_justified(found, style)), found


def _style(lines: Sequence[Line]) -> Style:
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.row:
            sizes[round(line.size * 2) / 2] += len(line.text)
    common = sizes.most_common(1)[0][0] if sizes else lines[0].size
    own = [line.size for line in lines if abs(line.size - common) <= 0.5]
    size = sum(own) / len(own) if own else common
    # A scanned page's text layer has another size for every line.
    scanned = len({round(line.size, 1) for line in lines if 0.8 * size < line.size < 1.2 * size}) > 8
    tolerance = 1.3 if scanned else _SAME_SIZE
    widths = sorted(line.right - line.left for line in lines if abs(line.size - size) <= 0.1 * size)
    width = widths[int(0.9 * (len(widths) - 1))] if widths else 0.0
    return Style(size, tolerance, width, _leading(lines, scanned=scanned))


def _leading(lines: Sequence[Line], *, scanned: bool) -> dict[float, float]:
    """For each size the smallest distance from line to line that is common: white between paragraphs is larger.

    Where most paragraphs have one line, that white is the commonest distance: lines that end a sentence are not asked.
    """
    steps: dict[float, list[float]] = defaultdict(list)
    for one, other in pairwise(lines):
        size, step = round(one.size), one.baseline - other.baseline
        if in_one_column(one, other) and size == round(other.size) and 0.8 * one.size < step < 3 * one.size:
            steps[size] += [] if ENDS.search(one.text) else [round(step * 2) / 2]
    found: dict[float, float] = {}
    for about, every in steps.items():
        # In a scan no two distances are alike.
        common = [] if scanned else [step for step, times in Counter(every).items() if times >= 0.15 * len(every)]
        usual = sorted(every)[len(every) // 2] if every else 1.2 * about
        found[about] = min(min(common, default=usual), 1.7 * about)
    return found


def in_one_column(one: Line, other: Line) -> bool:
    """True for two lines of the same column of the same page."""
    return (one.page, one.column) == (other.page, other.column)


def _is_justified(lines: Sequence[Line], style: Style) -> bool:
    ends = [line.edges[1] - line.right for line in lines if style.is_text(line)]
    return sum(abs(end) < 0.05 * style.size for end in ends) > 0.5 * len(ends)


def _with_edges(lines: Sequence[Line], style: Style) -> list[Line]:
    """The lines with the edges of their columns, told by the lines of the same size around each."""
    columns: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column, style.rank(line)].append(line)
    long = sorted({_left(members) for members in columns.values() if len(members) >= _ENOUGH})
    found = []
    place: Counter[tuple[int, int, int]] = Counter()
    for line in lines:
        key = line.page, line.column, style.rank(line)
        around = columns[key][max(place[key] - _AROUND, 0) : place[key] + _AROUND + 1]
        place[key] += 1
        left, right = _left(around), max(other.right for other in around)
        if len(around) < _ENOUGH:
            # A page's last few lines may all be indented, and none of them long: the other pages tell.
            left = next((edge for edge in long if 0 <= left - edge < 3 * line.size), left)
            right = max(right, left + style.width)
        found.append(replace(line, edges=(left, right)))
    return found


def _left(around: list[Line]) -> float:
    """Where lines begin. An edge that only first lines keep is none; one that many share is, whatever hangs out of it."""
    # Where all paragraphs have one line, most lines begin at the indent: those that go on with a sentence tell.
    within = [line for above, line in pairwise(around) if not ENDS.search(above.text)]
    lefts = Counter(round(line.left / 2) for line in within or around)
    common = max(lefts.values())
    edge = min(left for left, times in lefts.items() if times >= 0.4 * common)
    return min(line.left for line in around if abs(round(line.left / 2) - edge) <= 1)
