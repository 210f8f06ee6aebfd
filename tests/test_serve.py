"""`pilcrow serve` as it is run: two workers, all that can be seen of them, the loss of one, and a stop in the middle."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass, field
from pathlib import Path
from ssl import create_default_context

import grpc
import httpx
import pytest
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc

from index import Library
from tests.conftest import STORM
from tests.nginx import before
from tests.test_cli import pilcrow

ROOT = Path(__file__).resolve().parents[1]
HOMES = "How many people left their homes after the storm?"
pytestmark = pytest.mark.slow


class Collector(trace_service_pb2_grpc.TraceServiceServicer):
    """What OpenTelemetry's collector does: it takes spans."""

    def __init__(self) -> None:
        self.spans: list[object] = []

    def Export(self, request: object, context: object) -> object:  # noqa: N802
        self.spans += [s for r in request.resource_spans for scope in r.scope_spans for s in scope.spans]  # type: ignore[attr-defined]
        return trace_service_pb2.ExportTraceServiceResponse()


@dataclass
class Served:
    process: subprocess.Popen[str]
    url: str
    audit: Path
    collector: Collector
    key: str
    logged: list[str] = field(default_factory=list)

    def client(self, url: str = "", certificate: Path | None = None) -> httpx.Client:
        verify = create_default_context(cafile=certificate) if certificate else True
        keyed = {"Authorization": f"Bearer {self.key}"}
        return httpx.Client(base_url=url or self.url, headers=keyed, timeout=60, verify=verify)

    def workers(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [pid for pid in map(int, found) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("storm")
    (place / "articles").mkdir()
    (place / "articles" / "storm.txt").write_text(STORM)
    with Library.open(place / "library") as library:
        library.sync(place / "articles")
    return place / "library"


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = tmp_path_factory.mktemp("serve")
    made = pilcrow("key", "add", "ann", "--collection", "wire", "--file", str(place / "keys.json"))
    collector, rpc = Collector(), grpc.server(futures.ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, rpc)
    port = rpc.add_insecure_port("127.0.0.1:0")
    rpc.start()
    watched = {
        "PILCROW_LOG": "json",
        "PILCROW_METRICS": "1",
        "PILCROW_AUDIT": str(place / "audit.jsonl"),
        "PILCROW_TRACES": f"http://127.0.0.1:{port}",
    }
    options = ["--collection", f"wire={folder}", "--keys", str(place / "keys.json"), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", *options, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **watched},
    )
    assert process.stdout and process.stderr
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found, process.stderr.read()
    served = Served(process, found[0], place / "audit.jsonl", collector, made.stdout.strip())
    threading.Thread(target=lambda: served.logged.extend(process.stderr or ()), daemon=True).start()
    try:
        ready(served)
        yield served
    finally:
        for pid in served.workers() if process.poll() is None else ():
            os.kill(pid, signal.SIGKILL)
        process.kill()
        rpc.stop(0)


def ready(served: Served) -> None:
    """Waits until every worker answers; new connections go to either."""
    right, end = 0, time.monotonic() + 180
    while right < 8 and time.monotonic() < end:
        try:
            right = right + 1 if httpx.get(f"{served.url}/readyz", timeout=30).status_code == 200 else 0
        except httpx.TransportError:
            right = 0
        time.sleep(0.05)
    assert right == 8, served.logged


def lasting(number: int) -> dict[str, object]:
    """A question that takes a while: nobody asked those before it, so none of their answers is kept."""
    return {"question": HOMES, "earlier": [f"What did mayor {number} say on day {n}?" for n in range(12)]}


def test_an_answer_is_seen_in_the_log_the_metrics_the_traces_and_the_record(server: Served) -> None:
    with server.client() as client:
        said = client.post("/api/answer", json={"question": HOMES}, headers={"X-Request-Id": "mine-1"})
        assert said.headers["x-request-id"] == "mine-1"
        forged = client.get("/v1/models", headers={"X-Request-Id": "a b\tc"})
        assert re.fullmatch(r"[0-9a-f]{16}", forged.headers["x-request-id"])
        counted = client.get("/metrics").text
    (line,) = [json.loads(line) for line in server.audit.read_text().splitlines() if "mine-1" in line]
    assert line["caller"] == "ann" and line["question"] == HOMES and line["fingerprint"] == said.json()["fingerprint"]
    assert line["cited"] == [f"wire/{c['paragraph_id']}" for c in said.json()["citations"]]
    assert stat.S_IMODE(server.audit.stat().st_mode) == 0o600
    assert 'pilcrow_answers_total{engine="extractive",status="answered"} 1.0' in counted
    assert re.search(r'pilcrow_stage_seconds_count\{stage="search"\} 1.0', counted)
    assert "homes" not in counted
    wait_for(lambda: any("mine-1" in line for line in server.logged))
    logged = [json.loads(line) for line in server.logged if line.startswith("{")]
    (request,) = [entry for entry in logged if entry.get("request_id") == "mine-1"]
    assert (request["route"], request["status"], request["caller"]) == ("/api/answer", 200, "ann")
    wait_for(lambda: any(span.name == "POST /api/answer" for span in server.collector.spans))  # type: ignore[attr-defined]
    (root,) = [span for span in server.collector.spans if span.name == "POST /api/answer"]  # type: ignore[attr-defined]
    stages = [span.name for span in server.collector.spans if span.parent_span_id == root.span_id]  # type: ignore[attr-defined]
    assert {"understand", "search", "read", "write"} <= set(stages)
    assert "homes" not in str(server.collector.spans) and HOMES not in "".join(server.logged)


def wait_for(seen: object, seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not seen() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.1)
    assert seen()  # type: ignore[operator]


def test_behind_nginx_answers_stream_and_the_loss_of_a_worker_is_not_noticed(server: Served, tmp_path: Path) -> None:
    chat = {"model": "wire", "messages": [{"role": "user", "content": HOMES}], "stream": True}
    with before(server.url, tmp_path) as (url, certificate), server.client(url, certificate) as client:
        with client.stream("POST", "/v1/chat/completions", json=chat) as streamed:
            lines = list(streamed.iter_lines())
        assert lines[-2] == "data: [DONE]" and '"citations"' in lines[-4] and "40 people" in "".join(lines)
        assert client.post("/api/answer", content=b"a" * 300_000).status_code == 413
        assert httpx.get(f"{url}/v1/models", verify=create_default_context(cafile=certificate)).status_code == 401
        lost = server.workers()
        assert len(lost) == 2
        with futures.ThreadPoolExecutor(4) as others:
            running = [others.submit(client.post, "/api/answer", json=lasting(n)) for n in range(4)]
            time.sleep(0.3)
            os.kill(lost[0], signal.SIGKILL)
            assert [answer.result().status_code for answer in running] == [200] * 4
        wait_for(lambda: len(server.workers()) == 2 and lost[0] not in server.workers(), 60)
        ready(server)
        assert client.post("/api/answer", json={"question": HOMES}).json()["citations"]


def test_a_key_has_one_count_of_requests_in_all_workers(folder: Path, tmp_path: Path) -> None:
    made = pilcrow("key", "add", "ann", "--file", str(tmp_path / "keys.json"))
    options = ["--library", str(folder), "--keys", str(tmp_path / "keys.json"), "--workers", "2", "--pace", "10"]
    served = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve", *options, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert served.stdout
        found = re.search(r"http://\S+", served.stdout.readline())
        assert found
        ready(Served(served, found[0], tmp_path, Collector(), made.stdout.strip()))
        told = []
        for _ in range(30):  # each on a connection of its own, which either worker may take
            told.append(httpx.get(f"{found[0]}/v1/models", headers={"Authorization": f"Bearer {made.stdout.strip()}"}))
        assert [answer.status_code for answer in told].count(200) == 10
        assert told[-1].status_code == 429 and 0 < int(told[-1].headers["retry-after"]) <= 60
    finally:
        served.terminate()
        served.wait(60)


def listening(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz", timeout=5)
    except httpx.TransportError:
        return False
    return True


def test_what_was_begun_is_finished_before_it_stops(server: Served) -> None:
    begun, told = threading.Event(), threading.Event()
    question = json.dumps(lasting(9)).encode()

    def sent() -> Iterator[bytes]:
        yield question[:20]
        begun.set()
        assert told.wait(60)
        yield question[20:]

    with futures.ThreadPoolExecutor(1) as others, server.client() as client:
        asked = {"content": sent(), "headers": {"Content-Type": "application/json"}}
        running = others.submit(client.post, "/api/answer", **asked)  # type: ignore[arg-type]
        assert begun.wait(60)
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not listening(server.url))
        told.set()
        assert running.result().status_code == 200
    assert server.process.wait(120) == 0
    assert not [line for line in server.logged if "Traceback" in line]


def test_keys_are_made_listed_and_revoked(tmp_path: Path) -> None:
    file = str(tmp_path / "keys.json")
    added = pilcrow("key", "add", "bob", "--collection", "wire", "--file", file)
    assert re.fullmatch(r"pilcrow-[0-9a-f]{12}-[A-Za-z0-9_-]{43}\n", added.stdout)
    assert "bob: wire, since" in pilcrow("key", "list", "--file", file).stdout
    assert "bob is revoked" in pilcrow("key", "revoke", "bob", "--file", file).stdout
    for arguments, code, sentence in (
        (("key", "add", "a b", "--file", file), 2, "cannot be a name"),
        (("key", "revoke", "bob", "--file", file), 1, "There is no key bob"),
        (("serve", "--collection", "wire"), 2, "NAME=FOLDER"),
        (("serve", "--collection", f"wire={tmp_path}"), 1, "There is no library"),
    ):
        done = pilcrow(*arguments)
        assert done.returncode == code and sentence in done.stderr, done
