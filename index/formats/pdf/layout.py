"""From the lines of a PDF's pages to its paragraphs: told by indent, by white, by a short last line, by type."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.dates import is_dateline
from index.formats.pdf.joining import text_of, vocabulary
from index.formats.pdf.order import Line
from index.formats.pdf.style import ENDS, Style, in_one_column, styled
from index.values import Box, Kind

_EXTRA_WHITE = 1.2
"""Share of the usual distance of two lines from which on they are two paragraphs."""
_LONGEST_HEAD = 160
_MARGIN = 0.12
"""Share of a page's height, at the top and at the foot, where running heads and page numbers stand."""
_BULLET = re.compile(r"[•‣▪●○◦■□▸►➤✓]")
_ITEM = re.compile(r"(?:[•‣▪●○◦■□▸►➤✓–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.)\s*)?[A-Z]?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
_BYLINE = re.compile(r"by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order, and its height in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the place of its first part, in the column where it begins."""

    text: str
    kind: Kind | None
    page: int
    box: Box


def paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs in reading order, and the running heads and feet that were left out (each once)."""
    kept, running = _without_running(pages)
    if not kept:
        return [], running
    style, kept = styled(kept)
    groups = _groups(kept, style)
    words = vocabulary(kept)
    headline = _headline(groups, style)
    found = []
    body_began = False
    for number, group in enumerate(groups):
        first = group[0]
        text = text_of(group, words)
        following = groups[number + 1][0] if number + 1 < len(groups) else None
        kind: Kind | None = None
        if number == headline:
            kind = "headline"
        elif headline >= 0 and _stands_over(group, groups[headline]) and not ENDS.search(text):
            kind = "dateline" if is_dateline(text) else "credit"
        elif first.row:
            kind = "body"
        elif body_began and following and style.is_text(following) and _is_subhead(group, text, style):
            kind = "subhead"
        body_began = body_began or (kind is None and style.is_text(first) and len(group) > 1 and number > headline)
        if text:
            found.append(Paragraph(text, kind, first.page, _box(group)))
    return found, running


def _without_running(pages: Sequence[Page]) -> tuple[list[Line], list[str]]:
    """All lines but those that stand on several pages at the same height, and lone page numbers."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _in_margin(line, page):
                for height in (round(line.baseline / 4), round(line.baseline / 4 + 0.5)):
                    places[_key(line), height].add(page.number)
    enough = max(2, 0.4 * len(pages))
    kept, running = [], []
    for page in pages:
        for line in page.lines:
            heights = (round(line.baseline / 4), round(line.baseline / 4 + 0.5))
            if _in_margin(line, page) and (
                _PAGE_NUMBER.fullmatch(line.text) or any(len(places[_key(line), h]) >= enough for h in heights)
            ):
                running.append(line.text)
            else:
                kept.append(line)
    return kept, list(dict.fromkeys(running))


def _in_margin(line: Line, page: Page) -> bool:
    return not _MARGIN * page.height < line.baseline < (1 - _MARGIN) * page.height


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _groups(lines: Sequence[Line], style: Style) -> list[list[Line]]:
    """The lines of every paragraph. One that a caption or a table interrupts is taken up again."""
    groups: list[list[Line]] = []
    unfinished: list[Line] | None = None
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        last = groups[-1] if groups else None
        if last and _continues(last, line, following, style):
            last.append(line)
        elif unfinished and unfinished is not last and _is_taken_up(unfinished, line, style):
            unfinished.append(line)
        else:
            groups.append([line])
            last = groups[-1]
        grown = unfinished if unfinished and unfinished[-1] is line else groups[-1]
        if style.is_text(line):
            unfinished = grown
    return groups


def _continues(group: list[Line], line: Line, following: Line | None, style: Style) -> bool:
    above = group[-1]
    if line.row or above.row or not style.same(above, line) or _changes_weight(above, line):
        return False
    if style.is_large(line):
        return in_one_column(above, line) and above.baseline - line.baseline <= 1.7 * line.size
    if _BULLET.match(line.text):
        return False
    if not in_one_column(above, line):
        return _runs_over(above, line, style)
    if above.baseline - line.baseline > _EXTRA_WHITE * style.usual(line):
        return False
    if _is_indented(group, line, following, style):
        return False
    if style.is_short(above, line):
        # A picture may push the edge aside: words that go on in small letters, go on.
        width = line.edges[1] - line.edges[0]
        return line.text[0].islower() and not ENDS.search(above.text) and above.right - above.edges[0] > 0.7 * width
    return True


def _changes_weight(above: Line, line: Line) -> bool:
    """True from a bold line to one that begins light, or back; a bold opening of a light paragraph changes nothing."""
    return (above.bold and not line.bold_start) or (line.bold and not above.bold)


def _is_indented(group: list[Line], line: Line, following: Line | None, style: Style) -> bool:
    """True where a line's indent opens a paragraph."""
    above = group[-1]
    step = (line.left - above.left) / line.size
    if _ITEM.match(group[0].text) and line.left >= group[0].left - 0.3 * line.size:
        return bool(_ITEM.match(line.text)) and abs(line.left - group[0].left) < 0.5 * line.size
    if step > 0.5:
        # A picture that pushes the lines aside pushes the next one too.
        pushed = following and abs(following.left - line.left) < 0.3 * line.size and not ENDS.search(above.text)
        return not pushed or style.is_short(above, line)
    if abs(step) <= 0.5 and style.indent(line) > 0.5 and len(group) == 1:
        # The paragraph above has one line, or this is a passage set in as a whole.
        back = following and in_one_column(line, following) and (line.left - following.left) / line.size > 0.5
        return bool(back or ENDS.search(above.text))
    return False


def _runs_over(above: Line, line: Line, style: Style) -> bool:
    """True where a paragraph goes on in the next column or on the next page."""
    if not style.is_text(above) or not style.is_text(line) or _ITEM.match(line.text):
        return False
    if line.text[0].islower() and not ENDS.search(above.text):
        return True
    return style.indent(line) <= 0.5 and not style.is_short(above, line)


def _is_taken_up(unfinished: list[Line], line: Line, style: Style) -> bool:
    above = unfinished[-1]
    if not style.is_text(line) or ENDS.search(above.text) or _ITEM.match(line.text):
        return False
    return line.text[0].islower() or (style.indent(line) <= 0.5 and not style.is_short(above, line))


def _headline(groups: list[list[Line]], style: Style) -> int:
    """Which group is the headline: the largest type on the first page, -1 where all is of one size."""
    first = groups[0][0].page
    large = [(g[0].size, -n) for n, g in enumerate(groups) if g[0].page == first and style.is_large(g[0])]
    large = [(size, n) for size, n in large if sum(map(str.isalpha, "".join(line.text for line in groups[-n]))) > 2]
    return -max(large)[1] if large else -1


def _stands_over(group: list[Line], headline: list[Line]) -> bool:
    """True for the head of a page and for a kicker: a line or two, smaller than the headline and above it."""
    first = headline[0]
    return len(group) <= 2 and group[0].page == first.page and group[-1].baseline > first.top and not group[0].row


def _is_subhead(group: list[Line], text: str, style: Style) -> bool:
    """Larger or bold, short, and no sentence. A figure in it may be what people ask for: looks must tell."""
    stands_out = all(line.bold or style.is_large(line) for line in group) and not group[0].row
    return (
        stands_out
        and len(text) <= _LONGEST_HEAD
        and not ENDS.search(text)
        and not _BYLINE.match(text)
        and not any(c.isdigit() for c in text)
    )


def _box(group: list[Line]) -> Box:
    """Where a paragraph's lines in its first column stand."""
    boxes = [line.box for line in group if in_one_column(line, group[0])]
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)
