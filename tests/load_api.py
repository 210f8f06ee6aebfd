"""Many clients of the API at once, through nginx: python -m tests.load_api [--clients 64] [--seconds 180] [--workers 1 2].

Every client asks one question after the other and holds what is cited against what the library answers to that question
when it is asked alone. With --kill a worker is killed in the middle: nginx asks the other, and nobody is to notice.
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
from contextlib import contextmanager
from pathlib import Path
from ssl import create_default_context

import httpx

import sample
from eval.gold import load
from index import Library
from rag import Answerer
from tests.load import PATIENCE, Told, quotes_of
from tests.nginx import before

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Prints a line a number of workers: how many answers a second, how long they took, what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--kill", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "library"
        with Library.open(folder) as library:
            library.sync([sample.ARTICLES])
            answerer = Answerer(library, llm=False)
            questions = [q.question for q in load(sample.QUESTIONS) if not q.follows][:60]
            expected = {question: quotes_of(answerer, question) for question in questions}
        for workers in given.workers:
            made = Path(tempfile.mkdtemp(dir=place))
            with serving(folder, workers) as (server, url), before(url, made) as (address, certificate):
                told = asked(address, certificate, expected, given, server if given.kill else None)
            cuts = statistics.quantiles(told.seconds, n=20) if len(told.seconds) > 1 else [0.0] * 19
            print(
                f"{workers} workers, {given.clients} clients for {given.seconds:.0f} s: {len(told.seconds)} answers, "
                f"{len(told.seconds) / given.seconds:.2f} a second, p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s, "
                f"{len(told.wrong)} wrong, {len(told.dropped)} dropped",
                flush=True,
            )
            for what in (*told.wrong[:3], *told.dropped[:3]):
                print(f"  {what}")


@contextmanager
def serving(folder: Path, workers: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`pilcrow serve` with so many workers, and its address; every worker is ready."""
    command = [sys.executable, "-m", "ui.cli", "serve", "--library", str(folder), "--workers", str(workers)]
    alone = {**os.environ, "PILCROW_THREADS": "1", "OMP_NUM_THREADS": "1"}
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
    server: subprocess.Popen[str] | None,
) -> Told:
    """What so many clients were told until the time was over; of a `server` that is given a worker is killed halfway."""
    told, until = Told(), time.monotonic() + given.seconds
    clients = [
        threading.Thread(target=client, args=(address, certificate, expected, number, until, told))
        for number in range(given.clients)
    ]
    for one in clients:
        one.start()
    if server:
        time.sleep(given.seconds / 2)
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        workers = [pid for pid in map(int, children) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        os.kill(workers[0], signal.SIGKILL)
    for one in clients:
        one.join()
    return told


def client(
    address: str, certificate: Path, expected: dict[str, list[str]], number: int, until: float, told: Told
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
            if answer.status_code != 200:
                told.dropped.append(f"{question}: {answer.status_code} {answer.text[:100]}")
                continue
            told.seconds.append(time.monotonic() - start)
            cited = [" ".join(c["quote"].split()) for c in answer.json()["citations"]]
            if cited != expected[question]:
                told.wrong.append(f"{question}: {cited}")


if __name__ == "__main__":
    main()
