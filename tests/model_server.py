"""A scripted server on this machine that speaks OpenAI's protocol, and does what it is told, however rude.

    with serving(says("Nine people died. [417]")) as server:
        ...  # server.url, server.requests

A script is one reply for all requests, a list of replies (the last one again and again), or a function
from the request to a reply or a text.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal


@dataclass(frozen=True)
class Request:
    """One request for an answer: the body, and the headers with names in lower case."""

    body: dict[str, Any]
    headers: dict[str, str]
    at: float

    @property
    def messages(self) -> list[dict[str, str]]:
        return list(self.body.get("messages", ()))

    @property
    def text(self) -> str:
        """All messages as one text."""
        return "\n".join(message["content"] for message in self.messages)


@dataclass(frozen=True)
class Reply:
    """What happens to a request.

    `pieces` are sent as chunks, the first after `before` seconds, the others after `between`. Then the answer is
    "done", the connection "hangs", or it is "cut". `raw` is sent in place of chunks; another `status` with `error`.
    """

    pieces: Sequence[str] = ()
    before: float = 0.0
    between: float = 0.0
    then: Literal["done", "hangs", "cut"] = "done"
    finish: str = "stop"
    raw: bytes | None = None
    status: int = 200
    error: Any = None
    endless: bool = False


Script = Reply | str | Sequence[Reply | str] | Callable[[Request], Reply | str]


def says(text: str, *, before: float = 0.0, between: float = 0.0, finish: str = "stop") -> Reply:
    """The text, word by word. finish="length": cut at the limit of tokens."""
    return Reply(re.findall(r"\s*\S+|\s+$", text), before, between, finish=finish)


def letters(text: str) -> Reply:
    """The text in chunks of one UTF-16 unit: emoji come in halves."""
    units = text.encode("utf-16-le", "surrogatepass")
    return Reply([units[i : i + 2].decode("utf-16-le", "surrogatepass") for i in range(0, len(units), 2)])


def hangs(text: str = "") -> Reply:
    """Says the text, then nothing for ever; without a text, not even a header."""
    return Reply(re.findall(r"\s*\S+", text), then="hangs")


def cuts(text: str = "") -> Reply:
    """Says the text, then hangs up."""
    return Reply(re.findall(r"\s*\S+", text), then="cut")


def endless(word: str = "and on ", between: float = 0.0) -> Reply:
    """The word again and again, whatever the limit of tokens."""
    return Reply([word], between=between, endless=True)


def raw(data: bytes | str) -> Reply:
    """These bytes in place of a stream."""
    return Reply(raw=data.encode() if isinstance(data, str) else data)


def refuses(status: int, message: str = "no", **more: Any) -> Reply:
    """An HTTP error as OpenAI's services word it; `more` are further fields of it."""
    return Reply(status=status, error={"error": {"message": message, **more}})


def too_long() -> Reply:
    """How llama.cpp says that the messages do not fit."""
    message = "the request exceeds the available context size, try increasing it"
    return refuses(400, message, type="exceed_context_size_error", n_ctx=4096)


GARBAGE = raw(b"\x00\xff\xfe<html>It works!</html>\n\n" * 20)
BAD_JSON = raw(b'data: {"choices": [{"delta": {"content": "Nine"\n\n')
ODD_SHAPES = tuple(
    raw(f"data: {thing}\n\ndata: [DONE]\n\n")
    for thing in ("42", '"text"', "[]", "null", '{"choices": 7}', '{"choices": [{"delta": {"content": ["x"]}}]}')
)


@dataclass
class Server:
    """A running server: what it was asked, in order, and how many clients went away before the end."""

    url: str
    script: Script
    models: Any
    pages: dict[str, Any]
    requests: list[Request] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def reply(self, request: Request) -> Reply:
        script = self.script
        if callable(script):
            script = script(request)
        elif isinstance(script, Sequence) and not isinstance(script, str):
            script = script[min(len(self.requests), len(script)) - 1]
        return says(script) if isinstance(script, str) else script


@contextmanager
def serving(
    script: Script = "All right.",
    *,
    models: Sequence[str | dict[str, Any]] | Reply = ("scripted",),
    pages: dict[str, Any] | None = None,
) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1; it ends with the block.

    `models` are names or whole entries of its list, or a reply for the list; `pages` are JSON by path ("/props").
    """
    httpd = _Threads(("127.0.0.1", 0), _Handler)
    listed = models if isinstance(models, Reply) else [{"id": m} if isinstance(m, str) else m for m in models]
    server = Server(f"http://127.0.0.1:{httpd.server_address[1]}/v1", script, listed, pages or {})
    httpd.scripted = server
    threading.Thread(target=httpd.serve_forever, args=(0.005,), daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        httpd.shutdown()
        httpd.server_close()


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    scripted: Server

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Threads

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        scripted = self.server.scripted
        scripted.paths.append(self.path)
        if self.path == "/v1/models":
            if isinstance(scripted.models, Reply):
                self._perform(scripted.models)
            else:
                self._json(200, {"object": "list", "data": scripted.models})
        else:
            page = scripted.pages.get(self.path)
            self._json(404 if page is None else 200, page or {"error": {"message": "File Not Found"}})

    def do_POST(self) -> None:
        scripted = self.server.scripted
        scripted.paths.append(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        request = Request(body, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
        scripted.requests.append(request)
        self._perform(scripted.reply(request))

    def _perform(self, reply: Reply) -> None:
        self.close_connection = True
        self._wait(reply.before)
        if reply.status != 200:
            return self._json(reply.status, reply.error)
        if not reply.pieces and reply.raw is None and reply.then != "done":
            return self._end(reply)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            if reply.raw is not None:
                self._chunk(reply.raw)
            else:
                self._speak(reply)
        except OSError:
            self.server.scripted.left.set()
            return None
        return self._end(reply)

    def _speak(self, reply: Reply) -> None:
        self._event({"role": "assistant", "content": None})
        first = True
        while first or (reply.endless and not self.server.scripted.over.is_set()):
            for piece in reply.pieces:
                self._wait(0.0 if first else reply.between)
                first = False
                self._event({"content": piece})
            first = False
        if reply.then == "done":
            self._event({}, reply.finish)
            self._chunk(b"data: [DONE]\n\n")

    def _end(self, reply: Reply) -> None:
        if reply.then == "hangs":
            self._wait(600.0)
        elif reply.then == "done":
            self._chunk(b"")

    def _wait(self, seconds: float) -> None:
        """Waits, until the client hangs up or the server ends."""
        self.connection.settimeout(0.01)
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server.scripted.over.is_set():
            try:
                if self.connection.recv(1) == b"":
                    self.server.scripted.left.set()
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self.connection.settimeout(None)

    def _event(self, delta: dict[str, Any], finish: str | None = None) -> None:
        record = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self._chunk(f"data: {json.dumps(record | {'choices': [choice]})}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _json(self, status: int, record: Any) -> None:
        data = json.dumps(record).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)
