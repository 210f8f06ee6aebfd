"""The characters of a PDF with their places: run as a script of its own, a PDF on stdin, a page a line on stdout.

PDFium runs in a process of its own because 6 kB of forms that draw one another kept it busy for ever, and
2 MB of squeezed blanks took 4 GB. It imports nothing of the house, so that it starts in a tenth of a second.

The first line is {"title": what the file says it is}. Each other is JSON: {"page": 1, "width": points, "height": points, "glyphs": [[text, left, right, baseline,
size, bold], …]}, {"page": 1, "broken": true} for a page that cannot be read, or {"refused": why} and no more.
Places are in points from the lower left corner of the page as it is shown (cropped and turned).
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

MAX_PAGES = 2_000
MAX_GLYPHS = 5_000_000
MAX_GLYPHS_OF_A_PAGE = 100_000
"""A broadsheet page of nothing but small advertisements has some 40,000."""
MEMORY = 3_000_000_000
SECONDS = 90
"""Processor time for one file; a full page takes less than a tenth of a second."""

_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_FILL_AND_STROKE = 2
_HYPHEN_AT_LINE_END = 2


def pages(data: bytes) -> Iterator[dict[str, Any]]:
    """What the PDF's pages hold, in the shape the module tells of."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        protected = "password" in str(error).lower() or "security" in str(error).lower()
        yield {"refused": "password" if protected else "broken"}
        return
    if len(document) > MAX_PAGES:
        yield {"refused": "pages"}
        return
    yield {"title": document.get_metadata_value("Title")}
    total = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            width, height = page.get_size()
            glyphs = list(_glyphs(page))
            page.close()
        except (pdfium.PdfiumError, ValueError, OverflowError):
            yield {"page": number, "broken": True}
            continue
        total += len(glyphs)
        if total > MAX_GLYPHS:
            yield {"refused": "text"}
            return
        yield {"page": number, "width": width, "height": height, "glyphs": glyphs}


def _glyphs(page: Any) -> Iterator[tuple[str, float, float, float, float, bool]]:
    """(text, left, right, baseline, size, bold) of the upright characters that stand on the page."""
    import pypdfium2.raw as pdfium

    opened = page.get_textpage()
    text = opened.raw  # the wrapper costs a tenth of the time, call by call
    turned = page.get_rotation() % 360
    crop = page.get_bbox()
    matrix, place, seen, weight = pdfium.FS_MATRIX(), pdfium.FS_RECTF(), None, False
    x, y = ctypes.c_double(), ctypes.c_double()
    upright, scale = True, 1.0
    count = pdfium.FPDFText_CountChars(text)
    if not 0 <= count <= MAX_GLYPHS_OF_A_PAGE:
        raise ValueError(f"a page of {count} characters")
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(drawn, ctypes.c_void_p).value
        if address != seen or address is None:
            seen, weight = address, _is_bold(text, index, drawn)
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            angle = math.degrees(math.atan2(matrix.b, matrix.a)) - turned
            upright = abs((angle + 180) % 360 - 180) < 3
            scale = math.hypot(matrix.c, matrix.d)
        size = pdfium.FPDFText_GetFontSize(text, index) * scale
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, place)
        if not (upright and 1 <= size < 2000 and crop[0] <= x.value <= crop[2] and crop[1] <= y.value <= crop[3]):
            continue
        left, right, baseline = _shown(
            (place.left, place.bottom, place.right, place.top), (x.value, y.value), turned, crop
        )
        if all(map(math.isfinite, (left, right, baseline))):
            yield _letter(pdfium.FPDFText_GetUnicode(text, index)), left, right, baseline, round(size, 2), weight
    opened.close()


def _shown(
    box: tuple[float, ...], origin: tuple[float, float], turned: int, crop: tuple[float, ...]
) -> tuple[float, float, float]:
    """Left, right and baseline on the page as it is shown: `turned` clockwise, cut to `crop`."""
    if turned == 90:
        found = box[1] - crop[1], box[3] - crop[1], crop[2] - origin[0]
    elif turned == 180:
        found = crop[2] - box[2], crop[2] - box[0], crop[3] - origin[1]
    elif turned == 270:
        found = crop[3] - box[3], crop[3] - box[1], origin[0] - crop[0]
    else:
        found = box[0] - crop[0], box[2] - crop[0], origin[1] - crop[1]
    return round(found[0], 2), round(found[1], 2), round(found[2], 2)


def _letter(code: int) -> str:
    """The character, "" where the font does not tell which it is. PDFium writes 2 for a hyphen that ends a line."""
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _is_bold(text: Any, index: int, drawn: Any) -> bool:
    import pypdfium2.raw as pdfium

    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return bool(
        pdfium.FPDFText_GetFontWeight(text, index) >= 600
        or _BOLD.search(name.value.decode("latin-1"))
        or flags.value & _FORCE_BOLD
        or (drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _FILL_AND_STROKE)
    )


def _bound() -> None:
    """Holds this process to its memory and time, and lets it write no file, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the caller's clock alone ends what runs for ever
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _bound()
    for found in pages(sys.stdin.buffer.read()):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
