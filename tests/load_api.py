"""Many clients of the API at once, through nginx: python -m tests.load_api [--clients 64] [--seconds 180] [--workers 1 2].

Every client asks one question after the other and holds what is cited against what the library answers to that question
when it is asked alone. With --servers the library lies in PostgreSQL and a Chroma server. With --kill one of the parts is
killed halfway: of a worker nobody is to notice, since nginx asks the other; a server is started again after ten seconds,
in which a 503 is the right answer, and nobody lends a hand to the workers.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import create_default_context

import httpx

import sample
from eval.gold import load
from index import Library
from rag import Answerer
from tests import servers
from tests.load import PATIENCE, Told, quotes_of
from tests.nginx import before

ROOT = Path(__file__).resolve().parents[1]


DOWN = 10.0
"""Seconds that a killed server stays away."""


@dataclass
class Seen(Told):
    """Beside it when each 503 was told, and when a killed server had been started again (monotonic seconds)."""

    refused: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    killed: float = 0.0
    back: float = 0.0


def main() -> None:
    """Prints a line a number of workers: how many answers a second, how long they took, what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--servers", action="store_true", help="PostgreSQL and Chroma hold the library")
    parser.add_argument("--kill", choices=("worker", "postgres", "chroma"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, ExitStack() as running:
        folder, where, stoppable = Path(place) / "library", {}, {}
        if given.servers or given.kill in ("postgres", "chroma"):
            Path(place).chmod(0o711)
            (Path(place) / "servers").mkdir()
            postgres, chroma = servers.postgres(Path(place) / "servers"), servers.chroma(Path(place) / "vectors")
            stoppable = {"postgres": postgres.server, "chroma": chroma.server}
            for one in stoppable.values():
                running.callback(one.stop)
            where = {"PILCROW_DATABASE": postgres.new(), "PILCROW_CHROMA": chroma.url}
        with Library.open(
            folder, database=where.get("PILCROW_DATABASE", ""), chroma=where.get("PILCROW_CHROMA", "")
        ) as library:
            library.sync([sample.ARTICLES])
            answerer = Answerer(library, llm=False)
            questions = [q.question for q in load(sample.QUESTIONS) if not q.follows][:60]
            expected = {question: quotes_of(answerer, question) for question in questions}
        for workers in given.workers:
            made = Path(tempfile.mkdtemp(dir=place))
            with serving(folder, workers, where) as (server, url), before(url, made) as (address, certificate):
                seen = asked(address, certificate, expected, given, server, stoppable)
            cuts = statistics.quantiles(seen.seconds, n=20) if len(seen.seconds) > 1 else [0.0] * 19
            print(
                f"{workers} workers, {given.clients} clients for {given.seconds:.0f} s: {len(seen.seconds)} answers, "
                f"{len(seen.seconds) / given.seconds:.2f} a second, p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, "
                f"{len(seen.wrong)} wrong, {len(seen.dropped)} dropped, {len(seen.refused)} told 503",
                flush=True,
            )
            for what in (*seen.wrong[:3], *seen.dropped[:3]):
                print(f"  {what}")
            if seen.back:
                again = min((t for t in seen.answered if t > seen.back), default=float("inf")) - seen.back
                late = max((t for t in seen.refused), default=seen.killed) - seen.back
                print(
                    f"  {given.kill} was away for {seen.back - seen.killed:.1f} s; the first answer came {again:.1f} s "
                    f"after it was back, the last 503 {late:.1f} s after"
                )


@contextmanager
def serving(folder: Path, workers: int, where: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`pilcrow serve` with so many workers, and its address; every worker is ready. `where` are settings of its own."""
    command = [sys.executable, "-m", "ui.cli", "serve", "--library", str(folder), "--workers", str(workers)]
    alone = {**os.environ, **where, "PILCROW_THREADS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [*command, "--port", "0", "--pace", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=alone
    )
    try:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server did not start"
        right = 0
        while right < 20:
            try:
                right += httpx.get(f"{found[0]}/readyz", timeout=60).status_code == 200
            except httpx.TransportError:
                time.sleep(0.2)
        yield process, found[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(150)


def asked(
    address: str,
    certificate: Path,
    expected: dict[str, list[str]],
    given: argparse.Namespace,
    server: subprocess.Popen[str],
    stoppable: dict[str, servers.Server],
) -> Seen:
    """What so many clients were told until the time was over; what is to be killed is killed halfway."""
    seen, until = Seen(), time.monotonic() + given.seconds
    clients = [
        threading.Thread(target=client, args=(address, certificate, expected, number, until, seen))
        for number in range(given.clients)
    ]
    for one in clients:
        one.start()
    if given.kill:
        time.sleep(given.seconds / 2)
        seen.killed = time.monotonic()
        if given.kill == "worker":
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            workers = [pid for pid in map(int, children) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
            os.kill(workers[0], signal.SIGKILL)
        else:
            stoppable[given.kill].kill()
            time.sleep(DOWN)
            stoppable[given.kill].start()
            seen.back = time.monotonic()
    for one in clients:
        one.join()
    return seen


def client(
    address: str, certificate: Path, expected: dict[str, list[str]], number: int, until: float, told: Seen
) -> None:
    """One program that asks until the time is over."""
    questions, turn = list(expected), number * 7
    with httpx.Client(base_url=address, verify=create_default_context(cafile=certificate), timeout=PATIENCE) as http:
        while time.monotonic() < until:
            question = questions[turn % len(questions)]
            turn += 1
            start = time.monotonic()
            try:
                answer = http.post("/api/answer", json={"question": question})
            except httpx.HTTPError as error:
                told.dropped.append(f"{question}: {error!r}")
                continue
            if answer.status_code == 503 and told.killed:
                told.refused.append(time.monotonic())
                time.sleep(0.5)
                continue
            if answer.status_code != 200:
                told.dropped.append(f"{question}: {answer.status_code} {answer.text[:100]}")
                continue
            told.seconds.append(time.monotonic() - start)
            told.answered.append(time.monotonic())
            cited = [" ".join(c["quote"].split()) for c in answer.json()["citations"]]
            if cited != expected[question]:
                told.wrong.append(f"{question}: {cited}")


if __name__ == "__main__":
    main()
