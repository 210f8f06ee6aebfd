"""What an address leads to: a page leads to itself, a feed to its entries, a sitemap to the pages of its site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from index.formats.extract import Stated, Unreadable
from index.values import Failure
from index.web.address import page_of, same_site, shown, web_address
from index.web.answers import Fetched, NoAnswer
from index.web.feed import feed_entries
from index.web.kind import ending_of
from index.web.sitemap import sitemap_entries
from index.web.unpack import ungzip

MOST_PAGES = 500
"""Pages taken from one address, unless more are asked for."""
LISTING_BYTES = 50_000_000
"""Largest feed or sitemap, unpacked: the limit of the sitemap protocol."""
_MOST_ADDRESSES = 50_000
"""Addresses looked at in all the sitemaps below one address."""
_MOST_SITEMAPS = 100
_GIVE_UP_AFTER = 3
"""Sitemaps without an answer, after which no other is opened."""
_DEEPEST = 2
"""An index of indexes is followed, no deeper."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to fetch, and what the list that named it says of it. `listed_in` is empty for a page asked for itself.

    `words` is the text that a feed gives of it, as HTML: kept only where the page itself cannot be fetched.
    """

    url: str
    title: str = ""
    published: tuple[Stated, ...] = ()
    updated: tuple[Stated, ...] = ()
    listed_in: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages behind some addresses that are still to be fetched, each once, and sentences on what was left out."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


def list_pages(
    urls: Iterable[str],
    get: Callable[[str], Fetched],
    is_page: Callable[[str], bool],
    keep: Callable[[Page, Fetched], None],
    most: int = MOST_PAGES,
) -> Listing:
    """The pages these addresses lead to, at most `most` for each.

    `is_page` knows addresses that need not be looked at to tell. `get` fetches one and raises Unreadable; `keep`
    is handed what it brought where that is a page itself: held back, many of them would fill the memory.
    An address that cannot be fetched becomes a failure and keeps the others from nothing.
    """
    pages: dict[str, Page] = {}
    failures: list[Failure] = []
    notes: list[str] = []
    for url in urls:
        walk = _Walk(get, keep, most)
        try:
            address = web_address(url)
            if is_page(address):
                walk.pages.append(Page(address))
            else:
                walk.start(address)
        except Unreadable as reason:
            failures.append(skipped(url, reason))
        for page in walk.pages:
            pages.setdefault(page_of(page.url), page)
        failures += walk.failures
        notes += walk.notes(shown(url))
    return Listing(tuple(pages.values()), tuple(failures), tuple(notes))


def skipped(url: str, reason: object) -> Failure:
    """The failure of an address, in one sentence."""
    return Failure(url, f"{shown(url)} was skipped: {reason}.")


@dataclass(slots=True)
class _Walk:
    """The way from one address to its pages."""

    get: Callable[[str], Fetched]
    keep: Callable[[Page, Fetched], None]
    most: int
    pages: list[Page] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    is_list: bool = False
    looked_at: int = 0
    over: int = 0
    elsewhere: int = 0
    unusable: int = 0
    unopened: int = 0
    silent: int = 0

    def start(self, url: str) -> None:
        came = self.get(url)
        data, kind = _opened(came)
        if kind == ".feed":
            self.is_list = True
            for entry in feed_entries(data):
                self._take(entry.url, came.url, Page("", entry.title, entry.published, entry.updated, url, entry.words))
        elif kind == ".sitemap":
            self.is_list = True
            self.opened |= {url, came.url}
            self._sitemap(data, came.url, depth=0)
        else:
            self.keep(Page(url), came)

    def _sitemap(self, data: bytes, base: str, depth: int) -> None:
        further = []
        for entry in sitemap_entries(data):
            self.looked_at += 1
            if self.looked_at > _MOST_ADDRESSES:
                break
            if entry.is_sitemap:
                further.append(entry.url)
            else:
                self._take(entry.url, base, Page("", entry.title, entry.published, listed_in=base), only_here=True)
        for place in further:
            self._open(place, base, depth + 1)

    def _open(self, place: str, base: str, depth: int) -> None:
        full = len(self.pages) >= self.most or self.looked_at > _MOST_ADDRESSES or self.silent >= _GIVE_UP_AFTER
        try:
            url = web_address(place, base)
            if url in self.opened:
                return
            if not same_site(url, base):
                self.elsewhere += 1
                return
            if full or depth > _DEEPEST or len(self.opened) >= _MOST_SITEMAPS:
                self.unopened += 1
                return
            self.opened.add(url)
            came = self.get(url)
            data, kind = _opened(came)
            if kind != ".sitemap":
                raise Unreadable("a sitemap names it as another sitemap, but it is none")
            self._sitemap(data, came.url, depth)
        except Unreadable as reason:
            self.failures.append(skipped(place, reason))
            self.silent += isinstance(reason, NoAnswer)

    def _take(self, place: str, base: str, page: Page, only_here: bool = False) -> None:
        if len(self.pages) >= self.most:
            self.over += 1
            return
        try:
            url = web_address(place, base)
        except Unreadable:
            self.unusable += 1
            return
        if only_here and not same_site(url, base):
            self.elsewhere += 1
        elif page_of(url) not in self.seen:
            self.seen.add(page_of(url))
            self.pages.append(Page(url, page.title, page.published, page.updated, page.listed_in or base, page.words))

    def notes(self, url: str) -> Iterator[str]:
        """Sentences on what this address named and what was not taken of it."""
        if self.is_list and not any((self.pages, self.failures, self.elsewhere, self.unusable, self.unopened)):
            yield f"{url} is a list of pages that names none."
        if self.over:
            yield f"{url} names {self.over} more pages than the {self.most} taken; ask for more at once to have them."
        if self.looked_at > _MOST_ADDRESSES:
            yield f"{url} names more than {_MOST_ADDRESSES} pages; those after that were not looked at."
        if self.unopened:
            yield f"{url} names {self.unopened} further sitemaps that were not opened; index them by their own address."
        if self.elsewhere:
            yield f"{url} names {self.elsewhere} addresses on other sites; a sitemap speaks for its own site only."
        if self.unusable:
            yield f"{url} names {self.unusable} addresses that are no web addresses; they were left out."


def _opened(came: Fetched) -> tuple[bytes, str]:
    """The bytes, unpacked where they are a .gz file, and what they are."""
    kind = ending_of(came.data, came.type, came.url)
    if kind != ".gz":
        return came.data, kind
    data = ungzip(came.data, LISTING_BYTES)
    kind = ending_of(data, "", came.url.removesuffix(".gz"))
    if kind not in (".feed", ".sitemap"):
        raise Unreadable("what came is a .gz file that holds no feed or sitemap; unpack it and index the file")
    return data, kind
