"""Attribution after the fact: which of the passages shown carries a sentence, whatever the model cited.

Models cite the passage next to the right one, or none. So every sentence is compared with every passage of the turn; the
model's own labels decide only between places that carry it equally well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from index.sentences import sentences
from rag.prose.budget import Excerpt
from rag.reader import Reader
from rag.reader.words import coverage, stems
from rag.values import Evidence, Span
from rag.verify import Judgement, Source, judge
from rag.verify.coverage import covered
from rag.verify.source import source_of

NEAR = 4
"""Passages, those with most of the sentence's words, that are read for whether they carry it."""
MOST = 3
"""Citations of one sentence."""
_ORDER = ("supported", "partly", "unsupported", "unchecked")
_LONG = 6
"""Content words of a sentence that may rest on two passages together: of a short one, each may hold a word by chance."""
_SHARE = 0.3
"""Share of the sentence's words that each of the two must hold."""
_WORTH_ADDING = 0.15
"""Share of the sentence's words that a neighbouring sentence must bring to be cited with the best one."""

_JOINT = re.compile(r"[,;:–—]?\s(?:and|but|while|whereas|after|before|because|although|as|when)\s|[;,:–—]\s")
_CARRIED = 0.85
"""The share of a half's words that its source must hold."""
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|will|would|can|could|may|might|must|should|says?|said|told|went|made|took"
    r"|gave|won|lost|left|held|began|fell|rose|sent|cut|hit|met|ran|shut|[a-z]{2,}ed|[a-z]{3,}s)\b"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Sentences of a passage that hold most of what a sentence of the answer says; `words` is that share of its words."""

    evidence: Evidence
    span: Span
    words: float


class Attribution:
    """Finds the places behind a model's sentences, among the passages that it was shown in this turn."""

    def __init__(self, shown: Mapping[str, Excerpt], reader: Reader) -> None:
        """`shown` are the passages by their labels."""
        self._reader = reader
        self._shown = {label: _Read.of(excerpt) for label, excerpt in shown.items()}

    def of(self, sentence: str, labels: Collection[str]) -> tuple[tuple[Place, ...], Judgement]:
        """The places to cite for the sentence, best first, and what the check says of it with them.

        `labels` are those that the model put behind it. Where no passage carries the sentence, what stands nearest is
        given with the judgement that it does not.
        """
        said = stems(sentence)
        found = {label: read.place(said) for label, read in self._shown.items()}
        ranked = sorted(found, key=lambda label: (-found[label].words, label not in labels))
        near = [label for label in ranked[:NEAR] if found[label].words]
        near += [label for label in labels if label in found and label not in near and found[label].words][:MOST]
        if not near:
            return (), judge(sentence, (), 0.0)
        carried = dict(
            zip(near, self._reader.support(sentence, [found[n].evidence.passage for n in near]), strict=True)
        )
        source = {n: source_of(found[n].evidence.passage, found[n].span) for n in found}
        alone = {n: judge(sentence, [source[n]], carried[n]) for n in near}

        def worth(label: str) -> tuple[float, ...]:
            return (-_ORDER.index(alone[label].verdict), found[label].words + carried[label], label in labels)

        best = max(near, key=worth)
        cited, judgement = [best], alone[best]
        if judgement.verdict == "supported":
            cited += [
                label for label in near if label in labels and alone[label].verdict == "supported" and label != best
            ]
        elif len(said) >= _LONG:
            for two in combinations([label for label in near if found[label].words >= _SHARE], 2):
                if not _in_two(sentence, *(source[n] for n in two)):
                    continue
                together = judge(sentence, [source[n] for n in two], max(carried[n] for n in two))
                if _ORDER.index(together.verdict) < _ORDER.index(judgement.verdict):
                    cited, judgement = list(two), together
        return tuple(found[label] for label in cited[:MOST]), judgement


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage cut into sentences, with the stems of each."""

    evidence: Evidence
    spans: tuple[Span, ...]
    words: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, excerpt: Excerpt) -> _Read:
        text = excerpt.evidence.passage.paragraph.text
        spans = tuple((a, b) for a, b in sentences(text) if excerpt.start <= a and b <= excerpt.end)
        return cls(excerpt.evidence, spans, tuple(stems(text[a:b]) for a, b in spans))

    def place(self, said: frozenset[str]) -> Place:
        """The sentence that holds most of these stems, with its neighbour where that brings more of them."""
        weights = [(stem, 1.0) for stem in said]
        held = [coverage(weights, words) for words in self.words]
        if not held or not max(held):
            return Place(self.evidence, self.evidence.sentence, 0.0)
        first = last = held.index(max(held))
        share = held[first]
        for other in (first - 1, first + 1):
            if 0 <= other < len(held):
                together = coverage(weights, self.words[first] | self.words[last] | self.words[other])
                if together - share >= _WORTH_ADDING:
                    first, last, share = min(first, other), max(last, other), together
        return Place(self.evidence, (self.spans[first][0], self.spans[last][1]), share)


def _in_two(sentence: str, one: Source, two: Source) -> bool:
    """Whether the sentence has two halves, each with a verb and carried by one of the sources.

    Without that, "the committees are a group of Arab nations" came from one passage on the committees and another on
    the nations.
    """
    for joint in _JOINT.finditer(sentence):
        first, rest = sentence[: joint.start()], sentence[joint.end() :]
        if VERB.search(first) and VERB.search(rest):
            for here, there in ((one, two), (two, one)):
                if min(covered(first, [here]), covered(rest, [there])) >= _CARRIED:
                    return True
    return False
