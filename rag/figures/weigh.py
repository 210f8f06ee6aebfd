"""What speaks for each figure that was read being the one asked for: the reader's view, the words around it, and the figures beside it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.sentences import sentences
from rag.abstain.words import around, share, stems_near, weighed
from rag.corrected import takes_back
from rag.figures.asked import Asked, asked
from rag.figures.bare import is_bare, told_kind
from rag.figures.coins import coins_in, measured
from rag.figures.counted import Figure, figures_of, harm_to
from rag.figures.kinds import MEASURE
from rag.figures.source import source_asked
from rag.figures.stated import Stated, plain
from rag.names import holds
from rag.question import Question
from rag.reader.words import Rarity, stems
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
    "it has the unit asked for (1), another (-1), or none is known or told (0)",
    "it counts those whom the same befell (1), something else (-1), or none is known (0)",
    "share of the question's names in the paragraph, the headline or the beginning",
    "the closer reading of words finds it fitting",
    "log of the paragraph's relevance",
    "the first of these, less the most of another figure of the sentence",
    "the first two of these, less the most of any figure",
    "share of the words for whose figure is asked for in the sentence",
    "it is ten or more",
)
ANOTHER = (
    "log odds of the figure",
    "log odds of the best figure",
    "how many powers of ten lie between the two, at most three",
    "share of the shorter sentence's words in the other",
    "they stand in one sentence",
    "they have one unit, or it is told without any",
    "what they count is called alike",
)
_ENDS = re.compile(r"[,;:](?!\d)|\band\b")
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
    r"|\bhow much (?:of the )?(?:land|ground|forest|woodland|farmland|territory|rain|snow|water|oil|grain|wheat|coal|fuel)\b"
    r"|\b(?:area|length|height|depth|distance|width|weight|speed|temperature|level)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure of a passage that was read. `values` are those of `FEATURES`, `place` is in the paragraph's text.

    `stated` is what the closer reading of words knows of it, where it finds it fitting.
    """

    evidence: Evidence
    sentence: Span
    figure: Figure
    place: Span
    stated: Stated | None
    values: tuple[float, ...]


def weigh(
    question: Question, evidence: Sequence[Evidence], by_words: Mapping[str, tuple[Stated, ...]], rarity: Rarity
) -> list[Weighed]:
    """Every figure of the evidence. `by_words` are those that the closer reading of words finds fitting, by paragraph."""
    coins = coins_in({e.passage.article.id: e.passage.article for e in evidence}.values())
    found = [one for e in evidence for one in _of(question, e, by_words[e.passage.paragraph.id], rarity, coins)]
    most = max((one.values[0] + one.values[1] for one in found), default=0.0)
    whole = []
    for one in found:
        beside = (o.values[0] for o in found if _same_sentence(o, one) and o is not one)
        over = one.values[0] - max(beside, default=_FAR)
        held = (*one.values[:12], over, one.values[0] + one.values[1] - most, *one.values[12:])
        whole.append(Weighed(one.evidence, one.sentence, one.figure, one.place, one.stated, held))
    return whole


def another(one: Weighed, best: Weighed, fit: float, fit_of_best: float) -> tuple[float, ...]:
    """`ANOTHER`: what speaks for a figure being one more value of what the best figure tells, at these probabilities of each."""
    words, of_best = (set(stems(x.evidence.passage.paragraph.text[slice(*x.sentence)])) for x in (one, best))
    apart = abs(math.log10((abs(one.figure.high) + 0.1) / (abs(best.figure.high) + 0.1)))
    return (
        _log_odds(fit),
        _log_odds(fit_of_best),
        min(apart, 3.0),
        len(words & of_best) / max(1, min(len(words), len(of_best))),
        float(_same_sentence(one, best)),
        float(
            _is_bare(one.figure) or (one.figure.unit, one.figure.currency) == (best.figure.unit, best.figure.currency)
        ),
        float(bool(_counted(one) & _counted(best))),
    )


def _of(
    question: Question, e: Evidence, by_words: Sequence[Stated], rarity: Rarity, coins: frozenset[str]
) -> Iterator[Weighed]:
    """The figures of one passage, with what can be said of each by itself."""
    text = e.passage.paragraph.text
    standing = [place for place in sentences(text) if not takes_back(e.passage.article, text, text[slice(*place)])]
    for sentence in standing:
        for at, figure in enumerate(measured(plain(text, sentence), coins)):
            place = (sentence[0] + figure.start, sentence[0] + figure.end)
            known = next((one for one in by_words if one.start < place[1] and place[0] < one.end), None)
            values = _by_itself(question, e, sentence, at, figure, rarity, stated=known is not None)
            yield Weighed(e, sentence, figure, place, known, values)


def _counted(one: Weighed) -> frozenset[str]:
    return stems_of(" ".join((one.figure.currency, *one.figure.nouns[:3])))


def measured_as(one: Weighed) -> str:
    """What a sum or share is of, by the word of measure nearest to it in its own part of the sentence; "" for none."""
    sentence, figure = plain(one.evidence.passage.paragraph.text, one.sentence), one.figure
    before = max((f.end for f in figures_of(sentence) if f.end <= figure.start), default=0)
    behind = _ENDS.search(sentence, figure.end)
    told = MEASURE.finditer(sentence, before, behind.start() if behind else len(sentence))
    near = ((min(abs(figure.start - m.end()), abs(m.start() - figure.end)), m.lastgroup or "") for m in told)
    return min(near, default=(0, ""))[1]


def _same_sentence(one: Weighed, other: Weighed) -> bool:
    return one.evidence is other.evidence and one.sentence == other.sentence


def _by_itself(
    question: Question, evidence: Evidence, sentence: Span, at: int, figure: Figure, rarity: Rarity, *, stated: bool
) -> tuple[float, ...]:
    """`FEATURES` of a figure, number `at` of its sentence, in their order, without those that compare it with others."""
    wanted = asked(question)
    told = plain(evidence.passage.paragraph.text, sentence)
    place = (sentence[0] + figure.start, sentence[0] + figure.end)
    words = [word for word in weighed(question, rarity) if not word.named]
    picked = evidence.answer is not None and evidence.answer[0] < place[1] and place[0] < evidence.answer[1]
    counted = stems_of(" ".join(figure.nouns[:3]))
    source = source_asked(question.text)
    whose = stems(source.who) if source else ()
    return (
        max(_FAR, evidence.likely(place)) if evidence.likely else _FAR,
        _log_odds(evidence.answers),
        float(picked),
        share(words, stems_near(told)),
        share(words, around(evidence.passage)),
        share(words, stems_near(_own(told, at))),
        float(any(word.stem in counted for word in words)),
        _unit(question, wanted, figure),
        _harm(wanted, befell(evidence, sentence, at)),
        _named(question, evidence),
        float(stated),
        math.log(max(evidence.relevance, _LEAST)),
        len(set(whose) & set(stems(told))) / len(set(whose)) if whose else 0.0,
        float(abs(figure.high) >= 10),
    )


def _log_odds(probability: float) -> float:
    sure = min(max(probability, _LEAST), _MOST)
    return math.log(sure / (1 - sure))


def _own(sentence: str, at: int) -> str:
    """What stands between the figure before number `at` and the one behind it."""
    figures: Sequence[Figure] = figures_of(sentence)
    start = figures[at - 1].end if at else 0
    end = figures[at + 1].start if at + 1 < len(figures) else len(sentence)
    return sentence[start:end]


def _is_bare(figure: Figure) -> bool:
    """Whether nothing tells what it is a figure of: "The guild put it at 2.30"."""
    return not figure.unit and not figure.nouns


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
    if asked_for and _is_bare(figure):
        return 0.0
    if asked_for == "size":
        return 1.0 if figure.unit not in ("", "money", "percent") else -1.0
    return 1.0 if figure.unit == asked_for else -1.0


def _harm(wanted: Asked | None, told: str) -> float:
    if not wanted or not wanted.kind or wanted.unit:
        return 0.0
    return 0.0 if not told else 1.0 if told == wanted.kind else -1.0


def befell(evidence: Evidence, place: Span, at: int) -> str:
    """What befell those whom figure number `at` of the sentence counts, by what goes before where it is bare; "" for nothing."""
    passage = evidence.passage
    text = passage.paragraph.text
    sentence = plain(text, place)
    if (told := harm_to(sentence, at)) or not is_bare(sentence, at):
        return told
    lead = next((p.text for p in passage.article.paragraphs if p.kind == "body"), "")
    above = passage.before.text if passage.before else ""
    return told_kind(sentence, at, text[: place[0]], passage.article.title, above, lead)


def _named(question: Question, evidence: Evidence) -> float:
    if not question.names:
        return 1.0
    passage = evidence.passage
    lead = next((p.text for p in passage.article.paragraphs if p.kind == "body"), "")
    near = "\n".join(
        (passage.article.title, lead, passage.before.text if passage.before else "", passage.paragraph.text)
    )
    return sum(holds(near, name) for name in question.names) / len(question.names)
