"""Where pasted words stand in one paragraph, and whether what was left out around them takes them back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index import Library, Passage
from index.sentences import sentences
from rag.lookup.align import DENIAL, FLAT_DENIAL, Alignment, Token, align, cuts, differences, tokens
from rag.lookup.values import Difference
from rag.speakers import SPEECH
from rag.verify.clauses import words
from rag.verify.quantities import quantities

_COMMON = 0.5
"""Share of the pasted words' weight that a paragraph must hold at all, to be compared word by word."""
_TAG = 100
"""Characters between two pieces of one quotation: ", Mayor Ann Hale told the council on Tuesday night. "."""
_MARK = re.compile(r"[\"“”]")
_END = re.compile(r"[.!?][\"”’)]*\s")
_IF = re.compile(r"\b(?:if|whether|unless|as though|as if)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """Pasted words as they stand in a passage. `takes_back` are words around them that take back what they say."""

    said: str
    passage: Passage
    alignment: Alignment
    differences: tuple[Difference, ...]
    takes_back: str = ""

    @property
    def exact(self) -> bool:
        """Whether they stand there word for word, and mean there what they say."""
        return self.alignment.exact and not self.takes_back


def places(said: str, library: Library, found: tuple[Passage, ...]) -> list[Placed]:
    """Where the pasted words stand in these passages and their copies; the likest and then the earliest first."""
    placed = [one for passage in found for one in _here_or_in_a_copy(said, passage, library)]
    return sorted(placed, key=lambda p: (not p.exact, -p.alignment.alike, *_age(p.passage)))


def place(said: str, passage: Passage) -> Placed | None:
    """Where the pasted words stand in the passage; None where it does not hold half of them."""
    text = passage.paragraph.text
    own, held = tokens(said), tokens(text)
    if said.isupper():  # a headline or a shout
        own, held = _lower(own), _lower(held)
    common = {t.key.lower() for t in held}
    if not own or sum(t.weight for t in own if t.key.lower() in common) < _COMMON * sum(t.weight for t in own):
        return None
    alignment = align(own, held, cuts(said, own), _between_quotations(text, held))
    if alignment is None:
        return None
    taken = _takes_back(text, alignment) if alignment.exact else ""
    return Placed(said, passage, alignment, tuple(differences(alignment, said, text)), taken)


def _here_or_in_a_copy(said: str, passage: Passage, library: Library) -> Iterator[Placed]:
    """The place in the passage; where a copy of it has the very words, the place in the copy."""
    here = place(said, passage)
    if here is None:
        return
    if not here.alignment.exact:
        others = (passage.article.without_text(), *passage.also)
        for article in filter(None, (library.article(a.id) for a in passage.also)):
            also = tuple(a for a in others if a.id != article.id)
            for paragraph in article.paragraphs:
                there = place(said, replace(passage, article=article, paragraph=paragraph, also=also))
                if there and there.alignment.exact:
                    yield there
                    return
    yield here


def _age(passage: Passage) -> tuple[bool, str, int]:
    day = passage.article.published
    return day is None, str(day), passage.rank


def _lower(words: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(replace(word, key=word.key.lower()) for word in words)


def _between_quotations(text: str, held: tuple[Token, ...]) -> frozenset[int]:
    """The words that say who speaks between two pieces of a quotation: whoever quotes it may leave them out."""
    marks = [m.start() for m in _MARK.finditer(text)]
    tags = []
    for number, (close, opening) in enumerate(pairwise(marks)):
        between = text[close + 1 : opening]
        outside = (text[close] == "”" and text[opening] == "“") or (text[close] == '"' and number % 2 == 1)
        if outside and len(between) <= _TAG and SPEECH.search(between):
            tags.append((close, opening))
    return frozenset(i for i, word in enumerate(held) if any(a < word.start < b for a, b in tags))


def _takes_back(text: str, found: Alignment) -> str:
    """The words left out of the sentence that take back what is quoted of it: a denial, an "if", half of a figure."""
    for start, end in found.left_out:
        if DENIAL.fullmatch(text, start, end) and not _in_a_sentence_left_out(text, start, found):
            return text[start:end]
    for quantity in quantities(text):
        sides = ((quantity.start, found.start), (found.end, quantity.end))
        if (
            quantity.start < found.end
            and found.start < quantity.end
            and any(re.search(r"\w", text[a:b]) for a, b in sides)
        ):
            return text[quantity.start : quantity.end]
    for start, end in sentences(text):
        if start < found.start < end:
            front = text[start : found.start]
            if _IF.search(front):
                return front.strip()
            if cue := FLAT_DENIAL.search(front) or _in_stretch(text, start, found.start, found.start):
                return cue[0]
        if start < found.end < end and (cue := _in_stretch(text, found.end, end, found.end - 1)):
            return cue[0]
    return ""


def _in_a_sentence_left_out(text: str, at: int, found: Alignment) -> bool:
    """Whether of the sentence at the offset nothing is quoted: it takes back nothing of its neighbours then."""
    kept = [held for _, held, same in found.pairs if held and same]
    before = max(held.end for held in kept if held.end <= at)
    after = min(held.start for held in kept if held.start > at)
    return bool(_END.search(text, before, at) and _END.search(text, at, after))


def _in_stretch(text: str, start: int, end: int, beside: int) -> re.Match[str] | None:
    """A denial between the two offsets, in the same stretch of the sentence as what stands at `beside`."""
    every = words(text)
    stretch = next((w.stretch for w in every if w.start <= beside < w.end), None)
    inside = [w for w in every if w.stretch == stretch and start <= w.start < end]
    return DENIAL.search(text, inside[0].start, inside[-1].end) if inside else None
