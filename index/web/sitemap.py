"""Sitemaps (sitemaps.org, and the news extension of Google): the addresses of a site's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.formats.extract import Stated
from index.web.xml import elements, words_of


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address in a sitemap, as written; a news sitemap gives headline and date too.

    `lastmod` is left out: it is the time of the last build of the page more often than of its words.
    """

    url: str
    is_sitemap: bool = False
    title: str = ""
    published: tuple[Stated, ...] = ()


def sitemap_entries(data: bytes) -> Iterator[SitemapEntry]:
    """What a sitemap or a sitemap index names, in its order. Raises Unreadable for one that declares entities."""
    for element in elements(data, "url", "sitemap"):
        url = words_of(element, "loc")
        if not url:
            continue
        news = element.find("{*}news")
        if news is None:
            yield SitemapEntry(url, is_sitemap=element.tag.endswith("sitemap"))
            continue
        date = words_of(news, "publication_date")
        yield SitemapEntry(url, title=words_of(news, "title"), published=(Stated(date, "sitemap"),) if date else ())
