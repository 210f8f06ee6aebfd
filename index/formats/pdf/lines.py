"""From the characters of one page to its lines, column after column: order is told by place, not by how it was drawn."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from index.formats.pdf.order import Line, in_order, share_width
from index.formats.pdf.words import Glyph, Word, common_size, initials, rows_of, words_of
from index.values import Box

_CELL_GAP = 2.5
"""Ems of white that part two pieces of a row wherever they stand. No justified line has them."""
_WIDE = 1.5
"""Ems of white that most justified lines have nowhere."""
_GUTTER = 0.7
"""Ems of white at least between two columns."""
_MOST_EDGES = 60
"""Edges of one page at which columns are looked for."""
_MOST_ROWS = 2_000
"""Rows of one page among which columns are looked for. A broadsheet page has some 300."""
_LONGEST_CELL = 40
"""Characters; a line of prose in a column that shares its page with another is rarely as short, line after line."""
_NUMBER = re.compile(r"[^\w\s]*\d[\d.,:/%–-]*\W*\w{0,3}")


def lines(glyphs: Sequence[Glyph], page: int = 1) -> list[Line]:
    """The lines of a page in the order they are read: down a column, then the next; a headline before what it spans."""
    large, rest = initials(glyphs)
    rows = [row for row in map(words_of, rows_of(rest)) if row]
    found = _tables([[[_line(cell, page) for cell in cells] for cells in row] for row in _split(rows)])
    for initial in large:
        found = _with_initial(found, initial)
    columns = in_order([line for line in found if line.text.strip(" |")])
    return [replace(line, column=number) for number, column in enumerate(columns) for line in column]


def _split(rows: list[list[Word]]) -> list[list[list[list[Word]]]]:
    """Each row as the pieces that stand in different columns, each piece as its cells."""
    columns: list[set[int]] = [set() for _ in rows]
    cells: list[set[int]] = [set() for _ in rows]
    edges: Counter[int] = Counter()
    for number, row in enumerate(rows):
        for place, (one, other) in enumerate(pairwise(row), 1):
            gap = (other.left - one.right) / min(one.size, other.size)
            if gap >= _CELL_GAP:
                cells[number].add(place)
            if gap >= _GUTTER and not _is_marker(row, place - 1):
                edges[round(other.left / 2)] += 1
    if len(rows) > _MOST_ROWS:
        edges.clear()
    for edge, _ in edges.most_common(_MOST_EDGES):
        for run in _gutters(rows, 2 * edge - 1.0, 2 * edge + 3.0):
            cuts = cells if _parts_cells(rows, run) else columns
            for number, place in run:
                cuts[number].add(place)
    found = []
    for row, own, inner in zip(rows, columns, cells, strict=True):
        ends = [0, *sorted(own), len(row)]
        found.append([_cut(row, [a, *sorted(c for c in inner if a < c < b), b]) for a, b in pairwise(ends)])
    return found


def _parts_cells(rows: list[list[Word]], run: list[tuple[int, int]]) -> bool:
    """True where the white goes through a table: figures stand behind it, or short words before much of it."""
    figures, filled, length = 0, [], []
    for number, place in run:
        row = rows[number]
        before = next((n for n in range(place - 1, 0, -1) if _gap(row, n) >= _WIDE), 0)
        after = next((n for n in range(place + 1, len(row)) if _gap(row, n) >= _WIDE), len(row))
        figures += _is_figure(row[place].text)
        length.append(sum(len(word.text) + 1 for word in row[place:after]))
        filled.append((row[place - 1].right - row[before].left) / max(row[place].left - row[before].left, 1))
    return figures * 2 >= len(run) or (median(filled) < 0.6 and median(length) <= 25 and max(length) <= _LONGEST_CELL)


def _left(word: Word) -> float:
    return word.left


def _gap(row: list[Word], place: int) -> float:
    """The white before a word, in ems."""
    return (row[place].left - row[place - 1].right) / min(row[place].size, row[place - 1].size)


def _is_marker(row: list[Word], place: int) -> bool:
    """A bullet or number that opens an item: the white behind it parts no columns."""
    word = row[place]
    alone = place == 0 or word.left - row[place - 1].right >= _GUTTER * word.size
    return alone and len(word.text) <= 3


def _gutters(rows: list[list[Word]], left: float, right: float) -> list[list[tuple[int, int]]]:
    """Runs of places where rows part before a column that begins between `left` and `right`, (row, word) each.

    A column shows by three rows that begin there one after the other, with white before and none across.
    """
    found: list[list[tuple[int, int]]] = []
    run: list[tuple[int, int]] = []
    aligned = 0
    for number, row in enumerate(rows):
        place = bisect_left(row, left, key=_left)
        if place == 0:
            aligned += row[0].left <= right
            continue
        if place == len(row) and row[-1].right <= left:
            continue
        if place < len(row) and row[place - 1].right <= left - 0.5 * row[place].size:
            run.append((number, place))
            aligned += row[place].left <= right
        else:
            found += [run] if run and aligned >= 3 else []
            run, aligned = [], 0
    return found + ([run] if run and aligned >= 3 else [])


def _cut(row: list[Word], at: list[int]) -> list[list[Word]]:
    return [row[a:b] for a, b in pairwise(at)]


def _line(words: list[Word], page: int) -> Line:
    glyphs = [g for word in words for g in word.glyphs]
    size = common_size(glyphs)
    return Line(
        text=" ".join(word.text for word in words),
        left=words[0].left,
        right=max(word.right for word in words),
        baseline=median([g.baseline for g in glyphs if abs(g.size - size) <= 0.5] or [glyphs[0].baseline]),
        size=median([g.size for g in glyphs if abs(g.size - size) <= 0.5] or [size]),
        opening=words[0].right - words[0].left,
        bold=all(word.bold for word in words),
        bold_start=words[0].bold,
        page=page,
    )


def _with_initial(segments: list[Line], initial: list[Glyph]) -> list[Line]:
    """The lines with a large first letter put before the topmost of those beside it, which then begin where it does."""
    cap = initial[-1]
    left, right = min(g.left for g in initial), max(g.right for g in initial)
    beside = [
        number
        for number, line in enumerate(segments)
        if cap.baseline - 1.3 * line.size <= line.baseline <= cap.baseline + 0.9 * cap.size
        and -0.3 * line.size <= line.left - cap.right <= 2.5 * line.size
    ]
    found = list(segments)
    letters = "".join(g.text for g in initial)
    if not beside:
        found.append(Line(letters, left, right, cap.baseline, cap.size, right - left))
        return sorted(found, key=lambda line: -line.baseline)
    for place, number in enumerate(beside):
        found[number] = replace(found[number], left=min(left, found[number].left))
        if place == 0:
            # A blank stays possible: "A storm" and "After" look alike here, the words of the whole text tell.
            found[number] = replace(found[number], text=letters + INITIAL + found[number].text)
    return found


INITIAL = "\x1f"
"""Stands between a large first letter and what follows it, until the words of the text tell if a blank belongs there."""


def _tables(rows: list[list[list[Line]]]) -> list[Line]:
    """All cells, with those of a table's row made one line: two rows or more of figures, three of short words."""
    joined: set[int] = set()
    for number, row in enumerate(rows):
        above = [cells for other in reversed(rows[max(number - 3, 0) : number]) for cells in other]
        below = [cells for other in rows[number + 1 : number + 3] for cells in other]
        for cells in row:
            if _is_row(cells, above + below):
                joined.add(id(cells))
                head = next((other for other in above if share_width(_span(cells), _span(other))), [])
                if len(head) == len(cells):
                    joined.add(id(head))
    return [line for row in rows for cells in row for line in ([_joined(cells)] if id(cells) in joined else cells)]


def _is_row(cells: list[Line], near: list[list[Line]]) -> bool:
    """True where cells look like a row of a table, and so do some just above or under them."""
    if not _is_tabular(cells):
        return False
    alike = [other for other in near if _is_tabular(other) and share_width(_span(cells), _span(other))]
    return len(alike) >= (1 if _has_figures(cells) and any(map(_has_figures, alike)) else 2)


def _span(cells: list[Line]) -> Box:
    return cells[0].left, cells[0].bottom, cells[-1].right, cells[0].top


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_CELL and _NUMBER.fullmatch(text) is not None


def _has_figures(row: list[Line]) -> bool:
    return sum(_is_figure(cell.text) for cell in row[1:]) * 2 >= len(row) - 1


def _is_tabular(row: list[Line]) -> bool:
    """Cells hold figures, or leave most of the width to the next cell white as no column of prose does."""
    if len(row) < 2 or max(len(cell.text) for cell in row) > _LONGEST_CELL:
        return False
    return _has_figures(row) or max((a.right - a.left) / max(b.left - a.left, 1) for a, b in pairwise(row)) < 0.6


def _joined(cells: list[Line]) -> Line:
    return replace(
        cells[0],
        text=" | ".join(cell.text for cell in cells),
        right=cells[-1].right,
        bold=all(cell.bold for cell in cells),
        row=True,
    )
