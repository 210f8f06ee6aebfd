"""Word documents into paragraphs: what is printed, in its order, and nothing else."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.docx import read_docx
from index.formats.extract import Extract, Unreadable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(write: Callable[[Any], object]) -> bytes:
    """A document to which `write` has added."""
    document, file = Document(), BytesIO()
    write(document)
    document.save(file)
    return file.getvalue()


def body(*paragraphs: str) -> bytes:
    """A document of these pieces of XML."""

    def write(document: Any) -> None:
        for number, paragraph in enumerate(paragraphs):
            document.element.body.insert(number, parse_xml(paragraph.replace(">", f" {W}>", 1)))

    return written(write)


def article(data: bytes) -> Extract:
    (found,) = read_docx(BytesIO(data), "x.docx")
    assert isinstance(found, Extract)
    return found


def texts(data: bytes) -> list[str]:
    found = article(data)
    return [found.text[b.start : b.end] for b in found.blocks]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as raised:
        list(read_docx(BytesIO(data), "x.docx"))
    return str(raised.value)


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The same document with one part replaced."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return file.getvalue()


def test_paragraphs_headings_lists_and_tables_come_in_their_order() -> None:
    def write(document: Any) -> None:
        document.add_heading("Board votes to rebuild the quay", 1)
        document.add_paragraph("By Ann Poe")
        document.add_paragraph("The quay is closed.")
        document.add_heading("What comes next", 2)
        document.add_paragraph("a new wall", style="List Bullet")
        table = document.add_table(2, 2)
        for cell, words in zip(
            (c for row in table.rows for c in row.cells), ("Year", "Spent", "2025", "1,204"), strict=True
        ):
            cell.text = words
        document.add_paragraph("That is all.")
        document.sections[0].header.paragraphs[0].text = "The Merrin Courier"

    found = article(written(write))
    assert [(found.text[b.start : b.end], b.kind) for b in found.blocks] == [
        ("Board votes to rebuild the quay", "headline"),
        ("By Ann Poe", None),
        ("The quay is closed.", None),
        ("What comes next", "subhead"),
        ("a new wall", None),
        ("Year | Spent", "body"),
        ("2025 | 1,204", "body"),
        ("That is all.", None),
    ]
    assert found.title == "Board votes to rebuild the quay"


def test_a_title_goes_before_a_heading_and_a_heading_far_down_is_a_subhead() -> None:
    def titled(document: Any) -> None:
        document.add_heading("First part", 1)
        document.add_heading("The title", 0)
        document.add_paragraph("Text.")

    def late(document: Any) -> None:
        for number in range(8):
            document.add_paragraph(f"Paragraph {number}.")
        document.add_heading("Second part", 1)

    assert article(written(titled)).title == "The title"
    assert article(written(late)).title == ""


def test_tables_that_arrange_a_page_are_read_cell_by_cell() -> None:
    def write(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "Press contact"
        table.cell(0, 1).text = "The first paragraph."
        table.cell(0, 1).add_paragraph("The second paragraph.")

    assert texts(written(write)) == ["Press contact", "The first paragraph.", "The second paragraph."]


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = (
        "<w:p><w:r><w:t>The toll is </w:t></w:r><w:del><w:r><w:delText>nine</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>ten</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> now</w:t></w:r></w:moveTo><w:r><w:t>.</w:t></w:r></w:p>"
    )
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>It is </w:t></w:r></w:p>"
    assert texts(body(changed, joined, "<w:p><w:r><w:t>one.</w:t></w:r></w:p>")) == [
        "The toll is ten now.",
        "It is one.",
    ]


def test_what_is_not_printed_is_not_read() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>A link</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>'
        "<w:hyperlink><w:r><w:t> and</w:t></w:r></w:hyperlink>"
        '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t> more.</w:t></w:r></w:p>'
    )
    assert texts(body(field)) == ["A link and more."]


def test_breaks_hyphens_and_invisible_characters() -> None:
    paragraph = (
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two\u200b \u00a0</w:t><w:tab/><w:t>three</w:t><w:br/><w:br/>"
        "<w:t>long</w:t><w:noBreakHyphen/><w:t>term har</w:t><w:softHyphen/><w:t>bo\u00adur cafe\u0301</w:t></w:r></w:p>"
    )
    assert texts(body(paragraph)) == ["One two three", "long-term harbour café"]


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    paragraph = (
        f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>"
    )
    assert texts(body(paragraph)) == ["Beside it.", "In the box."]


def test_the_properties_tell_neither_date_nor_author_and_a_title_only_where_the_text_has_it() -> None:
    def write(document: Any) -> None:
        document.core_properties.title = "Quay Closed"
        document.add_paragraph("Quay closed")
        document.add_paragraph("The quay is closed.")

    def other(document: Any) -> None:
        document.core_properties.title = "Template of 2011"
        document.add_paragraph("The quay is closed.")

    found = article(written(write))
    assert (found.title, found.blocks[0].kind) == ("Quay closed", "headline")
    assert (found.authors, found.published, found.updated) == ((), (), ())
    assert article(written(other)).title == ""


def test_old_and_protected_files_say_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    assert "old Word format" in reason(ole) and "save it as .docx" in reason(ole)
    assert "password" in reason(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "no Word document" in reason(b"nothing") and "no Word document" in reason(b"")
    assert "holds no text" in reason(written(lambda document: None))


def test_bombs_are_not_unpacked() -> None:
    plain = written(lambda document: document.add_paragraph("x"))
    assert "unpacks to more" in reason(with_member(plain, "word/document.xml", b" " * 25_000_000))
    assert "unpacks to more" in reason(with_member(plain, "docProps/thumbnail.jpeg", b" " * 101_000_000))
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 10) for c in range(97, 112)
    )
    bomb = with_member(
        plain, "word/document.xml", laughs + f"]><w:document {W}><w:body><w:p>&p;</w:p></w:body></w:document>".encode()
    )
    with contextlib.suppress(Unreadable):
        assert len(article(bomb).text) < 1000
    deep = (
        f"<w:document {W}><w:body>".encode() + b"<w:sdt>" * 100_000 + b"</w:sdt>" * 100_000 + b"</w:body></w:document>"
    )
    assert "broken" in reason(with_member(plain, "word/document.xml", deep))


def test_an_outside_entity_is_not_fetched(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    plain = written(lambda document: document.add_paragraph("x"))
    page = (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:document {W}><w:body>'
        "<w:p><w:r><w:t>Open &a;.</w:t></w:r></w:p></w:body></w:document>"
    )
    with contextlib.suppress(Unreadable):
        assert "SECRET" not in article(with_member(plain, "word/document.xml", page.encode())).text


WHOLE = written(lambda document: [document.add_heading("The quay", 1), document.add_paragraph("It is closed.")])
with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
    XML = archive.read("word/document.xml")


def gives_an_article_or_a_reason(data: bytes) -> None:
    try:
        found = article(data)
    except Unreadable:
        return
    assert found.blocks
    assert all(found.text[b.start : b.end] == " ".join(found.text[b.start : b.end].split()) for b in found.blocks)
    assert all(a.end < b.start for a, b in pairwise(found.blocks))


CHANGES = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8)


@given(CHANGES)
@settings(max_examples=100, deadline=None)
def test_a_damaged_file_gives_an_article_or_a_reason(changes: list[tuple[float, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[int(place * len(data))] = value
    gives_an_article_or_a_reason(bytes(data))


@given(CHANGES)
@settings(max_examples=100, deadline=None)
def test_damaged_xml_gives_an_article_or_a_reason(changes: list[tuple[float, int]]) -> None:
    data = bytearray(XML)
    for place, value in changes:
        data[int(place * len(data))] = value
    gives_an_article_or_a_reason(with_member(WHOLE, "word/document.xml", bytes(data)))
