"""Names for one turn that no article can fake: a label for every passage, and the border between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from heapq import nsmallest
from itertools import count

from index import Passage
from rag.prose.plain import plain

_FIRST_WIDTH = 3
"""Digits of a label: one, two, three … would be taken for the passages' order, and models count on by themselves."""
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
"""The letters of a border: no vowel, so that it is no word of any language, and no digit, so that it holds no label."""
_BORDER_LETTERS = 6
_DIGITS = re.compile(r"\d+")


def labels(passages: Sequence[Passage], question: str) -> tuple[str, ...]:
    """One label a passage, in their order: numbers of equal length that stand nowhere in what the model will read.

    The same question and passages give the same labels; another turn has others. They have three digits, or more
    where an article lists so many numbers that too few are left.
    """
    taken = {window for text in _read(passages, question) for window in _windows(text)}
    key = _key(passages, question)
    for width in count(_FIRST_WIDTH):
        free = (str(n) for n in range(10 ** (width - 1), 10**width) if str(n) not in taken)
        chosen = nsmallest(len(passages), free, key=lambda label: _hash(key, label))
        if len(chosen) == len(passages):
            return tuple(chosen)
    raise AssertionError("unreachable: there is always a longer number")


def border(passages: Sequence[Passage], question: str) -> str:
    """The word on the lines between the passages: six letters that stand together nowhere in what the model will read."""
    read = [text.casefold() for text in _read(passages, question)]
    key = _key(passages, question)
    for attempt in count():
        word = "".join(_CONSONANTS[b % 20] for b in _hash(key, f"border {attempt}")[:_BORDER_LETTERS])
        if not any(word in text for text in read):
            return word
    raise AssertionError("unreachable: some word is not in the texts")


def _read(passages: Sequence[Passage], question: str) -> list[str]:
    """All that stands in the prompt and was written by others, as it is there and as it was."""
    texts = [question]
    for passage in passages:
        day = passage.article.published
        texts += [passage.paragraph.text, passage.article.headline, passage.article.source, str(day or "")]
    return [version for text in texts for version in (text, plain(text))]


def _windows(text: str) -> set[str]:
    """Every number of three digits or more in the text, and every part of one: 4170 is near enough to 417 to mislead.

    Digits of any script count: a model reads them all.
    """
    found = set()
    for run in _DIGITS.findall(text):
        digits = "".join(str(int(d)) for d in run)[:200]
        for width in range(_FIRST_WIDTH, min(len(digits), 6) + 1):
            found |= {digits[at : at + width] for at in range(len(digits) - width + 1)}
    return found


def _key(passages: Sequence[Passage], question: str) -> bytes:
    said = "\x00".join((question, *(p.paragraph.id for p in passages)))
    return blake2b(said.encode("utf-8", "surrogatepass")).digest()


def _hash(key: bytes, what: str) -> bytes:
    return blake2b(what.encode(), key=key[:32], digest_size=16).digest()
