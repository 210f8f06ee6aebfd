"""From the lines of a PDF's pages to its paragraphs: told by indent, by white, by a short last line, by type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import normalize

from index.dates import is_dateline
from index.formats.pdf_lines import INITIAL
from index.formats.pdf_order import Line
from index.values import Box, Kind

_EXTRA_WHITE = 1.2
"""Share of the usual distance of two lines from which on they are two paragraphs."""
_LARGER = 1.12
"""Share of the text's size from which on type is a headline's or subhead's."""
_SAME_SIZE = 1.1
_LONGEST_HEAD = 160
_AROUND = 10
"""Lines above and below one that show how wide its column is there."""
_ENOUGH = 6
"""Lines that show the edges of a column by themselves."""
_MARGIN = 0.12
"""Share of a page's height, at the top and at the foot, where running heads and page numbers stand."""
_BULLET = re.compile(r"[•‣▪●○◦■□▸►➤✓]")
_ITEM = re.compile(r"(?:[•‣▪●○◦■□▸►➤✓–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|p\.)\s*)?[A-Z]?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…:][\"”’'»)\]]*$")
_BYLINE = re.compile(r"by\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")


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


@dataclass(frozen=True, slots=True)
class _Style:
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
        return line.size > self.size * max(_LARGER, self.tolerance)

    def rank(self, line: Line) -> int:
        """1 for type larger than the text's, -1 for smaller, 0 for that of the text."""
        return self.is_large(line) - (line.size * self.tolerance < self.size)

    def is_text(self, line: Line) -> bool:
        return (
            not line.row and not line.bold and max(line.size, self.size) <= self.tolerance * min(line.size, self.size)
        )

    def usual(self, line: Line) -> float:
        return self.leading.get(round(line.size), 1.2 * line.size)

    def is_short(self, line: Line, following: Line) -> bool:
        """True where the next line's first word would have fitted on this one, or the line is the last by its look."""
        if line.right + 0.3 * line.size + following.opening < line.edges[1]:
            return True
        return self.justified and bool(_ENDS.search(line.text)) and line.right < line.edges[1] - 0.3 * line.size

    def indent(self, line: Line) -> float:
        """How far a line begins from its column's edge, in ems."""
        return (line.left - line.edges[0]) / line.size


def paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs in reading order, and the running heads and feet that were left out (each once)."""
    kept, running = _without_running(pages)
    if not kept:
        return [], running
    style = _style(kept)
    kept = _with_edges(kept, style)
    style = replace(style, justified=_is_justified(kept, style))
    groups = _groups(kept, style)
    words = Counter(word.lower() for line in kept for word in _WORD.findall(_inner(line.text)))
    headline = _headline(groups, style)
    found = []
    body_began = False
    for number, group in enumerate(groups):
        first = group[0]
        text = _text(group, words)
        following = groups[number + 1][0] if number + 1 < len(groups) else None
        kind: Kind | None = None
        if number == headline:
            kind = "headline"
        elif headline >= 0 and _stands_over(group, groups[headline]) and not _ENDS.search(text):
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


def _style(lines: Sequence[Line]) -> _Style:
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
    return _Style(size, tolerance, width, _leading(lines, scanned=scanned))


def _leading(lines: Sequence[Line], *, scanned: bool) -> dict[float, float]:
    """For each size the smallest distance from line to line that is common: white between paragraphs is larger.

    Where most paragraphs have one line, that white is the commonest distance: lines that end a sentence are not asked.
    """
    steps: dict[float, list[float]] = defaultdict(list)
    for one, other in pairwise(lines):
        size, step = round(one.size), one.baseline - other.baseline
        if _in_one_column(one, other) and size == round(other.size) and 0.8 * one.size < step < 3 * one.size:
            steps[size] += [] if _ENDS.search(one.text) else [round(step * 2) / 2]
    found = {}
    for size, every in steps.items():
        # In a scan no two distances are alike.
        common = [] if scanned else [step for step, times in Counter(every).items() if times >= 0.15 * len(every)]
        usual = sorted(every)[len(every) // 2] if every else 1.2 * size
        found[size] = min(min(common, default=usual), 1.7 * size)
    return found


def _in_one_column(one: Line, other: Line) -> bool:
    return (one.page, one.column) == (other.page, other.column)


def _is_justified(lines: Sequence[Line], style: _Style) -> bool:
    ends = [line.edges[1] - line.right for line in lines if style.is_text(line)]
    return sum(abs(end) < 0.05 * style.size for end in ends) > 0.5 * len(ends)


def _with_edges(lines: Sequence[Line], style: _Style) -> list[Line]:
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
    within = [line for above, line in pairwise(around) if not _ENDS.search(above.text)]
    lefts = Counter(round(line.left / 2) for line in within or around)
    common = max(lefts.values())
    edge = min(left for left, times in lefts.items() if times >= 0.4 * common)
    return min(line.left for line in around if abs(round(line.left / 2) - edge) <= 1)


def _groups(lines: Sequence[Line], style: _Style) -> list[list[Line]]:
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


def _continues(group: list[Line], line: Line, following: Line | None, style: _Style) -> bool:
    above = group[-1]
    if line.row or above.row or not style.same(above, line) or _changes_weight(above, line):
        return False
    if style.is_large(line):
        return _in_one_column(above, line) and above.baseline - line.baseline <= 1.7 * line.size
    if _BULLET.match(line.text):
        return False
    if not _in_one_column(above, line):
        return _runs_over(above, line, style)
    if above.baseline - line.baseline > _EXTRA_WHITE * style.usual(line):
        return False
    if _is_indented(group, line, following, style):
        return False
    if style.is_short(above, line):
        # A picture may push the edge aside: words that go on in small letters, go on.
        width = line.edges[1] - line.edges[0]
        return line.text[0].islower() and not _ENDS.search(above.text) and above.right - above.edges[0] > 0.7 * width
    return True


def _changes_weight(above: Line, line: Line) -> bool:
    """True from a bold line to one that begins light, or back; a bold opening of a light paragraph changes nothing."""
    return (above.bold and not line.bold_start) or (line.bold and not above.bold)


def _is_indented(group: list[Line], line: Line, following: Line | None, style: _Style) -> bool:
    """True where a line's indent opens a paragraph."""
    above = group[-1]
    step = (line.left - above.left) / line.size
    if _ITEM.match(group[0].text) and line.left >= group[0].left - 0.3 * line.size:
        return bool(_ITEM.match(line.text)) and abs(line.left - group[0].left) < 0.5 * line.size
    if step > 0.5:
        # A picture that pushes the lines aside pushes the next one too.
        pushed = following and abs(following.left - line.left) < 0.3 * line.size and not _ENDS.search(above.text)
        return not pushed or style.is_short(above, line)
    if abs(step) <= 0.5 and style.indent(line) > 0.5 and len(group) == 1:
        # The paragraph above has one line, or this is a passage set in as a whole.
        back = following and _in_one_column(line, following) and (line.left - following.left) / line.size > 0.5
        return bool(back or _ENDS.search(above.text))
    return False


def _runs_over(above: Line, line: Line, style: _Style) -> bool:
    """True where a paragraph goes on in the next column or on the next page."""
    if not style.is_text(above) or not style.is_text(line) or _ITEM.match(line.text):
        return False
    if line.text[0].islower() and not _ENDS.search(above.text):
        return True
    return style.indent(line) <= 0.5 and not style.is_short(above, line)


def _is_taken_up(unfinished: list[Line], line: Line, style: _Style) -> bool:
    above = unfinished[-1]
    if not style.is_text(line) or _ENDS.search(above.text) or _ITEM.match(line.text):
        return False
    return line.text[0].islower() or (style.indent(line) <= 0.5 and not style.is_short(above, line))


def _headline(groups: list[list[Line]], style: _Style) -> int:
    """Which group is the headline: the largest type on the first page, -1 where all is of one size."""
    first = groups[0][0].page
    large = [(g[0].size, -n) for n, g in enumerate(groups) if g[0].page == first and style.is_large(g[0])]
    large = [(size, n) for size, n in large if sum(map(str.isalpha, "".join(line.text for line in groups[-n]))) > 2]
    return -max(large)[1] if large else -1


def _stands_over(group: list[Line], headline: list[Line]) -> bool:
    """True for the head of a page and for a kicker: a line or two, smaller than the headline and above it."""
    first = headline[0]
    return len(group) <= 2 and group[0].page == first.page and group[-1].baseline > first.top and not group[0].row


def _is_subhead(group: list[Line], text: str, style: _Style) -> bool:
    """Larger or bold, short, and no sentence. A figure in it may be what people ask for: looks must tell."""
    stands_out = all(line.bold or style.is_large(line) for line in group) and not group[0].row
    return (
        stands_out
        and len(text) <= _LONGEST_HEAD
        and not _ENDS.search(text)
        and not _BYLINE.match(text)
        and not any(c.isdigit() for c in text)
    )


def _inner(text: str) -> str:
    """A line without its first and last word, of which half may stand elsewhere."""
    return text.split(" ", 1)[-1].rpartition(" ")[0] if text.count(" ") > 1 else ""


def _text(group: Iterable[Line], words: Counter[str]) -> str:
    """The lines as one, words put together again that were parted at a line's end."""
    parts: list[str] = []
    for line in group:
        if parts:
            parts[-1] = _led_to(parts[-1], line.text, words)
        parts.append(line.text)
    text = "".join(parts)
    if INITIAL in text:
        cap, rest = text.split(INITIAL, 1)
        word = _WORD.match(rest)
        alone = cap[-1:] in ("A", "I", "O") and word and words[word[0].lower()] > words[(cap[-1] + word[0]).lower()]
        text = cap + (" " if alone else "") + rest.replace(INITIAL, "")
    return " ".join(normalize("NFC", text.replace("\xad", "")).split())


def _led_to(one: str, other: str, words: Counter[str]) -> str:
    """A line with what stands between it and the next: a blank, nothing, or nothing and no hyphen."""
    if one.endswith("\xad") or (one.endswith(("—", "/")) and not one[-2:-1].isspace()):
        return one
    left, right = one[:-1].rpartition(" ")[2], other.partition(" ")[0]
    if not one.endswith(("-", "‐", "‑")) or left[-1:] in ("", "-") or right in ("and", "or", "to", "nor"):
        return one + " "
    ending, opening = re.search(r"[^\W\d_]+$", left[-40:]), re.match(r"[^\W_]+", right)
    if not ending or not opening or not right[0].islower() or set("-‐‑") & set(left + right.strip("-‐‑")):
        return one
    parts = ending[0].lower(), opening[0].lower()
    hyphened = words["-".join(parts)] or words["‐".join(parts)]
    both_are_words = all(len(part) >= 4 and words[part] for part in parts)
    return one if not words["".join(parts)] and (hyphened or both_are_words) else one[:-1]


def _box(group: list[Line]) -> Box:
    """Where a paragraph's lines in its first column stand."""
    boxes = [line.box for line in group if _in_one_column(line, group[0])]
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)
