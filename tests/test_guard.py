"""The guard before the page: owners, what the page may run, and whose requests are refused."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.web.guard import COOKIE, Guard, allowed_hosts, owner_of, with_nonce

HTML = "<html><head><script>start('<p>')</script></head><body>café ¶</body></html>"
SECRET = "A-_0" * 8
HOSTILE = "</script><SCRIPT>document.title='owned'</SCRIPT><!--<script>"


async def page(request: Request) -> Response:
    return HTMLResponse(HTML)


async def upload(request: Request) -> Response:
    return HTMLResponse("<script>steal()</script>", headers={"content-security-policy": "default-src *"})


async def api(request: Request) -> Response:
    return JSONResponse({"owner": owner_of(request.cookies, None)})


async def locked(request: Request) -> Response:
    return PlainTextResponse("locked", 401)


METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
ROUTES = [
    Route("/", page, methods=["GET", "HEAD"]),
    Route("/gradio_api/file={name}", upload),
    Route("/gradio_api/queue/join", api, methods=METHODS),
    Route("/locked", locked),
]


def client(url: str = "http://127.0.0.1:7860", hosts: tuple[str, ...] = ()) -> TestClient:
    return TestClient(Starlette(routes=ROUTES, middleware=[Middleware(Guard, hosts=hosts)]), base_url=url)


def nonce_of(response: Any) -> str:
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", response.headers["content-security-policy"])
    return str(nonce)


def test_a_browser_gets_one_cookie_and_keeps_it() -> None:
    browser = client()
    given = browser.get("/").headers["set-cookie"]
    assert re.fullmatch(r"pilcrow=[\w-]{32}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", given)
    assert "set-cookie" not in browser.get("/").headers
    owner = browser.post("/gradio_api/queue/join").json()["owner"]
    assert owner.startswith("browser:") and browser.cookies[COOKIE] not in owner
    assert client().get("/").cookies[COOKIE] != browser.cookies[COOKIE]


def test_only_the_page_gives_the_cookie_and_nobody_caches_it() -> None:
    assert client().get("/").headers["cache-control"] == "no-store"
    for path in ("/gradio_api/file=x.html", "/gradio_api/queue/join", "/locked", "/nowhere"):
        assert "set-cookie" not in client().get(path).headers


def test_the_cookie_keeps_to_https_where_the_page_is_served_by_it() -> None:
    assert client("https://news.example").get("/").headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "A" * 31,
        "A" * 33,
        "A" * 100_000,
        "A" * 31 + "é",
        "../" * 10 + "AA",
        '"' + "A" * 32 + '"x',
        "A" * 31 + "%0a",
        "A" * 16 + "\t" + "A" * 15,
    ],
)
def test_a_malformed_cookie_is_nobody_s_and_is_replaced(cookie: str) -> None:
    headers = {"cookie": f"{COOKIE}={cookie}".encode()}
    assert "set-cookie" in client().get("/", headers=headers).headers
    assert client().post("/gradio_api/queue/join", headers=headers).json() == {"owner": ""}


def test_an_owner_is_a_login_or_a_browser_or_nobody() -> None:
    assert owner_of({COOKIE: SECRET}, "ann") == owner_of({}, "ann") == "user:ann"
    browser = owner_of({COOKIE: SECRET}, None)
    assert re.fullmatch(r"browser:[0-9a-f]{32}", browser) and browser == owner_of({COOKIE: SECRET}, "")
    assert browser != owner_of({COOKIE: "B" * 32}, None)
    for cookies in ({}, {COOKIE: ""}, {COOKIE: SECRET + "\n"}, {COOKIE: "\ud800" * 32}, {"other": SECRET}):
        assert owner_of(cookies, None) == ""


def test_the_page_s_scripts_carry_the_nonce_and_the_length_is_right() -> None:
    first, second = client().get("/"), client().get("/")
    nonce = nonce_of(first)
    assert first.text == HTML.replace("<script>", f'<script nonce="{nonce}">') and nonce != nonce_of(second)
    assert int(first.headers["content-length"]) == len(first.content)
    policy = first.headers["content-security-policy"]
    assert f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval';" in policy
    for rule in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "connect-src 'self'"):
        assert rule in policy.split("; ")
    assert client().head("/").text == ""


@pytest.mark.parametrize("path", ["/gradio_api/file=x.html", "/gradio_api/queue/join", "/locked", "/nowhere"])
def test_what_is_not_the_page_can_run_nothing(path: str) -> None:
    answer = client().get(path)
    policies = answer.headers.get_list("content-security-policy")
    assert policies == ["sandbox; default-src 'none'; frame-ancestors 'none'"] and "nonce" not in answer.text


@pytest.mark.parametrize("path", ["/", "/gradio_api/file=x.html", "/gradio_api/queue/join", "/nowhere"])
def test_every_answer_carries_the_headers(path: str) -> None:
    for answer in (client().get(path), client(hosts=("elsewhere",)).get(path)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert "clipboard-write=(self)" in answer.headers["permissions-policy"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<script>a</script>", "<script N>a</script>"),
        (
            "<SCRIPT src=x>\n</SCRIPT>\n é <script\ntype=module>",
            "<SCRIPT N src=x>\n</SCRIPT>\n é <script N\ntype=module>",
        ),
        ("<script>a = '<script>'</script>", "<script N>a = '<script>'</script>"),
        ("<script>a = '<!-- <script'</script>", "<script N>a = '<!-- <script'</script>"),
        ("<!-- <script>a</script> -->", "<!-- <script>a</script> -->"),
        ("<style>/*<script>*/</style>", "<style>/*<script>*/</style>"),
        ("<p title='<script>a</script>'>&lt;script&gt;", "<p title='<script>a</script>'>&lt;script&gt;"),
        ("<scripty></scripty>", "<scripty></scripty>"),
        ("\r\n<p>\u2028\x85\r</p><script>", "\r\n<p>\u2028\x85\r</p><script N>"),
        ("no end <script", "no end <script"),
        ("", ""),
    ],
)
def test_only_a_tag_gets_the_nonce(before: str, after: str) -> None:
    assert with_nonce(before.encode(), "n0") == after.replace(" N", ' nonce="n0"').encode()


def test_bytes_that_are_no_text_come_through() -> None:
    assert with_nonce(b"\xff\xfe<script>\xe9", "n0") == b'\xff\xfe<script nonce="n0">\xe9'


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://["},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1:7860.evil.example"},
    {"origin": "http://127.0.0.1:7860@evil.example"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:9999"},
    {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:7860"},
]
OWN = [
    {},
    {"origin": "http://127.0.0.1:7860"},
    {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:7860"},
    {"sec-fetch-site": "none"},
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_s_request_is_refused(method: str, headers: dict[str, str]) -> None:
    browser = client()
    browser.cookies.set(COOKIE, SECRET)
    answer = browser.request(method, "/gradio_api/queue/join", headers=headers)
    assert answer.status_code == 403 and "owner" not in answer.text
    assert method == "HEAD" or (answer.text.count("\n") == 1 and "another site" in answer.text)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("headers", OWN)
def test_the_page_s_own_request_is_not(method: str, headers: dict[str, str]) -> None:
    assert client().request(method, "/gradio_api/queue/join", headers=headers).status_code == 200


def test_a_link_from_another_site_is_followed_but_a_form_from_there_is_not() -> None:
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "cookie": f"{COOKIE}={SECRET}"}
    arrived = client().get("/", headers=followed)
    assert arrived.status_code == 200 and "set-cookie" not in arrived.headers
    assert client().post("/gradio_api/queue/join", headers=followed).status_code == 403


def test_a_page_behind_a_proxy_answers_by_its_public_name() -> None:
    browser = client("https://news.example")
    assert browser.post("/gradio_api/queue/join", headers={"origin": "https://News.example"}).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "LOCALHOST", "[::1]:7860", "127.0.0.1"])
def test_this_machine_s_names_open_the_page(host: str) -> None:
    assert client(hosts=allowed_hosts("127.0.0.1")).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "", "localhost.", "a@localhost", "::1", "é"]
)
def test_a_name_that_leads_here_by_deceit_does_not(host: str) -> None:
    answer = client(hosts=allowed_hosts("localhost")).get("/", headers={"host": host.encode()})
    assert answer.status_code == 400 and "open it under one of" in answer.text and "set-cookie" not in answer.headers
    assert client().get("/", headers={"host": host.encode()}).status_code == 200, "no hosts given: any will do"


def test_which_names_are_expected() -> None:
    this = ("127.0.0.1", "localhost", "[::1]")
    assert {allowed_hosts(host) for host in ("127.0.0.1", "localhost", "::1", "[::1]", "LocalHost")} == {this}
    assert allowed_hosts("127.0.0.2") == (*this, "127.0.0.2"), "the address it listens on is always among them"
    assert {allowed_hosts(host) for host in ("0.0.0.0", "::", "192.168.1.5", "news.example", "")} == {()}


def test_a_stream_flows_while_it_is_made_and_a_page_waits_until_it_is_whole() -> None:
    def sent_by(kind: bytes, pieces: list[bytes]) -> list[tuple[int, dict[str, Any]]]:
        sent: list[tuple[int, dict[str, Any]]] = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
            for made, piece in enumerate(pieces):
                app.made = made  # type: ignore[attr-defined]
                await send({"type": "http.response.body", "body": piece, "more_body": made + 1 < len(pieces)})

        async def send(message: Any) -> None:
            sent.append((getattr(app, "made", -1), message))

        scope = {"type": "http", "method": "GET", "path": "/", "scheme": "http", "headers": []}
        asyncio.run(Guard(app)(scope, None, send))  # type: ignore[arg-type]
        return sent

    stream = sent_by(b"text/event-stream", [b"data: 1\n\n", b"data: 2\n\n"])
    assert [(made, m.get("body")) for made, m in stream] == [(-1, None), (0, b"data: 1\n\n"), (1, b"data: 2\n\n")]
    (_, start), (_, body) = sent_by(b"text/html; charset=utf-8", [b"<scr", b"ipt>", b""])
    assert body["body"].startswith(b"<script nonce=") and len(body["body"]) == int(
        dict(start["headers"])[b"content-length"]
    )


def test_what_is_not_http_passes() -> None:
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(Guard(app, hosts=("x",))({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]


class Reader(HTMLParser):
    """The scripts of a document as a browser finds them: attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            attributes, text = self.scripts.pop()
            self.scripts.append((attributes, text + data))


@pytest.fixture(scope="module")
def gradio_page() -> Iterator[tuple[TestClient, list[str]]]:
    """A page of gradio's with hostile text in every place it is made from, and the scripts it would have unguarded."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    with gr.Blocks(title=HOSTILE, analytics_enabled=False) as blocks:
        gr.Markdown(HOSTILE)
        gr.HTML(HOSTILE)
        box = gr.Textbox(HOSTILE, label=HOSTILE, placeholder=HOSTILE)
        gr.Examples([[HOSTILE]], inputs=box, label=HOSTILE)
        gr.Chatbot([{"role": "user", "content": HOSTILE}], label=HOSTILE)

    guard = Middleware(Guard, hosts=allowed_hosts("127.0.0.1"))
    app, url, _ = blocks.launch(
        quiet=True, prevent_thread_lock=True, run_history=False, footer_links=[], app_kwargs={"middleware": [guard]}
    )
    guarded = TestClient(app, base_url=url)
    guarded.get("/")
    # The same app once more without the guard, for comparison.
    app.user_middleware.remove(guard)
    app.middleware_stack = None
    bare = TestClient(app, base_url=url).get("/")
    assert "content-security-policy" not in bare.headers
    app.user_middleware.append(guard)
    app.middleware_stack = None
    yield guarded, [text for _, text in Reader(bare.text).scripts]
    blocks.close(verbose=False)


@pytest.mark.slow
def test_gradio_s_own_scripts_get_the_nonce_and_article_text_gets_none(
    gradio_page: tuple[TestClient, list[str]],
) -> None:
    browser, bare = gradio_page
    answer = browser.get("/", headers={"accept-encoding": "br, gzip"})
    nonce = nonce_of(answer)
    scripts = Reader(answer.text).scripts
    assert [text for _, text in scripts] == bare and len(bare) >= 4, "no script more or less, and none changed"
    assert {attributes.get("nonce") for attributes, _ in scripts} == {nonce}
    assert answer.text.count(nonce) == len(scripts) == len(re.findall(r"<script", answer.text, re.I))
    (config,) = (text for _, text in scripts if text.startswith("window.gradio_config"))
    record = json.loads(config.removeprefix("window.gradio_config = ").removesuffix(";"))
    assert HOSTILE in json.dumps(record, ensure_ascii=False), "the hostile text was there to be smuggled"
    assert all("owned" not in text or text is config or "gradio_api_info" in text for _, text in scripts)


@pytest.mark.slow
def test_gradio_behind_the_guard_refuses_other_sites_and_names(gradio_page: tuple[TestClient, list[str]]) -> None:
    browser, _ = gradio_page
    form = {"files": {"files": ("x.html", b"<script>x</script>", "text/html")}}
    assert browser.post("/gradio_api/upload", **form, headers={"origin": "http://evil.example"}).status_code == 403
    (path,) = browser.post("/gradio_api/upload", **form).json()
    served = browser.get(f"/gradio_api/file={path}")
    assert served.status_code == 200 and "nonce" not in served.text
    assert served.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert browser.get("/gradio_api/token", headers={"origin": "http://evil.example"}).status_code == 403
    assert browser.get("/", headers={"host": "evil.example"}).status_code == 400
