"""What a file is shows in its content; its name decides only where the content leaves it open."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.formats.sniff import format_of

PROSE = (
    "Storm cuts off Merrin\n\nThe quay was flooded on Monday night, the harbour office said, and no boat could leave. "
    "Two boats sank at their moorings; a third was found on the rocks in the morning.\n"
)
PAGE = f"<html><head><title>Storm</title></head><body><p>{PROSE}</p></body></html>"
RSS = "<rss version='2.0'><channel><title>Courier</title><item><title>Storm</title></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Courier</title></feed>"
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'></rdf:RDF>"
MAIL = "From: Ann Poe <ann@c.example>\nTo: desk@c.example\nSubject: Storm\nMIME-Version: 1.0\n\nThe quay was flooded.\n"
MHTML = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://c.example/\nSubject: Storm\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related;\n\ttype="text/html"; boundary="x"\n\n--x\n'
)
ROW = {"title": "Storm", "text": "The quay was flooded.", "date": "2026-03-10"}
TABLE = "title,text,date\nStorm,The quay was flooded.,2026-03-10\nCalm,The quay is dry.,2026-03-11\n"
FRONT = f"---\ntitle: Storm\ndate: 2026-03-10\n---\n{PROSE}"


def zipped(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in [("mimetype", mimetype)] * bool(mimetype) + [(name, "x") for name in names]:
            archive.writestr(name, data)
    return out.getvalue()


def sniff(data: bytes | str, name: str) -> str:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    found = format_of(file, name)
    assert file.tell() == 0
    return found


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a", "a.bin"])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("META-INF/container.xml", mimetype="application/epub+zip"), "epub"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), ""),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), ""),
        (zipped("a.txt", "in.docx"), "zip"),
        (b"PK\x03\x04broken", "zip"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (b"PAR1" + b"\x00" * 30, "parquet"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "warc"),
        (b"{\\rtf1 Words}", "rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "WordDocument".encode("utf-16-le"), "doc"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" * 20, ""),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3, ""),
        (b"\x7fELF" + b"\x00" * 100, ""),
        (RSS, "feed"),
        (f'<?xml version="1.0"?>\n<?xml-stylesheet href="x"?>\n<!-- made by hand -->\n{RSS}', "feed"),
        (ATOM, "feed"),
        (RDF, "feed"),
        ("\ufeff" + ATOM, "feed"),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}), "feed"),
        (PAGE, "html"),
        ("\n\n<!-- saved from url=(0020)https://c.example/ -->\n<!DOCTYPE html>\n" + PAGE, "html"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">' + PAGE, "html"),
        (PAGE.encode("utf-16"), "html"),
        (PAGE.encode("utf-8-sig"), "html"),
        (f"<article><p>{PROSE}</p></article>", "html"),
        (MAIL, "eml"),
        ("From ann@c.example Tue Mar 10 18:30:00 2026\n" + MAIL, "eml"),
        (MHTML, "mhtml"),
        ("\n".join([json.dumps(ROW)] * 3), "jsonl"),
        (json.dumps([ROW] * 3, indent=1), "jsonl"),
    ],
)
def test_content_goes_before_the_name(data: bytes | str, expected: str, name: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PROSE, "story.txt", "text"),
        (PROSE, "STORY.TXT", "text"),
        (PROSE, "story", "text"),
        (PROSE, "story.march", "text"),
        (PROSE.encode("utf-16"), "story.txt", "text"),
        (PROSE.replace("Merrin", "Mérrîn").encode("cp1252"), "story.txt", "text"),
        (PROSE, "story.md", "markdown"),
        (FRONT, "story.txt", "markdown"),
        (FRONT, "story", "markdown"),
        (PROSE, "story.html", "html"),
        (TABLE, "a.csv", "csv"),
        (TABLE, "a.txt", "csv"),
        (TABLE.replace(",", "\t"), "a.tsv", "csv"),
        (TABLE.replace(",", ";"), "a", "csv"),
        (PROSE, "a.csv", "csv"),
        (json.dumps({"corpo": "x"}), "a.jsonl", "jsonl"),
        (json.dumps([{"corpo": "x"}]), "a.json", "jsonl"),
        (json.dumps({"@type": "NewsArticle", "headline": "Storm", "articleBody": "Words."}), "a.json", "jsonl"),
        (json.dumps({"articles": [ROW]}), "a.json", "jsonl"),
        (MAIL.replace("MIME-Version: 1.0\n", ""), "a.eml", "eml"),
        ("", "a.txt", "text"),
        ("", "a", ""),
    ],
)
def test_the_name_decides_what_the_content_leaves_open(data: bytes | str, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The tag <html> opens a page, the teacher said.\n\n" + PROSE,
        "<i>Storm</i> of the century: " + PROSE,
        "From the capital: the minister resigned.\n\n" + PROSE,
        "From: the capital\n\n" + PROSE,
        "Date: 10 March 2026\nSubject: the storm\n\n" + PROSE,
        "--- \n" + PROSE,
        "[Merrin] " + PROSE,
        "{Merrin} " + PROSE,
        "One, two, three.\nFour, five, six.\nSeven, eight, nine.\n" + PROSE,
        "Red, green, blue\nNorth, east, south\nBread, milk, eggs\n",
        "%PDF is no word, and PK\x03\x04 neither.\n" + PROSE,
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert sniff(text, "a.txt") == "text"


CODE = "def storm(level: int) -> str:\n    return {'quay': level}[\"quay\"]  # noqa\n\nprint(storm(3))\n" * 5


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CODE, "storm.py"),
        (CODE, "storm"),
        ("body { margin: 0; }\n.a > .b { color: #fff; }\n" * 5, "a.css"),
        ("body { margin: 0; }\n.a > .b { color: #fff; }\n" * 5, "style"),
        ("function f(x) { return x + 1; }\n" * 5, "a.js"),
        ("2026-03-10 12:00:01,201 INFO started worker\n" * 9, "server.log"),
        ("2026-03-10 12:00:01,201 INFO [12] started id=7\n" * 9, "server"),
        ("all: build\n\ttouch x\n" + PROSE, "Makefile"),
        (json.dumps({"name": "x", "version": "1", "content": ["src"]}), "package.json"),
        (json.dumps([1, 2, 3]), "a.json"),
        (json.dumps({"compilerOptions": {"strict": True}}, indent=2), "tsconfig"),
        ("title: x\nmenu:\n  - a\n", "config.yml"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>", "a.svg"),
        ("<?xml version='1.0'?><urlset><url><loc>x</loc></url></urlset>", "sitemap.xml"),
    ],
)
def test_code_settings_and_logs_are_no_articles(data: str, name: str) -> None:
    assert sniff(data, name) == ""


@pytest.mark.parametrize("word", ["ustar", "soustars", "ustar  and", "ustar 00"])
def test_a_text_where_a_tar_has_its_mark_is_a_text(word: str) -> None:
    before = (PROSE * 2)[: 257 - word.index("ustar")]
    assert sniff(f"{before}{word} {PROSE}", "storm.txt") == "text"
    packed = io.BytesIO()
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        with tarfile.open(fileobj=packed, mode="w", format=form) as archive:
            archive.addfile(tarfile.TarInfo("storm.txt"), io.BytesIO())
        assert sniff(packed.getvalue(), "storm") == "tar"


def test_code_that_is_called_a_text_is_one() -> None:
    assert sniff(CODE, "storm.txt") == "text"


KINDS = {
    *("pdf", "docx", "epub", "odt", "zip", "tar", "gzip", "parquet", "warc", "feed", "html", "mhtml", "eml"),
    *("jsonl", "csv", "markdown", "text", "doc", "rtf", ""),
}
STARTS = st.sampled_from(
    [RSS, PAGE, MAIL, MHTML, TABLE, FRONT, json.dumps([ROW]), "<!--", "PK\x03\x04", "[[[[", "---\n"]
)


@given(
    st.builds(lambda start, rest: start.encode()[:200] + rest, STARTS, st.binary(max_size=200)) | st.binary(), st.text()
)
@settings(max_examples=200, deadline=None)
def test_anything_has_a_format_or_none(data: bytes, name: str) -> None:
    assert sniff(data, name) in KINDS


@pytest.mark.parametrize(
    "debris",
    ["<!--", "<?", "<!doctype [", "---\n", "---\na:\n", "a: \n", " ", "\n", '{"a":', "[", '"', ",", "From: \n", "<a "],
)
def test_a_flood_of_debris_takes_no_long_time(debris: str) -> None:
    import time

    began = time.perf_counter()
    sniff(debris * (70_000 // len(debris)), "a")
    assert time.perf_counter() - began < 2
