"""A web page: the article's own paragraphs, exactly as the page has them, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from index.formats.extract import Extract, Skipped, Unreadable, joined, whole
from index.formats.fragment import parse
from index.formats.html.charset import page_text
from index.formats.html.page import Page
from index.formats.html.page_facts import opens_a_release, page_facts


def read_html(file: BinaryIO, name: str) -> Iterator[Extract | Skipped]:
    """The article of a saved web page. Raises Unreadable for a page that holds no text."""
    yield html_extract(whole(file))


def html_extract(data: bytes, *, url: str = "", charset: str = "") -> Extract:
    """The article in the page `data`, that came from `url` in the encoding `charset`, where these are known.

    The paragraphs are the page's own, without what stands around the article. A headline that stands apart from the
    text is the title only. Raises Unreadable for bytes that are no text, and for a page without paragraphs.
    """
    root = parse(page_text(data, charset))
    page = Page(root)
    kept = page.article()
    facts = page_facts(root, page.about(), url=url, heading=page.heading[:1000])
    if not kept:
        raise Unreadable("no article was found in the page; save the article's own page, after it has loaded")
    text, blocks = joined(kept)
    return Extract(
        text=text,
        blocks=blocks,
        title=facts.headline,
        source=facts.outlet,
        authors=facts.authors,
        published=facts.published,
        updated=facts.updated,
        url=facts.url or (url if url.startswith(("http://", "https://")) else ""),
        section=facts.section,
        language=facts.language,
        type="press release"
        if facts.type in ("", "report") and opens_a_release(words for _, words in kept[:4])
        else facts.type,
    )
