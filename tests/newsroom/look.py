"""All the words in a file, by the plainest tool there is for its format: the second look at the gold."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

from ftfy import fix_encoding


def squeezed(text: str) -> str:
    """Letters and marks alone: without white space, bars, hyphens and what cannot be seen; ligatures undone."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if not c.isspace() and c not in "|-\u00ad\u200b\ufeff")


def words(path: Path) -> str:
    """Every word that stands in the file, furniture and all."""
    return words_in(path.read_bytes(), path.name)


def words_in(data: bytes, name: str) -> str:
    """The same for the bytes of a file of that name."""
    end = Path(name).suffix.lower()
    if end in (".html", ".htm", ".xhtml"):
        return _html_text(data.decode("gbk") if "gbk" in name else _text(data))
    if end in (".mhtml", ".eml"):
        return _mail(data)
    if end == ".pdf":
        return _pdf(data)
    if end in (".docx", ".epub", ".zip"):
        return _archive(data)
    if end in (".warc", ".gz"):
        return _warc(data)
    if end in (".rss", ".rdf", ".xml", ".atom"):
        return _xml(data)
    if end == ".parquet":
        import pyarrow.parquet as pq

        return "\n".join(str(v) for row in pq.read_table(io.BytesIO(data)).to_pylist() for v in row.values())
    if end in (".jsonl", ".ndjson"):
        return "\n".join(_html_text(str(v)) for line in data.splitlines() for v in json.loads(line).values())
    if end == ".csv":
        text = _text(data)
        mark = ";" if text.count(";", 0, text.index("\n")) else ","
        return "\n".join(cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in row)
    if end == ".md":
        from markdown_it import MarkdownIt

        return _html_text(MarkdownIt("commonmark").enable("table").render(_text(data)))
    return fix_encoding(_text(data))


def _text(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "windows-1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _html_text(text: str) -> str:
    import lxml.html

    text = re.sub(r"^\s*<\?xml.*?\?>|<!--.*?-->", "", text, flags=re.DOTALL)
    tree = lxml.html.document_fromstring(f"<div>{text}</div>" if "<html" not in text.lower() else text)
    for unseen in tree.xpath("//script|//style"):
        unseen.drop_tree()
    return str(tree.text_content())


def _xml(data: bytes) -> str:
    import lxml.etree

    return "\n".join(_html_text(str(t)) for t in lxml.etree.fromstring(data).itertext() if str(t).strip())


def _mail(data: bytes) -> str:
    found = []
    for part in email.message_from_bytes(data, policy=email.policy.default).walk():
        if part.get_content_maintype() == "text":
            text = part.get_content()
            found.append(_html_text(text) if part.get_content_subtype() == "html" else text)
    return "\n".join(found)


def _pdf(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document)


def _archive(data: bytes) -> str:
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name == "word/document.xml":
                import lxml.etree

                found.append("".join(str(t) for t in lxml.etree.fromstring(archive.read(name)).itertext()))
            elif name.endswith((".txt", ".html", ".xhtml", ".docx")) and "__MACOSX" not in name:
                found.append(words_in(archive.read(name), name))
    return "\n".join(found)


def _warc(data: bytes) -> str:
    from warcio.archiveiterator import ArchiveIterator

    bodies = [r.content_stream().read() for r in ArchiveIterator(io.BytesIO(data)) if r.rec_type == "response"]
    return "\n".join(_html_text(_text(body)) for body in bodies if b"<html" in body.lower())
