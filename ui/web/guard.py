"""What stands between the network and the page: whose browser it is, what it may run, whose requests are refused."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from html.parser import HTMLParser
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "pilcrow"
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
_YEAR = 365 * 24 * 3600
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

# 'unsafe-eval': gradio makes the function of an HTML component's js_on_load from text.
_PAGE = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)
# For all that is not the page, files of users above all: opened as a document, it can do nothing.
_CLOSED = "sandbox; default-src 'none'; frame-ancestors 'none'"
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), clipboard-write=(self)",
    "cross-origin-opener-policy": "same-origin",
}


def owner_of(cookies: Mapping[str, str], username: str | None) -> str:
    """Who owns what is asked: "user:NAME" where there is a login, "browser:HASH" by the cookie, "" where neither is.

    The hash stands in the database, so that who reads it cannot take a browser's place.
    """
    if username:
        return f"user:{username}"
    secret = cookies.get(COOKIE, "")
    return f"browser:{blake2b(secret.encode(), digest_size=16).hexdigest()}" if _SECRET.fullmatch(secret) else ""


def allowed_hosts(host: str) -> tuple[str, ...]:
    """The names a browser may call the page by when it listens on this address; none at all says: by any.

    A site elsewhere can let its own name lead to 127.0.0.1, and its scripts then read the page as their own.
    """
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return _LOOPBACK
    try:
        address = ip_address(bare)
    except ValueError:
        return ()
    name = f"[{address}]" if address.version == 6 else str(address)
    return tuple(dict.fromkeys((*_LOOPBACK, name))) if address.is_loopback else ()


class Guard:
    """ASGI middleware: owner cookie, Content-Security-Policy, and no to other sites and unexpected hosts."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; all but HTML pages pass through as they come, so that streams keep flowing."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        dressed = _Dressed(scope, send)
        refusal = self._refusal(scope)
        if refusal:
            await refusal(scope, receive, dressed)
        else:
            await self.app(scope, receive, dressed)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if self.hosts and re.sub(r":\d*$", "", host) not in self.hosts:
            named = ", ".join(sorted(self.hosts))
            return PlainTextResponse(f"There is no page under this name; open it under one of {named}.\n", 400)
        if _from_elsewhere(scope["method"], headers, host):
            sentence = "The request came from another site, so nothing was done; open the page itself and ask there.\n"
            return PlainTextResponse(sentence, 403)
        return None


def _from_elsewhere(method: str, headers: Headers, host: str) -> bool:
    """Whether another site's page sent this. A link that is followed from there is no such request.

    Reading is refused with writing: gradio lets any origin read, and sends its login cookie to all.
    """
    site = headers.get("sec-fetch-site")
    if site is None:
        origin = headers.get("origin")
        return origin is not None and origin.partition("://")[2].lower() != host
    followed = method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
    return site not in ("same-origin", "none") and not followed


class _Dressed:
    """The `send` of one response: adds the headers, and to the page its cookie and nonces."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.nonce = secrets.token_urlsafe(16)
        self.held: Message | None = None
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(_ALWAYS)
            if self._is_page(headers):
                self._dress_page(headers)
                self.held = message
                return
            headers["content-security-policy"] = _CLOSED
        elif self.held and message["type"] == "http.response.body":
            self.body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            whole = with_nonce(b"".join(self.body), self.nonce)
            MutableHeaders(scope=self.held)["content-length"] = str(len(whole))
            await self.send(self.held)
            message = {"type": "http.response.body", "body": whole}
        await self.send(message)

    def _is_page(self, headers: Headers) -> bool:
        path = self.scope["path"].removeprefix(self.scope.get("root_path", "")) or "/"
        return path == "/" and headers.get("content-type", "").startswith("text/html")

    def _dress_page(self, headers: MutableHeaders) -> None:
        headers["content-security-policy"] = _PAGE.format(nonce=self.nonce)
        # A cache between us would hand one browser's cookie to the next.
        headers["cache-control"] = "no-store"
        if _SECRET.fullmatch(HTTPConnection(self.scope).cookies.get(COOKIE, "")):
            return
        # Lax, not Strict: under Strict a link from another site arrives without the cookie, a new one would be set,
        # and the reader's history be lost. Requests that other sites send are refused anyway.
        cookie = f"{COOKIE}={secrets.token_urlsafe(24)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"
        headers.append("set-cookie", cookie + ("; Secure" if self.scope["scheme"] == "https" else ""))


def with_nonce(document: bytes, nonce: str) -> bytes:
    """The document with the nonce in its script tags, and nowhere else: "<script" in a text or an attribute is none."""
    text = document.decode("utf-8", "surrogateescape")
    found = _ScriptTags()
    found.feed(text)
    found.close()
    lines = text.split("\n")
    for line, column in reversed(found.places):
        cut = column + len("<script")
        lines[line - 1] = f'{lines[line - 1][:cut]} nonce="{nonce}"{lines[line - 1][cut:]}'
    return "\n".join(lines).encode("utf-8", "surrogateescape")


class _ScriptTags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.places: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.places.append(self.getpos())
