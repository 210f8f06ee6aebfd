"""Saved pages in one file, books of articles, and mail: each article apart, its date never that of saving."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.eml import read_eml
from index.formats.epub import read_epub
from index.formats.extract import Extract, Skipped, Stated, Unreadable
from index.formats.mhtml import read_mhtml

FIRST = "The council of Merrin voted on Tuesday to close the lower quay for the winter — at a cost of €2 million."
SECOND = "“We will rebuild it,” said Ann Poe, the harbour master."
LAST = "The vote was 7–2."
PAGE = (
    "<html><head><meta charset='utf-8'><title>Quay to close | Courier</title></head><body><nav><a href='/'>Home</a></nav>"
    f"<article><h1>Quay to close</h1><p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p></article></body></html>"
)

Read = Callable[[BinaryIO, str], Iterator[Extract | Skipped]]


def read(reader: Read, data: bytes) -> list[Any]:
    return list(reader(io.BytesIO(data), "x"))


def only(reader: Read, data: bytes) -> Extract:
    (extract,) = read(reader, data)
    assert isinstance(extract, Extract)
    return extract


def words(extract: Extract) -> list[str]:
    return [extract.text[b.start : b.end] for b in extract.blocks]


# --- saved pages


def mhtml(html: str = PAGE, *, encoding: str = "quoted-printable", start: str = "", charset: str = "utf-8") -> bytes:
    page = EmailMessage()
    page.set_content(html, subtype="html", charset=charset, cte=encoding)
    page["Content-Location"] = "https://example.org/quay"
    page["Content-ID"] = "<page@mhtml>"
    del page["MIME-Version"]
    style = "Content-Type: text/css\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a.css\r\n\r\nYXt9\r\n"
    frame = "Content-Type: text/html\r\nContent-ID: <ad@mhtml>\r\n\r\n<p>Buy a boat today, they never ever sink, our boats.</p>\r\n"
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/2026/quay\r\nSubject: Quay to close\r\n"
        "Date: Tue, 5 May 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; {start}boundary="--B--"\r\n\r\n'
    )
    first, second = (frame, page.as_string()) if start else (page.as_string(), frame)
    return (head + "".join(f"----B--\r\n{part}\r\n" for part in (first, second, style)) + "----B----\r\n").encode()


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_as_one_file_is_read_like_the_page(encoding: str) -> None:
    extract = only(read_mhtml, mhtml(encoding=encoding))
    assert words(extract) == ["Quay to close", FIRST, SECOND, LAST]
    assert (extract.title, extract.url) == ("Quay to close", "https://example.org/2026/quay")


def test_the_time_of_saving_a_page_is_never_its_date() -> None:
    extract = only(read_mhtml, mhtml())
    assert extract.published == extract.updated == ()


def test_the_part_that_the_file_names_as_its_start_is_the_page() -> None:
    assert words(only(read_mhtml, mhtml(start='start="<page@mhtml>"; ')))[1] == FIRST


def test_the_parts_charset_is_followed() -> None:
    html = PAGE.replace("<meta charset='utf-8'>", "")
    assert words(only(read_mhtml, mhtml(html, charset="windows-1252", encoding="base64")))[1] == FIRST


def test_a_file_without_a_page_is_unreadable() -> None:
    for data in (b"", b"no mail at all", b"Subject: x\n\njust text"):
        with pytest.raises(Unreadable):
            read(read_mhtml, data)


# --- mail


def mail(body: str, subject: str = "Quay to close", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Merrin Courier <news@example.org>"
    message["Subject"] = subject
    message["Date"] = "Tue, 10 Mar 2026 18:30:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(body)
    return message


TEXT = f"{FIRST}\n\n{SECOND}\n\n{LAST}\n"


def test_a_plain_mail_is_its_paragraphs_with_what_its_header_says() -> None:
    extract = only(read_eml, mail(TEXT, "Re: Fwd: Quay to close").as_bytes())
    assert words(extract) == [FIRST, SECOND, LAST]
    assert (extract.title, extract.source, extract.authors) == ("Quay to close", "Merrin Courier", ())
    assert extract.published == (Stated("Tue, 10 Mar 2026 18:30:00 +0000", "mail header"),)
    assert extract.part == ""


def test_a_sender_without_a_name_is_no_source() -> None:
    message = mail(TEXT)
    message.replace_header("From", "news@example.org")
    assert only(read_eml, message.as_bytes()).source == ""


def test_the_plain_part_goes_before_the_html_part_unless_it_is_a_stub() -> None:
    html = f"<p>{FIRST}</p><p>{SECOND} <a href='x'>More</a></p><p><a href='x'>Unsubscribe</a></p>"
    both = mail(TEXT)
    both.add_alternative("<p>Another text.</p>", subtype="html")
    assert words(only(read_eml, both.as_bytes())) == [FIRST, SECOND, LAST]
    for stub in ("", "View this email in your browser: https://example.org/v"):
        message = mail(stub)
        message.add_alternative(html, subtype="html")
        assert words(only(read_eml, message.as_bytes())) == [FIRST, SECOND + " More"]


def test_quoted_replies_signatures_and_unsubscribe_footers_are_left_out() -> None:
    reply = (
        f"{TEXT}\nOn Mon, 9 Mar 2026 at 10:00, Bo Lee <bo@example.org> wrote:\n> What of the quay?\n> And the wall?\n"
    )
    assert words(only(read_eml, mail(reply).as_bytes())) == [FIRST, SECOND, LAST]
    assert words(only(read_eml, mail(f"{TEXT}\n-- \nAnn Poe\nHarbour office\n").as_bytes())) == [FIRST, SECOND, LAST]
    footer = f"{TEXT}\nYou received this email because you signed up.\n\nUnsubscribe: https://example.org/u\n"
    assert words(only(read_eml, mail(footer).as_bytes())) == [FIRST, SECOND, LAST]


def test_flowed_lines_are_one_paragraph() -> None:
    flowed = "The council of Merrin voted on \r\nTuesday to close the quay.\r\n\r\nThe vote \r\nwas 7-2.\r\n"
    head = "From: a@example.org\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    assert words(only(read_eml, (head + flowed).encode())) == [
        "The council of Merrin voted on Tuesday to close the quay.",
        "The vote was 7-2.",
    ]


def test_attachments_are_not_read() -> None:
    message = mail(TEXT)
    message.add_attachment("Secret plans of the wall.", filename="plans.txt")
    message.add_attachment(mail("Another mail altogether, attached."))
    assert words(only(read_eml, message.as_bytes())) == [FIRST, SECOND, LAST]


def test_a_press_release_is_known_by_what_it_says() -> None:
    assert only(read_eml, mail(f"FOR IMMEDIATE RELEASE\n\n{TEXT}").as_bytes()).type == "press release"
    assert only(read_eml, mail(TEXT).as_bytes()).type == ""


def test_encrypted_and_empty_mails_are_unreadable_and_say_why() -> None:
    sealed = b"From: a@b.c\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nAAAA"
    for data in (sealed, b"From: a@b.c\nSubject: x\n\n", b"", b"no header here\n\njust text"):
        with pytest.raises(Unreadable):
            read(read_eml, data)


def mbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From news@example.org Tue Mar 10 18:30:00 2026\n" + m.replace(b"\nFrom ", b"\n>From ") + b"\n" for m in mails
    )


def test_an_mbox_is_its_mails_told_apart_by_message_id_or_number() -> None:
    without = mail("From the quay came a noise.\n\nFrom all sides they ran to see what it was.\n")
    del without["Message-ID"]
    sealed = b"From: a@b.c\nMessage-ID: <3@x>\nContent-Type: application/pkcs7-mime\n\nAAAA\n"
    found = read(read_eml, mbox(mail(TEXT).as_bytes(), without.as_bytes(), sealed, mail(LAST).as_bytes()))
    assert [f.part for f in found] == ["1@example.org", "2", "3@x", "1@example.org (2)"]
    assert [type(f) for f in found] == [Extract, Extract, Skipped, Extract]
    assert words(found[1]) == ["From the quay came a noise.", "From all sides they ran to see what it was."]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "data",
    [
        b"From: " + b"(" * 200_000 + b"\nSubject: x\n\nThe text of it.",
        b"Subject: " + b"a b " * 300_000 + b"\n\nThe text of it.",
        b"Content-Type: text/plain; " + b'a="b"; ' * 100_000 + b"\n\nThe text of it.",
        b"Subject: =?utf-8?q?" + b"=41" * 100_000 + b"?=\n\nThe text of it.",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
        b"".join(b"Content-Type: message/rfc822\n\n" for _ in range(5000)) + b"x",
        b"From " + b"a" * 900_000 + b"\n" + b"From x " + b"1:1 " * 200_000 + b"\n\nThe text of it.",
        b"Subject: x\n" * 100_000 + b"\n\nThe text of it.",
    ],
)
def test_a_hostile_mail_is_read_in_seconds_or_refused(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read(read_eml, data)


# --- books

CONTAINER = '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
CHAPTER = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><h2>{}</h2><p class="byline">By Ann Poe</p><p>{}</p><p>{}</p></body></html>'


EDITION = "<dc:date>2026-03-14</dc:date>"


def book(
    documents: dict[str, str | bytes],
    *,
    more: str = "",
    dates: str = EDITION,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{path}" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if path == "nav.xhtml" else ""}/>'
        for n, path in enumerate(documents)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(documents)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The week</dc:title>'
        f"<dc:publisher>Merrin Courier</dc:publisher><dc:creator>Di Ek</dc:creator>{dates}<dc:language>en</dc:language>"
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine>{more}</package>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", package)
        for path, data in documents.items():
            archive.writestr(f"OEBPS/{path}", data)
        for path, raw in (extra or {}).items():
            archive.writestr(path, raw)
    return out.getvalue()


BOOK = book(
    {
        "cover.xhtml": "<html><body><img src='a.jpg'/></body></html>",
        "nav.xhtml": "<html><body><nav><ol><li><a href='one.xhtml'>One</a></li><li><a href='two.xhtml#a'>Label two</a></li></ol><p>A list.</p></nav></body></html>",
        "copyright.xhtml": '<html xmlns:epub="x"><body epub:type="copyright-page"><p>© 2026 Merrin Courier, all of it.</p></body></html>',
        "contents.xhtml": "<html><body><h1>Contents</h1><p>Page 1: the quay.</p></body></html>",
        "one.xhtml": CHAPTER.format("Quay to close", FIRST, SECOND),
        "two.xhtml": f"<html><body><p>{SECOND}</p><p>{LAST}</p></body></html>",
    }
)


def test_a_book_is_its_articles_without_cover_contents_and_copyright() -> None:
    found = read(read_epub, BOOK)
    assert [f.part for f in found] == ["OEBPS/one.xhtml", "OEBPS/two.xhtml"]
    assert [f.title for f in found] == ["Quay to close", "Label two"]
    assert words(found[0]) == ["Quay to close", "By Ann Poe", FIRST, SECOND]
    assert found[0].blocks[0].kind == "headline"
    assert [f.authors for f in found] == [("Ann Poe",), ()]
    assert {(f.source, f.language) for f in found} == {("Merrin Courier", "en")}


def test_a_books_date_is_every_articles_and_its_author_only_that_of_the_only_one() -> None:
    edition = Stated("2026-03-14", "book metadata")
    assert [(f.published, f.authors) for f in read(read_epub, BOOK)] == [((edition,), ("Ann Poe",)), ((edition,), ())]
    alone = only(read_epub, book({"one.xhtml": f"<html><body><h1>Quay</h1><p>{FIRST}</p></body></html>"}))
    assert alone.published == (Stated("2026-03-14", "book metadata"),)
    assert alone.authors == ("Di Ek",)


def test_a_missing_document_is_told_and_the_others_are_read() -> None:
    data = book(
        {
            "one.xhtml": CHAPTER.format("Quay", FIRST, SECOND),
            "../../../etc/passwd": "",
            "two.xhtml": f"<p>{LAST} It was late.</p>",
        }
    )
    assert [f.part for f in read(read_epub, data) if isinstance(f, Extract)] == ["OEBPS/one.xhtml", "OEBPS/two.xhtml"]


def test_locked_books_are_unreadable_and_books_with_hidden_fonts_are_not() -> None:
    def encryption(method: str) -> dict[str, bytes]:
        return {
            "META-INF/encryption.xml": f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/></EncryptedData></encryption>'.encode()
        }

    documents: dict[str, str | bytes] = {"one.xhtml": CHAPTER.format("Quay", FIRST, SECOND)}
    assert len(read(read_epub, book(documents, extra=encryption("http://www.idpf.org/2008/embedding")))) == 1
    with pytest.raises(Unreadable, match="locked"):
        read(read_epub, book(documents, extra=encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")))


def test_entities_are_not_expanded_nor_files_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    data = book({"one.xhtml": bomb + f"<html><body><p>{FIRST} &b; &f;</p></body></html>"})
    assert "aaaa" not in only(read_epub, data).text and "root:" not in only(read_epub, data).text


def test_a_book_made_to_fill_the_memory_is_refused() -> None:
    big = b"<p>" + b"a" * 60_000_000
    found: list[Any] = []
    with contextlib.suppress(Unreadable):
        found = read(read_epub, book({"one.xhtml": big}))
    assert not any(isinstance(f, Extract) for f in found)


def test_what_is_no_book_is_unreadable() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"", b"PK\x03\x04 no", empty.getvalue(), book({}), BOOK[: len(BOOK) // 2]):
        with pytest.raises(Unreadable):
            read(read_epub, data)


SAMPLES: dict[str, tuple[Read, bytes]] = {
    "mhtml": (read_mhtml, mhtml()),
    "mail": (read_eml, mail(TEXT).as_bytes()),
    "mbox": (read_eml, mbox(mail(TEXT).as_bytes(), mail(LAST).as_bytes())),
    "book": (read_epub, BOOK),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.floats(0, 1), st.integers(0, 80), st.binary(max_size=12))
def test_a_damaged_file_gives_articles_or_a_reason(name: str, at: float, cut: int, put: bytes) -> None:
    reader, data = SAMPLES[name]
    place = int(at * len(data))
    try:
        found = read(reader, data[:place] + put + data[place + cut :])
    except Unreadable as why:
        assert len(str(why)) > 20
        return
    for extract in found:
        if isinstance(extract, Extract):
            end = -1
            for block in extract.blocks:
                assert (
                    block.start > end
                    and extract.text[block.start : block.end].strip() == extract.text[block.start : block.end] != ""
                )
                end = block.end


def test_the_day_a_book_was_made_is_not_that_of_its_edition() -> None:
    document: dict[str, str | bytes] = {"one.xhtml": f"<html><body><h1>Quay</h1><p>{FIRST}</p></body></html>"}
    made = '<dc:date xmlns:opf="http://www.idpf.org/2007/opf" opf:event="modification">2026-05-05</dc:date>'
    data = book(document, dates=made + "<dc:date>2026-03-14</dc:date>")
    assert only(read_epub, data).published == (Stated("2026-03-14", "book metadata"),)
    assert only(read_epub, book(document, dates=made)).published == ()
