"""Mail files: press releases in plain text, HTML and both, newsletters, old character sets."""

from __future__ import annotations

import textwrap
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.newsroom import web_parts as web
from tests.newsroom.desk import Desk, Story
from tests.newsroom.gold import ANY, Gold, Piece

FOR_RELEASE = "FOR IMMEDIATE RELEASE"
CONTACT = "Media contact: Agnes Kemble, press office, telephone 0555 0142"
NOTES = (
    Piece("subhead", "Notes to editors"),
    Piece("body", "The figures were collected by the works office between the two counts."),
)
UNSUBSCRIBE = "You receive this mail because you signed up for it. Unsubscribe here."


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All mail files, and their gold."""
    (folder / "eml").mkdir(parents=True, exist_ok=True)
    found = [_release(folder, f"eml/release-{n}.eml", desk, n) for n in range(7)]
    return found + [_newsletter(folder, f"eml/newsletter-{n}.eml", desk, n) for n in range(4)]


def _envelope(story: Story, sender: str, hour: int = 9, east: int = 0) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    sent = datetime(story.day.year, story.day.month, story.day.day, hour, 41, tzinfo=timezone(timedelta(hours=east)))
    mail["Received"] = "from mx.example by mail.example; Sat, 02 Jan 2021 10:00:00 +0000"
    mail["From"] = sender
    mail["To"] = "newsdesk@veldmoorcourier.example"
    mail["Subject"] = story.headline
    mail["Date"] = format_datetime(sent)
    mail["Message-ID"] = f"<{story.slug}@mail.example>"
    return mail


def _release(folder: Path, name: str, desk: Desk, n: int) -> Gold:
    """A press release. By number: plain, wrapped plain, HTML only, both, windows-1252, base64, after midnight elsewhere."""
    story = desk.fitting("windows-1252", authors=1)
    mail = _envelope(
        story, f"{story.place} Council Press Office <press@{story.outlet.host}>", *((23, -5) if n == 6 else ())
    )
    texts = [FOR_RELEASE, story.headline, *(p.text for p in story.pieces), "ENDS", *(p.text for p in NOTES), CONTACT]
    plain = "\n\n".join(textwrap.fill(t, 72, break_on_hyphens=False) if n in (1, 3) else t for t in texts) + "\n"
    tags = {"subhead": "h3", "body": "p"}
    rows = "".join(f"<{tags[p.kind]}>{escape(p.text)}</{tags[p.kind]}>" for p in story.pieces)
    notes = "".join(f"<{tags[p.kind]}>{escape(p.text)}</{tags[p.kind]}>" for p in NOTES)
    html = f"<html><body><p>{FOR_RELEASE}</p><h1>{escape(story.headline)}</h1>{rows}<p>ENDS</p>{notes}<p>{CONTACT}</p></body></html>"
    if n == 2:
        mail.set_content(html, subtype="html", cte="quoted-printable")
    elif n == 4:
        mail.set_content(plain, charset="windows-1252", cte="quoted-printable")
    else:
        mail.set_content(plain, cte="base64" if n == 5 else "quoted-printable")
    if n == 3:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
        mail.set_boundary("=-=alternative=-=")
    if n == 5:
        mail.add_attachment(b"\x89PNG\r\n" + bytes(30), "image", "png", filename="lead.png")
        mail.set_boundary("=-=mixed=-=")
    (folder / name).write_bytes(mail.as_bytes())
    return story.gold(
        name,
        "eml",
        pieces=(*story.pieces, *NOTES),
        tolerated=(FOR_RELEASE, "ENDS", CONTACT),
        outlet=ANY,
        authors=ANY,
        published=story.day,
        origin="mail header",
        type="press release",
    )


def _newsletter(folder: Path, name: str, desk: Desk, n: int) -> Gold:
    """A newsletter laid out in tables, with an invisible preview line and the usual foot."""
    story = desk.story(authors=1)
    mail = _envelope(story, f"{story.outlet.name} <news@{story.outlet.host}>", 6)
    greeting = "Good morning, here is what the day brings."
    rows = "".join(
        f'<tr><td style="padding:8px">{f"<p>{web.marked(p.text, desk.die, plain=True)}</p>" if p.kind == "body" else f"<h2>{escape(p.text)}</h2>"}</td></tr>'
        for p in story.pieces
    )
    html = f"""<html><head><style>p{{margin:0}}</style></head><body><div style="display:none;max-height:0">Swans, cakes and a choir</div>
<table width="600" role="presentation"><tr><td><a href="https://mail.example/v">View in browser</a></td></tr>
<tr><td><h1>{escape(story.headline)}</h1></td></tr><tr><td><p>{greeting}</p></td></tr>{rows}
<tr><td style="font-size:10px"><p>{UNSUBSCRIBE}</p></td></tr></table><img src="https://mail.example/pixel.gif" width="1" height="1"></body></html>"""
    if n % 2:
        texts = ["View in browser: https://mail.example/v", story.headline, greeting, *(p.text for p in story.pieces)]
        mail.set_content("\n\n".join([*texts, "-- ", UNSUBSCRIBE]) + "\n", cte="quoted-printable")
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
        mail.set_boundary("=-=alternative=-=")
    else:
        mail.set_content(html, subtype="html", cte="base64")
    (folder / name).write_bytes(mail.as_bytes())
    return story.gold(
        name,
        "eml",
        tolerated=(greeting, UNSUBSCRIBE),
        outlet=story.outlet.name,
        authors=ANY,
        published=story.day,
        origin="mail header",
    )
