"""How fast it is, as ratios within one run: sync against the bare encoder, answers by stage, cold start, memory.

    python -m eval.bench [ARTICLES] [--paragraphs 3000]

ARTICLES is a folder of articles; by default texts are made from the sample's sentences.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import sample
from eval.gold import load
from index import Library
from index.encoder import SentenceEncoder, shared_encoder
from index.sentences import sentences
from index.settings import settings
from index.values import EVIDENCE_KINDS
from rag import Answerer
from rag.models import Message, never


def main() -> None:
    """Prints the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("articles", nargs="?", type=Path)
    arguments.add_argument("--paragraphs", type=int, default=3000)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.articles or made_up(Path(temporary) / "articles", given.paragraphs)
        library = Path(temporary) / "library"
        sync_against_encoder(folder, library)
        answers_by_stage(library, False, "answer")
        answers_by_stage(library, Instant(), "prose, the model's own time apart")
        cold_start(library)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def made_up(folder: Path, paragraphs: int) -> Path:
    """Articles of ten paragraphs, each of two or three sentences drawn from the sample (seed 0)."""
    with tempfile.TemporaryDirectory() as temporary, Library.open(temporary) as library:
        library.sync([sample.ARTICLES])
        whole = [library.article(a.id) for a in library.articles()]
    texts = [p.text for a in whole if a for p in a.paragraphs if p.kind == "body"]
    pool = [text[a:b] for text in texts for a, b in sentences(text)]
    rng = random.Random(0)  # noqa: S311
    folder.mkdir()
    for number in range(paragraphs // 10):
        lines = [" ".join(" ".join(rng.choice(pool).split()) for _ in range(rng.choice((2, 3)))) for _ in range(10)]
        (folder / f"{number}.txt").write_text("\n\n".join(lines), "utf-8")
    return folder


def sync_against_encoder(folder: Path, library: Path) -> None:
    """Paragraphs a second of a whole sync, and of the encoder alone on the same paragraphs before and after it."""
    encoder = shared_encoder(settings().encoder, settings().threads)
    with tempfile.TemporaryDirectory() as temporary, Library.open(temporary) as trial:
        trial.sync([folder])
        whole = [trial.article(a.id) for a in trial.articles()]
    texts = list({p.text: None for a in whole if a for p in a.paragraphs if p.kind in EVIDENCE_KINDS})
    before = bare_encoder(encoder, texts)
    with Library.open(library) as opened:
        start = time.perf_counter()
        report = opened.sync([folder])
        synced = time.perf_counter() - start
    after = bare_encoder(encoder, texts)
    bare = (before + after) / 2
    print(f"sync: {report.embedded} paragraphs of {report.added} articles, {report.embedded / synced:.0f}/s")
    print(f"bare encoder on the same: {len(texts) / before:.0f}/s before, {len(texts) / after:.0f}/s after")
    print(f"sync / bare encoder: {(report.embedded / synced) / (len(texts) / bare):.2f} (goal 0.8)")


def bare_encoder(encoder: SentenceEncoder, texts: Sequence[str]) -> float:
    """Seconds for the encoder's own pass over all the texts in one call, which it sorts by length."""
    start = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - start


def answers_by_stage(library: Path, llm: Any, what: str) -> None:
    """Median and 95th percentile of every stage of an answer, over the sample's questions."""
    questions = [q.question for q in load(sample.QUESTIONS)][:60]
    with Library.open(library) as opened:
        answerer = Answerer(opened, llm=llm)
        answerer.answer(questions[0])
        answers = [answerer.answer(q) for q in questions]
    stages = dict.fromkeys(stage for a in answers for stage, _ in a.timings)
    for stage in stages:
        times = sorted(dict(a.timings)[stage] * 1000 for a in answers)
        print(
            f"{what}, {stage:10}: p50 {statistics.median(times):6.1f} ms, p95 {times[int(0.95 * len(times))]:6.1f} ms (n={len(times)})"
        )


class Instant:
    """A language model that takes no time: it says the first sentence of each of the five best passages.

    What an answer costs with it is what retrieval, citing and checking cost.
    """

    name, window = "instant", 8192

    def tokens(self, text: str) -> int:
        """A third of its letters."""
        return len(text) // 3

    def stream(
        self, messages: Sequence[Message], most: int, *, stop: Callable[[], bool] = never
    ) -> Generator[str, None, bool]:
        """The sentences, one after the other."""
        for label, text in re.findall(r"^\[(\d+)\].*\nText: (.*)", messages[-1].content, re.MULTILINE)[:5]:
            start, end = sentences(text)[0]
            yield f"{text[start:end]} [{label}]\n"
        return True


def cold_start(library: Path) -> None:
    """Wall time of `pilcrow ask` in a new process, against that of starting Python with the encoder's library."""
    ask = [sys.executable, "-m", "ui.cli", "ask", "Who won the vote?", "--library", str(library)]
    encoder = [sys.executable, "-c", "import sentence_transformers"]
    times = {name: timed(command) for name, command in (("ask", ask), ("encoder", encoder))}
    print(
        f"cold start of pilcrow ask: {times['ask']:.1f} s; importing sentence_transformers alone: {times['encoder']:.1f} s"
    )
    print(f"cold start / that import: {times['ask'] / times['encoder']:.2f}")


def timed(command: Sequence[str]) -> float:
    """The quickest of three runs, in seconds."""
    spent = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        spent.append(time.perf_counter() - start)
    return min(spent)


if __name__ == "__main__":
    main()
