"""Fits the weights of `rag.abstain.fits` and measures them on articles held back.

    python -m rag.reader.training.fits ../shared/train/qa.jsonl.gz 500

Asked are only articles that the reader was not trained on. Every question of the file is asked twice: as it is, and
with the paragraphs that answer it taken away, so that only near misses are left. Of the worlds of invented news in `apart/`
each question is asked once, those that the articles do not answer among them. Half of the articles fit the weights and
give the threshold, the other half measures them, encyclopedia and worlds apart; a world is an article here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index import Library
from rag.abstain.fits import FEATURES, features, fit
from rag.answer import PASSAGES, Answerer
from rag.choose import candidates
from rag.question import understand
from rag.reader.training.library import holds_text, letters, write_articles
from rag.reader.training.sources import held_out
from rag.reader.training.worlds import APART, World, worlds, write_world
from rag.reader.words import Rarity, rarity_from_counts
from rag.values import Evidence

SOURCES = ("squadshifts_new_wiki", "nq_oracle", "qed_nq", "qamr_wikinews")
FIRST = 3
"""Of how many passages the best fit counts, as in the choice."""
LARGE = 100
"""An article with more questions than this only fits, each question weighing less: it would decide the measure alone."""
SHARES = (0.01, 0.02, 0.03, 0.05, 0.10)
SEED = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its best passages: their features, whether the kind asked for stands there, the reader's figure."""

    article: str
    answerable: bool
    rows: Any
    kinds: Any
    reader: float


def main() -> None:
    """Prints the weights to put into `rag/fits` and what they do on the articles held back."""
    report(
        [
            *gather(Path(sys.argv[1]), int(sys.argv[2])),
            *(one for world in worlds(APART) for one in gather_world(world)),
        ]
    )


def gather(path: Path, most: int) -> list[Asked]:
    """At most so many of the held-out questions in `path`, each asked of a library of their articles, twice."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records = [r | {"title": _article(r)} for r in records if r["src"] in SOURCES and r["answers"]]
    ours = [r for r in records if held_out(_split_by(r))]
    sample = random.Random(SEED).sample(ours, min(most, len(ours)))  # noqa: S311
    titles = {r["title"] for r in sample}
    found: list[Asked] = []
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        texts = [(r["title"], r["context"]) for r in records if r["title"] in titles]
        write_articles(texts, Path(folder) / "articles")
        library.sync([Path(folder) / "articles"])
        rarity = rarity_from_counts(library.holding, library.counts()["paragraphs"])
        reader = Answerer(library).reader
        for record in sample:
            question = understand(record["question"])
            evidence = reader.read(question, library.search(question.text, PASSAGES))
            words = [letters(text) for text, _ in record["answers"]]
            right = [_answers(e, record["context"], words) for e in evidence]
            left = [e for e, answers in zip(evidence, right, strict=True) if not answers]
            found += [_asked(record["title"], question, evidence, rarity, answerable=True)] if any(right) else []
            found += [_asked(record["title"], question, left, rarity, answerable=False)] if left else []
    return found


def gather_world(world: World) -> list[Asked]:
    """The questions of a world; its name stands for the article."""
    found: list[Asked] = []
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library") as library:
        write_world(world, Path(folder) / "articles")
        library.sync([Path(folder) / "articles"])
        rarity = rarity_from_counts(library.holding, library.counts()["paragraphs"])
        reader = Answerer(library).reader
        for wanted in world.questions:
            question = understand(wanted.text)
            evidence = candidates(question, reader.read(question, library.search(question.text, PASSAGES)))
            texts = {world.articles[a].paragraphs[n] for a, n in wanted.places}
            right = any(e.passage.paragraph.text in texts for e in evidence)
            if evidence and right == bool(wanted.places):
                found.append(_asked(world.name, question, evidence, rarity, answerable=right))
    return found


def report(asked: Sequence[Asked]) -> None:
    """Fits on half of the articles, measures on the other half, and prints both."""
    articles = [a.article for a in asked]
    told = {world.name for world in worlds(APART)}
    large = {title for title in articles if articles.count(title) > LARGE and title not in told}
    titles = sorted(set(articles))
    random.Random(SEED).shuffle(titles)  # noqa: S311
    to_fit = set(titles[: len(titles) // 2]) | large
    fitting = np.array([title in to_fit for title in articles])
    labels = np.array([a.answerable for a in asked])
    share = np.array([LARGE / articles.count(title) if title in large else 1.0 for title in articles])
    weights, bias = np.eye(len(FEATURES))[0], 0.0
    for _ in range(5):  # which of a question's passages is the best depends on the weights
        best = np.array([a.rows[int(np.argmax(a.rows @ weights))] for a in asked])
        model = LogisticRegression(class_weight="balanced").fit(best[fitting], labels[fitting], share[fitting])
        weights, bias = model.coef_[0], float(model.intercept_[0])
    print(f"WEIGHTS = Weights(({', '.join(f'{w:.2f}' for w in weights)}), {bias:.2f})")
    scores = np.array([np.max(np.where(a.kinds, 1 / (1 + np.exp(-(a.rows @ weights + bias))), 0.0)) for a in asked])
    reader = np.array([a.reader for a in asked])
    news = np.array([title in told for title in articles])
    for where, measured in (("encyclopedia and wire", ~fitting & ~news), ("worlds", ~fitting & news)):
        yes, no = measured & labels, measured & ~labels
        print(f"{where}, held back: {yes.sum()} answerable, {no.sum()} not")
        for name, values in (("fit", scores), ("reader", reader)):
            print(f"  {name}: AUROC {roc_auc_score(labels[measured], values[measured]):.3f}")
            for silent in SHARES:
                threshold = float(np.quantile(values[fitting & labels], silent))
                wrong, right = np.mean(values[yes] < threshold), np.mean(values[no] < threshold)
                print(f"    threshold {threshold:.3f}: false abstention {wrong:.2f}, correct abstention {right:.2f}")


def _asked(title: str, question: Any, evidence: Sequence[Evidence], rarity: Rarity, *, answerable: bool) -> Asked:
    best = sorted(evidence, key=lambda e: (-e.relevance, e.passage.rank))[:FIRST]
    return Asked(
        title,
        answerable,
        np.array([features(question, e, rarity) for e in best]),
        np.array([fit(question, e, rarity).kind for e in best]),
        max(e.answers for e in best),
    )


def _answers(found: Evidence, context: str, words: Sequence[str]) -> bool:
    text = found.passage.paragraph.text
    return holds_text(text, context) or any(word and word in letters(text) for word in words)


def _article(record: dict[str, Any]) -> str:
    """The article's title; of QAMR's sentences the story that they are from."""
    return str(record["title"].split(":")[2] if record["src"].startswith("qamr") else record["title"])


def _split_by(record: dict[str, Any]) -> str:
    """What the reader's training was split by: the title, or where there is none the text."""
    if record["src"].startswith("qamr"):
        return hashlib.sha256(record["context"].encode()).hexdigest()
    return str(record["title"]).replace("_", " ")


if __name__ == "__main__":
    main()
