"""How well the reader reads, on texts it never saw: order of paragraphs, answers, near misses, support, speed.

python -m eval.reader ../shared [--weights FOLDER] [--plain]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.intervals import draws_of, wilson
from eval.measures.short_answer import exact_match, token_f1
from eval.measures.support import auroc, balanced_accuracy
from index import Library
from rag.question import understand
from rag.reader.trained import WEIGHTS, TrainedReader
from rag.reader.training.library import holds_text, write_articles
from rag.reader.windows import Text

PASSAGES = 20
SEED = 0
QUESTIONS = 1500
PAIRS = 4000


def main() -> None:
    """Prints one line a figure: value, 95 % interval, n."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--precision", default="", help="f32 or bf16")
    parser.add_argument("--share", type=float, default=1.0, help="share of the questions and pairs, for a quick look")
    given = parser.parse_args()
    reader = TrainedReader(given.weights, precision=given.precision)
    articles = rows_of(given.shared / "eval" / "squad2-dev.jsonl.gz")
    order(articles, reader, int(QUESTIONS * given.share))
    answers(articles, reader, int(PAIRS * given.share))
    support(given.shared, reader, given.share)
    speed(articles, reader)


def order(articles: Sequence[dict[str, Any]], reader: TrainedReader, questions: int) -> None:
    """Paragraph hit@1 after reading the fused top twenty of one library, answerable questions."""
    asked = [(a, q) for a in articles for q in a["questions"] if q["answerable"]]
    sample = random.Random(SEED).sample(asked, min(questions, len(asked)))  # noqa: S311
    search, read = [], []
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        write_articles([(a["title"], p) for a in articles for p in a["paragraphs"]], Path(folder) / "articles")
        library.sync([Path(folder) / "articles"])
        for article, question in sample:
            passages = library.search(question["question"], PASSAGES)
            found = reader.read(understand(question["question"]), passages)
            right = [holds_text(p.paragraph.text, article["paragraphs"][question["paragraph"]]) for p in passages]
            search.append(right[0] if right else False)
            best = max(range(len(found)), key=lambda i: found[i].relevance, default=None)
            read.append(best is not None and right[best])
    _proportion("paragraph hit@1, search alone", search)
    _proportion("paragraph hit@1, read", read)


def answers(articles: Sequence[dict[str, Any]], reader: TrainedReader, pairs: int) -> None:
    """Answer F1 on the gold paragraph, and whether answerable questions are told from the others (AUROC)."""
    asked = [(a, q) for a in articles for q in a["questions"]]
    sample = random.Random(SEED).sample(asked, pairs)  # noqa: S311
    texts = [Text(q["question"], a["title"].replace("_", " "), a["paragraphs"][q["paragraph"]]) for a, q in sample]
    found = reader.find(texts)
    scores = np.array([reader.answers(f) for f in found])
    labels = np.array([q["answerable"] for _, q in sample])
    titles = [a["title"] for a, _ in sample]
    f1 = [
        max(token_f1(t.paragraph[slice(*f.answer)], gold) for gold in q["answers"])
        for f, t, (_, q) in zip(found, texts, sample, strict=True)
        if q["answerable"]
    ]
    exact = [
        max(exact_match(t.paragraph[slice(*f.answer)], gold) for gold in q["answers"])
        for f, t, (_, q) in zip(found, texts, sample, strict=True)
        if q["answerable"]
    ]
    where = [t for t, answerable in zip(titles, labels, strict=True) if answerable]
    _clustered("answer F1, gold paragraph", where, np.array(f1)[:, None], np.mean)
    _clustered("answer exact match, gold paragraph", where, np.array(exact)[:, None], np.mean)
    both = np.stack([scores, labels.astype(float)], axis=1)
    _clustered("answerable or not, AUROC", titles, both, auroc)


def support(shared: Path, reader: TrainedReader, share: float) -> None:
    """Balanced accuracy of support at the threshold fixed on the development set, source by source."""
    rows = rows_of(shared / "eval" / "support.jsonl.gz")
    rows = random.Random(SEED).sample(rows, int(len(rows) * share))  # noqa: S311
    scores = np.array(reader.supports([Text(r["hypothesis"], "", r["premise"]) for r in rows]))
    labels = np.array([r["label"] == "e" for r in rows])
    source = np.array([r["src"] for r in rows])
    threshold = reader.thresholds.supported
    balanced, areas, spread = [], [], []
    for name in sorted(set(source)):
        here = source == name
        said = np.stack([scores[here], labels[here], scores[here] >= threshold], axis=1).astype(float)
        drawn = draws_of(balanced_accuracy, said, [r["premise"] for r in np.array(rows)[here]])
        low, high = _between(drawn)
        balanced.append(balanced_accuracy(said))
        areas.append(auroc(said))
        spread.append(drawn)
        print(
            f"support, {name}: balanced accuracy {balanced[-1]:.3f} [{low:.3f}-{high:.3f}], "
            f"AUROC {areas[-1]:.3f} (n={here.sum()})"
        )
    low, high = _between(np.mean(spread, axis=0))
    print(
        f"support, mean of the sources: balanced accuracy {np.mean(balanced):.3f} [{low:.3f}-{high:.3f}], "
        f"AUROC {np.mean(areas):.3f} (threshold {threshold:.2f} fixed beforehand, n={len(rows)})"
    )


def speed(articles: Sequence[dict[str, Any]], reader: TrainedReader) -> None:
    """Reading 16 passages of 150 tokens against the encoder's pass over them and the network's own, in turns."""
    from index.encoder import shared_encoder

    encoder = shared_encoder("all-MiniLM-L6-v2")
    words = " ".join(p for a in articles for p in a["paragraphs"]).split()
    texts = [" ".join(words[i * 112 : (i + 1) * 112]) for i in range(16)]
    pairs = [Text("How many people were killed in the attack?", "Title of the article", text) for text in texts]
    windows = reader.windows.cut(pairs)
    tokens = statistics.mean(len(w.offsets) for w in windows)
    works = (lambda: reader.find(pairs), lambda: encoder.encode(texts), lambda: reader.runtime.read(windows))
    times = [[_seconds(work) for work in works] for _ in range(14)][2:]
    ours, theirs, bare = (statistics.median(column) for column in zip(*times, strict=True))
    print(
        f"reading 16 passages, {len(windows)} windows of {tokens:.0f} tokens: {ours / theirs:.2f} x the encoder's pass over "
        f"them, {ours / bare:.2f} x the network's own ({ours * 1000:.0f} ms, median of {len(times)})"
    )


def _clustered(name: str, clusters: Sequence[str], rows: Any, of: Callable[[Any], Any]) -> None:
    low, high = _between(draws_of(of, rows, clusters))
    print(f"{name}: {float(of(rows)):.3f} [{low:.3f}-{high:.3f}] (n={len(rows)}, {len(set(clusters))} articles)")


def _between(drawn: Any) -> tuple[float, float]:
    """The 95 % interval; a draw may hold claims of one sort only, and then gives nothing."""
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def _proportion(name: str, right: Sequence[bool]) -> None:
    low, high = wilson(sum(right), len(right))
    print(f"{name}: {np.mean(right):.3f} [{low:.3f}-{high:.3f}] (n={len(right)})")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The records of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
