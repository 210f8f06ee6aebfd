"""WARC files of a crawl, and zip files as people send them: pages among all that is none."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

from tests.newsroom import web_layouts as new
from tests.newsroom import web_old as old
from tests.newsroom import web_parts as web
from tests.newsroom.desk import Desk
from tests.newsroom.gold import Gold
from tests.newsroom.web_layouts import Page

CRAWLED = "2021-11-11T11:11:11Z"
HTTP_DATE = "Thu, 11 Nov 2021 11:11:11 GMT"


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All WARC and zip files, and their gold."""
    return [*warcs(folder, desk), *zips(folder, desk)]


def warcs(folder: Path, desk: Desk) -> list[Gold]:
    """Three crawls: plain, compressed, and one whose pages say no date at all."""
    (folder / "warc").mkdir(parents=True, exist_ok=True)
    made = {
        "warc/crawl.warc": [new.broadsheet, new.components, old.line_breaks],
        "warc/crawl.warc.gz": [new.weblog, new.microdata, new.tabloid],
        "warc/undated.warc.gz": [new.bare, new.bare],
    }
    found: list[Gold] = []
    for name, layouts in made.items():
        pages = [layout(desk.fitting("windows-1252"), desk.die) for layout in layouts]
        addresses = [str(p.gold.url or f"https://www.dunmarrowtimes.example/a/{n}") for n, p in enumerate(pages)]
        _crawl(folder / name, pages, addresses)
        for page, address in zip(pages, addresses, strict=True):
            why = page.gold.unknown and "decoy only"
            found.append(replace(page.gold, file=name, format="warc", url=address, unknown=why))
    return found


def _crawl(path: Path, pages: list[Page], addresses: list[str]) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=path.suffix == ".gz")

        def add(
            url: str, kind: str, body: bytes, status: str = "200 OK", content: str = "text/html", *more: tuple[str, str]
        ) -> None:
            heads = [("Date", HTTP_DATE), ("Last-Modified", HTTP_DATE), ("Content-Type", content), *more]
            writer.write_record(
                writer.create_warc_record(
                    url,
                    kind,
                    payload=io.BytesIO(body),
                    http_headers=StatusAndHeaders(status, heads, protocol="HTTP/1.1"),
                    warc_headers_dict={"WARC-Date": CRAWLED},
                )
            )

        home = addresses[0].split("/news")[0]
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        add(f"{home}/robots.txt", "response", b"User-agent: *\nDisallow:\n", content="text/plain")
        add(f"{home}/old", "response", b"", "301 Moved Permanently", "text/html", ("Location", addresses[0]))
        gone = web.page(
            "", "<h1>Page not found</h1><p>We are sorry, the page you asked for is not here any more.</p>", title="404"
        )
        add(f"{home}/gone", "response", gone.encode(), "404 Not Found")
        add(f"{home}/style.css", "response", b"p{margin:0}", content="text/css")
        add(f"{home}/lead.jpg", "response", b"\xff\xd8\xff\xe0" + bytes(50), content="image/jpeg")
        for n, (page, address) in enumerate(zip(pages, addresses, strict=True)):
            if n == 0:
                add(
                    address,
                    "response",
                    gzip.compress(page.html.encode(), mtime=0),
                    "200 OK",
                    "text/html; charset=utf-8",
                    ("Content-Encoding", "gzip"),
                )
            elif n == 1:
                said = page.html.replace('<meta charset="utf-8">', "")
                add(
                    address,
                    "response",
                    said.encode("windows-1252", "xmlcharrefreplace"),
                    "200 OK",
                    "text/html; charset=windows-1252",
                )
            else:
                data = page.html.encode()
                chunks = b"".join(
                    b"%x\r\n%s\r\n" % (len(data[k : k + 900]), data[k : k + 900]) for k in range(0, len(data), 900)
                )
                add(
                    address,
                    "response",
                    chunks + b"0\r\n\r\n",
                    "200 OK",
                    "text/html; charset=utf-8",
                    ("Transfer-Encoding", "chunked"),
                )


def zips(folder: Path, desk: Desk) -> list[Gold]:
    """Three zip files: mixed formats in folders, one from a Mac with its debris, one of undated texts."""
    from tests.newsroom import office, plain

    work = folder / "zip"
    (work / "docx").mkdir(parents=True, exist_ok=True)
    found: list[Gold] = []
    for name in ("zip/mixed.zip", "zip/from-a-mac.zip", "zip/undated.zip"):
        golds: list[Gold] = []
        if name != "zip/undated.zip":
            golds += [
                plain.put(work, f"desk {n}/story.txt", desk.story(), plain.blank_lines, "utf-8", "\n", head=0)
                for n in range(2)
            ]
            page = new.broadsheet(desk.story(), desk.die)
            (work / "page.html").write_text(page.html, "utf-8")
            golds += [replace(page.gold, file="page.html"), office.put(work, "docx/copy.docx", desk, 2)]
        else:
            golds += [
                plain.put(work, f"texts/{n}.txt", desk.story(), plain.blank_lines, "utf-8", "\n", head=2)
                for n in range(3)
            ]
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as bundle:
            for gold in golds:
                data = (work / gold.file).read_bytes()
                bundle.writestr(zipfile.ZipInfo(gold.file, (2019, 1, 2, 3, 4, 6)), data)
                (work / gold.file).unlink()
                if "mac" in name:
                    bundle.writestr(
                        f"__MACOSX/{Path(gold.file).parent}/._{Path(gold.file).name}", b"\x00\x05\x16\x07" + bytes(60)
                    )
            if "mac" in name:
                bundle.writestr(".DS_Store", b"\x00\x00\x00\x01Bud1" + bytes(60))
        found += [replace(g, file=name, format="zip", unknown=g.unknown and "decoy only") for g in golds]
    for left in sorted((p for p in work.rglob("*") if p.is_dir()), reverse=True):
        left.rmdir()
    return found
