"""The collection's HTML files: every template several times, other encodings, and pages saved whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from random import Random

from tests.newsroom import web_layouts as new
from tests.newsroom import web_old as old
from tests.newsroom.desk import Desk, Story
from tests.newsroom.gold import ANY, Gold
from tests.newsroom.web_layouts import Page

Layout = Callable[[Story, Random], Page]

LAYOUTS: tuple[tuple[Layout, int], ...] = (
    (new.broadsheet, 4),
    (new.weblog, 3),
    (new.list_of_things, 3),
    (new.components, 4),
    (new.parsely, 3),
    (new.sidebar_first, 3),
    (new.microdata, 3),
    (new.tabloid, 3),
    (new.magazine, 3),
    (new.rendered_by_script, 2),
    (new.opinion, 2),
    (new.paywalled, 2),
    (new.bare, 2),
    (old.line_breaks, 3),
    (old.tables_and_fonts, 2),
    (old.amp, 2),
    (old.live, 3),
)
SAVED_ON = date(2018, 2, 17)
"""When the pages were saved: it dates no article."""


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All pages below `folder`, and their gold."""
    found = []
    for layout, times in LAYOUTS:
        for n in range(times):
            story = desk.story(authors=1 + n % 2, paragraphs=0 if n else 9)
            found.append(put(folder, f"html/{layout.__name__}-{chr(97 + n)}.html", layout(story, desk.die)))
    for language in ("fr", "de", "es"):
        page = old.abroad(desk.story_abroad(language), desk.die)
        found.append(put(folder, f"html/abroad-{language}.html", page))
    found.append(put(folder, "html/gbk.html", old.chinese(desk.story_abroad("zh"), desk.die), "gbk"))
    for language in ("fr", "es"):
        found.append(_legacy(folder, f"html/legacy-{language}.htm", old.abroad(desk.story_abroad(language), desk.die)))
    found += [_saved_complete(folder, desk, n) for n in range(2)]
    layouts: tuple[Layout, ...] = (new.broadsheet, new.components, new.bare, new.sidebar_first, old.amp, new.magazine)
    return found + [_mhtml(folder, f"mhtml/{at.__name__}.mhtml", at(desk.story(), desk.die)) for at in layouts]


def put(folder: Path, name: str, page: Page, encoding: str = "utf-8") -> Gold:
    """The page as the file `name`, and its gold."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page.html.encode(encoding, "xmlcharrefreplace"))
    return replace(page.gold, file=name)


def _legacy(folder: Path, name: str, page: Page) -> Gold:
    """In windows-1252, which the page does not say."""
    undeclared = replace(page, html=page.html.replace('<meta charset="utf-8">', ""))
    return put(folder, name, undeclared, "windows-1252")


def _saved_complete(folder: Path, desk: Desk, n: int) -> Gold:
    """What a browser's "save page, complete" leaves: the page and a folder of its parts."""
    page = (new.tabloid, new.components)[n](desk.story(), desk.die)
    name = f"html/saved page {n}"
    parts = folder / f"{name}_files"
    parts.mkdir(parents=True)
    (parts / "style.css").write_text("p{margin:0}")
    (parts / "frame.html").write_text("<html><body><a href='#'>Winter tyres from 49 a piece</a></body></html>")
    (parts / "lead.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(64))
    url = page.gold.url
    html = page.html.replace("<html", f"<!-- saved from url=({len(str(url)):04d}){url} -->\n<html", 1)
    html = html.replace("</body>", f'<iframe src="./{Path(name).name}_files/frame.html"></iframe></body>')
    return put(folder, f"{name}.html", Page(html, page.gold))


def _mhtml(folder: Path, name: str, page: Page) -> Gold:
    """A page in one file, with the moment of saving in its head and its address where a browser puts it."""
    url = page.gold.url or "https://www.dunmarrowtimes.example/print/view"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = str(url)
    mail["Subject"] = "A page that was saved"
    mail["Date"] = f"{SAVED_ON:%a, %d %b %Y} 08:15:00 -0000"
    mail.set_content(page.html, subtype="html", cte="quoted-printable")
    mail.add_related(b"p{margin:0}", "text", "css", cid="<css-1@mhtml.blink>")
    mail.add_related(b"\x89PNG\r\n" + bytes(40), "image", "png", cid="<frame-2@mhtml.blink>")
    frame = EmailMessage(policy=SMTP)
    frame.set_content("<html><body>Winter tyres from 49 a piece</body></html>", subtype="html")
    mail.attach(frame)
    mail.set_boundary("----MultipartBoundary--page----")
    parts = list(mail.iter_parts())
    parts[0]["Content-Location"] = str(url)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(mail.as_bytes())
    why = page.gold.unknown and "decoy only"
    return replace(page.gold, file=name, format="mhtml", url=page.gold.url or ANY, unknown=why)
