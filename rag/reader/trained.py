"""The trained reader: one small network ranks passages, finds the answer in them, and checks claims."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index import Passage, PilcrowError
from index.sentences import sentences
from rag.question import Question
from rag.reader import Thresholds
from rag.reader.exact import missing
from rag.reader.runtime import Reading, Runtime
from rag.reader.windows import Text, Window, Windows
from rag.reader.words import coverage, stems
from rag.values import Evidence, Span

WEIGHTS = Path(__file__).parent / "weights"
LONGEST = 40
"""Most tokens of an answer."""
_NEVER = -20.0
SHORT = 40
"""Words below which a paragraph is read together with the end of the one above it."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns logits into probabilities. Fitted on the development set by `training/calibrate.py`."""

    relevant: tuple[float, ...]
    answers: tuple[float, ...]
    supported: tuple[float, ...]
    thresholds: Thresholds

    @classmethod
    def of(cls, path: Path) -> Calibration:
        """The calibration in a JSON file."""
        held = json.loads(path.read_text("utf-8"))
        enough = Thresholds(**held["thresholds"])
        return cls(tuple(held["relevant"]), tuple(held["answers"]), tuple(held["supported"]), enough)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best answer of one paragraph: its sentence, its span, and what speaks for it.

    `relevant` and `answers` are logits; `likely` is the log probability of the span among all of the
    window's; `lacks` counts the question's figures, days and names that the text does not hold (up to
    3), `words` is the share of its words that it does.
    """

    relevant: float
    answers: float
    likely: float
    lacks: float
    words: float
    sentence: Span
    answer: Span
    window: Window
    reading: Reading

    def likely_at(self, place: Span) -> float:
        """Log probability that the answer begins and ends in a place of the paragraph; very low outside the window."""
        inside = [i for i, (start, end) in enumerate(self.window.offsets) if start < place[1] and place[0] < end]
        if not inside:
            return _NEVER
        starts, ends = self.reading.starts, self.reading.ends
        found = _log_sum(starts[inside]) + _log_sum(ends[inside]) - _log_sum(starts) - _log_sum(ends)
        return max(_NEVER, found)

    @property
    def features(self) -> tuple[float, ...]:
        """What the calibrations weigh, in this order."""
        return (self.relevant, self.answers, self.likely, self.lacks, self.words)


class TrainedReader:
    """Reads with the network in `folder`. Safe to share between threads."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 0, precision: str = "") -> None:
        """`threads` and `precision` as `Runtime` takes them."""
        self._folder = folder
        self.runtime = Runtime(folder, threads=threads, precision=precision)

    @property
    def name(self) -> str:
        """Name and version, as written into an answer's fingerprint."""
        return "minilm-reader-5"

    def read(self, question: Question, passages: Sequence[Passage]) -> tuple[Evidence, ...]:
        """One evidence a passage, in the passages' order."""
        asked = question.heard or question.text
        found = self.find([Text(asked, context(p), p.paragraph.text) for p in passages], worded=question.text)
        return tuple(
            Evidence(
                passage=passage,
                relevance=self.relevance(one, passage),
                answers=self.answers(one),
                sentence=one.sentence,
                answer=one.answer if one.answer[0] < one.answer[1] else None,
                likely=one.likely_at,
            )
            for passage, one in zip(passages, found, strict=True)
        )

    def relevance(self, found: Found, passage: Passage) -> float:
        """Probability that the passage is the one asked for, from what was read and how the search found it."""
        return _probability(self.calibration.relevant, (*found.features, *search_features(passage)))

    def answers(self, found: Found) -> float:
        """Probability that what was found answers the question at all."""
        return _probability(self.calibration.answers, found.features)

    def find(self, texts: Sequence[Text], *, worded: str = "") -> list[Found]:
        """The best answer to each text's question in its paragraph, in order.

        A long paragraph is read in windows: the one that likeliest answers counts. `worded` is the question whose words
        are counted in the text, where it is not the one that is read.
        """
        windows = self.windows.cut(texts)
        found: dict[int, Found] = {}
        for window, reading in zip(windows, self.runtime.read(windows), strict=True):
            one = _best(texts[window.text], worded, window, reading)
            held = found.get(window.text)
            if held is None or one.likely + one.answers > held.likely + held.answers:
                found[window.text] = one
        return [found[number] for number in range(len(texts))]

    def support(self, claim: str, passages: Sequence[Passage]) -> tuple[float, ...]:
        """For each passage the probability, 0 to 1, that it carries the claim."""
        return self.supports([Text(claim, context(p), p.paragraph.text) for p in passages])

    def supports(self, claims: Sequence[Text]) -> tuple[float, ...]:
        """For each text the probability that its paragraph, with its header, carries its query as a claim.

        A long text is read in windows: the one that carries the claim best counts. Beside it count how
        many figures, days, names and quotes of the claim the text lacks, the share of its words that
        stand there, and the length: among many windows one may seem to carry a claim by chance.
        """
        return tuple(_probability(self.calibration.supported, row) for row in self.support_features(claims))

    def support_features(self, claims: Sequence[Text]) -> list[tuple[float, ...]]:
        """For each claim: best window's logit, count of what is missing (up to 3), share of words held, log2 of windows."""
        windows = self.windows.cut(claims)
        logits: list[list[float]] = [[] for _ in claims]
        for window, reading in zip(windows, self.runtime.read(windows), strict=True):
            logits[window.text].append(reading.supported)
        return [
            (max(scores), *_common(claim), math.log2(len(scores))) for claim, scores in zip(claims, logits, strict=True)
        ]

    @property
    def thresholds(self) -> Thresholds:
        """From where on its probabilities suffice."""
        return self.calibration.thresholds

    @cached_property
    def calibration(self) -> Calibration:
        """How logits become probabilities."""
        return Calibration.of(self._folder / "calibration.json")

    @cached_property
    def windows(self) -> Windows:
        """What cuts texts for the network."""
        if not (self._folder / "tokenizer.json").is_file():
            raise PilcrowError(
                f"The reader's weights are missing from {self._folder}; install Pilcrow anew, or set PILCROW_READER to plain."
            )
        return Windows(self._folder / "tokenizer.json")


def search_features(passage: Passage) -> tuple[float, ...]:
    """How the search found a passage: reciprocal ranks, fused, dense and lexical (0 where it missed), and the cosine."""
    dense, lexical = passage.dense_rank, passage.lexical_rank
    return (1 / passage.rank, 1 / dense if dense else 0.0, 1 / lexical if lexical else 0.0, passage.similarity)


def context(passage: Passage) -> str:
    """What stands above a paragraph: headline, outlet and day and, over a short one, the end of the one before it."""
    article, day = passage.article, passage.article.published
    parts = [article.title, ", ".join(filter(None, (article.source, f"{day:%A} {day.day} {day:%B %Y}" if day else "")))]
    if passage.before and passage.before.kind == "body" and len(passage.paragraph.text.split()) < SHORT:
        parts.append(" ".join(passage.before.text.split()[-SHORT:]))
    return " ".join(filter(None, parts))


def _best(text: Text, worded: str, window: Window, reading: Reading) -> Found:
    """The best span of a window that lies within one sentence."""
    spans = sentences(text.paragraph)
    likely, sentence, answer = 0.0, spans[0] if spans else (0, 0), (0, 0)
    best = -math.inf
    for one in spans:
        inside = [i for i, (s, e) in enumerate(window.offsets) if s < one[1] and e > one[0]]
        if not inside:
            continue
        low, high = inside[0], inside[-1] + 1
        total = reading.starts[low:high, None] + reading.ends[None, low:high]
        every = np.ones_like(total, dtype=bool)
        total = np.where(np.triu(every) & ~np.triu(every, LONGEST), total, -np.inf)
        at = int(total.argmax())
        if total.flat[at] > best:
            best, sentence = float(total.flat[at]), one
            start, end = low + at // (high - low), low + at % (high - low)
            answer = (max(one[0], window.offsets[start][0]), min(one[1], window.offsets[end][1]))
    if best > -math.inf:
        likely = best - _log_sum(reading.starts) - _log_sum(reading.ends)
    lacks, words = _common(text._replace(query=worded or text.query))
    return Found(reading.relevant, reading.answers, likely, lacks, words, sentence, answer, window, reading)


def _common(text: Text) -> tuple[float, float]:
    """How many figures, days, names and quotes of the query the text lacks, up to 3, and the share of its words held."""
    held = f"{text.header} {text.paragraph}"
    words = [(stem, 1.0) for stem in stems(text.query)]
    return float(min(3, len(missing(text.query, held)))), coverage(words, stems(held))


def _log_sum(scores: np.ndarray) -> float:  # type: ignore[type-arg]
    top = float(scores.max())
    return top + math.log(float(np.exp(scores - top).sum()))


def _probability(weights: Sequence[float], values: Sequence[float]) -> float:
    """1 / (1 + exp(-(b + w·x))): the bias stands first in the weights."""
    total = weights[0] + sum(w * x for w, x in zip(weights[1:], values, strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
