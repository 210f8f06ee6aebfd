"""What a site asks of programs in its robots.txt (RFC 9309), asked once a site and kept to.

A page's own "noindex", "noarchive" or "nosnippet", in a header or a meta element, speaks to search engines that
show what they gather to everybody. A personal library shows it to its owner alone, so it is no reason to refuse;
what the header says is kept with the page for those who publish from it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.formats.extract import Unreadable
from index.web.address import origin_of, site_of
from index.web.answers import Fetched, NotModified, Refused

if TYPE_CHECKING:
    from protego import Protego

NAME = "Pilcrow"
"""The name a robots.txt knows us by."""
MOST_BYTES = 512_000
"""How much of a robots.txt is read: the 500 kibibytes of RFC 9309, 2.5."""
_AGENT_LINE = re.compile(r"\s*user[\s-]*agent\b[\s:]*(\*|[a-z_-]*)", re.IGNORECASE)


class Robots:
    """Who may read what. `get` fetches an address, cut at MOST_BYTES; may be used by several threads."""

    def __init__(self, get: Callable[[str], Fetched | NotModified]) -> None:
        self._get = get
        self._known: dict[str, Protego | Unreadable | None] = {}
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}

    def check(self, url: str) -> None:
        """Returns when the page may be read. Raises Unreadable when the site does not want that, or cannot say."""
        said = self._said(origin_of(url))
        if isinstance(said, Unreadable):
            raise said
        if said is not None and not said.can_fetch(url, NAME):
            raise Unreadable(
                f"{site_of(url)} asks programs not to read it (robots.txt); save the page as a file and index that"
            )

    def delay(self, url: str) -> float:
        """Seconds that the site wants between two requests; 0 where it says nothing."""
        said = self._said(origin_of(url))
        return 0.0 if said is None or isinstance(said, Unreadable) else said.crawl_delay(NAME) or 0.0

    def _said(self, origin: str) -> Protego | Unreadable | None:
        with self._lock:
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:
            if origin not in self._known:
                self._known[origin] = self._ask(origin)
            return self._known[origin]

    def _ask(self, origin: str) -> Protego | Unreadable | None:
        """The rules, None where there are none, or the reason why nothing may be fetched."""
        try:
            found = self._get(origin + "/robots.txt")
        except Refused as answer:
            if 400 <= answer.status < 500 and answer.status != 429:
                return None
            return Refused(
                f"the robots.txt of {site_of(origin)} could not be read (HTTP {answer.status}), and without it nothing "
                "is asked of the site; try again later",
                answer.status,
            )
        except Unreadable as reason:
            return reason
        return parse_robots(found.data) if isinstance(found, Fetched) else None


def parse_robots(data: bytes) -> Protego:
    """The rules in a robots.txt, however damaged."""
    from protego import Protego

    if len(data) >= MOST_BYTES:
        # Half a line is another rule: "Disallow: /" where "/archive" was cut off.
        data = data[: data.rfind(b"\n") + 1]
    lines = data.decode("utf-8-sig", "replace").splitlines()
    return Protego.parse("\n".join(_ours(line) for line in lines))


def _ours(line: str) -> str:
    """The line, with programs of other names all under one name.

    Every rule is stored once for each name above it: 500 kB of names and rules would become hundreds of millions.
    """
    agent = _AGENT_LINE.match(line)
    if not agent:
        return line
    return f"User-agent: {agent[1] if agent[1].lower() in ('*', NAME.lower()) else 'another'}"
