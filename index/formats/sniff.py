"""What format a file is in: by its content first, by its name second."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

_HEAD = 65_536
_BINARY = (
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
)
_PDF = re.compile(rb"(?:^|[\r\n\x00\xbf])%PDF-\d\.\d")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument".encode("utf-16-le")
_LINED = (".jsonl", ".ndjson")
_EXTENSIONS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    **dict.fromkeys(_LINED, "jsonl"),
}
_NO_ARTICLES = frozenset(
    (
        *(".py", ".pyi", ".ipynb", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".css", ".scss", ".less"),
        *(".java", ".kt", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".go", ".rs", ".rb", ".php", ".pl", ".lua"),
        *(".r", ".m", ".swift", ".scala", ".sh", ".bash", ".zsh", ".bat", ".cmd", ".ps1", ".sql", ".vue"),
        *(".svelte", ".map", ".log", ".out", ".err", ".lock", ".yml", ".yaml", ".toml", ".ini", ".cfg"),
        *(".conf", ".properties", ".env", ".json", ".xml", ".xsl", ".xsd", ".dtd", ".svg", ".srt", ".vtt"),
        *(".po", ".tex", ".bib", ".diff", ".patch", ".mk", ".cmake", ".gradle", ".tf", ".ics", ".vcf", ".asc"),
        *(".pem", ".sum", ".bak", ".tmp"),
    )
)
"""Endings of what is text and no article: code, settings, logs, subtitles."""
_NO_ARTICLE_NAMES = frozenset(
    ("makefile", "dockerfile", "gemfile", "rakefile", "procfile", "vagrantfile", "jenkinsfile", "codeowners")
)
_BEFORE_ROOT = re.compile(
    r"\s+|<\?[^>]*>|<!--.*?-->|<!doctype(?!\s+html)[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"<(?:\w{1,20}:)?([a-z][\w-]*|!doctype\s+html)(?=[\s>/])", re.IGNORECASE)
_HTML_ROOTS = frozenset(
    (
        *("html", "head", "body", "title", "script", "style", "article", "section", "main", "header", "div"),
        *("p", "h1", "h2", "h3", "table", "ul", "ol", "blockquote", "figure"),
    )
)
_HEADER = re.compile(r"([!-9;-~]+):(?=\s|$)")
_MAIL_HEADERS = frozenset(("from", "to", "subject", "date", "sender", "reply-to", "cc"))
_MAIL_SIGNS = frozenset(
    (
        *("message-id", "mime-version", "received", "return-path", "delivered-to", "content-type"),
        "dkim-signature",
    )
)
_MBOX = re.compile(r"From \S+ .*\d{4}\s*$")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?:[ \t#].*\n|\n|- .*\n)*[\w-]+[ \t]*:(?:[ \t].*)?\n(?:.*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_JSON_KEY = re.compile(r'"([^"\\]{1,60})"\s*:')


def format_of(file: BinaryIO, name: str) -> str:
    """The format of the file, a seekable stream, which is left at its beginning.

    One of "pdf", "docx", "epub", "odt", "zip", "tar", "gzip", "parquet", "warc", "feed", "html", "mhtml",
    "eml" (also many mails in one mbox), "jsonl" (also a JSON list), "csv", "markdown", "text", "doc",
    "rtf"; "" for what is none of these. Raises Unreadable where the stream does.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        found = _zipped(file)
        file.seek(0)
        return found
    return _binary(head, name) or _written(head, name)


def _zipped(file: BinaryIO) -> str:
    """What kind of zip it is, by the list of its files."""
    from index.formats.archive import zip_names
    from index.formats.extract import Unreadable

    try:
        names = zip_names(file)
    except Unreadable:
        # Its reader says what is wrong with it.
        return "zip"
    file.seek(0)
    # These begin with a member that says what they are, not packed, so that it stands in the open.
    head = file.read(200)
    if b"mimetypeapplication/epub+zip" in head or "META-INF/container.xml" in names:
        return "epub"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head:
        return "odt"
    if "word/document.xml" in names:
        return "docx"
    office = b"mimetypeapplication/vnd.oasis" in head or "[Content_Types].xml" in names
    return "" if office or "META-INF/MANIFEST.MF" in names else "zip"


def _binary(head: bytes, name: str) -> str:
    found = next((kind for mark, kind in _BINARY if head.startswith(mark)), "")
    if not found and head.startswith(_OLD_OFFICE) and (_WORD in head or name.lower().endswith((".doc", ".dot"))):
        return "doc"
    if not found and _PDF.search(head[:1024]):
        return "pdf"
    # With the zero behind it: the word alone stood there in one of a hundred thousand articles.
    return found or ("tar" if head[257:265] in (b"ustar\x0000", b"ustar  \x00") else "")


def _written(head: bytes, name: str) -> str:
    """The format of what is text, "" for what is not."""
    text = _decoded(head)
    if not text.strip():
        return _EXTENSIONS.get(_ending(name), "") if not head.strip() else ""
    lowered, ending = name.lower(), _ending(name)
    found = _markup(text, ending) or _mail(text, ending) or _json(text, ending)
    if found or (text.lstrip()[:1] in "{[" and ending == ".json"):
        return found
    if ending in (".md", ".markdown") or _FRONT_MATTER.match(text):
        return "markdown"
    if ending in _EXTENSIONS:
        return "csv" if _EXTENSIONS[ending] == "text" and _is_table(text) else _EXTENSIONS[ending]
    if ending in _NO_ARTICLES or PurePosixPath(lowered).name in _NO_ARTICLE_NAMES:
        return ""
    if _is_table(text):
        return "csv"
    return "text" if _is_prose(text) else ""


def _ending(name: str) -> str:
    return PurePosixPath(name.lower().replace("\\", "/")).suffix


def _decoded(head: bytes) -> str:
    """The head as text, however roughly; "" where it is binary."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = head.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="surrogateescape")
    controls = sum(1 for c in text if c < " " and c not in "\t\n\r\f\x1b")
    # A few stray control characters are damage; what has them by the hundred is no text.
    return "" if controls > max(8, len(text) // 100) else text.replace("\r\n", "\n").replace("\r", "\n")


def _markup(text: str, ending: str) -> str:
    """ "feed" or "html" for what begins as one of them, "" for all else: prose may speak of <html>."""
    position = 0
    while skipped := _BEFORE_ROOT.match(text, position):
        position = skipped.end()
    root = _ROOT.match(text, position)
    tag = root[1].lower() if root else ""
    start = text[position : position + 4000].lower()
    if tag == "rss" or (tag == "rdf" and ("purl.org/rss" in start or "netscape.com/rdf" in start)):
        return "feed"
    if tag == "feed" and ("w3.org/2005/atom" in start or "purl.org/atom" in start):
        return "feed"
    if tag.startswith("!doctype") or tag in ("html", "head", "body"):
        return "html"
    # A piece of a page needs the name, or an end tag: a text may begin with "<i>".
    if (
        tag in _HTML_ROOTS
        and ending not in (".md", ".markdown")
        and (f"</{tag}" in start or _EXTENSIONS.get(ending) == "html")
    ):
        return "html"
    return ""


def _mail(text: str, ending: str) -> str:
    """ "eml" or "mhtml" for what begins with a mail's header lines."""
    first, _, rest = text.lstrip("\n").partition("\n")
    headers: set[str] = set()
    lines = (rest if _MBOX.match(first) else text.lstrip("\n")).split("\n")
    for line in lines:
        if line[:1] in (" ", "\t") and headers and line.strip():
            continue
        field = _HEADER.match(line)
        if not field:
            break
        headers.add(field[1].lower())
    known = headers & (_MAIL_HEADERS | _MAIL_SIGNS)
    block = text[:4000].lower()
    if ending in (".mht", ".mhtml") and "mime-version" in known:
        return "mhtml"
    if len(known) < 2 or not (known & _MAIL_SIGNS or ending in (".eml", ".mbox") or _MBOX.match(first)):
        return ""
    saved = "snapshot-content-location" in headers or "saved by" in block.partition("\n\n")[0]
    if "multipart/related" in block and (saved or not known & {"to", "received", "delivered-to", "return-path"}):
        return "mhtml"
    return "eml"


def _json(text: str, ending: str) -> str:
    """ "jsonl" for JSON that may hold articles, "feed" for a JSON Feed, "" for all else, settings above all."""
    from index.formats.table.mapping import guess

    start = text.lstrip()
    if start[:1] not in ("{", "["):
        return ""
    if start[:1] == "{" and re.search(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org', start[:5000]):
        return "feed"
    keys = tuple(dict.fromkeys(_JSON_KEY.findall(start)))[:500]
    said = guess(keys)
    articles = bool(said.text and (said.title or said.url or said.published))
    lines = [line for line in start.split("\n", 3)[:2] if line.strip()]
    if lines and all(isinstance(_loaded(line), dict) for line in lines) and (len(lines) > 1 or ending in _LINED):
        return "jsonl" if said.text or ending in (*_LINED, ".json") else ""
    if start[0] == "[" and not re.match(r"\[\s*\{", start):
        return ""
    if ending in _LINED:
        return "jsonl"
    return "jsonl" if articles or (start[0] == "[" and ending == ".json") else ""


def _loaded(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        # The head may end inside the second line.
        return {} if len(line) > _HEAD // 2 and line.startswith("{") else None


def _is_table(text: str) -> bool:
    """True for three rows or more of as many cells each, under a header of short names."""
    lines = text.split("\n")[:200]
    whole = lines[:-1] if len(text) >= _HEAD // 4 and len(lines) > 3 else lines
    return any(_is_even(list(_cells(whole, mark))) for mark in "\t;,|")


def _cells(lines: list[str], mark: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in csv.reader([line + "\n" for line in lines], delimiter=mark, strict=True) if row)
    except csv.Error:
        # Perhaps the head ends inside a quotation.
        return


def _is_even(rows: list[list[str]]) -> bool:
    header = [cell.strip() for cell in rows[0]] if rows else []
    return (
        len(rows) >= 3
        and len(header) >= 3
        and len(set(header)) == len(header)
        and all(cell and len(cell) <= 30 and cell == own for cell, own in zip(header, rows[0], strict=True))
        and all(len(row) == len(header) for row in rows)
    )


def _is_prose(text: str) -> bool:
    """True for sentences; code and logs are full of other signs and of figures."""
    words = sum(1 for c in text if c.isalpha() or c.isspace() or "\udc80" <= c <= "\udcff" or c in ",.;:'\"’‘“”-–—?!()")
    code = sum(1 for c in text if c in "{}<>=;\\_$#|*/")
    return words >= 0.88 * len(text) and code <= 0.02 * len(text) and len(text.split()) >= 5
