"""Many people at once, through the page's real queue: python -m tests.load [--clients 8 32] [--seconds 120].

Every client is a browser of its own as far as the server can tell (cookie and session), asks one question after the
other, and holds what comes back against what the library answers to that question when it is asked alone.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from gradio_client.utils import apply_diff

import sample
from eval.gold import load
from index import Library
from rag import Answerer
from tests.browser import serving

PATIENCE = 120.0


@dataclass
class Told:
    """What one round of clients saw: seconds an answer, answers that were not the question's, questions lost."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def main() -> None:
    """Prints a line a number of clients: how many answers, how long they took, what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=120)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, Library.open(Path(place) / "library") as library:
        library.sync([sample.ARTICLES])
        answerer = Answerer(library)
        questions = [q.question for q in load(sample.QUESTIONS) if not q.follows][:60]
        expected = {q: quotes_of(answerer, q) for q in questions}
        url = serving(library, a_minute=0)
        for count in given.clients:
            told = Told()
            until = time.monotonic() + given.seconds
            clients = [threading.Thread(target=client, args=(url, expected, n, until, told)) for n in range(count)]
            for one in clients:
                one.start()
            for one in clients:
                one.join()
            cuts = statistics.quantiles(told.seconds, n=20) if len(told.seconds) > 1 else [0.0] * 19
            print(
                f"{count} clients for {given.seconds:.0f} s: {len(told.seconds)} answers, p50 {cuts[9]:.2f} s, "
                f"p95 {cuts[18]:.2f} s, {len(told.wrong)} wrong, {len(told.dropped)} dropped",
                flush=True,
            )
            for what in (*told.wrong[:3], *told.dropped[:3]):
                print(f"  {what}")


def quotes_of(answerer: Answerer, question: str) -> list[str]:
    """The quotes that the question's answer cites, white space folded, in order."""
    return [" ".join(c.quote.split()) for c in answerer.answer(question).citations]


def client(url: str, expected: dict[str, list[str]], number: int, until: float, told: Told) -> None:
    """One person who asks until the time is over."""
    with httpx.Client(base_url=url, timeout=PATIENCE, headers={"Origin": url.rstrip("/")}) as browser:
        browser.get("/")
        config: dict[str, Any] = browser.get("config").json()
        box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "ask")
        asking = next(d for d in config["dependencies"] if [box, "submit"] in d["targets"])
        questions = list(expected)
        turn = number * 7
        while time.monotonic() < until:
            question = questions[turn % len(questions)]
            turn += 1
            start = time.monotonic()
            try:
                html = ask(browser, asking["id"], question)
            except (httpx.HTTPError, RuntimeError) as error:
                told.dropped.append(f"{question}: {error!r}")
                continue
            told.seconds.append(time.monotonic() - start)
            shown = re.findall(r'class="asked">([^<]*)<', html)
            quotes = [_plain(q) for q in re.findall(r'<p><span class="from">.*?</p>', html) for q in _quotes(q)]
            if shown != [escape(question)] or quotes != [_plain(escape(q)) for q in expected[question]]:
                told.wrong.append(f"{question}: shown {shown}, {quotes}")


def ask(browser: httpx.Client, number: int, question: str) -> str:
    """The conversation's HTML after the question, as the queue gives it back; every question in a chat of its own."""
    session = uuid4().hex[:10]
    payload = {"data": [question, None, None], "fn_index": number, "session_hash": session, "trigger_id": None}
    browser.post("gradio_api/queue/join", json=payload).raise_for_status()
    page: Any = None
    html = ""
    with browser.stream("GET", "gradio_api/queue/data", params={"session_hash": session}) as events:
        for line in events.iter_lines():
            if line.startswith("data:"):
                event = json.loads(line[5:])
                if event["msg"] == "process_generating":
                    # The first step comes whole, every later one as what has changed since.
                    data = event["output"]["data"]
                    page = data if page is None else [apply_diff(*both) for both in zip(page, data, strict=True)]
                    html = page[1] if isinstance(page[1], str) else html
                if event["msg"] == "process_completed":
                    if not event["success"]:
                        raise RuntimeError(str(event["output"])[:200])
                    return html
    raise RuntimeError("the stream ended without an answer")


def _quotes(paragraph: str) -> list[str]:
    return re.findall(r'data-quote="([^"]*)"', paragraph)


def _plain(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
