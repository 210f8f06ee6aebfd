"""Pages as modern outlets build them: one function a template, each stating its metadata in its own way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from random import Random
from typing import Any

from tests.newsroom import web_parts as web
from tests.newsroom.desk import Story
from tests.newsroom.gold import ANY, Gold, Piece


@dataclass(frozen=True, slots=True)
class Page:
    """A page's HTML and what a reader finds in it; the file's name is still to be put in."""

    html: str
    gold: Gold


def drawn(html: str, story: Story, tolerated: tuple[str, ...] = (), **said: Any) -> Page:
    """The page with its gold: what nearly all pages say, changed by `said`."""
    common: dict[str, Any] = {"outlet": story.outlet.name, "authors": story.authors, "url": story.url}
    common |= {"language": story.language, "tolerated": tolerated}
    return Page(html, story.gold("", "html", **(common | said)))


def paragraphs(story: Story, die: Random, between: dict[int, str] | None = None, sub: str = "h2") -> str:
    """The story's pieces as <p> and headings, with other things after the numbered ones."""
    rows = []
    for n, piece in enumerate(story.pieces):
        tag = "p" if piece.kind == "body" else sub
        rows.append(f"<{tag}>{web.marked(piece.text, die, plain=tag != 'p')}</{tag}>")
        rows.append((between or {}).get(n, ""))
    return "\n".join(row for row in rows if row)


STANDFIRST = "What is known so far, what is not, and why the neighbours are divided about it"


def broadsheet(story: Story, die: Random) -> Page:
    """A national paper: one NewsArticle in JSON-LD, semantic elements, boxes inside the text."""
    inside = {1: web.AD, 3: web.NEWSLETTER, 4: web.related(die)}
    body = f"""{web.COOKIES}{web.nav(story)}<main><article><header><p class="kicker">{story.section}</p>
<h1>{escape(story.headline)}</h1><p class="standfirst">{STANDFIRST}</p>
<div class="meta"><span class="byline">{escape(story.byline)}</span> <time datetime="{web.iso(story.day)}">{web.in_words(story.day, die)}</time></div></header>
{web.SHARE}{web.figure(story)}<div class="article-body">{paragraphs(story, die, inside)}</div>{web.TAGS}</article>
{web.comments(die)}</main>{web.footer(story)}"""
    head = web.json_ld(web.ld_article(story)) + web.og(story) + web.canonical(story)
    title = f"{story.headline} | {story.outlet.name}"
    return drawn(
        web.page(head, body, title=title),
        story,
        (STANDFIRST, web.caption(story)),
        published=story.day,
        origin="JSON-LD",
        section=story.section,
    )


def weblog(story: Story, die: Random) -> Page:
    """A local site made with a blog engine: @graph with references between its parts."""
    person = f"https://www.{story.outlet.host}/#/schema/person/1"
    site = f"https://www.{story.outlet.host}/#organization"
    changed = story.day + timedelta(days=2)
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            web.ld_article(
                story, **{"@context": None, "@type": "Article", "author": {"@id": person}, "publisher": {"@id": site}}
            )
            | {"dateModified": web.iso(changed), "articleSection": [story.section]},
            {"@type": "WebPage", "@id": story.url, "name": story.headline, "datePublished": web.iso(web.DECOY)},
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home"}]},
            {"@type": "Organization", "@id": site, "name": story.outlet.name},
            {"@type": "Person", "@id": person, "name": story.authors[0], "description": "Reporter since 2009"},
        ],
    }
    bio = f"{story.authors[0]} writes about money and the council. She has a dog called Ledger."
    body = f"""{web.nav(story)}<div id="content" class="hfeed"><article class="post type-post hentry"><h1 class="entry-title">{escape(story.headline)}</h1>
<div class="entry-meta">Posted on <time class="entry-date published" datetime="{web.iso(story.day)}">{web.in_words(story.day, die)}</time> by <a rel="author">{story.authors[0]}</a></div>
<div class="entry-content">{paragraphs(story, die, {2: web.READ_MORE}, "h3")}
<div class="sharedaddy sd-sharing">Share this: <a>Twitter</a> <a>Email</a></div><div class="jp-relatedposts">{web.related(die, "div")}</div></div>
<div class="author-bio"><p>{bio}</p></div></article>
<nav class="post-navigation"><a rel="prev">Swans block the road to the airport</a></nav></div>
<aside class="widget-area">{web.NEWSLETTER}<section><h2>Recent comments</h2><ul><li>anna on Choir looks for a bass, again</li></ul></section></aside>{web.footer(story)}"""
    head = web.json_ld(graph) + web.canonical(story)
    return drawn(
        web.page(head, body, title=f"{story.headline} - {story.outlet.name}"),
        story,
        (bio,),
        published=story.day,
        origin="JSON-LD",
        updated=changed,
        section=story.section,
        authors=story.authors[:1],
    )


def list_of_things(story: Story, die: Random) -> Page:
    """JSON-LD as a list: crumbs, the article, and other stories with dates of their own."""
    others = [
        {"@type": "NewsArticle", "headline": "Bakery robbed of a wedding cake", "datePublished": web.iso(web.DECOY)}
    ]
    lists = [
        {"@type": "BreadcrumbList", "itemListElement": []},
        web.ld_article(story, **{"@type": ["NewsArticle", "Article"], "author": story.authors[0]}),
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": others[0]}]},
    ]
    rows = ["<ul>" + "".join(f"<li>{escape(p.text)}</li>" for p in LIST) + "</ul>"]
    rows.append("<blockquote><p>" + escape(QUOTED.text) + "</p></blockquote>")
    cells = [[c.strip() for c in row.text.split("|")] for row in TABLE]
    rows.append("<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in r)}</tr>" for r in cells) + "</table>")
    rows.append(f'<p class="correction"><em>{escape(CORRECTION.text)}</em></p>')
    body = f"""<div class="app">{web.nav(story)}<main id="main"><h1>{escape(story.headline)}</h1><p class="author">{escape(story.byline)}</p>
<section class="content">{paragraphs(story, die, {1: web.figure(story)}, "h3")}{"".join(rows)}</section></main>{web.related(die)}</div>{web.footer(story)}"""
    longer = story.with_pieces(*LIST, QUOTED, *TABLE, CORRECTION)
    return drawn(
        web.page(web.json_ld(lists), body, title=f"{story.headline} | {story.section} | {story.outlet.name}"),
        longer,
        (web.caption(story),),
        published=story.day,
        origin="JSON-LD",
        section=story.section,
        authors=story.authors[:1],
    )


LIST = tuple(
    Piece("body", text)
    for text in (
        "The ring road stays open in both directions, also at night.",
        "Deliveries are allowed until nine in the morning.",
        "Bicycles may be pushed, not ridden.",
    )
)
QUOTED = Piece("body", "A town is known by what it mends and remembered for what it lets fall.")
TABLE = tuple(Piece("body", row) for row in ("Year | Vehicles | Share", "2011 | 8,412 | 31%", "2016 | 9,730 | 44%"))
CORRECTION = Piece(
    "body", "Correction: An earlier version of this article gave the wrong number of steps to the tower. There are 214."
)


def components(story: Story, die: Random) -> Page:
    """A site of nested components with Open Graph only; every paragraph lies in boxes of its own."""
    changed = story.day + timedelta(days=1)
    rows = "".join(
        f'<div data-component="{"text" if p.kind == "body" else "subheadline"}-block" class="ssrcss-{die.randrange(10**6)}"><div>'
        + (f"<p>{web.marked(p.text, die)}</p>" if p.kind == "body" else f"<h2>{escape(p.text)}</h2>")
        + "</div></div>"
        + ('<div data-component="ad-slot"><div>Advertisement</div></div>' if n == 2 else "")
        + (f'<div data-component="links-block">{web.related(die, "div")}</div>' if n == 4 else "")
        for n, p in enumerate(story.pieces)
    )
    body = f"""<div id="root">{web.nav(story)}<div role="main"><article><div data-component="headline-block"><h1>{escape(story.headline)}</h1></div>
<div data-component="byline-block">{escape(story.byline)}</div><div data-component="image-block">{web.figure(story)}</div>{rows}
<div data-component="topic-list">{web.TAGS}</div></article></div>{web.COOKIES}{web.footer(story)}</div>"""
    head = web.og(
        story,
        ("article:published_time", web.iso(story.day)),
        ("article:modified_time", web.iso(changed)),
        ("article:section", story.section),
        *(("article:author", name) for name in story.authors),
    )
    return drawn(
        web.page(head, body, title=f"{story.headline} - {story.outlet.name}"),
        story,
        (web.caption(story),),
        published=story.day,
        origin="meta",
        updated=changed,
        section=story.section,
    )


def parsely(story: Story, die: Random) -> Page:
    """Metadata for the tools of audience desks and libraries; hashed class names; each paragraph a <div>."""
    rows = "".join(
        f'<div class="_3f{n:x}a" role="{"paragraph" if p.kind == "body" else "heading"}">{web.marked(p.text, die)}</div>'
        for n, p in enumerate(story.pieces)
    )
    said = die.choice(
        (("parsely-pub-date", "parsely-author"), ("sailthru.date", "sailthru.author"), ("DC.date.issued", "DC.creator"))
    )
    head = web.metas(
        [(said[0], web.iso(story.day)), *((said[1], a) for a in story.authors), ("application-name", story.outlet.name)]
    )
    body = f"""<div class="_1a">{web.nav(story)}</div><div class="_2b"><h1 class="_2c">{escape(story.headline)}</h1><div class="_2d">{escape(story.byline)}</div>
<div class="_2e">{rows}</div></div><div class="_9f">{web.related(die, "div")}</div>{web.footer(story)}"""
    head += web.canonical(story) + web.metas([("og:site_name", story.outlet.name), ("og:title", story.headline)])
    return drawn(web.page(head, body, title=story.headline), story, published=story.day, origin="meta")


def sidebar_first(story: Story, die: Random) -> Page:
    """A county paper with its side column before the text; the date only in a <time>."""
    body = f"""{web.nav(story)}<div class="sidebar left">{web.related(die, "div")}{web.NEWSLETTER}<div class="most-read"><h3>Most read</h3><ol><li>Choir looks for a bass, again</li><li>Bakery robbed of a wedding cake</li></ol></div></div>
<div class="story"><h1>{escape(story.headline)}</h1><p class="byline">{escape(story.byline)}</p>
<p class="published">Published: <time datetime="{web.iso(story.day)}" pubdate>{web.in_words(story.day, die)}</time></p>
<div class="story-text">{paragraphs(story, die, {2: web.AD, 5: web.READ_MORE})}</div></div>{web.comments(die)}{web.footer(story)}"""
    return drawn(
        web.page(web.canonical(story), body, title=f"{story.headline} | {story.outlet.name}"),
        story,
        published=story.day,
        origin="time element",
    )


def microdata(story: Story, die: Random) -> Page:
    """schema.org written into the elements themselves."""
    body = f"""{web.nav(story)}<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(story.headline)}</h1>
<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{story.authors[0]}</span></span>
<time itemprop="datePublished" datetime="{web.iso(story.day)}">{web.in_words(story.day, die)}</time>
<span itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="{story.outlet.name}"></span>
<div itemprop="articleBody">{paragraphs(story, die, {3: web.SHARE})}</div></article>{web.related(die)}{web.footer(story)}"""
    return drawn(
        web.page(web.canonical(story), body, title=f"{story.headline} | {story.outlet.name}"),
        story,
        published=story.day,
        origin="time element",
        authors=story.authors[:1],
    )


def tabloid(story: Story, die: Random) -> Page:
    """Subheads as stressed paragraphs, promotions between the paragraphs, the search engine's title another."""
    inside = {1: web.READ_MORE, 3: web.SHARE, 5: web.AD + web.READ_MORE}
    rows = "\n".join(
        (f"<p>{web.marked(p.text, die)}</p>" if p.kind == "body" else f"<h3><strong>{escape(p.text)}</strong></h3>")
        + inside.get(n, "")
        for n, p in enumerate(story.pieces)
    )
    body = f"""{web.COOKIES}{web.nav(story)}<div class="breaking-bar"><a>BREAKING: Swans block the road to the airport</a></div>
<article class="article-main"><h1>{escape(story.headline)}</h1><div class="author-line"><a href="/author/1">{story.authors[0]}</a></div>
<div class="article-content">{web.figure(story)}{rows}</div></article><div class="video-promo"><h4>Watch</h4><p>Cat film of the day</p></div>
{web.comments(die)}{web.footer(story)}"""
    social = web.og(story).replace(escape(story.headline), "You will not believe what happened in this town")
    head = social + web.json_ld(web.ld_article(story, author={"@type": "Person", "name": story.authors[0]}))
    return drawn(
        web.page(head, body, title=f"{story.headline} | {story.outlet.name}"),
        story,
        (web.caption(story),),
        published=story.day,
        origin="JSON-LD",
        section=story.section,
        authors=story.authors[:1],
    )


def magazine(story: Story, die: Random) -> Page:
    """A long read: dropped initial, pull quotes that repeat the text, soft hyphens, letters in two code points."""
    first, *rest = story.pieces
    pulled = next((p.text for p in rest if p.text.startswith("“")), rest[-1].text)
    quote = f'<aside class="pullquote"><p>{escape(pulled)}</p></aside>'
    initial = (
        f'<p class="dropcap"><span class="initial">{first.text[0]}</span>{escape(first.text[1:], quote=False)}</p>'
    )
    text = paragraphs(replace(story, pieces=tuple(rest)), die, {1: quote}).replace("council", "coun&shy;cil")
    text = text.replace("é", "e\u0301").replace("ö", "o\u0308").replace("people", "\u200bpeople")
    body = f"""{web.nav(story)}<article class="longform"><header><h1>{escape(story.headline)}</h1><p class="dek">{STANDFIRST}</p>
<p class="by">{escape(story.byline)}</p></header><section class="chapter">{initial}{text}</section></article>{web.footer(story)}"""
    head = web.og(story, ("article:published_time", web.iso(story.day)))
    return drawn(
        web.page(head, body, title=f"{story.headline} — {story.outlet.name}"),
        story,
        (STANDFIRST,),
        published=story.day,
        origin="meta",
    )


def rendered_by_script(story: Story, die: Random) -> Page:
    """A page drawn on the server whose script data holds the whole text once more; no date outside JSON-LD."""
    data = {"props": {"article": {"body": [p.text for p in story.pieces], "savedAt": web.iso(web.DECOY)}}}
    body = f"""<div id="__next">{web.nav(story)}<main><h1>{escape(story.headline)}</h1><div><span>{escape(story.byline)}</span></div>
<div class="body_wrap">{paragraphs(story, die, {2: web.NEWSLETTER})}</div></main>{web.related(die)}{web.footer(story)}</div>
<script id="__NEXT_DATA__" type="application/json">{web.json.dumps(data)}</script>"""
    head = web.json_ld(web.ld_article(story, dateCreated=web.iso(web.DECOY))) + web.canonical(story)
    return drawn(
        web.page(head, body, title=story.headline),
        story,
        published=story.day,
        origin="JSON-LD",
        section=story.section,
    )


def opinion(story: Story, die: Random) -> Page:
    """A column: the page says that it is opinion."""
    about = f"{story.authors[0]} is a columnist"
    body = f"""{web.nav(story)}<main><article><p class="label">Opinion</p><h1>{escape(story.headline)}</h1><p class="byline">{story.authors[0]}</p>
{paragraphs(story, die)}<p class="bio"><em>{about}</em></p></article></main>{web.SHARE}{web.footer(story)}"""
    kind = {
        "@type": "OpinionNewsArticle",
        "articleSection": "Opinion",
        "author": {"@type": "Person", "name": story.authors[0]},
    }
    return drawn(
        web.page(web.json_ld(web.ld_article(story, **kind)), body, title=f"{story.headline} | {story.outlet.name}"),
        story,
        (about, "Opinion"),
        published=story.day,
        origin="JSON-LD",
        section="Opinion",
        authors=story.authors[:1],
        type="opinion",
    )


def paywalled(story: Story, die: Random) -> Page:
    """The text is all there, below an invitation to subscribe that lies over it."""
    wall = """<div class="paywall-overlay piano-offer"><h2>Keep reading for one crown a week</h2><p>Already a subscriber? Log in to read this article and many others.</p></div>"""
    body = f"""{web.nav(story)}<article><h1>{escape(story.headline)}</h1><p class="byline">{escape(story.byline)}</p>{wall}
<div class="paywalled-content" style="filter:blur(4px)">{paragraphs(story, die, {3: web.AD})}</div></article>{web.footer(story)}"""
    head = web.json_ld(web.ld_article(story, isAccessibleForFree=False)) + web.og(story)
    return drawn(
        web.page(head, body, title=f"{story.headline} | {story.outlet.name}"),
        story,
        published=story.day,
        origin="JSON-LD",
        section=story.section,
    )


def bare(story: Story, die: Random) -> Page:
    """A print view: the headline and the text, and nothing that says who, where or when."""
    body = (
        f'<h1>{escape(story.headline)}</h1>{paragraphs(story, die)}<p class="print"><a href="#">Print this page</a></p>'
    )
    return drawn(
        web.page("", body, title=story.headline, lang=""),
        story,
        outlet="",
        authors=(),
        url="",
        language=ANY,
        unknown="not stated",
    )
