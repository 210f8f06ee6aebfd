"""The lines of a page in the order they are read: down a column, then the next, a headline before what it spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.values import Box

_MOST_COLUMNS = 60
"""Columns of one page that are put in order; with more the page is a drawing, and goes from top to bottom."""
_MOST_LINES = 2_000
"""Lines of one page among which columns are told apart. A broadsheet page has some 1,000."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of one column. `column` numbers a page's columns as they are read.

    `opening` is the width of the first word. `bold` holds for all of it, `bold_start` for the first
    word. A `row` is one of a table. `edges` are the left and right of the column as the lines around show it.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    opening: float
    bold: bool = False
    bold_start: bool = False
    row: bool = False
    column: int = 0
    page: int = 1
    edges: tuple[float, float] = (0.0, 0.0)

    @property
    def top(self) -> float:
        """The height of its tallest letters above the page's foot, in points."""
        return self.baseline + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The depth of its descenders, in points above the page's foot."""
        return self.baseline - 0.25 * self.size

    @property
    def box(self) -> Box:
        """Left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top


def _columns(segments: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand one under the other with nothing beside them in between."""
    segments = sorted(segments, key=lambda line: (-line.baseline, line.left))
    if len(segments) > _MOST_LINES:
        return [segments]
    columns: list[list[Line]] = []
    growing: list[list[Line]] = []
    for number, line in enumerate(segments):
        above = [column for column in growing if any(share_width(line.box, other.box) for other in column[-3:])]
        if len(above) == 1 and not _has_neighbour(segments, number, above[0]):
            above[0].append(line)
            continue
        growing = [column for column in growing if not any(column is other for other in above)]
        columns.append([line])
        growing.append(columns[-1])
    return columns


def _has_neighbour(segments: list[Line], number: int, above: list[Line]) -> bool:
    """True where beside this line another stands under the same last line: that one spans several columns."""
    line = segments[number]
    reach = 1.2 * line.size
    for step in (1, -1):
        place = number + step
        while 0 <= place < len(segments) and abs(segments[place].baseline - line.baseline) < reach:
            other = segments[place]
            if (
                other is not above[-1]
                and not share_width(line.box, other.box)
                and any(share_width(other.box, last.box) for last in above[-3:])
            ):
                return True
            place += step
    return False


def in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """The columns that these lines of a page make, in reading order after Breuel, "High performance document layout analysis" (2003).

    One goes before another that stands under it, and before one to its right unless something that
    spans both lies between.
    """
    columns = sorted(_columns(lines), key=lambda column: (-column[0].top, column[0].left))
    if len(columns) > _MOST_COLUMNS:
        return columns
    boxes = [(min(i.left for i in c), c[-1].bottom, max(i.right for i in c), c[0].top) for c in columns]
    earlier = [[a for a in range(len(boxes)) if a != b and _before(boxes, a, b)] for b in range(len(boxes))]
    order: list[int] = []
    seen: set[int] = set()

    def visit(number: int) -> None:
        if number not in seen:
            seen.add(number)
            for other in earlier[number]:
                visit(other)
            order.append(number)

    for number in range(len(boxes)):
        visit(number)
    return [columns[number] for number in order]


def _before(boxes: list[Box], a: int, b: int) -> bool:
    one, other = boxes[a], boxes[b]
    if share_width(one, other):
        return one[3] > other[3]
    if one[0] > other[0]:
        return False
    return not any(
        share_width(one, between) and share_width(other, between) and other[1] >= between[3] >= one[3]
        for number, between in enumerate(boxes)
        if number not in (a, b)
    )


def share_width(one: Box, other: Box) -> bool:
    """True where one of two boxes stands above the other."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 2
