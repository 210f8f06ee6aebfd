"""Which figures fit a question: those likely enough by all that speaks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rag.figures.asked import asked
from rag.figures.fitting import GIVEN
from rag.figures.kinds import serves
from rag.figures.source import is_of, source_asked
from rag.figures.stated import Stated, plain, told_of
from rag.figures.voice import said_by
from rag.figures.weigh import Weighed, another, measured_as, weigh
from rag.question import Question
from rag.reader.plain import Weights
from rag.reader.words import Rarity
from rag.values import Evidence

# Fitted by `python -m rag.reader.training.figures` on 22 worlds of invented news that the reader was not trained on. Each world told by the
# weights of the others (715 questions, 41,367 figures): precision 0.57, recall 0.60; by the closer reading of words 0.32, 0.24.
WEIGHTS = Weights(
    (-0.02, 0.17, 1.39, 0.54, -0.42, 0.46, -0.42, 0.06, 0.67, 0.86, 0.54, 0.84, 0.06, 0.14, 0.31, 0.03), -2.19
)
OF_ANOTHER = Weights((0.80, -0.07, -0.85, 1.69, -1.36, 0.39, 0.45), -0.59)
"""For `ANOTHER`: how likely a figure is one more value of what the best one tells, in another report or at another time."""
ENOUGH, ANOTHER_ENOUGH = 0.2, 0.3
"""From which probability on the best figure is told, and others beside it."""
_SPREAD = 20.0
"""So many times another one may be what a sum or a share is by another report."""
_NUMBER = re.compile(
    r"\bhow (?:many|much|long|far|high|deep|tall|wide|heavy|fast|big|large|hot|cold|warm|strong|low|steep)\b"
    r"|\b(?:what|which)(?:['’]s| is| was| are| were| will be| has been)? (?:the |its |their )?(?:\w+ ){0,3}?(?:number|figure|total|toll|count|cost|price|size|share|percentage|proportion|rate"
    r"|margin|lead|majority|turnout|amount|sum|estimate|area|length|height|depth|distance|width|weight|speed|temperature|level|budget|deficit|surplus|profit|loss|revenue|debt"
    r"|fine|bid|offer|salary|wage|fare|fee|crowd|attendance|output|growth|inflation|damage|capacity|magnitude)\b"
    r"|\bhow (?:did|has|have) (?:[\w’'-]+ ){1,10}?(?:price|cost|share|rate|bids?|offers?|estimates?|forecasts?|gap|lead|margin|turnout|salary|wages?|profits?|debts?"
    r"|deficit|number) (?:[\w’'-]+ ){0,8}?(?:change|move|shift|grow|rise|fall|climb|drop|go)[dns]?\b"
    r"|\bat what (?:price|cost|rate|level|height|speed)\b|\bwhat did .+ (?:put|estimate|reckon|count|give|cost)\b",
    re.I,
)
_MISSING = re.compile(r"\b(?:missing|stolen|stole|vanish\w*|disappear\w*|embezzl\w*|gone)\b", re.I)
_FOUND_AGAIN = re.compile(
    r"\b(?:was|were|been|being)\s(?:\w+ly\s)?(?:found|recovered|returned|repaid|traced|handed back|given back)\b", re.I
)


_LIMIT = re.compile(
    r"\b(?:required|capped at|cap of|ceiling of|limit of|limited to|maximum of|minimum of|quorum of|threshold of|(?:needs?|needed|requires?)(?: at least)?)"
    r"\s+(?:an? |the )?\Z",
    re.I,
)
_LIMITED = re.compile(
    r"\b(?:cap(?:ped|s)?|ceiling|limit\w*|maximum|minimum|quorum|threshold|need\w*|requir\w*|must|have to|necessary)\b",
    re.I,
)


@lru_cache(maxsize=1024)
def wants_figure(question: Question) -> bool:
    """Whether a figure is the answer to the question, as far as its words tell."""
    return asked(question) is not None or question.asks == "number" or _NUMBER.search(question.text) is not None


def fitting(
    question: Question, evidence: Sequence[Evidence], by_words: Mapping[str, tuple[Stated, ...]], rarity: Rarity
) -> dict[str, tuple[Stated, ...]]:
    """The figures that fit the question, by paragraph: the likeliest, where it is likely enough, and what is as that one.

    `by_words` are those that the closer reading of words finds fitting; what it knows of a figure is kept.
    """
    told: dict[str, tuple[Stated, ...]] = {}
    weighed = weigh(question, evidence, by_words, rarity)
    likely = [
        one
        for one in weighed
        if not (_is_found_again(question, one) or _is_of_another(question, one, weighed) or _is_limit(question, one))
    ]
    theirs = _theirs(question, likely)
    for one in _understood(question, theirs) or chosen(theirs, part=_of_a_time(question)):
        key = one.evidence.passage.paragraph.id
        told[key] = (*told.get(key, ()), one.stated or told_of(one.evidence, one.sentence, one.figure))
    return told


def _understood(question: Question, found: Sequence[Weighed]) -> list[Weighed]:
    """The figures that the closer reading finds fitting, where it does so twice and people are counted whom something befell.

    News has few words for that, and the reading knows them; what is likely besides is of other people, or another event.
    """
    wanted = asked(question)
    if wanted is None or not wanted.kind or wanted.unit or _of_a_time(question):
        return []
    # Nobody comes back to life: that "no deaths are known" is of a part, or of the first hour.
    whole = [
        one
        for one in found
        if one.stated and one.stated.total and (one.figure.high or wanted.kind not in ("dead", "injured"))
    ]
    likeliest = max((WEIGHTS.probability(one.values) for one in whole), default=0.0)
    return whole if likeliest >= ENOUGH and len({one.figure.high for one in whole}) > 1 else []


def _of_a_time(question: Question) -> bool:
    """Whether the question asks what happened at a time that it names: "on Monday" wants that day's own figure."""
    wanted = asked(question)
    return wanted is not None and bool(wanted.times) and not wanted.knows


def _is_found_again(question: Question, one: Weighed) -> bool:
    """Whether the question asks what is missing, and the figure's sentence only tells of what was found again."""
    if not _MISSING.search(question.text) or _FOUND_AGAIN.search(question.text):
        return False
    told = plain(one.evidence.passage.paragraph.text, one.sentence)
    return bool(_FOUND_AGAIN.search(told)) and not _MISSING.search(told)


def _is_of_another(question: Question, one: Weighed, weighed: Sequence[Weighed]) -> bool:
    """Whether the figure is told as another measure than the one asked for, in a sentence that tells both.

    "Growth of 2 percent and inflation of 3". What one side wants is none of what the other gives, wherever it is told.
    """
    wanted = asked(question)
    if (
        wanted is None
        or not (wanted.kind and wanted.unit)
        or not (told := measured_as(one))
        or serves(wanted.kind, told)
    ):
        return False
    beside = (o for o in weighed if o.evidence is one.evidence and o.sentence == one.sentence and o is not one)
    return (wanted.kind in GIVEN and told == "demand") or any(
        serves(wanted.kind, measured_as(o) or "-") for o in beside
    )


def _is_limit(question: Question, one: Weighed) -> bool:
    """Whether the figure is how much there must or may be, where the question asks how much there is."""
    told = plain(one.evidence.passage.paragraph.text, one.sentence)
    return _LIMIT.search(told[: one.figure.start]) is not None and not _LIMITED.search(question.text)


def _theirs(question: Question, found: Sequence[Weighed]) -> Sequence[Weighed]:
    """Without the figures that others are said to give, where the question asks for somebody's and there are such."""
    source = source_asked(question.text)
    if source is None:
        return found
    texts = tuple({one.evidence.passage.article.id: one.evidence.passage.article.text for one in found}.values())
    voices = [said_by(plain(one.evidence.passage.paragraph.text, one.sentence), one.figure) for one in found]
    theirs = [bool(voice) and is_of(source, voice, texts) for voice in voices]
    kept = [one for one, voice, own in zip(found, voices, theirs, strict=True) if own or not voice]
    return kept if any(theirs) else found


def chosen(found: Sequence[Weighed], *, part: bool = False) -> list[Weighed]:
    """The best of the figures, where it is likely enough, and those that give another value of the same; in their order.

    `part`: the figure of a part, such as one day's, may be the best.
    """
    fits = [WEIGHTS.probability(one.values) for one in found]
    # A part, or what happened years ago, is told beside nothing.
    whole = [at for at, one in enumerate(found) if part or not one.stated or one.stated.total]
    top = max(whole or range(len(fits)), key=fits.__getitem__, default=0)
    if not found or fits[top] < ENOUGH:
        return []
    alike = (
        OF_ANOTHER.probability(another(one, found[top], fit, fits[top])) for one, fit in zip(found, fits, strict=True)
    )
    return [
        one
        for at, (one, fit) in enumerate(zip(found, alike, strict=True))
        if at == top or (fit >= ANOTHER_ENOUGH and _is_near(one, found[top]))
    ]


def _is_near(one: Weighed, best: Weighed) -> bool:
    """Whether two sums or shares are of one size: what a line costs is no thousand times what a study of it did."""
    small, large = sorted((abs(one.figure.high), abs(best.figure.high)))
    return not best.figure.unit or small * _SPREAD >= large
