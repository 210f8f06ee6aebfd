"""How well one figure of a paragraph fits a question: the reader's view of the place, and what stands around it, weighed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.sentences import sentences
from rag.abstain.fits.words import around, share, stems_near, weighed
from rag.figures.asked import Asked, asked
from rag.figures.counted import Figure, figures_of, harm_to
from rag.figures.stated import Stated, plain, told_of
from rag.names import holds
from rag.question import Question
from rag.reader.plain import Weights
from rag.reader.words import Rarity
from rag.values import Evidence, Span
from rag.verify.clauses import stems_of

FEATURES = (
    "log probability that the answer stands there, to the reader",
    "log odds that the paragraph answers, to the reader",
    "the reader's answer is there",
    "share of the question's words in the sentence",
    "share of them in the sentence or around it",
    "share of them between the figures before and behind",
    "what it counts is a word of the question",
    "it has the unit asked for (1), another (-1), or none is known (0)",
    "it counts those whom the same befell (1), something else (-1), or none is known (0)",
    "share of the question's names in the paragraph, the headline or the beginning",
    "the closer reading of words finds it fitting",
)
# Fitted by `python -m rag.reader.training.figures` on ten worlds of invented news that the reader was not trained on. Each world told by
# the weights of the others (262 questions, 14,696 figures): precision 0.50, recall 0.48 with half of the best one's probability, 0.54
# and 0.40 with seven tenths; the closer reading of words alone 0.36, 0.15.
WEIGHTS = Weights((0.20, 1.10, 1.15, 0.42, 0.63, 1.70, -0.54, 0.32, 0.77, 0.77, 0.84), -3.69)
ENOUGH, SHARE = 0.15, 0.6
"""A figure fits from this probability on, if it has this share of the best one's."""
_LEAST, _MOST = 1e-4, 1 - 1e-4
_FAR = -12.0
_MONEY = re.compile(
    r"\b(?:costs?|price[sd]?|pay|paid|budget|worth|sum|damages?|bills?|fine[sd]?|revenues?|profits?|loss|losses|salary|salaries|rents?|fees?"
    r"|fares?|tickets?|debts?|bids?|offer(?:ed|s)?|pledg\w+|takings|money|income|wages?|subsid\w+|grants?|loans?|assets)\b",
    re.I,
)
_PERCENT = re.compile(r"\b(?:per ?cent\w*|share of|proportion|rate|turnout|inflation|unemployment|growth)\b", re.I)
_SIZE = re.compile(
    r"\bhow (?:long|far|high|deep|tall|wide|heavy|fast|old|hot|cold|warm|big|large|strong)\b"
    r"|\b(?:area|length|height|depth|distance|width|weight|speed|temperature|level)\b",
    re.I,
)
_NUMBER = re.compile(
    r"\bhow (?:many|much|long|far|high|deep|tall|wide|heavy|fast|big|large|hot|cold|warm|strong|low|steep)\b"
    r"|\b(?:what|which)(?:['’]s| is| was| are| were| will be| has been)? (?:the |its |their )?(?:\w+ ){0,3}?(?:number|figure|total|toll|count|cost|price|size|share|percentage|proportion|rate"
    r"|margin|lead|majority|turnout|amount|sum|estimate|area|length|height|depth|distance|width|weight|speed|temperature|level|budget|deficit|surplus|profit|loss|revenue|debt"
    r"|fine|bid|offer|salary|wage|fare|fee|crowd|attendance|output|growth|inflation|damage|capacity|magnitude)\b"
    r"|\bat what (?:price|cost|rate|level|height|speed)\b|\bwhat did .+ (?:put|estimate|reckon|count|give|cost)\b",
    re.I,
)


@lru_cache(maxsize=1024)
def wants_figure(question: Question) -> bool:
    """Whether a figure is the answer to the question, as far as its words tell."""
    return asked(question) is not None or question.asks == "number" or _NUMBER.search(question.text) is not None


def fitting(
    question: Question, evidence: Sequence[Evidence], by_words: Mapping[str, tuple[Stated, ...]], rarity: Rarity
) -> dict[str, tuple[Stated, ...]]:
    """The figures that fit the question, by paragraph: those likely enough, and not much less likely than the best.

    `by_words` are those that the closer reading of words finds fitting; what it knows of a figure is kept.
    """
    weighed: list[tuple[float, Evidence, Span, Figure]] = []
    for found in evidence:
        text = found.passage.paragraph.text
        for sentence in sentences(text):
            for at, figure in enumerate(figures_of(plain(text, sentence))):
                start, end = sentence[0] + figure.start, sentence[0] + figure.end
                stands = any(_meet(one, start, end) for one in by_words[found.passage.paragraph.id])
                values = features(question, asked(question), found, sentence, at, rarity, stated=stands)
                weighed.append((WEIGHTS.probability(values), found, sentence, figure))
    best = max((fit for fit, *_ in weighed), default=0.0)
    told: dict[str, tuple[Stated, ...]] = {}
    for fit, found, sentence, figure in weighed:
        if fit >= max(ENOUGH, SHARE * best):
            key = found.passage.paragraph.id
            start, end = sentence[0] + figure.start, sentence[0] + figure.end
            known = next((one for one in by_words[key] if _meet(one, start, end)), None)
            told[key] = (*told.get(key, ()), known or told_of(found, sentence, figure))
    return told


def _meet(one: Stated, start: int, end: int) -> bool:
    return one.start < end and start < one.end


def features(
    question: Question,
    wanted: Asked | None,
    evidence: Evidence,
    sentence: Span,
    at: int,
    rarity: Rarity,
    *,
    stated: bool,
) -> tuple[float, ...]:
    """What `WEIGHTS` weigh of figure number `at` of a sentence, in the order of `FEATURES`."""
    text = evidence.passage.paragraph.text
    told = plain(text, sentence)
    figure = figures_of(told)[at]
    place = (sentence[0] + figure.start, sentence[0] + figure.end)
    words = [word for word in weighed(question, rarity) if not word.named]
    sure = min(max(evidence.answers, _LEAST), _MOST)
    picked = evidence.answer is not None and evidence.answer[0] < place[1] and place[0] < evidence.answer[1]
    counted = stems_of(" ".join(figure.nouns[:3]))
    return (
        max(_FAR, evidence.likely(place)) if evidence.likely else _FAR,
        math.log(sure / (1 - sure)),
        float(picked),
        share(words, stems_near(told)),
        share(words, around(evidence.passage)),
        share(words, stems_near(_own(told, at))),
        float(any(word.stem in counted for word in words)),
        _unit(question, wanted, figure),
        _harm(wanted, told, at),
        _named(question, evidence),
        float(stated),
    )


def _own(sentence: str, at: int) -> str:
    """What stands between the figure before number `at` and the one behind it."""
    figures: Sequence[Figure] = figures_of(sentence)
    start = figures[at - 1].end if at else 0
    end = figures[at + 1].start if at + 1 < len(figures) else len(sentence)
    return sentence[start:end]


def _unit(question: Question, wanted: Asked | None, figure: Figure) -> float:
    if wanted:
        asked_for = {"length": "size"}.get(wanted.unit, wanted.unit)
    elif re.search(r"\bhow many\b", question.text, re.I):
        asked_for = ""
    elif _PERCENT.search(question.text):
        asked_for = "percent"
    elif _SIZE.search(question.text):
        asked_for = "size"
    elif _MONEY.search(question.text):
        asked_for = "money"
    else:
        return 0.0
    if asked_for == "size":
        return 1.0 if figure.unit not in ("", "money", "percent") else -1.0
    return 1.0 if figure.unit == asked_for else -1.0


def _harm(wanted: Asked | None, sentence: str, at: int) -> float:
    if not wanted or not wanted.kind or wanted.unit:
        return 0.0
    told = harm_to(sentence, at)
    return 0.0 if not told else 1.0 if told == wanted.kind else -1.0


def _named(question: Question, evidence: Evidence) -> float:
    if not question.names:
        return 1.0
    passage = evidence.passage
    lead = next((p.text for p in passage.article.paragraphs if p.kind == "body"), "")
    near = "\n".join(
        (passage.article.title, lead, passage.before.text if passage.before else "", passage.paragraph.text)
    )
    return sum(holds(near, name) for name in question.names) / len(question.names)
