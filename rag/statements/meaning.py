"""In other words: which statement says what a question asks about, where it does not say it in the question's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index import Passage
from rag.question import understand
from rag.statements import Stance, Statement
from rag.statements.answering import SpeechFound, contradicts, judged
from rag.statements.asked import SpeechAsked
from rag.statements.whose import Told, alike, speaks, surely_another, whom_by_name
from rag.values import Evidence

if TYPE_CHECKING:
    from index.encoder import Encoder
    from rag.reader import Reader

_READ = 6
"""Paragraphs whose statements are weighed: those in which the reader rather finds who said so."""
_SAYS = 1.65
"""From where on, of 3, a statement says what is asked, by the three views together. This and the figures below were chosen by eye on 41
questions of four invented worlds, the same on which their gain was first seen; some statements of something else reach 1.96."""
_CONFIRMS, _HEARD = 1.9, 0.4
"""The same for a yes, which is worse where it is wrong; and how surely the reader must find the answer to the whole question there."""
_ALIKE, _CARRIED = 0.45, 0.55
"""The least of two of the views: one alone is easily led, by a figure or a name in common."""
_APART = 0.1
"""How far behind the next speaker's statement must stand: else it is not sure whose it is."""
_OF_SOMEBODY = re.compile(r"(?:he|she|they|it|I|we|you|his|her|their|its|my|our)\b", re.I)
"""A clause about whoever is asked about: what others say of themselves is not the same."""
_FITS: dict[Stance, frozenset[Stance]] = {
    "says": frozenset(("says", "alleges", "confirms", "promises", "warns", "estimates", "asks")),
    "alleges": frozenset(("alleges", "says", "warns")),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """How surely a statement says the clause: the reader finds there who said so, its words carry it, they are alike."""

    found: float
    carried: float
    alike: float

    @property
    def total(self) -> float:
        """All three together, 0 to 3; 0 where the words are too far from the clause."""
        near = self.alike >= _ALIKE and self.carried >= _CARRIED
        return self.found + self.carried + self.alike if near else 0.0


def meanings(asked: SpeechAsked, told: Sequence[Told], reader: Reader, encoder: Encoder) -> Mapping[int, Meaning]:
    """How surely each statement says what is asked about, by its place in `told`; only those that the reader rather finds."""
    passages = {p.paragraph.id: p for _, p in told}
    if not passages or not asked.about:
        return {}
    read = reader.read(understand(f"Who said that {asked.about}?"), tuple(passages.values()))
    found = {e.passage.paragraph.id: e.answers for e in read}
    near = set(sorted(found, key=lambda one: -found[one])[:_READ])
    places = [place for place, (_, p) in enumerate(told) if p.paragraph.id in near]
    clause = f"{asked.about[0].upper()}{asked.about[1:]}."
    whole = [_sentence(*told[place]) for place in places]
    said = [_said(*told[place]) for place in places]
    carried = reader.support(clause, [_alone(told[at][1], text) for at, text in zip(places, whole, strict=True)])
    first, *others = encoder.encode([clause, *whole, *said])
    likeness = [float(first @ one) for one in others]
    return {
        place: Meaning(found[told[place][1].paragraph.id], carried[n], max(likeness[n], likeness[n + len(places)]))
        for n, place in enumerate(places)
    }


def in_other_words(
    asked: SpeechAsked, told: Sequence[Told], meant: Mapping[int, Meaning], read: Mapping[str, Evidence]
) -> SpeechFound | None:
    """The statement that says what is asked about, and nobody else's does as surely; None where it is not sure.

    `read` is what the reader finds to the whole question, by paragraph.
    """
    fitting = {
        place: one.total
        for place, one in meant.items()
        if told[place][0].who and _fits(asked, told[place]) and one.total >= _SAYS
    }
    if not fitting:
        return None
    best = max(fitting, key=lambda place: (judged(asked, told[place]) == "same", fitting[place]))
    by_words = judged(asked, told[best]) == "same"
    others = [one for one in fitting if not _same_speaker(told[one], told[best])]
    if not by_words and any(fitting[one] > fitting[best] - _APART for one in others):
        return None
    if asked.kind == "who":
        return SpeechFound("told", (told[best],), 1)
    whom = whom_by_name(asked.whom, told)
    if speaks(whom, *told[best]):
        heard = read.get(told[best][1].paragraph.id)
        sure = heard is not None and heard.answers >= _HEARD and fitting[best] >= _CONFIRMS
        return SpeechFound("yes", (told[best],), 1) if sure else None
    mine = max((one.total for place, one in meant.items() if speaks(whom, *told[place])), default=0.0)
    own = _OF_SOMEBODY.match(asked.about) and not by_words
    if own or mine > fitting[best] - _APART or not surely_another(whom, told[best][0]):
        return None
    return SpeechFound("no", (told[best],), 1)


def _fits(asked: SpeechAsked, told: Told) -> bool:
    return told[0].stance in _FITS.get(asked.stance, {asked.stance}) and not contradicts(asked, told)


def _same_speaker(one: Told, other: Told) -> bool:
    return one[0].who == other[0].who or alike(one[0].speaker, other[0].speaker)


def _sentence(statement: Statement, passage: Passage) -> str:
    return passage.paragraph.text[statement.start : statement.end]


def _said(statement: Statement, passage: Passage) -> str:
    return " ".join(passage.paragraph.text[slice(*span)] for span in statement.said)


def _alone(passage: Passage, text: str) -> Passage:
    """The passage with nothing but these words in its paragraph, under its headline."""
    article = replace(passage.article, paragraphs=())
    return replace(passage, paragraph=replace(passage.paragraph, text=text), article=article)
