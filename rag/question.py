"""What a question asks for: its words, the names in it, and what kind of thing would answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index import PilcrowError
from index.search import content_words, stop_words

Asks = Literal["who", "number", "when", "where", "why", "said", "whether", "what"]

MAX_WORDS = 300
"""A question longer than this is an essay: nothing in it says what is asked."""

_PATTERNS: tuple[tuple[Asks, str], ...] = (
    ("number", r"\bhow (?:many|much|long|old|far|fast|high|large|big|tall|wide|deep|often)\b"),
    (
        "number",
        r"\b(?:what|which) (?:percent|percentage|share|number|proportion|sum|amount|price|margin)\b",
    ),
    ("number", r"\b(?:what|which)\b.{0,40}\b(?:toll|figure|total|majority|speed|cost|estimate of)\b"),
    ("number", r"\bby how\b|\bat what (?:price|speed|cost)\b"),
    (
        "when",
        r"\bwhen\b|\b(?:what|which|on what|on which) (?:day|date|month|year|time|hour)\b|\bhow soon\b",
    ),
    (
        "where",
        r"^\W*where\b|\b(?:in|at|from|to|near) (?:what|which) (?:\w+ )?(?:place|city|cities|town|country"
        r"|port|street|village|region)\b|\bin which \w+",
    ),
    (
        "why",
        r"\bwhy\b|\bfor what reason\b|\bwhat (?:\w+ )?(?:reason|caused?|led|made|prompted)\b|\bhow come\b",
    ),
    (
        "said",
        r"\bwhat (?:did|does|do|has|have|had)\b.{0,60}\b(?:say|said|tell|told|claim|claimed|call|called"
        r"|think|argue|argued|warn|warned|promise|promised|respond|comment|describe|described|accuse"
        r"|deny|denied|ask|asked)\b",
    ),
    (
        "who",
        r"\bwho(?:m|se)?\b|\b(?:which|what) (?:\w+ ){0,2}(?:minister|official|person|man|woman|leader|politician"
        r"|candidate|mayor|councill?or|spokes\w+|group|outlet|company|agency|party|union|team|ship|boat|vessel|firm)\b"
        r"|\bwhat is the name\b",
    ),
    ("whether", r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"),
)
_KINDS = tuple((asks, re.compile(pattern, re.IGNORECASE)) for asks, pattern in _PATTERNS)
_NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]*\.?|[A-Z](?:\.[A-Z])+\.?)(?:(?: (?:of|of the|de|van|al) (?=[A-Z]))?[ -]?[A-Z][\w’'-]*)*"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it will be searched and read.

    `words` are its content words in lower case, `names` the capitalised names in it as written
    (the sentence's first word only when it is no question word).
    """

    text: str
    asks: Asks
    words: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def joins_names(self) -> bool:
        """True where several names stand side by side: "Canada and France", of whom one may be found alone."""
        return len(self.names) > 1 and re.search(r"\b(?:and|or|both|either|nor)\b", self.text) is not None


def understand(text: str) -> Question:
    """The question in `text`. Raises PilcrowError for an empty or an endless one."""
    words = text.split()
    if not words:
        raise PilcrowError("The question is empty; ask something, such as: What happened on Tuesday?")
    if len(words) > MAX_WORDS:
        raise PilcrowError(
            f"The question has {len(words)} words and {MAX_WORDS} are read at most; ask it in a sentence or two."
        )
    flat = " ".join(words)
    asks: Asks = next((asks for asks, pattern in _KINDS if pattern.search(flat)), "what")
    return Question(flat, asks, content_words(flat), names_in(flat))


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """The capitalised names in a text, without question words, in order and each once."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and words[0].lower().removesuffix("'s") in stop_words() | _OPENERS:
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words))
        if name and not name.isdigit() and not _CALENDAR.fullmatch(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


_CALENDAR = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)[ \d]*)+"
)
_OPENERS = frozenset(
    [
        "according",
        "give",
        "list",
        "name",
        "tell",
        "describe",
        "explain",
        "yes",
        "no",
        "summarise",
        "summarize",
        "timeline",
        "please",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
