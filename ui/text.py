"""Dates, bylines and article text as plain words, for the page and the terminal."""

from __future__ import annotations

from datetime import date

from index import Article

_SHORT = 48


def day(published: date | None) -> str:
    """A date as a newsroom writes it: 9 March 2026; "undated" where it is unknown."""
    return f"{published.day} {published:%B %Y}" if published else "undated"


def byline(article: Article) -> str:
    """Outlet and date as plain text: "Merrin Courier, 9 March 2026"."""
    return visible(", ".join(part for part in (article.source, day(article.published)) if part))


def origin(article: Article) -> str:
    """The byline; where the outlet is unknown, the headline stands in its place."""
    if article.source:
        return byline(article)
    words = visible(article.headline)
    short = words if len(words) <= _SHORT else f"{words[:_SHORT].rsplit(' ', 1)[0]}…"
    return f"“{short}”, {day(article.published)}"


def visible(text: str) -> str:
    """Text for people: white space folded, control and direction characters that could mislead removed."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())
