"""Files made to exhaust whoever reads them: each is refused with a sentence, or read in bounded memory and time."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def _nested(levels: int) -> bytes:
    data = _packed(("a.txt", b"The quay was calm that day.\n" * 300_000))
    for _ in range(levels):
        data = _packed(*((f"{n}.zip", data) for n in range(10)))
    return data


def _overlapping() -> bytes:
    """A thousand names for one member: every entry of the list leads to the same place."""
    data = _packed(("a.txt", b"The quay was calm that day.\n" * 40_000))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries = [data[start:end].replace(b"a.txt", b"%05d" % n) for n in range(1000)]
    listed = b"".join(entries)
    tail = bytearray(data[end:])
    tail[8:12] = (1000).to_bytes(2, "little") * 2
    tail[12:16] = len(listed).to_bytes(4, "little")
    return data[:start] + listed + bytes(tail)


def _squeezed(size: int) -> bytes:
    """A gzip of so many bytes of one letter."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as file:
        for _ in range(size // 1_000_000):
            file.write(b"a" * 1_000_000)
    return out.getvalue()


_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)) + "]>"
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PROSE = "The quay was calm that day, the harbour office said on Monday."


def _word(document: str) -> bytes:
    return _packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.encode()))


def _book(chapter: str) -> bytes:
    container = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    package = (
        '<package><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    return _packed(
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.encode()),
        ("b.opf", package.encode()),
        ("c.xhtml", chapter.encode()),
        method=zipfile.ZIP_DEFLATED,
    )


def _huge_picture() -> bytes:
    from tests.make_pdf import objects, stream

    picture = zlib.compress(b"\0" * 100_000_000)
    size = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    text = f"q 600 0 0 800 0 0 cm /I Do Q BT /F 12 Tf 50 700 Td ({_PROSE}) Tj ET".encode()
    return objects(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 6 0 R >> /XObject << /I 5 0 R >> >> >>",
        stream(text),
        stream(picture, size + b" /Filter /FlateDecode "),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    from tests.make_pdf import drawn

    return drawn(lambda canvas: canvas.drawString(50, 700, _PROSE), encrypt=StandardEncryption("user", "owner"))


def _one_long_cell_many_rows() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    text = pa.DictionaryArray.from_arrays(pa.array([0] * 50, pa.int32()), pa.array(["word " * 200_000]))
    out = io.BytesIO()
    parquet.write_table(pa.table({"text": text}), out)
    return out.getvalue()


def _deep(opening: str, closing: str = "", levels: int = 100_000) -> bytes:
    return (opening * levels + _PROSE + closing * levels).encode()


_TRAPS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zips in zips": ("a.zip", lambda: _nested(4), "packed more than|unpacks to more"),
    "members over one another": ("a.zip", _overlapping, "overlap"),
    "a zip of zeros": ("a.zip", lambda: _packed(("a.txt", bytes(100_000_000))), "trap"),
    "a gzip of one letter": ("a.jsonl.gz", lambda: _squeezed(300_000_000), "refused"),
    "a gzip of a gzip of one letter": ("a.txt.gz.gz", lambda: gzip.compress(_squeezed(300_000_000)), "refused"),
    "laughs in a docx": (
        "a.docx",
        lambda: _word(
            f'{_LAUGHS}<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>&l10;</w:t></w:r></w:p></w:body></w:document>'
        ),
        "",
    ),
    "a docx of spaces": (
        "a.docx",
        lambda: _word(f'<w:document xmlns:w="{_WORD}"><w:body>{" " * 100_000_000}</w:body></w:document>'),
        "larger|more than|trap",
    ),
    "laughs in a book": ("a.epub", lambda: _book(f"{_LAUGHS}<html><body><p>&l10;</p></body></html>"), ""),
    "laughs in a feed": (
        "a.rss",
        lambda: (
            f'<?xml version="1.0"?>{_LAUGHS}<rss><channel><item><title>&l10;</title><description>&l10;</description></item></channel></rss>'.encode()
        ),
        "",
    ),
    "laughs in a page": ("a.xhtml", lambda: f"{_LAUGHS}<html><body><p>&l10;</p></body></html>".encode(), ""),
    "a deep page": ("a.html", lambda: _deep("<div>", "</div>"), ""),
    "a page of deep bold type": ("a.html", lambda: _deep("<b>"), ""),
    "a page of deep tables": ("a.html", lambda: _deep("<table><tr><td>", levels=30_000), ""),
    "a deep list of JSON": ("a.json", lambda: _deep("[", "]"), ""),
    "a deep object of JSON": ("a.jsonl", lambda: _deep('{"text":', "}"), ""),
    "a row of deep JSON": (
        "a.jsonl",
        lambda: (
            b'{"title": "A", "text": "' + _PROSE.encode() + b'"}\n{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        ),
        "",
    ),
    "a deep feed": ("a.xml", lambda: b'<?xml version="1.0"?><rss><channel>' + _deep("<item>", "</item>"), ""),
    "a page of deep facts": (
        "a.html",
        lambda: (
            f'<script type="application/ld+json">{"[" * 100_000}</script><article><p>{_PROSE}</p></article>'.encode()
        ),
        "",
    ),
    "deep front matter": ("a.md", lambda: f"---\na: {'[' * 100_000}\n---\n\n{_PROSE}\n".encode(), ""),
    "deep quotations": ("a.md", lambda: _deep("> "), ""),
    "deep emphasis": ("a.md", lambda: _deep("*a **b "), ""),
    "deep brackets": ("a.md", lambda: _deep("[", "](x)"), ""),
    "a deep mail": (
        "a.eml",
        lambda: (
            b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\n"
            + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(20_000))
        ),
        "",
    ),
    "a huge picture": ("a.pdf", _huge_picture, ""),
    "a locked PDF": ("a.pdf", _locked, "password"),
    "a table of long cells": ("a.parquet", _one_long_cell_many_rows, ""),
    "a CSV of one cell": ("a.csv", lambda: b'title,text\n"A","' + b"word " * 40_000_000, ""),
}
_BOUNDED = """
import resource, sys
from pathlib import Path
from index.formats import Skipped, Unreadable
from index.reading import articles_in
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, -1))
count = 0
try:
    for found in articles_in(Path(sys.argv[1])):
        count += 1
        if count <= 20:
            print(f"skipped: {found.why}" if isinstance(found, Skipped) else f"article: {len(found.text)}")
except Unreadable as reason:
    print("refused:", reason)
print("in all", count)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", _TRAPS)
def test_a_trap_is_refused_or_read_in_bounded_memory_and_time(name: str, tmp_path: Path) -> None:
    called, made, why = _TRAPS[name]
    path = tmp_path / called
    path.write_bytes(made())
    done = subprocess.run(
        [sys.executable, "-c", _BOUNDED, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-600:]
    assert "MemoryError" not in done.stdout and len(done.stdout) < 20_000
    assert re.search(why, done.stdout) and (not why or "article:" not in done.stdout), done.stdout
