"""What news pages are built of: how they state metadata, what stands around the text, how words become markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from html import escape
from random import Random
from typing import Any

from tests.newsroom.desk import MONTHS, Story, long_date

DECOY = date(2011, 4, 23)
"""Dates related stories, comments and copyright lines; never the date of a story."""


def marked(text: str, die: Random, plain: bool = False) -> str:
    """The words as HTML: escaped, some linked or stressed, with line ends and &nbsp; where pages have them."""
    words = [escape(w, quote=False) for w in text.split(" ")]
    if plain or len(words) < 9:
        return " ".join(words)
    at = die.randrange(2, len(words) - 3)
    style = die.choice(("a", "a", "em", "strong", "nbsp", "line", "entity", "span", "comment", ""))
    if style == "a":
        words[at] = f'<a href="/topics/{at}" data-track="inline">{words[at]}'
        words[at + 1] += "</a>"
    elif style in ("em", "strong", "span"):
        words[at] = f"<{style}>{words[at]}</{style}>"
    elif style == "nbsp":
        words[at : at + 2] = [f"{words[at]}&nbsp;{words[at + 1]}"]
    elif style == "line":
        words[at] = "\n      " + words[at]
    elif style == "comment":
        words[at] = f"<!-- ad slot {at} -->{words[at]}"
    text = " ".join(words)
    if style == "entity":
        text = text.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&#8217;").replace("é", "&eacute;")
    return text


def iso(day: date, time: str = "09:20:00+00:00") -> str:
    """2024-03-05T09:20:00+00:00."""
    return f"{day.isoformat()}T{time}"


def json_ld(*things: dict[str, Any] | list[Any]) -> str:
    """Script elements of linked data, one a thing."""
    return "\n".join(
        f'<script type="application/ld+json">{json.dumps(t, ensure_ascii=False, indent=1)}</script>' for t in things
    )


def ld_article(story: Story, **changes: Any) -> dict[str, Any]:
    """schema.org's NewsArticle of the story; a change to None takes the key away."""
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "url": story.url,
        "datePublished": iso(story.day),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": story.outlet.name,
            "logo": {"@type": "ImageObject", "url": f"https://cdn.{story.outlet.host}/logo.png"},
        },
        "articleSection": story.section,
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
        "image": [f"https://cdn.{story.outlet.host}/lead.jpg"],
    } | changes
    return {key: value for key, value in described.items() if value not in (None, "")}


def metas(pairs: Iterable[tuple[str, str]]) -> str:
    """Meta elements: names with a colon are properties, as Open Graph has it."""
    return "\n".join(
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{escape(value)}">' for name, value in pairs
    )


def og(story: Story, *more: tuple[str, str]) -> str:
    """Open Graph without any date, and what else is given."""
    return metas(
        (
            ("og:type", "article"),
            ("og:title", story.headline),
            ("og:site_name", story.outlet.name),
            ("og:url", story.url),
            ("og:description", "What we know so far, and what it means for you."),
            *more,
        )
    )


def canonical(story: Story) -> str:
    """The link element that names the page's own address."""
    return f'<link rel="canonical" href="{story.url}">'


def page(head: str, body: str, *, title: str, lang: str = "en", charset: str = "utf-8") -> str:
    """A whole document; `lang` and `charset` are left out where they are ""."""
    says = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!DOCTYPE html>\n<html{f' lang={chr(34)}{lang}{chr(34)}' if lang else ''}>\n<head>\n{says}\n"
        f"<title>{escape(title)}</title>\n{head}\n"
        '<style>.x{color:#333} p{margin:0 0 1em}</style>\n<script>window.dataLayer=[{"page":"article"}];</script>\n'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


NAV = """<header class="site-header"><a href="/" class="logo">{name}</a>
<nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/business">Business</a></li><li><a href="/obituaries">Obituaries</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav>
<form role="search" action="/search"><input name="q" placeholder="Search"><button>Search</button></form></header>"""

COOKIES = """<div id="cookie-banner" class="consent-overlay" role="dialog" aria-label="Cookies"><h2>We value your privacy</h2>
<p>We and our 742 partners store and access information on your device, such as cookies, to show you advertising that you may like.</p>
<button>Accept all</button><button>Manage choices</button></div>"""

SHARE = """<div class="share-bar social-share"><span>Share this article</span><ul><li><a href="#">Facebook</a></li>
<li><a href="#">WhatsApp</a></li><li><a href="#">Copy link</a></li></ul></div>"""

NEWSLETTER = """<div class="newsletter-signup widget"><h3>Get the morning briefing</h3>
<p>Sign up for our free newsletter and never miss a story from your area, every weekday at seven.</p>
<form><input type="email" placeholder="Your email"><button>Sign up</button></form></div>"""

AD = """<div class="ad-slot advertisement" data-ad="mpu"><span>Advertisement</span><p>Winter tyres from 49 a piece at Rolf’s Garage</p></div>"""

READ_MORE = """<p class="read-more"><strong>Read more:</strong> <a href="/news/cat-on-a-roof">Cat spends third night on the roof of the town hall</a></p>"""

TAGS = (
    """<ul class="tags"><li><a href="/tag/local">Local news</a></li><li><a href="/tag/council">Council</a></li></ul>"""
)


def related(die: Random, tag: str = "aside") -> str:
    """A box of other stories, each with its own date."""
    items = "".join(
        f'<li><a href="/news/{n}"><h4>{title}</h4></a><time datetime="{DECOY + timedelta(days=n)}">'
        f"{long_date(DECOY + timedelta(days=n))}</time></li>"
        for n, title in enumerate(die.sample(OTHER_STORIES, 3))
    )
    return f'<{tag} class="related-stories"><h3>Related stories</h3><ul>{items}</ul></{tag}>'


OTHER_STORIES = (
    "Bakery robbed of a wedding cake",
    "Choir looks for a bass, again",
    "The last video shop closes its doors",
    "Swans block the road to the airport",
    "Man returns library book after half a century",
)


def comments(die: Random) -> str:
    """Readers' comments with their times."""
    lines = die.sample(
        (
            "Typical. And who is going to pay for it? We are, as always.",
            "I was there and it was nothing like that, the whole thing took five minutes.",
            "Great reporting, thank you for staying on this story when nobody else does.",
        ),
        2,
    )
    items = "".join(
        f'<li class="comment"><b>user{n}</b> <time datetime="{DECOY}T1{n}:00:00Z">{long_date(DECOY)}</time><p>{line}</p>'
        f"<a href='#'>Reply</a></li>"
        for n, line in enumerate(lines)
    )
    return f'<section id="comments" class="comments"><h3>2 comments</h3><ol>{items}</ol></section>'


def footer(story: Story, year: int = DECOY.year) -> str:
    """The foot of every page of the site."""
    return (
        '<footer class="site-footer"><ul><li><a href="/contact">Contact us</a></li><li><a href="/terms">Terms</a></li>'
        f"<li><a href='/privacy'>Privacy</a></li></ul><p>© {year} {story.outlet.name}. All rights reserved.</p></footer>"
    )


def nav(story: Story) -> str:
    """The head of every page of the site."""
    return NAV.format(name=story.outlet.name)


def caption(story: Story) -> str:
    """What stands under the picture."""
    return f"A view of {story.place} from the east, with the old mill on the left. Photo: Marta Whitlock"


def figure(story: Story) -> str:
    """A picture with its caption."""
    return (
        f'<figure class="lead-image"><img src="https://cdn.{story.outlet.host}/lead.jpg" alt="View of the town">'
        f"<figcaption>{caption(story)}</figcaption></figure>"
    )


def in_words(day: date, die: Random) -> str:
    """The date as a page shows it, month in letters."""
    month = MONTHS[day.month - 1]
    return die.choice(
        (
            f"{day.day} {month} {day.year}",
            f"{month} {day.day}, {day.year}",
            f"{day:%A}, {day.day} {month} {day.year}",
            f"{month[:3]}. {day.day}, {day.year} at 9:20 a.m.",
        )
    )
