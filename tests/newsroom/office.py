"""Word files: headings by style and by hand, lists, tables, running heads, and properties that lie."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.newsroom.desk import Desk, long_date
from tests.newsroom.gold import Gold, Piece

ROWS = ("Ward | Beds | Nurses", "North | 31 | 14", "South | 26 | 19")
POINTS = ("The north gate stays open until ten.", "Dogs are to be kept on a lead.")


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All Word files, and their gold."""
    (folder / "docx").mkdir(parents=True, exist_ok=True)
    return [put(folder, f"docx/copy-{n:02d}.docx", desk, n) for n in range(12)]


def put(folder: Path, name: str, desk: Desk, n: int, *, dated: bool = True) -> Gold:
    """One Word file. Even ones use styles, odd ones bold lines; every fourth has a list and a table."""
    import docx
    from docx.shared import Pt

    story = desk.story(authors=1 + n % 2)
    document = docx.Document()
    about = document.core_properties
    about.author, about.title, about.last_modified_by = "Newsdesk PC 4", "Document1", "Newsdesk PC 2"
    about.created = about.modified = datetime(2017, 3, 21, 10, 0)
    document.sections[0].header.paragraphs[0].text = "DRAFT – not for distribution"
    document.sections[0].footer.paragraphs[0].text = "Newsroom copy, page 1"
    if n % 2 == 0:
        document.add_paragraph(story.headline, style="Title" if n % 4 else "Heading 1")
    else:
        run = document.add_paragraph().add_run(story.headline)
        run.bold, run.font.size = True, Pt(20)
    day = long_date(story.day, story.outlet.region)
    named = n % 3 == 0
    byline = story.byline + (f", {story.outlet.name}" if named else "")
    document.add_paragraph(byline)
    if dated:
        document.add_paragraph(day)
    for piece in story.pieces:
        if piece.kind == "body":
            # Words in several runs, as editing leaves them.
            half = len(piece.text) // 2
            paragraph = document.add_paragraph(piece.text[:half])
            paragraph.add_run(piece.text[half:]).italic = n % 5 == 0
        elif n % 2 == 0:
            document.add_paragraph(piece.text, style="Heading 2")
        else:
            document.add_paragraph().add_run(piece.text).bold = True
        if n % 3 == 1:
            document.add_paragraph("")
    pieces = [Piece("headline", story.headline), Piece("credit", byline)]
    pieces += [Piece("dateline", day)] if dated else []
    pieces += story.pieces
    if n % 4 == 0:
        for point in POINTS:
            document.add_paragraph(point, style="List Bullet")
        table = document.add_table(rows=0, cols=3)
        for row in ROWS:
            for cell, words in zip(table.add_row().cells, row.split(" | "), strict=True):
                cell.text = words
        pieces += [Piece("body", text) for text in POINTS + ROWS]
    document.save(str(folder / name))
    return story.gold(
        name,
        "docx",
        pieces=tuple(pieces),
        outlet=story.outlet.name if named else "",
        authors=story.authors,
        published=story.day if dated else None,
        unknown="" if dated else "decoy only",
        origin="date line" if dated else "",
    )
