"""Whether another sentence gives the same answer: the same figure of the same thing, the same day, or the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from index.dates.relative import mentions
from index.sentences import sentences
from rag.figures.counted import Figure, figures_of, harm_to, stems_of_nouns
from rag.figures.kinds import HARM, PEOPLE, alike_stems
from rag.reader.exact import NUMBERS, figures
from rag.reader.words import Rarity, stems
from rag.values import Span

_COPIED = 0.7
"""The share of the words of two sentences that they have in common where one is a copy of the other, slightly edited."""
_LONG = 8
_MANY = 100


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a sentence gives it: `sentence[start:end]`, printed on the day `published`."""

    sentence: str
    start: int
    end: int
    published: date | None = None

    @property
    def words(self) -> str:
        """The answer itself."""
        return self.sentence[self.start : self.end]


def gives(answer: Given, sentence: str, published: date | None) -> bool:
    """Whether a sentence, printed on the day `published`, gives the answer.

    "Monday" is a day of the calendar and not a word, "6.42" in the morning the time of day that others write "6:42 a.m."; a
    figure counts the same thing and harms people in the same way.
    """
    if days := _answered_days(answer):
        return days <= {day for _, day in _days(sentence, published)}
    if times := _answered_times(answer):
        return times <= {minute for _, minute in _times(sentence)}
    if wanted := figures(answer.words):
        return wanted <= figures(sentence) and _counts_the_same(answer, sentence)
    return bool(stems(answer.words)) and stems(answer.words) <= stems(sentence)


def is_plain(answer: Given) -> bool:
    """Whether the answer is neither a figure nor a day: its words may stand in many a sentence that tells other things."""
    return not (figures(answer.words) or _answered_days(answer))


def is_telling(answer: str) -> bool:
    """Whether the answer is a figure that few would give by chance: from a hundred on, or with a fraction."""
    return any(value >= _MANY or value % 1 for value in figures(answer))


def sentences_giving(answer: Given, text: str, published: date | None) -> list[Span]:
    """The sentences of a paragraph that give the answer, in order."""
    return [(start, end) for start, end in sentences(text) if gives(answer, text[start:end], published)]


def weights(text: str, rarity: Rarity) -> dict[str, float]:
    """How much each word of a text tells, rare ones more, "people" and "number" nothing; words that news uses for one another are one."""
    found: dict[str, float] = {}
    for word in _WORD.findall(text):
        for root in kin(word) - _EMPTY:
            found[root] = max(found.get(root, 0.0), rarity(word))
    return found


def kin(text: str) -> frozenset[str]:
    """The stems of a text's content words, but for one kind of harm to people one word, and for a figure its value."""
    plain = HARM.sub(" ", text)
    kinds = {f"={m.lastgroup}" for m in HARM.finditer(text)}
    values = {f"#{value:.15g}" for value in figures(text) if value != 1}
    roots = {root for root in alike_stems(plain) if not root[0].isdigit() and root not in NUMBERS}
    return frozenset(roots | kinds | values)


def share(wanted: Mapping[str, float], text: str) -> float:
    """The share of the weighted words that a text holds, 0 to 1; a word and its kind are one. 0 where none is wanted."""
    held = kin(text)
    total = sum(wanted.values())
    return sum(weight for root, weight in wanted.items() if root in held) / total if total else 0.0


def is_copy(one: str, other: str) -> bool:
    """Whether two sentences, of some length, are so alike that one was made from the other: they are no two sources."""
    own, others = stems(one), stems(other)
    return min(len(own), len(others)) >= _LONG and len(own & others) >= _COPIED * len(own | others)


def _days(sentence: str, published: date | None) -> list[tuple[Span, tuple[date, date]]]:
    """Where a sentence names a day, and which; nothing longer than a day, for "last year" is no answer to tell by."""
    named = mentions(sentence, published) if published else ()
    return [((m.start, m.end), (m.first, m.last)) for m in named if m.first == m.last]


def _answered_days(answer: Given) -> frozenset[tuple[date, date]]:
    named = _days(answer.sentence, answer.published)
    return frozenset(day for (start, end), day in named if start < answer.end and answer.start < end)


def _times(sentence: str) -> list[tuple[Span, int]]:
    """Where a sentence names a time of day, and the minute on the face of a clock."""
    return [(m.span(), int(m["hour"]) % 12 * 60 + int(m["minute"])) for m in _TIME.finditer(sentence)]


def _answered_times(answer: Given) -> frozenset[int]:
    named = _times(answer.sentence)
    return frozenset(minute for (start, end), minute in named if start < answer.end and answer.start < end)


def _counts_the_same(answer: Given, sentence: str) -> bool:
    """Whether each figure of the answer stands in the sentence for the same thing, where both tell of what they are."""
    own, others = figures_of(answer.sentence), figures_of(sentence)
    for at, one in enumerate(own):
        if one.end <= answer.start or answer.end <= one.start:
            continue
        equal = [(n, f) for n, f in enumerate(others) if (f.low, f.high) == (one.low, one.high)]
        same = (
            not _NOT.search(sentence, 0, f.start)
            and _same_thing(one, harm_to(answer.sentence, at), f, harm_to(sentence, n))
            for n, f in equal
        )
        if not any(same) and (equal or not _is_joined(one.low, sentence)):
            return False
    return True


def _is_joined(value: float, sentence: str) -> bool:
    """Whether a figure stands there joined to another word: "a 62-bed hospital", "voted 5-4"."""
    return any(value in figures(word) for word in _JOINED.findall(sentence))


def _same_thing(one: Figure, harm: str, two: Figure, other_harm: str) -> bool:
    nouns, others = stems_of_nouns(one) - PEOPLE, stems_of_nouns(two) - PEOPLE
    unit, other = one.currency or one.unit, two.currency or two.unit
    if unit != other and (unit or nouns) and (other or others):
        return False  # a figure by itself may be of any unit: "the last poll has it at 49"
    if harm and other_harm:
        return harm == other_harm
    return not (nouns and others) or bool(nouns & others)


_EMPTY = PEOPLE | stems("number total figure amount")
_NOT = re.compile(r"\bnot (?:the |an? |of )?\Z")
_JOINED = re.compile(r"\b(?:\d[\d.,]* )?[\w.,]+(?:[-–]\w+)+")
_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?::|\.(?=\d\d ?(?:[ap]\.?m\b|(?:this|that|in the) (?:morning|afternoon|evening)|at night)))"
    r"(?P<minute>[0-5]\d)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d[\d,.]*\d|\w+")
