"""PDF: the text of printed pages, paragraph by paragraph, with the place of each."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread, Timer
from time import monotonic
from typing import Any, BinaryIO

from index.bylines import looks_like_outlet
from index.dates import is_dateline
from index.formats.extract import Block, Extract, Skipped, Stated, Unreadable, whole
from index.formats.pdf import glyphs
from index.formats.pdf.layout import Page, Paragraph, paragraphs
from index.formats.pdf.lines import lines
from index.formats.pdf.words import Glyph

MAX_BYTES = 100_000_000
"""Pictures make most of a PDF, and they are not looked at."""
LONGEST_SECONDS = 240
"""By the clock, for one file. A full page takes a tenth of a second on a quiet machine."""

_TOO_MUCH = "it is broken, or made so that reading it takes too long or too much memory; export it again"
_NO_TITLE = re.compile(
    r"\.\w{1,5}$|^\W*\w*\W*$|^(?:microsoft|untitled|layout|print|page|slide|document)\b|[_\\/]", re.I
)
"""File names, single words, and what programs call a file by themselves."""
_REFUSED = {
    "password": "it is protected by a password; save it without one",
    "broken": "it is no PDF or a broken one; export it again from where it was made",
    "pages": f"it has more than {glyphs.MAX_PAGES:,} pages; split it into articles",
    "text": "it holds more text than an article may; split it into articles",
}


def read_pdf(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The article in a PDF, and each page that could not be read.

    Every block has the page where it begins, and on it the box of its part in its first column, in points
    from the lower left corner of the page as it is shown. The title is the headline's. Dates are those of
    running heads; never those of the file. Several articles on a page are not told apart. Raises Unreadable.
    """
    data = whole(file, MAX_BYTES)
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(_REFUSED["broken"])
    yield from read_pages(_in_own_process(data))


def read_pages(found: Iterable[dict[str, Any]]) -> Iterator[Extract | Skipped]:
    """The article that pages of characters, as `glyphs.pages` gives them, make."""
    pages, broken, stated = [], [], ""
    end = monotonic() + LONGEST_SECONDS
    for page in found:
        if monotonic() > end:
            raise Unreadable(_TOO_MUCH)
        if "refused" in page:
            raise Unreadable(_REFUSED[page["refused"]])
        if "title" in page:
            stated = " ".join("".join(map(_letters, page["title"])).split())
            continue
        if "broken" in page:
            broken.append(page["page"])
            continue
        letters = [Glyph(_letters(text), *rest) for text, *rest in page["glyphs"]]
        pages.append(Page(page["page"], page["height"], tuple(lines(letters, page["page"]))))
    if not pages and broken:
        raise Unreadable("none of its pages could be read; export it again from where it was made")
    made, running = paragraphs(pages)
    if not made:
        raise Unreadable("it holds pictures of pages and no text; run it through text recognition (OCR) first")
    yield _extract(made, running, stated)
    for number in broken:
        yield Skipped(f"page {number}", "it is broken; export the PDF again from where it was made")


def _extract(made: list[Paragraph], running: list[str], stated: str) -> Extract:
    blocks, position = [], 0
    for paragraph in made:
        blocks.append(Block(position, position + len(paragraph.text), paragraph.kind, paragraph.page, paragraph.box))
        position += len(paragraph.text) + 2
    return Extract(
        text="\n\n".join(paragraph.text for paragraph in made),
        blocks=tuple(blocks),
        title=next((p.text for p in made if p.kind == "headline"), "" if _NO_TITLE.search(stated) else stated),
        source=next((line for line in running if looks_like_outlet(line)), ""),
        published=tuple(Stated(line, "running head") for line in running if is_dateline(line)),
    )


def _letters(text: str) -> str:
    """A character as readers know it: ligatures taken apart, no control characters, nothing of no width."""
    if text == "\xad":
        return text
    if text and "ﬀ" <= text <= "ﬆ":
        return unicodedata.normalize("NFKC", text)
    return "" if unicodedata.category(text or "\0") in ("Cc", "Cf", "Co", "Cn", "Cs") else text


def _in_own_process(data: bytes) -> Iterator[dict[str, Any]]:
    """The pages as a process of their own tells them, one after the other. Raises Unreadable when it breaks."""
    script = str(Path(glyphs.__file__))
    # -P: beside the script lie files called text.py and markdown.py that must not be taken for others'.
    with subprocess.Popen(
        [sys.executable, "-P", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        clock = Timer(LONGEST_SECONDS, child.kill)
        clock.start()
        Thread(target=_feed, args=(child, data), daemon=True).start()
        try:
            assert child.stdout
            for line in child.stdout:
                if line.endswith(b"\n"):
                    yield json.loads(line)
            if child.wait() != 0:
                raise Unreadable(_TOO_MUCH)
        finally:
            clock.cancel()
            child.kill()


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin
    try:
        with child.stdin:
            child.stdin.write(data)
    except OSError:
        pass  # it ended before it had read everything; its exit status says why
