"""Sentences as words in stretches: what stands near what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from index.search import stop_words
from index.sentences import sentences
from rag.reader.words import stem

_WORD = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
_BOUND = re.compile(
    r",(?!\d)|[;:()–—\"“”]|(?<=\w\w\w)[.?!](?=\s|$)|\b(?:and|or|but|nor|while|whereas|although|though|because|after|before|until|when|who|which|if|as)\b",
    re.IGNORECASE,
)
_ALIKE = (
    "kill die dead death victim fatality toll",
    "injure injured hurt wound wounded injury",
    "automobile car",
    "councilor councillor",
)
_SAME = {stem(word): stem(group.split()[0]) for group in _ALIKE for word in group.split()}
"""Words that news uses for one another where it counts: "ten dead", "ten were killed"."""
_BESIDE_ANY = (
    "million billion thousand hundred mln bln percent pct per cent dollars dlrs points year month week day earlier ago"
    " later period time compared"
)
_MEASURES = frozenset(map(stem, _BESIDE_ANY.split()))
"""Words that stand beside any figure and tell nothing of what it counts."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in lower case, with its offsets; `stem` is "" for words without meaning of their own.

    `stretch` counts the stretches of the text: pieces between commas and conjunctions. `capital` where it has
    a meaning and begins with a capital letter: mostly names.
    """

    text: str
    start: int
    end: int
    stem: str
    stretch: int
    capital: bool


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order."""
    bounds = [m.end() for m in _BOUND.finditer(text)]
    found, stretch = [], 0
    for match in _WORD.finditer(text):
        while stretch < len(bounds) and bounds[stretch] <= match.start():
            stretch += 1
        plain = match[0].lower().replace("’", "'")
        root = "" if plain in stop_words() else same_stem(plain)
        found.append(Word(plain, *match.span(), root, stretch, bool(root) and match[0][0].isupper()))
    return tuple(found)


def same_stem(word: str) -> str:
    """The stem of a word in lower case, one and the same for words that mean the same in news."""
    root = stem(word)
    return _SAME.get(root, root)


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(w.stem for w in words(text) if w.stem)


def near(text: str, start: int, end: int, reach: int = 4) -> frozenset[str]:
    """The stems of content words beside `text[start:end]`, `reach` to each side, within its stretch, up to a number."""
    every = words(text)
    inside = [i for i, w in enumerate(every) if w.start < end and w.end > start]
    if not inside:
        return frozenset()
    first, last = inside[0], inside[-1]
    left = _up_to_a_number(w for w in reversed(every[:first]) if w.stretch == every[first].stretch)
    right = _up_to_a_number(w for w in every[last + 1 :] if w.stretch == every[last].stretch)
    return frozenset((*left[: 2 * reach], *right[: 2 * reach])) - _MEASURES


def _up_to_a_number(side: Iterable[Word]) -> list[str]:
    found = []
    for word in side:
        if word.text[0].isdigit():
            break
        if word.stem:
            found.append(word.stem)
            # A name tells more than any other word for whom a figure stands.
            found += [f"{word.stem}'s {i}" for i in range(2)] if word.capital else []
    return found


@lru_cache(maxsize=1024)
def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(text[start:end] for start, end in sentences(text))


def related(sentence: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The texts' sentences that share at least half as many stems with this one as the nearest does; () for none."""
    own = stems_of(sentence)
    shared = [(len(own & stems_of(one)), one) for text in texts for one in sentences_of(text)]
    most = max((count for count, _ in shared), default=0)
    return tuple(one for count, one in shared if count and 2 * count >= most)


def misplaced(own: frozenset[str], same: Iterable[frozenset[str]], others: Iterable[frozenset[str]]) -> int | None:
    """Which of the other places fits what stands around better than every place of the same value; None for none.

    A place fits better where it shares words with the sentence and those of the value share none, or two fewer, or where
    it alone holds all that stands around.
    """
    places = list(others)
    right = max((len(own & place) for place in same), default=0)
    fits = [len(own & place) for place in places]
    wrong = max(fits, default=0)
    clear = wrong >= right + 2 or (wrong > right and (right == 0 or own <= places[fits.index(wrong)]))
    return fits.index(wrong) if clear else None
