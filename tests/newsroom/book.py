"""EPUB files: a weekend edition with a chapter an article, and single stories as clippers send them to a reading device."""

from __future__ import annotations

import zipfile
from datetime import date
from html import escape
from pathlib import Path

from tests.newsroom import web_parts as web
from tests.newsroom.desk import Desk, Story
from tests.newsroom.gold import ANY, Gold

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
BUILT = "2020-02-02T02:02:02Z"
"""When the book file was made: it dates no article."""


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All EPUB files, and their gold."""
    found: list[Gold] = []
    for n in range(3):
        first = desk.story(authors=1)
        stories = [first, *(desk.story(outlet=first.outlet, day=first.day) for _ in range(3))]
        found += _edition(folder, f"epub/edition-{n}.epub", desk, stories, first.day)
    for n in range(3):
        found += _edition(folder, f"epub/single-{n}.epub", desk, [desk.story()], None if n == 2 else desk.day())
    return found


def _edition(folder: Path, name: str, desk: Desk, stories: list[Story], day: date | None) -> list[Gold]:
    single = len(stories) == 1
    outlet = stories[0].outlet.name
    title = stories[0].headline if single else f"{outlet}, weekend edition"
    chapters = {f"chapter{k}.xhtml": _chapter(s, desk) for k, s in enumerate(stories, 1)}
    items = "".join(f'<item id="c{k}" href="{c}" media-type="application/xhtml+xml"/>' for k, c in enumerate(chapters))
    spine = "".join(f'<itemref idref="c{k}"/>' for k in range(len(chapters)))
    dated = f"<dc:date>{day}</dc:date>" if day else ""
    package = f"""<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:{len(title)}</dc:identifier><dc:title>{escape(title)}</dc:title>
<dc:publisher>{outlet}</dc:publisher><dc:language>en-GB</dc:language>{dated}<meta property="dcterms:modified">{BUILT}</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="style.css" media-type="text/css"/>{items}</manifest>
<spine><itemref idref="cover"/><itemref idref="nav" linear="no"/>{spine}</spine></package>"""
    links = "".join(f'<li><a href="{c}">{escape(s.headline)}</a></li>' for c, s in zip(chapters, stories, strict=True))
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": package}
        parts["OEBPS/nav.xhtml"] = _xhtml("Contents", f'<nav epub:type="toc"><h1>Contents</h1><ol>{links}</ol></nav>')
        parts["OEBPS/cover.xhtml"] = _xhtml("Cover", '<div><img src="cover.jpg" alt="Cover"/></div>')
        parts["OEBPS/style.css"] = "p{text-indent:1em}"
        parts |= {f"OEBPS/{chapter}": text for chapter, text in chapters.items()}
        for inside, text in parts.items():
            book.writestr(zipfile.ZipInfo(inside, (2019, 1, 2, 3, 4, 6)), text)
    return [
        s.gold(
            name,
            "epub",
            outlet=outlet,
            authors=ANY,
            published=day,
            unknown="" if day else "decoy only",
            origin="book metadata" if day else "",
            language="en",
            tolerated=(s.byline,),
        )
        for s in stories
    ]


def _chapter(story: Story, desk: Desk) -> str:
    rows = "\n".join(
        f"<p>{web.marked(p.text, desk.die, plain=True)}</p>" if p.kind == "body" else f"<h2>{escape(p.text)}</h2>"
        for p in story.pieces
    )
    return _xhtml(
        story.headline,
        f'<section><h1>{escape(story.headline)}</h1><p class="byline">{story.byline}</p>{rows}</section>',
    )


def _xhtml(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="style.css"/></head><body>{body}</body></html>'
    )
