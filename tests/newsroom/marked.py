"""Markdown files: dialects of front matter, and text with headings, lists, quotations, tables and links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.newsroom.desk import Desk, Story, long_date
from tests.newsroom.gold import ANY, Gold, Piece

Front = tuple[str, dict[str, Any]]
"""Front matter as it is written, and what it says."""


def plain_keys(story: Story) -> Front:
    """Our own words: title, outlet, authors, published."""
    authors = "".join(f"\n  - {name}" for name in story.authors)
    return (
        f'title: "{story.headline}"\noutlet: {story.outlet.name}\nauthors:{authors}\npublished: {story.day}\nurl: {story.url}',
        {"outlet": story.outlet.name, "authors": story.authors, "url": story.url},
    )


def site_generator(story: Story) -> Front:
    """As static site generators have it: a time stamp, tags, and when it was last changed."""
    return (
        f"layout: post\ntitle: '{story.headline}'\ndate: {story.day}T09:30:00+01:00\nlastmod: {story.day.replace(day=28)}\n"
        f"author: {story.authors[0]}\ncategories: [local, {story.place}]\ntags:\n- council\n- street\ndraft: false",
        {"authors": story.authors[:1], "updated": story.day.replace(day=28), "section": ANY},
    )


def clipper(story: Story) -> Front:
    """As a web clipper saves it: the day of clipping is there too, and dates nothing."""
    return (
        f'title: "{story.headline}"\nsource: {story.url}\nauthor:\n  - "[[{story.authors[0]}]]"\npublished: {story.day}\n'
        f"created: 2019-01-02\ndescription: What is known so far\ntags:\n  - clippings",
        {"authors": ANY, "outlet": ANY, "url": ANY},
    )


def export(story: Story) -> Front:
    """As an archive exports it; a colon in the headline breaks the YAML, as it does in life."""
    return (
        f"Headline: Update: {story.headline}\nByline: {story.byline}\nPublication: {story.outlet.name}\nSection: {story.section}\n"
        f"Language: en\nPublication_Date: {long_date(story.day, 'uk')}\nType: report",
        {
            "headline": f"Update: {story.headline}",
            "outlet": story.outlet.name,
            "authors": story.authors,
            "section": story.section,
            "language": "en",
        },
    )


def write(folder: Path, desk: Desk) -> list[Gold]:
    """All Markdown files, and their gold."""
    found = []
    fronts: tuple[Callable[[Story], Front], ...] = (plain_keys, site_generator, clipper, export)
    for front in fronts:
        for n in range(3):
            story = desk.story(authors=1 + n % 2, day=desk.day().replace(day=14 + n))
            said, gold = front(story)
            heading = front is not site_generator and n == 0
            text = f"---\n{said}\n---\n\n" + (f"# {gold.get('headline', story.headline)}\n\n" if heading else "")
            found.append(
                _put(
                    folder,
                    f"md/{front.__name__}-{chr(97 + n)}.md",
                    text,
                    story,
                    desk.die,
                    origin="front matter",
                    **gold,
                )
            )
    for n in range(4):
        story = desk.story(authors=1)
        head = [f"# {story.headline}"] if n % 2 else [story.headline, "=" * len(story.headline)]
        lines = "\n".join(head) + f"\n\n*{story.byline}*\n\n{long_date(story.day, story.outlet.region)}\n\n"
        top = (Piece("headline", story.headline), Piece("credit", story.byline))
        top += (Piece("dateline", long_date(story.day, story.outlet.region)),)
        found.append(
            _put(folder, f"md/no-front-{n}.md", lines, story, desk.die, top, origin="date line", authors=story.authors)
        )
    return found


def _put(
    folder: Path, name: str, head: str, story: Story, die: Random, top: tuple[Piece, ...] = (), **said: Any
) -> Gold:
    lists = (
        Piece("subhead", "In short"),
        *(Piece("body", t) for t in ("The street stays open on foot.", "The market moves to the church square.")),
        Piece("body", "“We will measure again before we promise again,” the note ends."),
        *(Piece("body", row) for row in ("Street | Cars | Bicycles", "North side | 8,412 | 77")),
    )
    text = f"## {lists[0].text}\n\n- {lists[1].text}\n- {lists[2].text}\n\n> {lists[3].text}\n\n"
    text += f"| {lists[4].text} |\n|---|---|---|\n| {lists[5].text} |\n"
    body = "\n\n".join(f"## {p.text}" if p.kind == "subhead" else _marked(p.text, die) for p in story.pieces)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + body + "\n\n" + text, "utf-8")
    return story.gold(name, "md", pieces=(*top, *story.pieces, *lists), **({"published": story.day} | said))


def _marked(text: str, die: Random) -> str:
    words = text.split(" ")
    if len(words) < 9:
        return text
    at = die.randrange(2, len(words) - 2)
    form = die.choice(("**{}**", "*{}*", "[{}](https://example.org/a_b)", "{}\n", "{}"))
    words[at] = form.format(words[at])
    return " ".join(words).replace("\n ", "\n")
