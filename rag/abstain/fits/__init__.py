"""Whether a sentence that was found speaks of what is asked: a second judgement beside the reader's, one that explains itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.abstain.fits.kinds import holds_kind
from rag.abstain.fits.words import around, share, stands, stems_near, weighed
from rag.question import Question
from rag.reader.plain import Weights
from rag.reader.words import Rarity
from rag.values import Evidence

__all__ = ["ENOUGH", "FEATURES", "Fit", "best_fit", "features", "fit"]

FEATURES = (
    "log odds that the reader gives",
    "share of the question's words in the sentence",
    "share of them in the sentence or around it",
    "cosine of question and paragraph",
)
# Fitted by `python -m rag.reader.training.fits ../shared/train/qa.jsonl.gz 60` on half of the articles and worlds that the reader
# was not trained on. On the worlds held back (202 answerable questions, 107 others): AUROC 0.84. The threshold is silent on
# 5 % of the answerable questions that fitted it, in another split on 9 % of those held back (n=164) and on 42 % of the others (n=80).
WEIGHTS = Weights((0.93, 0.56, -0.38, 2.02), -1.42)
ENOUGH = 0.228
"""From this score on an evidence answers."""
_LEAST, _MOST = 1e-4, 1 - 1e-4


def _alike(_: str) -> float:
    """Every word tells as much as another."""
    return 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well one evidence fits a question.

    `score` is the probability that it answers, 0 to 1. `kind` is False where nothing of the kind asked for stands
    in the sentence: no age, no sum of money, nobody, no cause. `held` and `near` are the shares of the question's words,
    rarer ones weighing more, that stand in the sentence and in the sentence or around it. `missing` are the words
    that stand nowhere near, as they are written in the question, those that tell most first.
    """

    score: float
    kind: bool
    held: float
    near: float
    missing: tuple[str, ...]


def fit(question: Question, evidence: Evidence, rarity: Rarity = _alike, *, stated: bool = True) -> Fit:
    """How well the evidence fits the question; `rarity` tells how much a word of the library tells.

    `stated` is False where a closer look found that the sentence does not give the figure asked for.
    """
    values = features(question, evidence, rarity)
    beside = around(evidence.passage)
    lacking = [w for w in weighed(question, rarity) if not stands(w, beside)]
    kind = stated and holds_kind(question, evidence.text)
    return Fit(
        score=WEIGHTS.probability(values) if kind else 0.0,
        kind=kind,
        held=values[1],
        near=values[2],
        missing=tuple(w.text for w in sorted(lacking, key=lambda w: -w.weight)),
    )


def best_fit(question: Question, ranked: Sequence[Evidence], rarity: Rarity = _alike, first: int = 3) -> Fit | None:
    """The best fit among the first of the evidence, most relevant first; None where there is none."""
    return max((fit(question, e, rarity) for e in ranked[:first]), key=lambda f: f.score, default=None)


def features(question: Question, evidence: Evidence, rarity: Rarity) -> tuple[float, ...]:
    """What `WEIGHTS` weigh, in the order of `FEATURES`. Names are left out of the words: the choice looks after them."""
    words = [word for word in weighed(question, rarity) if not word.named]
    sure = min(max(evidence.answers, _LEAST), _MOST)
    return (
        math.log(sure / (1 - sure)),
        share(words, stems_near(evidence.text)),
        share(words, around(evidence.passage)),
        evidence.passage.similarity,
    )
