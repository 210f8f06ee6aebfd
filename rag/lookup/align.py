"""Pasted words beside a paragraph's: which is which, and what is different, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from index.dates import MONTHS, WEEKDAYS
from index.search import stop_words
from rag.lookup.values import Difference, DifferenceKind
from rag.reader.exact import NUMBERS, SCALES
from rag.values import Span

DENIAL = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|nothing|cannot|without|[a-z]+n['’]t|den(?:y|ies|ied|ying|ials?)"
    r"|refus\w+|reject\w*|dismiss\w*|disput\w+|doubt\w*|false(?:ly)?|untrue|wrong(?:ly)?|fail(?:s|ed)?|unlikely"
    r"|hardly|barely)\b",
    re.IGNORECASE,
)
"""Words by which something is said not to be so."""
FLAT_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|disput\w+|false(?:ly)?|untrue)\b", re.IGNORECASE
)
"""Those that reach over commas to the end of their sentence."""
_WORD = re.compile(r"[$€£¥]?\d+(?:[.,:/]\d+)*[^\W_]*%?|(?:\[\w\])?[^\W\d_]+(?:['’][^\W\d_]+)*")
_CUT = re.compile(r"\[?(?:…|\.\.\.)\]?")
_MISSING, _ADDED, _CASE, _OTHER_KIND = 0.6, 1.0, 0.1, 1.1
"""What it costs to leave a word out, to put one in, to write it with another capital, and to put one of another kind in
its place; a word for a word of its kind costs 1."""
_LITTLE = 0.25
"""What a word without meaning of its own counts for, of a content word, in how alike two texts are."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or figure with its offsets; `key` is what is compared: one shape of letters and apostrophes."""

    key: str
    start: int
    end: int

    @property
    def weight(self) -> float:
        """How much it tells."""
        return _LITTLE if self.key.lower() in stop_words() else 1.0


Pair = tuple[Token | None, Token | None, bool]


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and figures of a text; punctuation is none of them."""
    return tuple(Token(_key(m[0]), *m.span()) for m in _WORD.finditer(text))


def cuts(text: str, words: Sequence[Token]) -> frozenset[int]:
    """Before which of the words of a pasted text something may be missing: at "…", and at both ends."""
    marks = [m.start() for m in _CUT.finditer(text)]
    return frozenset((0, len(words), *(sum(w.start < mark for w in words) for mark in marks)))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of words, in order: the pasted one (None for one left out), the paragraph's (None for one added), and
    whether they are the same.

    `start` and `end` are offsets in the paragraph's text; `alike` is the share, 0 to 1, of the weight of all words that
    is the same on both sides. `left_out` are the paragraph's words that "…" stands for.
    """

    pairs: tuple[Pair, ...]
    start: int
    end: int
    alike: float
    left_out: tuple[Span, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether every word is the same."""
        return all(same for *_, same in self.pairs)


def align(
    said: Sequence[Token], held: Sequence[Token], free: Collection[int], skipped: Collection[int] = ()
) -> Alignment | None:
    """The stretch of `held` that is most like `said`, word by word; None where no word of it is.

    Words of `held` may be missing for nothing before the words of `said` numbered in `free`; those of `held` numbered
    in `skipped` may be missing anywhere.
    """
    best = _costs(said, held, free, skipped)
    i, j = len(said), min(range(len(held) + 1), key=lambda j: best[-1][j])
    pairs: list[Pair] = []
    gaps: list[Span] = []
    while i:
        here = best[i][j]
        if j and here == best[i - 1][j - 1] + (cost := _instead(said, held, i - 1, j - 1, free)):
            i, j = i - 1, j - 1
            pairs.append((said[i], held[j], not cost))
        elif j and here == best[i][j - 1] + _missing(i, j - 1, free, skipped):
            j -= 1
            if _missing(i, j, free, skipped):
                pairs.append((None, held[j], False))
            elif i in free:
                gaps.append((held[j].start, held[j].end))
        else:
            i -= 1
            pairs.append((said[i], None, False))
    pairs.reverse()
    met = [h for _, h, _ in pairs if h]
    if not any(same for *_, same in pairs):
        return None
    start, end = met[0].start, met[-1].end
    inside = tuple(gap for gap in reversed(gaps) if start < gap[0] and gap[1] < end)
    return Alignment(tuple(pairs), start, end, _alike(pairs), inside)


def differences(found: Alignment, text: str, paragraph: str) -> Iterator[Difference]:
    """What is not the same, one for each run of words, in order."""
    said_at, held_at = 0, found.start
    for same, run in groupby(found.pairs, key=lambda pair: pair[2]):
        pairs = list(run)
        mine, theirs = [s for s, *_ in pairs if s], [h for _, h, _ in pairs if h]
        said = (mine[0].start, mine[-1].end) if mine else (said_at, said_at)
        held = (theirs[0].start, theirs[-1].end) if theirs else (held_at, held_at)
        said_at, held_at = said[1], held[1]
        if not same:
            yield Difference(_kind([*mine, *theirs], f"{text[slice(*said)]} {paragraph[slice(*held)]}"), said, held)


def _costs(
    said: Sequence[Token], held: Sequence[Token], free: Collection[int], skipped: Collection[int]
) -> list[list[float]]:
    """Needleman and Wunsch's table: the least cost of the first i words of `said` against `held` up to its j-th."""
    best = [[0.0] * (len(held) + 1)]
    for i in range(1, len(said) + 1):
        above = best[-1]
        row = [above[0] + _ADDED]
        for j in range(1, len(held) + 1):
            row.append(
                min(
                    above[j - 1] + _instead(said, held, i - 1, j - 1, free),
                    above[j] + _ADDED,
                    row[-1] + _missing(i, j - 1, free, skipped),
                )
            )
        best.append(row)
    return best


def _missing(i: int, j: int, free: Collection[int], skipped: Collection[int]) -> float:
    return 0.0 if i in free or j in skipped else _MISSING


def _instead(said: Sequence[Token], held: Sequence[Token], i: int, j: int, free: Collection[int]) -> float:
    one, two = said[i].key, held[j].key
    if one == two or (i in free and one[1:] == two[1:] and one[:1].lower() == two[:1].lower()):
        return 0.0
    if one.lower() == two.lower():
        return _CASE
    return 1.0 if one[:1].isalpha() == two[:1].isalpha() and one[:1].isupper() == two[:1].isupper() else _OTHER_KIND


def _alike(pairs: Sequence[Pair]) -> float:
    same = sum(s.weight for s, h, _ in pairs if s and h and s.key.lower() == h.key.lower())
    mine, theirs = sum(s.weight for s, *_ in pairs if s), sum(h.weight for _, h, _ in pairs if h)
    return same / max(mine, theirs)


def _kind(words: Sequence[Token], written: str) -> DifferenceKind:
    keys = [word.key for word in words]
    if DENIAL.search(written):
        return "negation"
    if any(key.lower() in (*MONTHS, *WEEKDAYS) for key in keys):
        return "date"
    if any(re.search(r"\d", key) or key.lower() in NUMBERS or key.lower() in SCALES for key in keys):
        return "number"
    return "name" if any(key[:1].isupper() and key.lower() not in stop_words() for key in keys) else "word"


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("’", "'").replace("[", "").replace("]", "")
