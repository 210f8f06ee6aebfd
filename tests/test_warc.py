"""Web archives: the newest capture of a page is an article, and the crawl's own date dates nothing."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.extract import Extract, Skipped, Unreadable, joined
from index.formats.warc import read_warc

PAGE = (
    "<html><head><title>Storm</title></head><body><article><h1>Storm cuts off Merrin</h1>"
    "<p>The quay was flooded on Monday night, the harbour office said, and no boat could leave.</p>"
    "<p>Two boats sank at their moorings, and a third was found on the rocks in the morning.</p></article></body></html>"
)


def record(
    uri: str = "https://c.example/storm",
    body: bytes = PAGE.encode(),
    *,
    headers: str = "Content-Type: text/html; charset=utf-8",
    status: str = "200 OK",
    kind: str = "response",
    captured: str = "2026-03-10T12:00:00Z",
    length: int | None = None,
) -> bytes:
    payload = f"HTTP/1.1 {status}\r\n{headers}\r\nDate: Tue, 10 Mar 2026 12:00:00 GMT\r\n\r\n".encode() + body
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {captured}\r\n"
            f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {length or len(payload)}\r\n\r\n"
        ).encode()
        + payload
        + b"\r\n\r\n"
    )


def inner(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    data = file.read()
    if b"unreadable" in data:
        raise Unreadable("it is not for reading")
    if name == "feed.xml":
        yield from (
            Extract(*joined([(None, "An entry.")]), part=part, url=url) for part, url in (("1", "u"), ("2", ""))
        )
        yield Skipped("3", "it is empty")
    else:
        yield Extract(*joined([(None, f"{name}: {data.decode(errors='replace')}")]))


def read(data: bytes) -> list[Extract | Skipped]:
    return list(read_warc(io.BytesIO(data), "crawl.warc", inner))


def articles(data: bytes) -> list[Extract]:
    found = read(data)
    assert all(isinstance(f, Extract) for f in found), found
    return [f for f in found if isinstance(f, Extract)]


def chunked(data: bytes) -> bytes:
    pieces = [data[n : n + 100] for n in range(0, len(data), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def test_a_fetched_page_is_an_article_under_its_address_and_without_a_date() -> None:
    (page,) = articles(record())
    assert "The quay was flooded" in page.text and page.part == page.url == "https://c.example/storm"
    assert page.published == () and page.updated == ()


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: data])
@pytest.mark.parametrize("apart", [True, False])
def test_a_warc_is_read_packed_record_by_record_or_as_a_whole(pack, apart: bool) -> None:
    records = [record("https://c.example/1"), record("https://c.example/2")]
    data = b"".join(map(pack, records)) if apart else pack(b"".join(records))
    assert [a.part for a in articles(data)] == ["https://c.example/1", "https://c.example/2"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(PAGE.encode())),
        ("Content-Encoding: gzip", PAGE.encode()),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode())),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode())[2:-4]),
        ("Transfer-Encoding: chunked", chunked(PAGE.encode())),
        ("Transfer-Encoding: chunked", PAGE.encode()),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(gzip.compress(PAGE.encode()))),
    ],
)
def test_a_page_is_unpacked_as_it_was_sent(headers: str, body: bytes) -> None:
    (page,) = articles(record(body=body, headers=f"Content-Type: text/html\r\n{headers}"))
    assert "Two boats sank" in page.text and "\x1f" not in page.text


def test_a_page_packed_with_brotli_is_unpacked() -> None:
    brotli = pytest.importorskip("brotli")
    (page,) = articles(
        record(body=brotli.compress(PAGE.encode()), headers="Content-Type: text/html\r\nContent-Encoding: br")
    )
    assert "Two boats sank" in page.text


def test_the_encoding_in_the_http_header_is_used() -> None:
    body = PAGE.replace("Merrin", "Mérrîn").encode("cp1252")
    (page,) = articles(record(body=body, headers="Content-Type: text/html; charset=windows-1252"))
    assert "Mérrîn" in page.title + page.text


def test_of_several_captures_the_newest_is_read_wherever_it_stands() -> None:
    old = record(captured="2026-03-09T12:00:00Z", body=PAGE.replace("Two boats", "Few boats").encode())
    new = record(captured="2026-03-11T12:00:00Z")
    gone = record(captured="2026-03-12T12:00:00Z", status="404 Not Found")
    for data in (old + new + gone, gone + new + old, new + old + new):
        (page,) = articles(data)
        assert "Two boats" in page.text


@pytest.mark.parametrize(
    "other",
    [
        record("https://c.example/x", status="404 Not Found"),
        record("https://c.example/x", status="301 Moved"),
        record("https://c.example/x", kind="revisit"),
        record("https://c.example/x", kind="request"),
        record("https://c.example/x", b"\x89PNG", headers="Content-Type: image/png"),
        record("https://c.example/robots.txt", b"User-agent: *", headers="Content-Type: text/plain"),
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n",
    ],
)
def test_what_is_no_fetched_page_is_left_out(other: bytes) -> None:
    assert [a.part for a in articles(other + record() + other)] == ["https://c.example/storm"]


def test_texts_and_feeds_are_read_by_their_own_readers() -> None:
    text = record("https://c.example/a", b"Words.", headers="Content-Type: text/plain")
    feed = record("https://c.example/f", b"<rss/>", headers="Content-Type: application/rss+xml")
    note, one, two, three = read(text + feed)
    assert (
        isinstance(note, Extract) and note.text == "page.txt: Words." and note.url == note.part == "https://c.example/a"
    )
    assert isinstance(one, Extract) and isinstance(two, Extract)
    assert (one.part, one.url) == ("https://c.example/f!1", "u")
    assert (two.part, two.url) == ("https://c.example/f!2", "https://c.example/f")
    assert three == Skipped("https://c.example/f!3", "it is empty")


def test_a_page_that_cannot_be_read_spoils_no_other() -> None:
    bad = record("https://c.example/bad", b"unreadable", headers="Content-Type: application/pdf")
    found = read(bad + record())
    assert found[0] == Skipped("https://c.example/bad", "it is not for reading") and isinstance(found[1], Extract)


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: data])
def test_a_file_that_breaks_off_gives_the_pages_before(pack) -> None:
    first, last = pack(record("https://c.example/1")), pack(record("https://c.example/2"))
    found = read(first + last[: len(last) // 2])
    assert isinstance(found[0], Extract) and found[0].part == "https://c.example/1"
    assert all(isinstance(f, Skipped) for f in found[1:]) and len(found) == 2


def test_a_page_that_unpacks_to_more_than_an_article_is_skipped() -> None:
    bomb = gzip.compress(b"<p>word</p>" * 2_000_000)
    (found,) = read(record(body=bomb, headers="Content-Type: text/html\r\nContent-Encoding: gzip"))
    assert isinstance(found, Skipped) and "larger" in found.why
    long = record(
        body=b"fffffff\r\n" + b"x" * 21_000_000, headers="Content-Type: text/html\r\nTransfer-Encoding: chunked"
    )
    assert isinstance(read(long)[0], Skipped)


def test_headers_without_end_are_refused() -> None:
    for flood in (b"x" * 3_000_000, b"a: b\r\n" * 500_000):
        (found,) = [f for f in read(record() + b"WARC/1.0\r\n" + flood) if isinstance(f, Skipped)]
        assert "headers" in found.why


@pytest.mark.parametrize("data", [b"WARC/1.0", b"WARC/1.0\r\nnonsense", b"nonsense", b"\x1f\x8b\x08\x00" + b"\x00" * 9])
def test_what_is_no_warc_is_refused_or_empty(data: bytes) -> None:
    try:
        assert read(data) == []
    except Unreadable as error:
        assert str(error)


@given(st.booleans(), st.data())
@settings(max_examples=80, deadline=None)
def test_mutated_archives_give_articles_or_sentences_and_nothing_else(packed: bool, data: st.DataObject) -> None:
    records = [record(f"https://c.example/{n}", b"Words.", headers="Content-Type: text/plain") for n in range(3)]
    whole = bytearray(b"".join(map(gzip.compress, records) if packed else records))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=12))
    try:
        assert all(isinstance(f, Extract | Skipped) for f in read(bytes(whole)))
    except Unreadable as error:
        assert str(error)
