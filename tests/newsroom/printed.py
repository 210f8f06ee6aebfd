"""PDF files: newspaper pages, newsletters and text processors' prints, from one column to three."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from reportlab.platypus.flowables import Flowable

from tests.newsroom.desk import Desk, Story, long_date
from tests.newsroom.gold import Gold, Piece
from tests.newsroom.typesetter import FACES, HEIGHT, WIDTH, Press, Style

STYLES = (
    Style(),
    Style(face="Helvetica", size=11, leading=14, space=8),
    Style(indent=12, space=0),
    Style(indent=14, space=0, size=11, leading=13, justified=True, hyphenated=True),
    Style(columns=2, indent=10, space=0, justified=True, hyphenated=True),
    Style(columns=2, space=7, face="Helvetica", size=9, leading=11, bottom=400),
    Style(columns=2, space=6, hyphenated=True, drop_cap=True, bottom=380),
    Style(columns=2, indent=9, space=0, face="Vera", size=8.5, leading=11, ligatures=True, bottom=330),
    Style(columns=3, indent=8, space=0, size=9, leading=10.5, justified=True, hyphenated=True, bottom=440),
    Style(columns=3, space=5, size=9, leading=10.5, hyphenated=True),
    Style(columns=3, indent=8, space=0, face="Vera", size=7.5, leading=9.5, ligatures=True, hyphenated=True),
    Style(columns=3, indent=8, space=0, size=8.5, leading=10, drop_cap=True, justified=True, gutter=11, bottom=480),
    Style(columns=2, indent=10, space=0, size=13, leading=16, hyphenated=True, justified=True),
    Style(columns=3, indent=8, space=0, size=12, leading=14.5),
    Style(size=14, leading=19, space=12, face="Helvetica"),
    Style(columns=2, space=8, size=12.5, leading=15.5, face="Helvetica", hyphenated=True),
)
CAPTION = "The east bank seen from the mill. Photo: Marta Whitlock"


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All PDF files, and their gold."""
    (folder / "pdf").mkdir(parents=True, exist_ok=True)
    found = [_page(folder, f"pdf/set-{n:02d}.pdf", desk, style, n) for n, style in enumerate(STYLES)]
    return found + [_flowed(folder, f"pdf/flowed-{n}.pdf", desk, n) for n in range(7)]


def _page(folder: Path, name: str, desk: Desk, style: Style, n: int) -> Gold:
    """A page set by hand. Every other one has a running head that names the outlet, every third no date."""
    story = desk.fitting("windows-1252", paragraphs=26 if n % 2 else 21, subheads=n % 3 != 1, authors=1 + n % 2)
    story = _gathered(story, 1 + n % 3)
    named, dated = n % 2 == 0, n % 3 != 2

    def furniture(canvas: Canvas, number: int) -> None:
        canvas.setFont(FACES[style.face][0], 8)
        if named:
            canvas.drawString(style.margin, HEIGHT - 40, story.outlet.name)
            canvas.drawRightString(WIDTH - style.margin, HEIGHT - 40, "Local news")
            canvas.line(style.margin, HEIGHT - 45, WIDTH - style.margin, HEIGHT - 45)
        canvas.drawCentredString(WIDTH / 2, 30, f"Page {number}" if n % 2 else str(number))

    press = Press(folder / name, style, furniture)
    press.canvas.setTitle("final_v3_RZ.indd")
    press.canvas.setAuthor("dtp-arbeitsplatz-4")
    press.across(story.headline, 22)
    press.across(story.byline, 10, face=2)
    day = long_date(story.day, story.outlet.region)
    if dated:
        press.across(day, 9, face=0)
    press.y -= 8
    press.top = press.y
    after_heading = True
    for number, piece in enumerate(story.pieces):
        if piece.kind == "subhead":
            press.subhead(piece.text)
        else:
            # The first paragraph, and in books also the one after a heading, has no indent.
            press.paragraph(piece.text, first=number == 0 or (after_heading and n % 4 == 0))
        after_heading = piece.kind == "subhead"
        if n % 5 == 4 and number == 3:
            press.picture(CAPTION)
    press.canvas.save()
    return story.gold(
        name,
        "pdf",
        pieces=_with_top(story, day if dated else ""),
        tolerated=(CAPTION,),
        outlet=story.outlet.name if named else "",
        authors=story.authors,
        published=story.day if dated else None,
        unknown="" if dated else "decoy only",
        origin="date line" if dated else "",
    )


def _gathered(story: Story, most: int) -> Story:
    """The story with up to `most` neighbouring paragraphs made one: print has longer ones than the web."""
    pieces: list[Piece] = []
    size = 0
    for piece in story.pieces:
        if piece.kind == "body" and 0 < size < most:
            pieces[-1] = Piece("body", f"{pieces[-1].text} {piece.text}")
            size += 1
        else:
            pieces.append(piece)
            size = 1 if piece.kind == "body" else 0
    return replace(story, pieces=tuple(pieces))


def _with_top(story: Story, day: str) -> tuple[Piece, ...]:
    top = [Piece("headline", story.headline), Piece("credit", story.byline)]
    return (*top, *([Piece("dateline", day)] if day else []), *story.pieces)


def _flowed(folder: Path, name: str, desk: Desk, n: int) -> Gold:
    """As text processors and publishing libraries make them: paragraphs flow through frames."""
    columns, indent = 1 + n % 3, 12 if n % 2 else 0
    story = desk.fitting("windows-1252", paragraphs=12 + 3 * n, authors=1)
    story = _gathered(story, 1 + n % 2)
    day = long_date(story.day, story.outlet.region)
    size = 10 if columns < 3 else 9
    text = ParagraphStyle("text", fontName="Times-Roman", fontSize=size, leading=size + 2.5)
    text.firstLineIndent, text.spaceAfter = indent, 0 if indent else 8
    text.alignment = TA_JUSTIFY if n in (1, 2, 5) else 0
    head = ParagraphStyle(
        "head", fontName="Helvetica-Bold", fontSize=18 if columns < 3 else 14, leading=21, spaceAfter=8
    )
    sub = ParagraphStyle(
        "sub", fontName="Helvetica-Bold", fontSize=size + 1, leading=size + 4, spaceBefore=9, spaceAfter=3
    )
    sub.keepWithNext = 1
    small = ParagraphStyle("small", fontName="Times-Italic", fontSize=9, leading=12, spaceAfter=6)
    flow: list[Flowable] = [Paragraph(story.headline, head), Paragraph(story.byline, small), Paragraph(day, small)]
    flow += [Paragraph(p.text.replace("&", "&amp;"), text if p.kind == "body" else sub) for p in story.pieces]
    gap, margin = 18, 60
    measure = (A4[0] - 2 * margin - gap * (columns - 1)) / columns
    height = A4[1] - 150 if n < 3 else 330
    frames = [
        Frame(margin + k * (measure + gap), A4[1] - 75 - height, measure, height, 0, 0, 0, 0) for k in range(columns)
    ]

    def foot(canvas: Canvas, doc: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, 36, f"- {doc.page} -")
        canvas.drawString(margin, A4[1] - 45, "The neighbourhood newsletter")

    document = BaseDocTemplate(str(folder / name), pagesize=A4, invariant=1, title=story.headline if n % 2 else "")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=foot))
    document.build(flow)
    return story.gold(
        name,
        "pdf",
        pieces=_with_top(story, day),
        outlet="",
        authors=story.authors,
        published=story.day,
        origin="date line",
    )
