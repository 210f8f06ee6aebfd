"""The plain reader: embeddings, word overlap and the kind of answer asked for. It needs no model of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index import Passage
from index.encoder import Encoder
from index.sentences import sentences
from rag.question import Question
from rag.reader import Thresholds
from rag.reader.exact import figures
from rag.reader.spans import answer_span
from rag.reader.words import Rarity, coverage, stem, stems
from rag.values import Evidence, Span

if TYPE_CHECKING:
    from index.encoder import Matrix

_TYPED = ("who", "number", "when", "where", "why", "said")


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: one weight a feature, in the order of `FEATURES`, and the bias."""

    features: tuple[float, ...]
    bias: float

    def probability(self, values: Sequence[float]) -> float:
        """1 / (1 + exp(-(w·x + b)))."""
        total = self.bias + sum(w * x for w, x in zip(self.features, values, strict=True))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


FEATURES = (
    "cosine of question and sentence",
    "share of the question's words in the sentence",
    "share of them in the sentence or around it",
    "share of the question's names in the sentence or around it",
    "the kind of answer asked for stands in the sentence",
    "no kind is asked for",
    "cosine of question and paragraph",
    "reciprocal rank of the passage",
    "rarest word of the question is missing",
)
# Fitted by `make fit-plain` on 345 questions on encyclopedia articles; on 105 questions of 49 other articles the
# best sentence holds the answer for 0.65, and "answers" tells answerable from near misses with an AUROC of 0.87.
SENTENCE = Weights((2.82, 3.93, 2.53, 0.60, 1.58, 0.00, 1.19, 2.00, -0.96), -9.10)
ANSWERABLE = Weights((2.71, 3.04, 0.69, 0.15, 0.10, -0.09, 0.63, 0.19, -0.28), -4.24)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a passage: its offsets in the paragraph and its text."""

    passage: Passage
    span: Span
    text: str


def lines_of(passages: Sequence[Passage]) -> list[Line]:
    """Every sentence of the passages, in order."""
    return [
        Line(passage, span, passage.paragraph.text[slice(*span)])
        for passage in passages
        for span in sentences(passage.paragraph.text)
    ]


class PlainReader:
    """Judges every sentence of a passage by a logistic model over nine simple features."""

    name = "plain-1"
    # Chosen on the held-out articles: silent on 5 % of the answerable questions and on 55 % of the near misses;
    # the right paragraph is among those said for 0.95 of the questions, 1.2 paragraphs being said. The last by hand.
    thresholds = Thresholds(answers=0.25, also=0.5, every=0.25, supported=0.6)

    def __init__(self, encoder: Encoder, rarity: Rarity) -> None:
        """`encoder` embeds sentences; `rarity` tells how much a word of the library tells."""
        self._encoder = encoder
        self._rarity = rarity

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        """One evidence a passage, in the passages' order."""
        lines = lines_of(passages)
        values = self.features(question, lines)
        best: dict[str, tuple[float, Line, tuple[float, ...]]] = {}
        for line, row in zip(lines, values, strict=True):
            score = SENTENCE.probability(row)
            held = best.get(line.passage.paragraph.id)
            if held is None or score > held[0]:
                best[line.passage.paragraph.id] = (score, line, row)
        evidence = []
        for passage in passages:
            score, line, row = best[passage.paragraph.id]
            found = answer_span(question, line.text)
            start = line.span[0]
            evidence.append(
                Evidence(
                    passage=passage,
                    relevance=score,
                    answers=ANSWERABLE.probability(row),
                    sentence=line.span,
                    answer=(start + found[0], start + found[1]) if found else None,
                )
            )
        return tuple(evidence)

    def support(self, claim: str, passages: Sequence[Passage]) -> tuple[float, ...]:
        """Share of the claim's weighted words that the passage holds; 0 where it lacks one of its figures."""
        weights = [(s, self._rarity(s)) for s in stems(claim)]
        stated = figures(claim) - {1}  # "one" is a pronoun too
        return tuple(
            coverage(weights, stems(p.paragraph.text)) if stated <= figures(p.paragraph.text) else 0.0 for p in passages
        )

    def features(self, question: Question, lines: Sequence[Line]) -> list[tuple[float, ...]]:
        """A row of `FEATURES` a sentence, each about 0 to 1."""
        vectors = self._encoder.encode([question.text, *(line.text for line in lines)])
        asked = [(stem(word), max(self._rarity(word), 0.1)) for word in question.words]
        rarest = max(asked, key=lambda pair: pair[1], default=("", 0.0))[0]
        names = [(s, 1.0) for name in question.names for s in stems(name)]
        return [
            self._row(question, line, vectors[0], vector, asked, rarest, names)
            for line, vector in zip(lines, vectors[1:], strict=True)
        ]

    def _row(
        self,
        question: Question,
        line: Line,
        asked_vector: Matrix,
        vector: Matrix,
        asked: list[tuple[str, float]],
        rarest: str,
        names: list[tuple[str, float]],
    ) -> tuple[float, ...]:
        here = stems(line.text)
        around = here | stems(context(line.passage)) | stems(line.passage.paragraph.text)
        typed = question.asks in _TYPED
        return (
            float(asked_vector @ vector),
            coverage(asked, here),
            coverage(asked, around),
            coverage(names, around) if names else 1.0,
            float(typed and answer_span(question, line.text) is not None),
            float(not typed),
            line.passage.similarity,
            1 / line.passage.rank,
            float(bool(rarest) and rarest not in around),
        )


def context(passage: Passage) -> str:
    """What a reader of the paragraph knows besides: headline, outlet, date, and the paragraph above."""
    article = passage.article
    day = f"{article.published:%A %d %B %Y}" if article.published else ""
    above = passage.before.text if passage.before and passage.before.kind == "body" else ""
    return " ".join((article.title, article.source, day, above))
