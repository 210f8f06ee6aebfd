"""Addresses on the web: what may be asked for, in one spelling."""

from __future__ import annotations

from urllib.parse import urlsplit

from index.formats.extract import Unreadable

_TRACKERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
"""Beginnings of the query fields that say how a reader came to a page, not which page it is."""


def web_address(text: str, base: str = "") -> str:
    """The full address in one spelling: lower-case ASCII host, no default port, no trailing dot, no fragment.

    `text` may be relative where `base` is given. Raises Unreadable for what is no http or https address, and
    for one with a name and password in it: they would end up in the library.
    """
    import httpx

    try:
        url = httpx.URL(base).join(text.strip()) if base else httpx.URL(text.strip())
        # Read twice: the default port is only recognised once the scheme is in lower case.
        url = httpx.URL(str(url)).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError):
        raise Unreadable(f"its address ({shown(text)}) is not a web address; check the spelling") from None
    if url.scheme not in ("http", "https"):
        raise Unreadable(
            f"its address ({shown(text)}) does not begin with http:// or https://, and nothing else is fetched"
        )
    if url.userinfo:
        raise Unreadable("its address holds a name or a password; take out what stands before the @")
    if not host or "%" in host or any(not 0 < len(label) < 64 for label in host.split(".")):
        raise Unreadable(f"its address ({shown(text)}) names no host that can exist; check the spelling")
    if url.port is not None and not 0 < url.port < 65536:
        raise Unreadable(f"its address ({shown(text)}) names a port that cannot exist; check the spelling")
    # Put together by hand: asked for its path, httpx decodes it and loses bytes that are not UTF-8.
    return f"{url.scheme}://{url.copy_with(host=host).netloc.decode('ascii')}{url.raw_path.decode('ascii')}"


def site_of(url: str) -> str:
    """The host and port of an address from web_address, as in "example.org" and "127.0.0.1:8080"."""
    return urlsplit(url).netloc


def origin_of(url: str) -> str:
    """Scheme, host and port of an address from web_address: what one robots.txt speaks for."""
    return "://".join(urlsplit(url)[:2])


def same_site(url: str, base: str) -> bool:
    """True when `url` is on the host of `base` or below it; www. counts for nothing, the port must agree."""
    one, other = urlsplit(url), urlsplit(base)
    host, home = (one.hostname or "").removeprefix("www."), (other.hostname or "").removeprefix("www.")
    return one.port == other.port and (host == home or host.endswith("." + home))


def page_of(url: str) -> str:
    """What tells the page apart from others: the address without scheme and tracking fields."""
    parts = urlsplit(url)
    query = "&".join(field for field in parts.query.split("&") if not field.startswith(_TRACKERS))
    return parts.netloc + parts.path + ("?" + query if query else "")


def shown(text: str, most: int = 200) -> str:
    """An address for a sentence: control characters made visible, and not endless."""
    visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:most])
    return visible + ("…" if len(text) > most else "")
