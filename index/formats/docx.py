"""Word documents (.docx): the words as they are printed, tracked changes accepted, no margins, notes or comments."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from index.formats.extract import Extract, Skipped, Unreadable, joined, whole
from index.values import Kind

MAX_BYTES = 100_000_000
"""Of the file, and of all that it holds once unpacked. Pictures make most of it."""
_MAX_XML = 20_000_000
"""Bytes of one part that is parsed; the text of a long novel has some 5 MB."""
_MAX_RATIO = 200
"""How much smaller than its content a file may be. Word's own rarely pass 20."""

_BROKEN = "it is no Word document or a broken one; open it in Word and save it again as .docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LONGEST_HEAD = 200
"""Characters; a longer paragraph that is styled a heading is none."""
_TOP = 5
"""Paragraphs among which a headline is looked for."""
_LONGEST_CELL = 200
"""Characters; a table with longer cells arranges a page, it holds no figures."""

_ROW = "table row"
_NO_LETTERS = ("Cc", "Cf", "Cn", "Co", "Cs")
_LETTERS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "ptab": " "}
_UNSEEN = {
    _W + name
    for name in (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "pPr",
        "rPr",
        "rt",
        "object",
        "footnoteRef",
        "annotationRef",
    )
} | {_MC + "Fallback"}


def read_docx(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The article in a Word document. Raises Unreadable, also for old .doc files and protected ones.

    A row of a table is one paragraph, its cells parted by " | ". The title is the headline's; authors and
    dates are never those of the file's properties.
    """
    data = whole(file, MAX_BYTES)
    _examine(data)
    try:
        paragraphs, stated = _read(data)
    except Exception as error:  # python-docx lets lxml's, zipfile's and a dozen errors of its own through
        raise Unreadable(_BROKEN) from error
    blocks = _with_headline([(style, words) for style, words in paragraphs if words.strip(" |")], stated)
    if not blocks:
        raise Unreadable("it holds no text; remove it or put the article's text in")
    text, placed = joined(blocks)
    headline = next((words for kind, words in blocks if kind == "headline"), "")
    yield Extract(text=text, blocks=placed, title=headline)


def _examine(data: bytes) -> None:
    """Raises Unreadable for what is no .docx, and for one that would unpack to more than fits in memory."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("it is protected by a password; save it without one")
        raise Unreadable("it is in the old Word format; open it in Word and save it as .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except Exception as error:  # zipfile raises a dozen kinds of errors for broken directories
        raise Unreadable(_BROKEN) from error
    unpacked = sum(member.file_size for member in members)
    largest = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if unpacked > MAX_BYTES or largest > _MAX_XML or unpacked > _MAX_RATIO * max(len(data), 50_000):
        raise Unreadable("it unpacks to more than an article may be; split it into articles")


def _read(data: bytes) -> tuple[list[tuple[str, str]], str]:
    """(name of the style, words) of every paragraph, and the title that the properties state."""
    from docx import Document

    document = Document(BytesIO(data))
    styles = _style_names(document.styles.element)
    body = document.element.body
    return list(_content(body, styles)), _clean(document.core_properties.title or "")


def _style_names(styles: Any) -> dict[str, str]:
    """The name of each style, or that of the heading it is made from. Names are English in every language's Word."""
    names, parents = {}, {}
    for style in styles.iter(_W + "style"):
        key = style.get(_W + "styleId", "")
        names[key] = "".join(c.get(_W + "val", "").lower() for c in style if c.tag == _W + "name")
        parents[key] = "".join(c.get(_W + "val", "") for c in style if c.tag == _W + "basedOn")
    found = {}
    for key, name in names.items():
        line = [key]
        while len(line) < 10 and parents.get(line[-1]):
            line.append(parents[line[-1]])
        found[key] = next((names[k] for k in line if _is_heading(names.get(k, ""))), name)
    return found


def _is_heading(style: str) -> bool:
    return style == "title" or style.startswith("heading ")


def _content(parent: Any, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(name of the style, words) of the paragraphs in a body, a cell or a text box."""
    before = ""
    for child in parent:
        if child.tag == _W + "p":
            words, boxes = _words(child)
            if child.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
                # The deleted mark was what parted this paragraph from the next.
                before += words
            else:
                named = child.find(f"{_W}pPr/{_W}pStyle")
                style = styles.get(named.get(_W + "val", ""), "") if named is not None else ""
                yield from ((style, part) for part in _parts(before + words))
                before = ""
            for box in boxes:
                yield from _content(box, styles)
        elif child.tag == _W + "tbl":
            yield from _rows(child, styles)
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN:
            yield from _content(child, styles)
    yield from (("", part) for part in _parts(before))


def _rows(table: Any, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    for row in table.iterchildren(_W + "tr", _W + "sdt", _W + "ins"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells = [list(_content(cell, styles)) for cell in row.iter(_W + "tc") if _table_of(cell) is table]
        short = all(
            len(cell) < 2 and len(words) <= _LONGEST_CELL for cell in cells for _, words in cell[:2] or [("", "")]
        )
        if len(cells) > 1 and short:
            yield _ROW, " | ".join(cell[0][1] if cell else "" for cell in cells)
        else:
            yield from (paragraph for cell in cells for paragraph in cell)


def _table_of(cell: Any) -> Any:
    return next(cell.iterancestors(_W + "tbl"), None)


def _words(paragraph: Any) -> tuple[str, list[Any]]:
    """The words of a paragraph, and the text boxes that hang on it."""
    words: list[str] = []
    boxes: list[Any] = []
    fields: list[bool] = []
    for piece in _pieces(paragraph):
        if isinstance(piece, str):
            if all(fields):
                words.append(piece)
        elif piece.tag == _W + "txbxContent":
            boxes.append(piece)
        else:
            # A field is its code up to "separate", and from there what the reader sees.
            state = piece.get(_W + "fldCharType")
            if state == "begin":
                fields.append(False)
            elif fields:
                fields.pop()
                fields += [True] if state == "separate" else []
    return "".join(words), boxes


def _pieces(element: Any) -> Iterator[Any]:
    """Strings, field characters and text boxes in the order of the text."""
    for child in element:
        if child.tag in (_W + "t", _MATH + "t"):
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield " " if child.get(_W + "type") in ("page", "column") else _LETTERS[child.tag]
        elif child.tag in (_W + "fldChar", _W + "txbxContent"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNSEEN and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish") if run.tag == _W + "r" else None
    return hidden is not None and hidden.get(_W + "val", "1") not in ("0", "false", "off")


def _parts(words: str) -> list[str]:
    """The paragraphs in one of Word's: two line breaks part them, one is a blank."""
    return [part for part in map(_clean, re.split(r"\n[^\S\n]*\n", words)) if part]


def _clean(words: str) -> str:
    """Text as readers know it: nothing that cannot be seen, single blanks."""
    seen = (c if c.isspace() else "" if unicodedata.category(c) in _NO_LETTERS else c for c in words)
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def _with_headline(paragraphs: list[tuple[str, str]], stated: str) -> list[tuple[Kind | None, str]]:
    """The paragraphs with their kinds. Without a heading the one that the properties call the title is the headline."""
    top = [style if len(words) <= _LONGEST_HEAD else "" for style, words in paragraphs[:_TOP]]
    headline = next((top.index(style) for style in ("title", "heading 1") if style in top), -1)
    if headline < 0 and stated:
        headline = next(
            (n for n, (_, words) in enumerate(paragraphs[:_TOP]) if words.casefold() == stated.casefold()), -1
        )
    kinds: list[tuple[Kind | None, str]] = []
    for number, (style, words) in enumerate(paragraphs):
        if number == headline:
            kinds.append(("headline", words))
        else:
            kinds.append(
                (
                    "body"
                    if style == _ROW
                    else "subhead"
                    if _is_heading(style) and len(words) <= _LONGEST_HEAD
                    else None,
                    words,
                )
            )
    return kinds
