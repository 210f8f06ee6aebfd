"""Dates, bylines and article text as plain words, for the page and the terminal."""

from __future__ import annotations

from datetime import date

from index import Article, Notice
from rag import Citation

_SHORT = 48
_NAMED = 3


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


def place(citation: Citation) -> str:
    """Where it stands: "Merrin Courier, 9 March 2026, paragraph 4", with the page where there are pages."""
    page = f"page {citation.paragraph.page}, " if citation.paragraph.page else ""
    return f"{byline(citation.article)}, {page}paragraph {citation.paragraph.number}"


def also_printed(citation: Citation) -> str:
    """Who else prints the paragraph: "also in Bay Coast Radio, 10 March 2026, and 2 others"; "" where nobody does."""
    named = [origin(article) for article in citation.also[:_NAMED]]
    more = len(citation.also) - len(named)
    if more:
        named.append(f"{more} other{'s' if more > 1 else ''}")
    return f"also in {'; '.join(named[:-1])}{' and ' if named[:-1] else ''}{named[-1]}" if named else ""


def calendar(citation: Citation) -> str:
    """The days that the quote names by the article's own date: "Tuesday" is 10 March 2026; "" where there are none."""
    told = []
    for named in citation.days:
        words = citation.quote[named.start : named.end]
        if not any(len(part) == 4 and part.isdigit() for part in words.replace(",", " ").split()):
            about = "about " if named.approximate else ""
            until = f" to {day(named.last)}" if named.last != named.first else ""
            told.append(f"“{visible(words)}”: {about}{day(named.first)}{until}")
    return "; ".join(dict.fromkeys(told))


def noticed(notice: Notice) -> str:
    """What the newsroom said later, and where: a sentence and the note's own words."""
    state = {True: "the text has been put right", False: "the text still says what was wrong", None: ""}[notice.applied]
    where = f"{origin(notice.article)}, ¶{notice.paragraph.number}"
    about = f"({'; '.join(part for part in (where, state) if part)})"
    said, kind = visible(notice.text), notice.kind.capitalize()
    return f"{said} {about}" if said.lower().startswith(notice.kind) else f"{kind}: {said} {about}"
