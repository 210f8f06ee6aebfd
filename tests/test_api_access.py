"""Who may ask what: keys and their collections, and what hostile requests get."""

from __future__ import annotations

import json
import re
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index import Library, PilcrowError
from tests.api_server import served
from tests.conftest import BRIDGE, STORM
from ui.api.gate import MOST_BYTES
from ui.api.keys import Keys
from ui.api.options import Options
from ui.api.serve import serve

STRANGER = "pilcrow-0123456789ab-" + "A" * 43


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    made = Keys(tmp_path_factory.mktemp("keys") / "keys.json")
    made.add("everybody")
    return made


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with one article that the key of the tests is not for."""
    place = tmp_path_factory.mktemp("secret")
    (place / "articles").mkdir()
    (place / "articles" / "storm.txt").write_text(STORM)
    with Library.open(place / "library") as library:
        library.sync(place / "articles")
        yield library


@pytest.fixture(scope="module")
def url(keys: Keys, secret: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("open")
    (place / "articles").mkdir()
    (place / "articles" / "bridge.txt").write_text(BRIDGE)
    with Library.open(place / "library") as library:
        library.sync(place / "articles")
    options = Options(
        {"town": place / "library", "secret": secret.folder}, keys=keys.path, origins=("https://a.example",)
    )
    with served(options) as address:
        yield address


@pytest.fixture(scope="module")
def town(url: str, keys: Keys) -> Iterator[httpx.Client]:
    """Somebody whose key is for one of the two collections."""
    with httpx.Client(base_url=url, headers=bearer(keys.add("ann", ("town",))), timeout=120) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_the_file_holds_no_key_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    given = keys.add("ann", ("town",))
    identity, secret = given.removeprefix("pilcrow-").split("-", 1)
    text = keys.path.read_text()
    assert secret not in text and stat.S_IMODE(keys.path.stat().st_mode) == 0o600
    assert set(json.loads(text)[identity]) == {"name", "collections", "salt", "hash", "made"}
    holder = keys.holder(given)
    assert holder and holder.name == "ann" and holder.may("town") and not holder.may("secret")
    for wrong in ("", given[:-1], given + "A", given.upper(), STRANGER, f"pilcrow-{identity}-{'A' * 43}"):
        assert keys.holder(wrong) is None
    with pytest.raises(PilcrowError, match="already"):
        keys.add("ann")


def test_a_broken_file_lets_nobody_in(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys.json")
    given = keys.add("ann")
    keys.path.write_text("{")
    assert keys.holder(given) is None
    keys.path.unlink()
    assert keys.holder(given) is None


@pytest.mark.parametrize("path", ["/v1/models", "/api/collections", "/api/articles/x", "/metrics", "/nowhere"])
def test_without_a_key_nothing_is_told(url: str, path: str) -> None:
    for headers in ({}, bearer(STRANGER), {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}):
        refused = httpx.get(url + path, headers=headers)
        assert refused.status_code == 401 and "A key is needed" in refused.text
        assert refused.headers["www-authenticate"] == "Bearer"


def test_a_key_for_one_collection_sees_nothing_of_another(town: httpx.Client, secret: Library) -> None:
    (article,) = secret.articles()
    assert [m["id"] for m in town.get("/v1/models").json()["data"]] == ["town"]
    assert [c["name"] for c in town.get("/api/collections").json()["collections"]] == ["town"]
    seen = []
    for name in ("secret", "no-such", "town+secret", "town+no-such"):
        ask = {"question": "How many people left their homes?", "collection": name}
        chat = {"model": name, "messages": [{"role": "user", "content": "How many people left their homes?"}]}
        seen.append(
            [
                (answer.status_code, answer.content, sorted(answer.headers))
                for answer in (
                    town.post("/api/answer", json=ask),
                    town.post("/api/search", json={"query": "storm", "collection": name}),
                    town.post("/api/verify", json={"text": "Storm floods quay", "collection": name}),
                    town.get(f"/api/articles/{article.id}", params={"collection": name}),
                    town.post("/v1/chat/completions", json=chat),
                    town.post("/v1/chat/completions", json={**chat, "stream": True}),
                    town.get(f"/v1/models/{name}"),
                )
            ]
        )
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert {status for status, _, _ in seen[0]} == {404}
    assert not any(word in str(seen) for word in ("secret", "Storm", str(secret.folder)))


def test_its_own_collection_tells_nothing_of_the_other_either(town: httpx.Client, secret: Library) -> None:
    (article,) = secret.articles()
    theirs, nobodys = (town.get(f"/api/articles/{identity}") for identity in (article.id, "0" * len(article.id)))
    assert (theirs.status_code, theirs.content) == (nobodys.status_code, nobodys.content)
    answer = town.post("/api/answer", json={"question": "How many people left their homes in the storm?"})
    found = town.post("/api/search", json={"query": "storm flooded the lower quay"})
    outlet = town.post("/api/search", json={"query": "storm", "sources": ["secret"]})
    assert answer.status_code == found.status_code == 200 and outlet.status_code == 400
    for told in (answer.text, found.text, outlet.text):
        assert "Jane Roe" not in told and "40 people" not in told and article.id not in told


def test_a_revoked_key_stops_at_once(url: str, keys: Keys) -> None:
    given = keys.add("bob")
    with httpx.Client(base_url=url, headers=bearer(given)) as client:
        assert client.get("/v1/models").status_code == 200
        keys.revoke("bob")
        assert client.get("/v1/models").status_code == 401  # on the connection that stood already


def test_who_asks_too_often_waits(secret: Library) -> None:
    with served(Options({"secret": secret.folder}, a_minute=3)) as url:
        answers = [httpx.get(f"{url}/v1/models") for _ in range(5)]
        assert [a.status_code for a in answers] == [200, 200, 200, 429, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert answers[-1].json()["error"]["code"] == "rate_limit_exceeded"
        assert httpx.get(f"{url}/healthz").status_code == 200


def test_pages_of_other_sites_are_let_in_only_where_that_was_set(url: str, secret: Library) -> None:
    def preflight(address: str, origin: str) -> httpx.Response:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
        return httpx.options(f"{address}/api/answer", headers={"Origin": origin, **asked})

    assert preflight(url, "https://a.example").headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in preflight(url, "https://b.example").headers
    with served(Options({"secret": secret.folder})) as alone:
        assert "access-control-allow-origin" not in preflight(alone, "https://a.example").headers
        simple = httpx.post(
            f"{alone}/api/answer",
            content=b'{"question": "a"}',
            headers={"content-type": "text/plain", "Origin": "https://b.example"},
        )
        assert simple.status_code == 422
        assert httpx.get(f"{alone}/v1/models", headers={"Host": "rebound.example"}).status_code == 400


def test_on_other_hosts_it_does_not_start_without_keys(tmp_path: Path, secret: Library) -> None:
    with pytest.raises(PilcrowError, match="without a key"):
        serve(Options({"secret": secret.folder}, host="0.0.0.0"), 0)
    with pytest.raises(PilcrowError, match="holds no keys"):
        serve(Options({"secret": secret.folder}, keys=tmp_path / "none.json"), 0)


TRICKS = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "a' OR '1'='1",
    "x; DROP TABLE articles",
    "\u202e",
    "%0d%0aX-Evil:1",
    "http://127.0.0.1/",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_hostile_names_lead_nowhere(town: httpx.Client, trick: str) -> None:
    for answer in (
        town.get(f"/api/articles/{trick}"),
        town.get("/api/articles/x", params={"collection": trick}),
        town.get("/api/articles/x", params={"version": trick}),
        town.get(f"/v1/models/{trick}"),
        town.post("/api/answer", json={"question": "Who?", "collection": trick}),
        town.post("/api/search", json={"query": "bridge", "sources": [trick]}),
        town.post("/api/answer", json={"question": "Who?", "since": trick}),
        town.post("/v1/chat/completions", json={"model": trick, "messages": [{"role": "user", "content": "Who?"}]}),
    ):
        assert 400 <= answer.status_code < 500, answer.text
        sentence = answer.json()["error"]
        assert re.fullmatch(r"[A-Z].*\.", sentence if isinstance(sentence, str) else sentence["message"], re.DOTALL)
        assert "x-evil" not in answer.headers and "root:" not in answer.text


@pytest.mark.parametrize(
    "words",
    ['" OR 1=1 --', 'NEAR("a" "b")', "title:* AND *", "a*^2 {b c}", "'; DELETE FROM paragraphs; --", "\x00 \ud800"],
)
def test_the_search_engines_own_signs_are_only_words(town: httpx.Client, words: str) -> None:
    for path, field in (("/api/search", "query"), ("/api/answer", "question"), ("/api/verify", "text")):
        answer = town.post(path, content=json.dumps({field: words}), headers={"content-type": "application/json"})
        assert answer.status_code < 500, answer.text
    assert town.post("/api/search", json={"query": "the old bridge"}).json()["passages"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"question": NaN}', b"[" * 100_000])
def test_what_is_no_question_is_told_so(town: httpx.Client, body: bytes) -> None:
    for path in ("/api/answer", "/v1/chat/completions"):
        answer = town.post(path, content=body, headers={"content-type": "application/json"})
        assert 400 <= answer.status_code < 500, answer.text


def test_what_is_too_large_is_not_read(url: str, town: httpx.Client) -> None:
    big = b'{"question": "' + b"a" * MOST_BYTES + b'"}'
    assert town.post("/api/answer", content=big).status_code == 413
    assert town.post("/api/answer", content=iter([big[:1000], big[1000:]])).status_code == 413  # its length undeclared
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(
            b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b: c\r\nContent-Length: 99999999999999999999\r\n\r\n"
        )
        assert b" 4" in raw.recv(1000).split(b"\r\n")[0]
