"""Keeps on disk what was fetched: one file a page, its facts beside it, asked for again only where it changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal

from index.formats.extract import Unreadable
from index.values import Failure, Progress
from index.web.address import origin_of, shown
from index.web.answers import Fetched, NoAnswer, NotModified, Refused
from index.web.facts import Facts, facts_file, page_file, read_facts, write_facts, write_whole
from index.web.fetch import Fetcher
from index.web.kind import ending_of
from index.web.listing import LISTING_BYTES, MOST_PAGES, Page, list_pages, skipped
from index.web.polite import Visitor
from index.web.rules import Rules

if TYPE_CHECKING:
    from index.web.guard import Resolve

_SITES_AT_ONCE = 4
_GIVE_UP_AFTER = 3
"""Pages of a site in a row without an answer, after which its other pages are not asked for."""
_GONE = (404, 410)

What = Literal["new", "changed", "unchanged", "gone", "failed"]


@dataclass(frozen=True, slots=True)
class MirrorReport:
    """What one refresh did, in pages. `gone` are the addresses of those kept though their site has them no more."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"From the web: {self.new} new, {self.changed} changed, {self.unchanged} unchanged, {len(self.gone)} gone."
        )


@dataclass(frozen=True, slots=True)
class _Outcome:
    what: What
    page: Page
    why: str = ""


class Mirror:
    """The pages kept in a folder, and the way to bring them up to date. One process at a time may refresh it."""

    def __init__(self, folder: Path, rules: Rules | None = None, resolve: Resolve | None = None) -> None:
        self.folder = folder
        self._rules = rules or Rules()
        self._resolve = resolve

    def pages(self) -> Iterator[tuple[Path, Facts]]:
        """Every page kept, with its facts, sorted by file."""
        for path in sorted(self.folder.glob("*/.*.json")):
            facts = read_facts(path)
            if facts:
                yield path.with_name(facts.file), facts

    def refresh(self, urls: Iterable[str], progress: Progress | None = None, most: int = MOST_PAGES) -> MirrorReport:
        """Fetches the pages behind these addresses, at most `most` for each, and keeps those that changed.

        Pages that are not in the mirror yet come first, so that a refresh cut short goes on where it was. A page
        that cannot be fetched becomes a failure, stops no other, and what the mirror had of it stays; so does a
        page that its site says is gone.
        """
        visitor = Visitor(Fetcher(self._rules, self._resolve))
        outcomes: list[_Outcome] = []
        listing = list_pages(
            urls,
            get=lambda url: self._whole(visitor, url),
            is_page=self._has,
            keep=lambda page, came: outcomes.append(self._attempt(page, lambda: came)[0]),
            most=most,
        )
        outcomes += self._work(visitor, listing.pages, progress)
        counts = {what: sum(o.what == what for o in outcomes) for what in ("new", "changed", "unchanged")}
        return MirrorReport(
            **counts,
            gone=tuple(o.page.url for o in outcomes if o.what == "gone"),
            failures=(*listing.failures, *(skipped(o.page.url, o.why) for o in outcomes if o.what == "failed")),
            notes=(*listing.notes, *(o.why for o in outcomes if o.why and o.what != "failed")),
        )

    def _has(self, url: str) -> bool:
        return read_facts(facts_file(self.folder, url)) is not None

    def _whole(self, visitor: Visitor, url: str) -> Fetched:
        """What is at an address that a person gave or a sitemap names, whole."""
        came = visitor.visit(url, most_bytes=LISTING_BYTES)
        if isinstance(came, NotModified):
            raise Unreadable("its site says that nothing has changed, though it was not asked; try again later")
        return came

    def _work(self, visitor: Visitor, pages: tuple[Page, ...], progress: Progress | None) -> Iterator[_Outcome]:
        """The outcome of every page: sites side by side, the pages of one site one after the other."""
        sites: dict[str, list[Page]] = {}
        for page in sorted(pages, key=lambda page: self._has(page.url)):
            sites.setdefault(origin_of(page.url), []).append(page)
        done: SimpleQueue[_Outcome] = SimpleQueue()
        stop = threading.Event()
        pool = ThreadPoolExecutor(_SITES_AT_ONCE, thread_name_prefix="pilcrow-web")
        try:
            for site in sites.values():
                pool.submit(self._site, visitor, site, done, stop)
            for number in range(len(pages)):
                if progress:
                    progress("Fetching", number, len(pages))
                yield done.get()
            if progress and pages:
                progress("Fetching", len(pages), len(pages))
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)

    def _site(self, visitor: Visitor, pages: list[Page], done: SimpleQueue[_Outcome], stop: threading.Event) -> None:
        silent = 0
        for page in pages:
            if stop.is_set():
                return
            if silent >= _GIVE_UP_AFTER:
                done.put(_Outcome("failed", page, f"its site did not answer {silent} times in a row; try again later"))
                continue
            outcome, silence = self._attempt(page, partial(self._fetch, visitor, page))
            silent = silent + 1 if silence else 0
            done.put(outcome)

    def _attempt(self, page: Page, get: Callable[[], Fetched | NotModified]) -> tuple[_Outcome, bool]:
        """What became of a page, and whether its site was silent."""
        try:
            try:
                return self._page(page, get()), False
            except Unreadable as reason:
                return self._without(page, reason), _is_silence(reason)
        except Exception as error:  # one page that no rule foresaw must not keep the others out
            why = f"it could not be kept ({type(error).__name__}: {error}); please report it"
            return _Outcome("failed", page, why), False

    def _fetch(self, visitor: Visitor, page: Page) -> Fetched | NotModified:
        known = read_facts(facts_file(self.folder, page.url))
        if known is None or known.from_feed:
            return visitor.visit(page.url)
        return visitor.visit(page.url, etag=known.etag, modified=known.modified, seen_at=known.url)

    def _page(self, page: Page, came: Fetched | NotModified) -> _Outcome:
        place = facts_file(self.folder, page.url)
        known = read_facts(place)
        if isinstance(came, NotModified):
            if known:
                write_facts(place, replace(_with_said(known, page), gone=False))
            return _Outcome("unchanged", page)
        if len(came.data) > self._rules.most_bytes:
            raise Unreadable(f"it is larger than an article may be ({self._rules.most_bytes / 1e6:.3g} MB)")
        ending = ending_of(came.data, came.type, came.url)
        if ending in (".feed", ".sitemap", ".gz"):
            raise Unreadable("a list of pages is there, not a page; index it by its own address")
        return _Outcome(self._keep(page, came, ending, known), page)

    def _without(self, page: Page, reason: Unreadable) -> _Outcome:
        """What becomes of a page that cannot be fetched: kept as it was, or as its feed tells it, or a failure.

        What its site has taken away is never taken from the feed.
        """
        known = read_facts(facts_file(self.folder, page.url))
        gone = isinstance(reason, Refused) and reason.status in _GONE
        if known and gone:
            write_facts(facts_file(self.folder, page.url), replace(known, gone=True))
            return _Outcome("gone", page, f"{shown(page.url)} is kept, but {reason}.")
        if gone or not page.words or (known and not known.from_feed):
            return _Outcome("failed", page, str(reason))
        title = escape(page.title)
        text = (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n'
            f"<body><article><h1>{title}</h1>\n{page.words}\n</article></body></html>\n"
        )
        came = Fetched(page.url, page.url, text.encode("utf-8", "replace"), "text/html", "utf-8")
        what = self._keep(page, came, ".html", known, from_feed=True)
        return _Outcome(what, page, f"{shown(page.url)} is kept in the words of its feed only, because {reason}.")

    def _keep(self, page: Page, came: Fetched, ending: str, known: Facts | None, from_feed: bool = False) -> What:
        """Writes the page and then its facts, so that no facts are ever there without their page."""
        path = page_file(self.folder, page.url, ending)
        digest = sha256(came.data).hexdigest()
        same = known is not None and known.sha256 == digest and known.file == path.name
        if not same:
            write_whole(path, came.data)
        facts = Facts(
            asked=page.url,
            url=came.url,
            file=path.name,
            sha256=digest,
            fetched=datetime.now(UTC).isoformat(timespec="seconds"),
            type=came.type,
            charset=came.charset,
            etag=came.etag,
            modified=came.modified,
            robots=came.robots,
            title=known.title if known else "",
            published=known.published if known else (),
            updated=known.updated if known else (),
            listed_in=known.listed_in if known else "",
            from_feed=from_feed,
        )
        write_facts(facts_file(self.folder, page.url), _with_said(facts, page))
        if known and known.file != path.name:
            path.with_name(known.file).unlink(missing_ok=True)
        return "unchanged" if same else "changed" if known else "new"


def _with_said(facts: Facts, page: Page) -> Facts:
    """The facts with what a feed or sitemap says now; a page asked for by itself keeps what was said before."""
    return replace(
        facts,
        title=page.title or facts.title,
        published=page.published or facts.published,
        updated=page.updated or facts.updated,
        listed_in=page.listed_in or facts.listed_in,
    )


def _is_silence(reason: Unreadable) -> bool:
    """True where the site itself is in trouble, so that its other pages will fare no better."""
    return isinstance(reason, NoAnswer) or (
        isinstance(reason, Refused) and (reason.status >= 500 or reason.status == 429)
    )
