"""A sentence as words, signs and quotations, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.values import Span

_QUOTE = re.compile(
    r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<![\w\"“])[‘'](?=[^\W\d])[^‘’'\"“”]{2,}(?:['’]\w+[^‘’'\"“”]*)*[’'](?!\w)"
)
_TOKEN = re.compile(
    r"(?P<aside>\([^()]{0,60}\)|<[A-Z.]+>|\[[^\]]{0,20}\])"
    r"|(?P<word>(?:[A-Z]\.)+(?!\w)|(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Lt|Cmdr|Capt|Col|Gen|Sgt|Maj|Adm|Prof|Rev|Jr|Sr|Inc|Corp|Co|Ltd)\.(?=\W)"
    r"|&|(?:point|points|pointed|pointing) out\b|(?:spoke|speaks|spoken|talked) of\b|\w+(?:[.'’&/-]\w+)*(?:(?<=s)['’](?=\s))?)|(?P<sign>[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, or a whole quotation with its marks."""

    text: str
    start: int
    end: int
    kind: Literal["word", "sign", "quote"]

    @property
    def low(self) -> str:
        """The word in lower case, without the last full stop of an abbreviation and without a possessive ending."""
        return _low(self.text)

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it is a word that ends as "Hale's" or "workers'" does."""
        return self.kind == "word" and re.search(r"['’]s?$", self.text) is not None


@lru_cache(maxsize=16384)
def _low(word: str) -> str:
    plain = word.lower().replace("’", "'")
    return plain.removesuffix("'s").rstrip("'").rstrip(".") or plain


def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a paragraph with their marks, in order; one that is never closed runs to the end."""
    return tuple(match.span() for match in _QUOTE.finditer(text))


def tokens_of(text: str, start: int, end: int, quoted: tuple[Span, ...]) -> tuple[Token, ...]:
    """The words, signs and quotations of `text[start:end]`, offsets in `text`; what stands in brackets is left out."""
    found: list[Token] = []
    at = start
    for a, b in (*quoted, (end, end)):
        if b < start or a > end:
            continue
        found += _plain(text, at, min(max(a, start), end))
        if b > a:
            found.append(Token(text[max(a, start) : min(b, end)], max(a, start), min(b, end), "quote"))
        at = max(at, min(b, end))
    return tuple(found)


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(m[0], *m.span(), "word" if m["word"] else "sign")
        for m in _TOKEN.finditer(text, start, end)
        if not m["aside"] and m[0] not in "<>"
    ]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: the paragraph's text and the sentence's tokens, at least one."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it begins in the paragraph."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the paragraph."""
        return self.tokens[-1].end

    def at(self, place: int) -> Token | None:
        """The token at this place; None before the first and behind the last."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def place(self, token: Token) -> int:
        """At which place the token stands."""
        return self.tokens.index(token)


def within_marks(quote: Token) -> Span:
    """Where the words of a quotation stand, without its marks and a comma at its end."""
    bare = quote.text.strip("\"“”‘’' \n\t").rstrip(", ")
    start = quote.start + quote.text.find(bare)
    return start, start + len(bare)


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space and signs around it, and without the full stop at its end."""
    while start < end and text[start] in " \n\t,:":
        start += 1
    while end > start and text[end - 1] in " \n\t,;.":
        end -= 1
    return start, end
