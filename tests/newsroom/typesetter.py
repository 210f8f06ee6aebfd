"""Sets a story in columns on pages, word by word as layout programs write them into a PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
_SYLLABLES = re.compile(
    r"(?<=[aeiouy][bcdfglmnprstv])(?=[bcdfghlmnprstv][aeiouy])|(?<=[aeiou])(?=[bcdfglmnprstv][aeiouy])"
)
"""Where a word may be broken: between two consonants, or before one between vowels. Ugly at times, like life."""

for _face in ("Vera", "VeraBd", "VeraIt"):
    pdfmetrics.registerFont(TTFont(_face, Path(reportlab.__file__).parent / "fonts" / f"{_face}.ttf"))

FACES = {"Times": ("Times-Roman", "Times-Bold", "Times-Italic"), "Vera": ("Vera", "VeraBd", "VeraIt")}
FACES["Helvetica"] = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")


@dataclass(frozen=True, slots=True)
class Style:
    """How the body is set. Lengths are points; `indent` tells paragraphs apart where `space` is 0."""

    columns: int = 1
    face: str = "Times"
    size: float = 9.5
    leading: float = 11.5
    indent: float = 0
    space: float = 6
    hyphenated: bool = False
    justified: bool = False
    ligatures: bool = False
    drop_cap: bool = False
    gutter: float = 16
    margin: float = 54
    bottom: float = 60


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line, how wide it may be, and whether it is the last of its paragraph."""

    words: tuple[str, ...]
    room: float
    last: bool


def width(text: str, style: Style, bold: bool = False) -> float:
    """In points."""
    return float(pdfmetrics.stringWidth(text, FACES[style.face][bold], style.size))


def broken(text: str, style: Style, room: Callable[[int], float]) -> list[Line]:
    """The lines of a paragraph; `room` is the width of the line of that number."""
    lines: list[Line] = []
    words = text.split(" ")
    row: list[str] = []
    while words:
        most = room(len(lines))
        if width(" ".join([*row, words[0]]), style) <= most:
            row.append(words.pop(0))
            continue
        head, tail = (
            _split(words[0], style, most - width(" ".join([*row, ""]), style)) if style.hyphenated else ("", "")
        )
        if head:
            row.append(head)
            words[0] = tail
        lines.append(Line(tuple(row), most, last=False))
        row = []
    return [*lines, Line(tuple(row), room(len(lines)), last=True)]


def _split(word: str, style: Style, room: float) -> tuple[str, str]:
    if not word.isalpha() or not word.islower() or len(word) < 7:
        return "", ""
    cuts = [m.start() for m in _SYLLABLES.finditer(word) if 3 <= m.start() <= len(word) - 3]
    for cut in reversed(cuts):
        if width(word[:cut] + "-", style) <= room:
            return word[:cut] + "-", word[cut:]
    return "", ""


class Press:
    """A canvas with a place to write at next, column after column, page after page."""

    def __init__(self, path: Path, style: Style, furniture: Callable[[Canvas, int], None]) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.style, self._furniture = style, furniture
        self.page, self.column = 1, 0
        self.top = self.y = HEIGHT - 70.0
        self.bottom = style.bottom
        furniture(self.canvas, 1)

    @property
    def measure(self) -> float:
        """The width of a column."""
        s = self.style
        return (WIDTH - 2 * s.margin - (s.columns - 1) * s.gutter) / s.columns

    @property
    def left(self) -> float:
        """Where the column begins."""
        return self.style.margin + self.column * (self.measure + self.style.gutter)

    def across(self, text: str, size: float, face: int = 1) -> None:
        """A heading over all columns, before the text begins."""
        big = Style(face=self.style.face, size=size)
        font = FACES[self.style.face][face]
        for line in broken(text, big, lambda _: (WIDTH - 2 * self.style.margin) * 0.92):
            self.canvas.setFont(font, size)
            self.canvas.drawString(self.style.margin, self.y - size, " ".join(line.words))
            self.y -= size * 1.2
        self.y -= 6
        self.top = self.y

    def room_for(self, height: float) -> None:
        """Goes to the next column, or page, where less than that is left."""
        if self.y - height >= self.bottom:
            return
        self.column += 1
        if self.column == self.style.columns:
            self.canvas.showPage()
            self.page, self.column, self.top = self.page + 1, 0, HEIGHT - 70.0
            self._furniture(self.canvas, self.page)
        self.y = self.top

    def subhead(self, text: str) -> None:
        """A bold line of its own with at least two lines of text after it."""
        self.room_for(4.5 * self.style.leading)
        if self.y != self.top:
            self.y -= 0.7 * self.style.leading
        bold = Style(face=self.style.face, size=self.style.size + 1)
        for line in broken(text, bold, lambda _: self.measure * 0.95):
            self.canvas.setFont(FACES[self.style.face][1], self.style.size + 1)
            self.canvas.drawString(self.left, self.y - self.style.size, " ".join(line.words))
            self.y -= self.style.leading
        self.y -= 2

    def paragraph(self, text: str, *, first: bool = False) -> None:
        """A paragraph, broken over columns and pages where it must be."""
        s, drop = self.style, 0.0
        if first and s.drop_cap:
            drop = self._drop_cap(text[0])
            text = text[1:]
        indent = 0.0 if first else s.indent
        lines = broken(text, s, lambda n: self.measure - (indent if n == 0 else 0.0) - (drop if n < 2 else 0.0))
        for n, line in enumerate(lines):
            self.room_for(s.leading)
            self._set(line, self.left + (indent if n == 0 else 0.0) + (drop if n < 2 else 0.0))
            self.y -= s.leading
        self.y -= s.space

    def _drop_cap(self, letter: str) -> float:
        size = 2 * self.style.leading + 2
        self.canvas.setFont(FACES[self.style.face][1], size)
        self.canvas.drawString(self.left, self.y - 2 * self.style.leading + 3, letter)
        return float(pdfmetrics.stringWidth(letter, FACES[self.style.face][1], size)) + 2

    def _set(self, line: Line, x: float) -> None:
        s = self.style
        font = FACES[s.face][0]
        self.canvas.setFont(font, s.size)
        y = self.y - s.size
        if not s.justified or line.last:
            self.canvas.drawString(x, y, self._letters(" ".join(line.words)))
            return
        slack = line.room - sum(width(w, s) for w in line.words)
        for word in line.words:
            self.canvas.drawString(x, y, self._letters(word))
            x += width(word, s) + slack / max(1, len(line.words) - 1)

    def _letters(self, text: str) -> str:
        return text.replace("fi", "\ufb01").replace("fl", "\ufb02") if self.style.ligatures else text

    def note(self, text: str, face: int = 2, size: float = 7.5) -> None:
        """A small line in the column, such as what stands under a picture."""
        small = Style(face=self.style.face, size=size)
        for line in broken(text, small, lambda _: self.measure):
            self.canvas.setFont(FACES[self.style.face][face], size)
            self.canvas.drawString(self.left, self.y - size, " ".join(line.words))
            self.y -= size * 1.2

    def picture(self, caption: str) -> None:
        """A grey box and its caption."""
        self.room_for(110)
        self.canvas.setFillGray(0.8)
        self.canvas.rect(self.left, self.y - 80, self.measure, 78, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        self.y -= 84
        self.note(caption)
        self.y -= 10
