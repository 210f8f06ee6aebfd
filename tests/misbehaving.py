"""A web server on this machine that does what it is told, however rude: drips, lies, loops and explodes."""

from __future__ import annotations

import gzip
import socketserver
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Answer = bytes | Callable[["Asked"], "bytes | Iterable[bytes]"]


@dataclass(frozen=True)
class Asked:
    """One request: when (time.monotonic), what, and with which headers (names in lower case)."""

    at: float
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """A running server. `answers` are by path, "*" for all others; `asked` is what it was asked, in order."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    busiest: int = 0
    """The most requests that were ever under way at once."""

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self, but: str = "/robots.txt") -> list[str]:
        return [asked.path for asked in self.asked if asked.path != but]


@contextmanager
def misbehaving(certificate: Path | None = None) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1, with TLS where there is a certificate. It ends with the block."""
    under_way, lock = 0, threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            nonlocal under_way
            with lock:
                under_way += 1
                server.busiest = max(server.busiest, under_way)
            try:
                head = [line.decode("latin-1") for line in iter(self.rfile.readline, b"\r\n") if line]
                headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
                asked = Asked(time.monotonic(), head[0].split()[1], headers)
                server.asked.append(asked)
                answer = server.answers.get(asked.path, server.answers.get("*", status(404)))
                pieces = answer if isinstance(answer, bytes) else answer(asked)
                for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except (OSError, IndexError):
                pass
            finally:
                with lock:
                    under_way -= 1

    class Threads(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False
        allow_reuse_address = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Threads(("127.0.0.1", 0), Handler) as threads:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            threads.socket = context.wrap_socket(threads.socket, server_side=True)
        server = Server(threads.server_address[1])
        thread = threading.Thread(target=threads.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            threads.shutdown()


def ok(body: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """A good answer. Header names are given with underscores."""
    return status(200, body, Content_Type=kind, **headers)


def status(code: int, body: bytes | str = b"", **headers: str) -> bytes:
    """Any answer with a right Content-Length, unless another is given."""
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content_Length": str(len(data))} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {code} Whatever\r\n{head}\r\n".encode() + data


def leads_to(place: str | bytes, code: int = 302) -> bytes:
    """A redirect."""
    target = place if isinstance(place, bytes) else place.encode()
    return f"HTTP/1.1 {code} There\r\nContent-Length: 0\r\nLocation: ".encode() + target + b"\r\n\r\n"


def drip(asked: Asked) -> Iterator[bytes]:
    """A byte every 50 ms, for ever: never idle, never done."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        time.sleep(0.05)
        yield b"a"


def drip_headers(asked: Asked) -> Iterator[bytes]:
    """Headers that never end, slowly."""
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        time.sleep(0.05)
        yield b"X-More: yes\r\n"


def endless(asked: Asked) -> Iterator[bytes]:
    """A page without end, as fast as it goes."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"<p>All work and no play.</p>\n" * 2000


def endless_early_hints(asked: Asked) -> Iterator[bytes]:
    """Answers that only announce the answer, for ever."""
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100


def header_bomb(asked: Asked) -> Iterator[bytes]:
    """Megabytes of headers."""
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(20_000):
        yield b"X-%d: %s\r\n" % (number, b"x" * 500)


def silent(asked: Asked) -> Iterator[bytes]:
    """Takes the request and says nothing."""
    time.sleep(5)
    yield b""


def bomb(megabytes: int) -> bytes:
    """A small gzip body that unpacks to this much."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


def packed(body: str) -> bytes:
    """A good answer, gzipped on the way."""
    return ok(gzip.compress(body.encode()), Content_Encoding="gzip")
