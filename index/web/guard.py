"""The guard at the door: which addresses may be connected to, and for how long.

A name is resolved once, every address it has is checked, and the connection goes to the checked address
itself. So a name that answers with a public address first and a private one later finds nothing.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from index.formats.extract import Unreadable
from index.web.answers import NoAnswer

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host, as text. Raises OSError when there are none."""

_PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All that is handed out as public. What lies outside (mapped, NAT64, compatible, …) can hide an IPv4 address."""
_MOST_TRIED = 4


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host as this machine sees them. Raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def may_connect(address: str, allow_private: bool = False) -> bool:
    """True for an address on the public internet; with `allow_private` also for one of this network or machine.

    Link-local addresses (where clouds keep their secrets), multicast and reserved ones are never connected to.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.is_loopback:
        return allow_private
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return _public(ip) or (allow_private and ip.is_private and not ip.is_reserved and not _embeds(ip))


def _public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_reserved
    return ip.is_global and ip in _PUBLIC_IPV6 and not _embeds(ip)


def _embeds(ip: IPv4Address | IPv6Address) -> bool:
    """True for an IPv6 address that stands for an IPv4 one: mapped, 6to4, Teredo."""
    return isinstance(ip, IPv6Address) and any((ip.ipv4_mapped, ip.sixtofour, ip.teredo))


class Guard(httpcore.NetworkBackend):
    """Connections for one request: only to checked addresses, and none outlives the deadline (time.monotonic)."""

    def __init__(
        self,
        resolve: Resolve,
        allow_private: bool,
        deadline: float,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._deadline = deadline
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the host. Raises Unreadable when any of its addresses is not to be connected to."""
        addresses = self._addresses(host, port)
        for address in addresses:
            if not may_connect(address, self._allow_private):
                raise Unreadable(
                    f"{host} is at {address}, which is not on the public internet; only public sites are fetched"
                )
        tried = addresses[:_MOST_TRIED]
        for number, address in enumerate(tried, 1):
            share = self._left(httpcore.ConnectTimeout) / (len(tried) - number + 1)
            try:
                stream = self._inner.connect_tcp(address, port, share, local_address, socket_options)
                return _TimedStream(stream, self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(tried):
                    raise
        raise NoAnswer(f"{host} has no address; check the spelling")

    def _left(self, late: type[Exception]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise late("the time for this page is up")
        return left

    def _addresses(self, host: str, port: int) -> list[str]:
        """The system's resolver takes no time limit, so it is asked in a thread that can be left behind."""
        found: list[list[str] | Exception] = []

        def ask() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, ValueError) as error:
                found.append(error)

        thread = threading.Thread(target=ask, daemon=True, name="pilcrow-resolve")
        thread.start()
        thread.join(self._left(httpcore.ConnectTimeout))
        if not found:
            raise httpcore.ConnectTimeout("the name was not resolved in time")
        if isinstance(found[0], Exception):
            raise NoAnswer(f"no host is known by the name {host}; check the spelling, and whether there is a network")
        return found[0]


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step gets only what is left of the whole time: a slow drip runs out of it."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[type[Exception]], float]) -> None:
        self._inner = inner
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._left(httpcore.ConnectTimeout)
        return _TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
