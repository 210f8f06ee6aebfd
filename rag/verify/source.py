"""A passage as the checks take it."""

from __future__ import annotations

from index import Passage
from index.dates.written import in_words
from rag.values import Span
from rag.verify.values import Source


def source_of(passage: Passage, span: Span | None = None) -> Source:
    """What a sentence that cites the passage is checked against; `span` are the sentences cited, else all of it."""
    text = passage.paragraph.text
    return Source(
        text=text,
        quote=text[slice(*span)] if span else text,
        before=passage.before.text if passage.before else "",
        header=header(passage),
        published=passage.article.published,
    )


def header(passage: Passage) -> str:
    """Headline, outlet, byline and day in words: what may be said of a passage without standing in it."""
    article = passage.article
    day = in_words(article.published) if article.published else ""
    return " · ".join(part for part in (article.headline, article.source, *article.authors, day) if part)
