"""One page from the web: bounded in time, size and hops, from public addresses only, and nothing kept between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from index.formats.extract import Unreadable
from index.web.address import shown, site_of, web_address
from index.web.answers import Fetched, NoAnswer, NotModified, Refused
from index.web.kind import never_read
from index.web.rules import Rules
from index.web.unpack import ENCODINGS, unpack

if TYPE_CHECKING:
    import ssl

    from index.web.guard import Resolve

_MOST_REDIRECTS = 5
_BUSY = (429, 503)
_ADVICE = {
    401: "asks for a password; save the page as a file and index that",
    402: "asks for money; save the page as a file and index that",
    403: "does not let programs read it; save the page as a file and index that",
    404: "says that it is not there",
    406: "does not have it in a form that can be read",
    410: "says that it has been taken away",
    429: "was asked too often; try again later",
    451: "may not show it for legal reasons",
}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    data: bytes


Turn = Callable[[str], AbstractContextManager[None]]
"""Entered around every single request with its address: the place to wait, or to raise Unreadable."""


@contextmanager
def at_once(url: str) -> Iterator[None]:
    """The turn of whoever need not wait."""
    yield


class Fetcher:
    """Fetches within the rules. Holds no connection and no cookie; may be used by several threads at once."""

    def __init__(self, rules: Rules | None = None, resolve: Resolve | None = None) -> None:
        self.rules = rules or Rules()
        self._resolve = resolve
        self._tls: ssl.SSLContext | None = None

    def fetch(
        self,
        url: str,
        *,
        etag: str = "",
        modified: str = "",
        seen_at: str = "",
        most_bytes: int = 0,
        cut: bool = False,
        turn: Turn = at_once,
    ) -> Fetched | NotModified:
        """The page at this address, or NotModified where `etag` or `modified` still hold.

        `seen_at` is the final address these two came from, if not `url`. `most_bytes` stands in for the rules';
        with `cut` what is longer is cut there instead of refused. `turn` is entered around every request.
        Raises Unreadable: Refused with the status where the site said no, NoAnswer where it could not be reached.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        hop = _Hop(self, known, web_address(seen_at or url), most_bytes or self.rules.most_bytes, cut, turn)
        asked = web_address(url)
        try:
            return hop.follow(asked)
        except Refused as busy:
            if busy.status not in _BUSY or busy.wait is None or busy.wait > self.rules.patience:
                raise
            time.sleep(busy.wait)
            return hop.follow(asked)

    def ask(self, url: str, headers: dict[str, str], deadline: float, most: int, cut: bool) -> _Answer:
        """One request and its answer, redirects not followed. Raises Unreadable; `deadline` is time.monotonic's."""
        import httpcore

        from index.web.guard import Guard, system_resolve

        site = site_of(url)
        if self.rules.hosts and not {site, site.rpartition(":")[0]} & set(self.rules.hosts):
            raise Unreadable(f"{shown(site)} is not one of the sites that may be asked ({', '.join(self.rules.hosts)})")
        private = self.rules.allow_private and bool(self.rules.hosts)
        guard = Guard(self._resolve or system_resolve, private, deadline)
        tls = self._context() if url.startswith("https:") else None
        sent = {"Host": site, "User-Agent": self.rules.agent, "Accept-Encoding": ENCODINGS} | headers
        sent |= {"Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5", "Connection": "close"}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=tls, network_backend=guard) as pool,
                pool.stream("GET", url, headers=list(sent.items())) as response,
            ):
                got = _headers(response.headers)
                wanted = response.status in (200, 203)
                return _Answer(response.status, got, _body(response.iter_stream(), got, most, cut) if wanted else b"")
        except httpcore.TimeoutException:
            raise NoAnswer(
                f"{shown(site)} did not send it within {self.rules.seconds:g} seconds; try again later"
            ) from None
        except httpcore.ProtocolError as error:
            raise NoAnswer(
                f"{shown(site)} broke off or sent no proper answer ({_said(error)}); try again later"
            ) from None
        except (httpcore.NetworkError, OSError, ValueError) as error:
            raise NoAnswer(f"{shown(site)} could not be reached ({_said(error)}); try again later") from None

    def _context(self) -> ssl.SSLContext:
        """The system's certificates, which hold a company's own, and certifi's for machines that have none."""
        if self._tls is None:
            import ssl

            import certifi

            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())
            self._tls = context
        return self._tls


@dataclass(frozen=True, slots=True)
class _Hop:
    """One page's way through its redirects."""

    fetcher: Fetcher
    known: dict[str, str]
    seen_at: str
    most: int
    cut: bool
    turn: Turn

    def follow(self, asked: str) -> Fetched | NotModified:
        url, left = asked, self.fetcher.rules.seconds
        for _ in range(_MOST_REDIRECTS + 1):
            # What the site gave for one address must not be shown to another: it would say "as before" of a
            # page that was never seen.
            headers = {k: v for k, v in self.known.items() if _sendable(v) and url == self.seen_at}
            with self.turn(url):
                begun = time.monotonic()
                answer = self.fetcher.ask(url, headers, begun + left, self.most, self.cut)
                left -= time.monotonic() - begun
            if answer.status not in (301, 302, 303, 307, 308):
                return _result(asked, url, answer, bool(headers))
            url = _next(url, answer.headers.get("location", ""))
        raise Unreadable(f"its address leads on more than {_MOST_REDIRECTS} times; open it in a browser")


def _next(url: str, location: str) -> str:
    if not location:
        raise Unreadable("its address leads on to nowhere; open it in a browser")
    following = web_address(location, url)
    if url.startswith("https:") and following.startswith("http:"):
        raise Unreadable(
            "its address leads from a safe connection (https) to an open one (http), which is not followed"
        )
    return following


def _result(asked: str, url: str, answer: _Answer, conditional: bool) -> Fetched | NotModified:
    headers = answer.headers
    if answer.status == 304 and conditional:
        return NotModified(asked, url)
    if answer.status not in (200, 203):
        advice = _ADVICE.get(
            answer.status, "is in trouble; try again later" if answer.status >= 500 else "did not send it"
        )
        raise Refused(f"its site {advice} (HTTP {answer.status})", answer.status, _wait(headers.get("retry-after", "")))
    kind, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return Fetched(
        asked=asked,
        url=url,
        data=answer.data,
        type=kind.strip().lower(),
        charset=charset[:40],
        etag=headers.get("etag", ""),
        modified=headers.get("last-modified", ""),
        robots=headers.get("x-robots-tag", ""),
    )


def _body(chunks: Iterator[bytes], headers: dict[str, str], most: int, cut: bool) -> bytes:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if never_read(kind):
        raise Unreadable(f"what its site has there is not an article (its type is {kind[:60]})")
    packed = bytearray()
    for chunk in chunks:
        packed += chunk
        if len(packed) > most:
            break
    data = unpack(bytes(packed), headers.get("content-encoding", ""), most, broken=len(packed) > most)
    if max(len(data), len(packed)) <= most:
        return data
    if cut:
        return data[:most]
    raise Unreadable(f"it is larger than an article may be ({most / 1e6:.3g} MB)")


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case; of a header sent twice the values joined, of a Location the first."""
    found: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("ascii", "replace").lower()
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        if key not in found:
            found[key] = text.strip()
        elif key == "x-robots-tag":
            found[key] += ", " + text.strip()
    return found


def _wait(retry_after: str) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3): a number, or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def _sendable(value: str) -> bool:
    return 0 < len(value) < 1000 and value.isascii() and value.isprintable()


def _said(error: Exception) -> str:
    return shown(str(error) or type(error).__name__, 120)
