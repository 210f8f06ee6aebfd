"""Feeds saved to disk: RSS 2.0, RSS 1.0 and Atom, with whole articles and with summaries alone."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from tests.newsroom import web_parts as web
from tests.newsroom.desk import Desk, Story
from tests.newsroom.gold import ANY, Gold

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All feed files, and their gold; every entry is an article."""
    (folder / "feed").mkdir(parents=True, exist_ok=True)
    found: list[Gold] = []
    for name, make in (("whole.rss", _rss), ("whole-cdata.xml", _rss), ("summaries.rss", _rss), ("old.rdf", _rdf)):
        found += make(folder, f"feed/{name}", _stories(desk), desk)
    return (
        found
        + _atom(folder, "feed/atom.atom", _stories(desk), desk)
        + _atom(folder, "feed/atom.xml", _stories(desk), desk)
    )


def _stories(desk: Desk) -> list[Story]:
    first = desk.story(authors=1, subheads=False)
    return [first, *(desk.story(outlet=first.outlet, authors=1, subheads=False) for _ in range(3))]


def _html(story: Story, desk: Desk) -> str:
    return "\n".join(f"<p>{web.marked(p.text, desk.die)}</p>" for p in story.pieces)


def _moment(story: Story) -> str:
    from datetime import UTC, datetime

    return format_datetime(datetime(story.day.year, story.day.month, story.day.day, 8, 30, tzinfo=UTC))


def _gold(name: str, story: Story, *, whole: bool = True) -> Gold:
    return story.gold(
        name,
        "feed",
        pieces=story.pieces if whole else story.pieces[:1],
        outlet=story.outlet.name,
        authors=story.authors,
        published=story.day,
        origin="feed",
        section=ANY,
        url=story.url,
    )


def _rss(folder: Path, name: str, stories: list[Story], desk: Desk) -> list[Gold]:
    """RSS 2.0; the last entry of the first file has no date, and the channel's own dates date nothing."""
    whole, items = "whole" in name, []
    for n, story in enumerate(stories):
        html = _html(story, desk)
        wrapped = f"<![CDATA[{html}]]>" if "cdata" in name else escape(html)
        content = f"<content:encoded>{wrapped}</content:encoded>" if whole else ""
        dated = "" if _undated(name, n) else f"<pubDate>{_moment(story)}</pubDate>"
        items.append(
            f"<item><title>{escape(story.headline)}</title><link>{story.url}</link><guid>{story.url}</guid>{dated}"
            f"<dc:creator>{story.authors[0]}</dc:creator><category>{story.section}</category>"
            f"<description>{escape(story.pieces[0].text)}</description>{content}</item>"
        )
    channel = f"<title>{stories[0].outlet.name}</title><link>https://www.{stories[0].outlet.host}</link><description>News</description>"
    channel += "<lastBuildDate>Sun, 03 Jan 2021 10:00:00 +0000</lastBuildDate><pubDate>Sun, 03 Jan 2021 10:00:00 +0000</pubDate>"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {SPACES}><channel>{channel}{"".join(items)}</channel></rss>\n'
    (folder / name).write_text(text, "utf-8")
    golds = [_gold(name, s, whole=whole) for s in stories]
    return [_without_date(g) if _undated(name, n) else g for n, g in enumerate(golds)]


def _undated(name: str, n: int) -> bool:
    return name.endswith("whole.rss") and n == 3


def _without_date(gold: Gold) -> Gold:
    from dataclasses import replace

    return replace(gold, published=None, unknown="decoy only", origin="", subject="the feed's date alone")


def _rdf(folder: Path, name: str, stories: list[Story], desk: Desk) -> list[Gold]:
    items = "".join(
        f'<item rdf:about="{s.url}"><title>{escape(s.headline)}</title><link>{s.url}</link><dc:date>{web.iso(s.day)}</dc:date>'
        f"<dc:creator>{s.authors[0]}</dc:creator><content:encoded><![CDATA[{_html(s, desk)}]]></content:encoded></item>"
        for s in stories
    )
    site = f"https://www.{stories[0].outlet.host}"
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>
<channel rdf:about="{site}"><title>{stories[0].outlet.name}</title><link>{site}</link><description>News</description></channel>{items}</rdf:RDF>
"""
    (folder / name).write_text(text, "utf-8")
    return [_gold(name, s) for s in stories]


def _atom(folder: Path, name: str, stories: list[Story], desk: Desk) -> list[Gold]:
    """Atom; entries are changed later than published, and in the second file one says only when it was changed."""
    from dataclasses import replace

    entries, golds = [], []
    for n, story in enumerate(stories):
        changed = story.day + timedelta(days=3)
        only = name.endswith(".xml") and n == 0
        said = "" if only else f"<published>{web.iso(story.day, '07:05:00Z')}</published>"
        entries.append(
            f'<entry><title>{escape(story.headline)}</title><link rel="alternate" href="{story.url}"/><id>{story.url}</id>{said}'
            f"<updated>{web.iso(changed, '07:05:00Z')}</updated><author><name>{story.authors[0]}</name></author>"
            f'<content type="html">{escape(_html(story, desk))}</content></entry>'
        )
        gold = replace(_gold(name, story), updated=changed)
        if only:
            gold = replace(gold, published=None, unknown="only updated", origin="", subject="updated only, in a feed")
        golds.append(gold)
    text = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{stories[0].outlet.name}</title><id>urn:x:{stories[0].slug}</id>
<updated>2021-01-03T10:00:00Z</updated>{"".join(entries)}</feed>
"""
    (folder / name).write_text(text, "utf-8")
    return golds
