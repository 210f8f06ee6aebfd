"""A visitor with manners: reads robots.txt first, and never asks a site for two things at once or in haste."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from index.web.address import site_of
from index.web.answers import Fetched, NotModified
from index.web.fetch import Fetcher
from index.web.robots import MOST_BYTES, Robots


@dataclass(slots=True)
class _Site:
    """One site's turn: held during a request; the next may begin at `due` (time.monotonic)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    due: float = 0.0


class Visitor:
    """Fetches pages politely. May be used by several threads at once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._robots = Robots(lambda url: fetcher.fetch(url, most_bytes=MOST_BYTES, cut=True, turn=self._in_turn))
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def visit(
        self, url: str, *, etag: str = "", modified: str = "", seen_at: str = "", most_bytes: int = 0
    ) -> Fetched | NotModified:
        """The page, as from Fetcher.fetch, in the site's own time. Raises Unreadable where the site does not want it.

        What robots.txt says is asked for every site that a redirect leads to.
        """
        return self._fetcher.fetch(
            url, etag=etag, modified=modified, seen_at=seen_at, most_bytes=most_bytes, turn=self._if_welcome
        )

    @contextmanager
    def _if_welcome(self, url: str) -> Iterator[None]:
        self._robots.check(url)
        with self._in_turn(url, self._robots.delay(url)):
            yield

    @contextmanager
    def _in_turn(self, url: str, delay: float = 0.0) -> Iterator[None]:
        rules = self._fetcher.rules
        with self._lock:
            site = self._sites.setdefault(site_of(url), _Site())
        with site.lock:
            time.sleep(max(0.0, site.due - time.monotonic()))
            try:
                yield
            finally:
                site.due = time.monotonic() + max(rules.pause, min(delay, rules.longest_pause))
