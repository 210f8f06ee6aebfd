"""PDFs for tests: typeset as a newsroom's programs do it, or drawn piece by piece."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus import Paragraph as Set

_WORDS = [
    "the",
    "harbour",
    "board",
    "said",
    "on",
    "Tuesday",
    "that",
    "a",
    "storm",
    "had",
    "broken",
    "lower",
    "quay",
    "wall",
    "and",
    "water",
    "stood",
    "in",
    "cellars",
    "along",
    "fish",
    "market",
    "where",
    "nobody",
    "could",
    "remember",
    "it",
    "so",
    "high",
    "before",
    "members",
    "voted",
    "seven",
    "to",
    "two",
    "for",
    "new",
    "sluice",
    "which",
    "state",
    "will",
    "pay",
    "over",
    "three",
    "years",
    "while",
    "ferry",
    "captains",
    "asked",
    "about",
    "moorings",
    "she",
    "told",
    "reporters",
    "her",
    "crew",
    "waited",
    "until",
    "morning",
]


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is set. `indent` and `space` (points) part the paragraphs."""

    columns: int = 2
    indent: float = 10
    space: float = 0
    justify: bool = True
    size: float = 9.5
    font: str = "Times-Roman"


def story(seed: int, count: int = 24) -> list[str]:
    """Invented paragraphs of one to six sentences, no two alike."""
    rng = random.Random(seed)
    return [" ".join(_sentence(rng) for _ in range(rng.randint(1, 6))) for _ in range(count)]


def _sentence(rng: random.Random) -> str:
    words = rng.choices(_WORDS, k=rng.randint(6, 22))
    return f"{words[0].capitalize()} {' '.join(words[1:])} {rng.randint(2, 9999)}."


def typeset(headline: str, paragraphs: Sequence[str], look: Look, running: str = "") -> bytes:
    """An article in columns under a headline, with a running head and page numbers, as long as it needs."""
    file = BytesIO()
    (width, height), margin, gutter = (595.0, 842.0), 45.0, 14.0
    column = (width - 2 * margin - gutter * (look.columns - 1)) / look.columns

    def furnish(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(margin, height - 28, running)
        canvas.drawRightString(width - margin, 25, str(document.page))
        if document.page == 1:
            canvas.setFont("Times-Bold", 26)
            canvas.drawString(margin, height - 70, headline)

    def frames(top: float) -> list[Frame]:
        lefts = [margin + n * (column + gutter) for n in range(look.columns)]
        return [Frame(left, margin, column, height - margin - top, 0, 0, 0, 0) for left in lefts]

    document = BaseDocTemplate(file, pagesize=(width, height))
    document.addPageTemplates(
        [
            PageTemplate("first", frames(95), onPage=furnish, autoNextPageTemplate="later"),
            PageTemplate("later", frames(50), onPage=furnish),
        ]
    )
    style = ParagraphStyle(
        "text",
        fontName=look.font,
        fontSize=look.size,
        leading=1.2 * look.size,
        firstLineIndent=look.indent,
        spaceAfter=look.space,
        alignment=TA_JUSTIFY if look.justify else TA_LEFT,
        allowWidows=1,
        allowOrphans=1,
    )
    document.build([Set(escape(paragraph), style) for paragraph in paragraphs])
    return file.getvalue()


def drawn(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """Pages of 400 by 600 points on which each function has drawn."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(400, 600), **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def write(
    canvas: Canvas,
    lines: Sequence[str],
    *,
    left: float = 40,
    top: float = 500,
    size: float = 10,
    font: str = "Times-Roman",
) -> None:
    """Lines one under the other, the first baseline at `top`."""
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - 1.2 * size * number, line)


def objects(*bodies: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1,
        table,
        len(bodies) + 1,
        len(out),
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def nested_forms(levels: int) -> bytes:
    """A PDF of a few kilobytes whose forms draw one another twice, level after level: 2 ** levels drawings."""
    font = b"/Font<</F 5 0 R>>"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<%s/XObject<</X 6 0 R>>>>>>" % font
    )
    forms = [
        stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<</XObject<</X %d 0 R>>>>" % n)
        for n in range(7, 6 + levels)
    ]
    last = stream(
        b"BT /F 9 Tf 20 20 Td (deep) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources<<%s>>" % font
    )
    return objects(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        stream(b"/X Do"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *forms,
        last,
    )


def looks() -> Iterator[Look]:
    """The looks that newsrooms' PDFs have: columns, paragraphs told by indent or white, even or ragged edges."""
    for columns in (1, 2, 3):
        for indent, space in ((10.0, 0.0), (0.0, 5.0), (8.0, 3.0)):
            for justify in (True, False):
                yield Look(columns, indent, space, justify, 9.5 if columns > 1 else 11)
