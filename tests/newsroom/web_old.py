"""Pages as older, stranger or special sites have them: soups of <br>, tables, live blogs, AMP, other alphabets."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from random import Random

from tests.newsroom import web_parts as web
from tests.newsroom.desk import Story
from tests.newsroom.gold import ANY, Piece
from tests.newsroom.web_layouts import Page, drawn, paragraphs


def line_breaks(story: Story, die: Random) -> Page:
    """No <p> at all: one <div> with two line breaks between the paragraphs, the date in a line of text."""
    said = web.in_words(story.day, die)
    text = "<br><br>\n".join(
        web.marked(p.text, die) if p.kind == "body" else f"<b>{escape(p.text)}</b>" for p in story.pieces
    )
    body = f"""<div id="top">{web.nav(story)}</div><div id="left"><a href="/">Home</a><br><a href="/archive">Archive</a><br></div>
<div id="mid"><h1>{escape(story.headline)}</h1><div class="info">{escape(story.byline)}<br>{said}</div>
<div class="text">{text}</div></div><div id="foot">&copy; {web.DECOY.year} {story.outlet.name}</div>"""
    return drawn(
        web.page("", body, title=f"{story.headline} - {story.outlet.name}"),
        story,
        published=story.day,
        origin="date line",
        url="",
    )


def tables_and_fonts(story: Story, die: Random) -> Page:
    """A page of the last century: layout by tables, fonts, upper-case tags, paragraphs that are never closed."""
    rows = "\n".join(
        f"<P>{web.marked(p.text, die)}" if p.kind == "body" else f"<P><B>{escape(p.text)}</B>" for p in story.pieces
    )
    links = "".join(
        f"<TR><TD><A HREF='/{x}.htm'>{x}</A></TD></TR>" for x in ("News", "Sports", "Weather", "Classifieds")
    )
    html = f"""<HTML><HEAD><TITLE>{story.outlet.name}: {escape(story.headline)}</TITLE></HEAD><BODY BGCOLOR="#ffffff">
<TABLE WIDTH=600><TR><TD WIDTH=120 VALIGN=top><TABLE>{links}</TABLE></TD><TD><FONT SIZE=5><H1>{escape(story.headline)}</H1></FONT>
<FONT SIZE=2><I>{escape(story.byline)}</I><BR>{web.in_words(story.day, die)}</FONT>
<FONT FACE="Times">{rows}</FONT></TD></TR></TABLE><HR><CENTER><FONT SIZE=1>Copyright {web.DECOY.year} {story.outlet.name}</FONT></CENTER></BODY></HTML>
"""
    return drawn(html, story, published=story.day, origin="date line", url="", language=ANY)


def amp(story: Story, die: Random) -> Page:
    """The mobile version: its own elements for pictures, advertisements and lists."""
    body = f"""<amp-sidebar id="menu" layout="nodisplay"><ul><li>Home</li><li>Sport</li></ul></amp-sidebar><header><a href="/">{story.outlet.name}</a></header>
<article class="amp-article"><h1>{escape(story.headline)}</h1><div class="byline">{escape(story.byline)}</div>
<amp-img src="lead.jpg" width="600" height="400" layout="responsive"></amp-img>
{paragraphs(story, die, {2: '<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>'})}
<amp-list src="/related.json"><template>Related</template></amp-list></article><amp-consent id="c"><div>We use cookies to show you what you like.<button>OK</button></div></amp-consent>
{web.footer(story)}"""
    head = web.json_ld(web.ld_article(story)) + web.canonical(story)
    html = web.page(head, body, title=story.headline).replace("<html", "<html amp", 1)
    return drawn(html, story, published=story.day, origin="JSON-LD", section=story.section)


def live(story: Story, die: Random) -> Page:
    """A live blog: entries with a time, a heading and text, the newest first."""
    entries, pieces, times = [], [], []
    texts = [p for p in story.pieces if p.kind == "body"]
    for n, piece in enumerate(texts):
        clock = f"{18 - n // 3:02d}:{59 - 7 * (n % 8):02d}"
        heading = f"{LIVE_HEADINGS[n % len(LIVE_HEADINGS)]}" + ("" if n < len(LIVE_HEADINGS) else ", continued")
        entries.append(
            f'<section class="live-entry" id="e{n}"><time datetime="{web.iso(story.day, clock + ":00Z")}">{clock}</time>'
            f"<h3>{heading}</h3><p>{web.marked(piece.text, die)}</p>{web.SHARE if n == 1 else ''}</section>"
        )
        pieces += [Piece("subhead", heading), piece]
        times.append(clock)
    posts = [
        {"@type": "BlogPosting", "headline": "Entry", "datePublished": web.iso(story.day + timedelta(days=n))}
        for n in range(2)
    ]
    about = {"@type": "LiveBlogPosting", "coverageStartTime": web.iso(web.DECOY), "liveBlogUpdate": posts}
    body = f"""{web.nav(story)}<main><article class="liveblog"><h1>{escape(story.headline)}</h1><p class="byline">{escape(story.byline)}</p>
<div class="live-feed">{"".join(entries)}</div></article></main>{web.footer(story)}"""
    page = drawn(
        web.page(web.json_ld(web.ld_article(story, **about)), body, title=f"{story.headline} | {story.outlet.name}"),
        Story(story.headline, story.outlet, story.authors, story.day, story.section, tuple(pieces)),
        tuple(times),
        published=story.day,
        origin="JSON-LD",
        section=story.section,
        type="live",
    )
    return page


LIVE_HEADINGS = (
    "What we know at this hour",
    "“Stay at home if you can”",
    "Buses stop running",
    "The mayor speaks",
    "First pictures from the scene",
    "A call for volunteers",
    "Doors of the hall are open",
)


def abroad(story: Story, die: Random) -> Page:
    """A page in another language, its date in that language's words in a line of text."""
    months = {
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    }[story.language].split()
    month, day, year = months[story.day.month - 1], story.day.day, story.day.year
    said = {
        "fr": f"Publié le {day} {month} {year} à 9h20",
        "de": f"Veröffentlicht am {day}. {month} {year}, 9.20 Uhr",
        "es": f"Publicado el {day} de {month} de {year}",
    }[story.language]
    by = {"fr": "Par", "de": "Von", "es": "Por"}[story.language]
    body = f"""{web.nav(story)}<article><h1>{escape(story.headline)}</h1><p class="byline">{by} {story.authors[0]}</p><p class="date">{said}</p>
{paragraphs(story, die)}</article>{web.footer(story)}"""
    head = web.og(story)
    return drawn(
        web.page(head, body, title=story.headline, lang=story.language),
        story,
        published=story.day,
        origin="date line",
        authors=ANY,
    )


def chinese(story: Story, die: Random) -> Page:
    """A page in Chinese; it is written to disk in GBK and says so nowhere."""
    day = story.day
    body = f"""<div class="nav">首页 新闻 体育</div><h1>{story.headline}</h1><div class="info">{day.year}年{day.month}月{day.day}日</div>
<div class="content">{"".join(f"<p>{p.text}</p>" for p in story.pieces)}</div><div class="foot">版权所有</div>"""
    return drawn(
        web.page("", body, title=story.headline, lang="", charset=""),
        story,
        outlet="",
        authors=(),
        url="",
        language=ANY,
        published=day,
        origin="date line",
    )
