"""From the characters of a PDF's page to its words, row by row: what stands where tells, not the order of drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_SUPER = 0.85
"""A raised or lowered character is smaller than this share of its neighbours."""
_MOST_INITIALS = 20
"""Large letters of one page that may open a text; with more they are decoration."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its place in points from the page's lower left corner. `text` "" is one nobody can name."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Characters with no white between them."""

    text: str
    left: float
    right: float
    size: float
    bold: bool
    glyphs: tuple[Glyph, ...]


def common_size(glyphs: Sequence[Glyph]) -> float:
    """The size most of the characters have, in half points; 10 where there are none."""
    sizes = Counter(round(glyph.size * 2) / 2 for glyph in glyphs)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def initials(glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The letters that open a text over several lines, with their quote mark, and all other characters."""
    body = common_size(glyphs)
    large = sorted((g for g in glyphs if g.size >= 1.8 * body and g.text.strip()), key=lambda g: (-g.baseline, g.left))
    groups: list[list[Glyph]] = []
    for glyph in large:
        last = groups[-1][-1] if groups else None
        if last and abs(last.baseline - glyph.baseline) < 0.3 * glyph.size and glyph.left - last.right < glyph.size:
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    found = [
        g for g in groups if len(g) <= 2 and g[-1].text[-1].isalpha() and not any(x.text.isalpha() for x in g[:-1])
    ]
    if len(found) > _MOST_INITIALS:
        return [], list(glyphs)
    taken = {id(g) for group in found for g in group}
    return found, [g for g in glyphs if id(g) not in taken]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that share a baseline, raised and lowered ones with those they stand beside; top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (-g.baseline, g.left)):
        if rows and rows[-1][0].baseline - glyph.baseline <= 0.25 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda g: (g.left, g.right))
    for upper, lower in pairwise(rows):
        _move_small(upper, lower)
        _move_small(lower, upper)
    return [row for row in rows if row]


def _move_small(small: list[Glyph], large: list[Glyph]) -> None:
    """Moves the characters of `small` that are set beside ones of `large` as in CO₂ or 1st."""
    if not small or not large or abs(small[0].baseline - large[0].baseline) > 0.6 * max(g.size for g in large):
        return
    ends = {round(g.right): g.size for g in large if g.text.strip()}
    moved = []
    for glyph in small:
        size = max(ends.get(round(glyph.left) - step, 0.0) for step in range(-1, 4))
        if glyph.text.strip() and glyph.size < _SUPER * size:
            moved.append(glyph)
            ends[round(glyph.right)] = size
    if moved:
        gone = {id(g) for g in moved}
        small[:] = [g for g in small if id(g) not in gone]
        large[:] = sorted([*large, *moved], key=lambda g: (g.left, g.right))


def words_of(row: list[Glyph]) -> list[Word]:
    """The words of a row from left to right: parted by a blank that was drawn, or by white that no spacing explains."""
    words: list[list[Glyph]] = [[]]
    for stretch in _stretches(row):
        words.append([])
        drawn = any(g.text.isspace() for g in stretch)
        limit = _usual_gap(stretch) + (0.28 if drawn else 0.13)
        for glyph in stretch:
            last = words[-1][-1] if words[-1] else None
            if glyph.text.isspace():
                words.append([])
            elif last and _is_drawn_twice(last, glyph):
                continue
            elif last and glyph.left - last.right > limit * max(glyph.size, last.size):
                words.append([glyph])
            else:
                words[-1].append(glyph)
    return [_word(word) for word in words if any(g.text for g in word)]


def _word(glyphs: list[Glyph]) -> Word:
    return Word(
        text="".join(g.text for g in glyphs),
        left=glyphs[0].left,
        right=max(g.right for g in glyphs),
        size=max(g.size for g in glyphs),
        bold=all(g.bold for g in glyphs),
        glyphs=tuple(glyphs),
    )


def _stretches(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """Pieces of a row with no wide white inside: spacing is judged in each by itself."""
    stretch = row[:1]
    for glyph in row[1:]:
        if glyph.left - stretch[-1].right > 1.5 * glyph.size:
            yield stretch
            stretch = []
        stretch.append(glyph)
    yield stretch


def _usual_gap(stretch: list[Glyph]) -> float:
    """The white between letters in ems, 0 where they are not spaced out."""
    gaps = [(b.left - a.right) / max(a.size, b.size) for a, b in pairwise(stretch) if a.text.strip() and b.text.strip()]
    usual = median(gaps) if len(gaps) >= 3 else 0.0
    return usual if usual > 0.06 else 0.0


def _is_drawn_twice(one: Glyph, other: Glyph) -> bool:
    """A shadow, or boldness made by drawing a letter twice."""
    return one.text == other.text and other.left - one.left < 0.1 * one.size
