"""What a question asks for: its words, the names in it, and what kind of thing would answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.search import content_words, stop_words
from index.values import Unanswerable

Asks = Literal["who", "number", "when", "where", "why", "said", "whether", "what"]

QUOTED_WORDS = 3
"""Fewer words in quotation marks may be a title or meant in irony; so many are somebody's."""
_ENOUGH_WORDS = 3
"""From so many words of its own on, a question that names nobody may still be about something new."""
MAX_WORDS = 300
MAX_CHARACTERS = 4000
"""A question longer than this is an essay: nothing in it says what is asked."""

_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)\b"
_PATTERNS: tuple[tuple[Asks, str], ...] = (
    ("number", r"\bhow (?:many|much|long|old|far|fast|high|large|big|tall|wide|deep|often)\b"),
    ("number", r"\b(?:what|which) (?:percent|percentage|share|number|proportion|sum|amount|price|margin)\b"),
    ("number", r"\b(?:what|which)\b.{0,40}\b(?:toll|figure|total|majority|speed|cost|price|margin|estimate of)\b"),
    ("number", r"\bby how\b"),
    ("when", r"^\W*(?:and |but )?when\b|\bwhen\W*$|\b(?:what|which) (?:day|date|month|year|time|hour)\b|\bhow soon\b"),
    (
        "where",
        r"^\W*(?:and |but )?where\b|\bin which \w+|\b(?:in|at|from|to|near) (?:what|which) (?:\w+ )?"
        r"(?:place|city|cities|town|country|port|street|village|region)\b",
    ),
    (
        "why",
        r"\bwhy\b|\bfor what reason\b|\bwhat (?:\w+ ){0,2}(?:reason|caused?|led|made|prompted)\b|\bhow come\b",
    ),
    (
        "said",
        r"\bwhat (?:did|does|do|has|have|had)\b.{0,60}\b(?:say|said|tell|told|claim|claimed|call|called"
        r"|think|argue|argued|warn|warned|promise|promised|respond|comment|describe|described|accuse"
        r"|deny|denied|ask|asked)\b",
    ),
    (
        "who",
        rf"\bwho(?:m|se)?\b|\b(?:which|what) (?!{_AUXILIARY})(?:\w+ ){{0,2}}(?:minister|official|person|man|woman"
        r"|leader|politician|candidate|mayor|councill?or|spokes\w+|group|outlet|company|agency|party|union|team"
        r"|ship|boat|vessel|firm)\b|\bwhat is the name\b",
    ),
    ("whether", rf"^\W*(?:{_AUXILIARY}|should\b)"),
)
_KINDS = tuple((asks, re.compile(pattern, re.IGNORECASE)) for asks, pattern in _PATTERNS)
_TITLE = (
    r"(?:[A-Z]|St|Mt|Ft|Gov|Sen|Rep|Lt|Cmdr|Capt|Col|Gen|Sgt|Maj|Adm|Dr|Mr|Mrs|Ms|Prof|Rev|Jr|Sr|Co|Inc|Corp|Ltd)\."
)
_PART = rf"(?:[A-Z](?:\.[A-Z])+\.?|{_TITLE}|(?:(?:al|el)-)?[A-Z][\w’'-]*)"
_QUOTED = re.compile(r"(?<!\w)[\"“'‘]([^\"“”]+?)[\"”'’](?!\w)")
_NAME = re.compile(rf"\b{_PART}(?:(?: (?:of|of the|de|van|al) (?=[A-Z]))?[ -]?{_PART})*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it will be searched and read.

    `words` are its content words in lower case, `names` the capitalised names in it as written
    (the sentence's first word only when it is no question word), `quoted` what stands in it between
    quotation marks, from three words on. In a conversation `heard` is what was really asked, behind the question and answer
    before it, and `assumed` those of the names that were not said, but filled in from there; `whole` says that nothing was.
    """

    text: str
    asks: Asks
    words: tuple[str, ...]
    names: tuple[str, ...]
    quoted: tuple[str, ...] = ()
    heard: str = ""
    assumed: tuple[str, ...] = ()
    whole: bool = True

    @property
    def said_names(self) -> tuple[str, ...]:
        """The names that the asker wrote: what answers must speak of them; a name filled in may be the wrong one."""
        return tuple(name for name in self.names if name not in self.assumed)

    @property
    def may_begin_anew(self) -> bool:
        """Whether a question in a conversation says enough to be about something else than the one before it."""
        return bool(self.heard) and self.whole and (bool(self.names) or len(self.words) >= _ENOUGH_WORDS)

    @property
    def joins_names(self) -> bool:
        """True where several names stand side by side: "Canada and France", of whom one may be found alone."""
        return len(self.names) > 1 and re.search(r"\b(?:and|or|both|either|nor)\b", self.text) is not None


def check_length(text: str) -> None:
    """Raises Unanswerable for a question without words, or with more than anything could be asked in."""
    if not text.strip():
        raise Unanswerable("The question is empty; ask something, such as: What happened on Tuesday?")
    count = len(text.split())
    if count > MAX_WORDS:
        raise Unanswerable(
            f"The question has {count} words and {MAX_WORDS} are read at most; ask it in a sentence or two."
        )
    if len(text) > MAX_CHARACTERS:
        raise Unanswerable(
            f"The question has {len(text)} characters and {MAX_CHARACTERS} are read at most; ask it more briefly."
        )


def understand(text: str) -> Question:
    """The question in `text`. Raises Unanswerable for an empty or an endless one."""
    check_length(text)
    flat = " ".join(text.split())
    asks: Asks = next((asks for asks, pattern in _KINDS if pattern.search(flat)), "what")
    return Question(flat, asks, content_words(flat), _named(flat), _quoted_in(flat))


def _named(text: str) -> tuple[str, ...]:
    """The names, but for a single word that has its capital from opening the question: "Number of injured?"."""
    opening = text.split(maxsplit=1)[0].strip("\"“'‘(")
    lone = opening.rstrip(",:;.?!").istitle() and not _ABBREVIATION.fullmatch(opening)
    return tuple(n for n in names_in(text) if not (lone and n == opening.rstrip(",:;.?!") and text.count(n) == 1))


def _quoted_in(text: str) -> tuple[str, ...]:
    found = (m[1].strip(" .,;?!") for m in _QUOTED.finditer(text))
    return tuple(words for words in found if len(words.split()) >= QUOTED_WORDS)


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """The capitalised names in a text, without question words, in order and each once."""
    found = []
    for match in _NAME.finditer(text):
        words = match[0].split()
        while words and not _ABBREVIATION.fullmatch(words[0]) and _opens(words[0]):
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words)).rstrip(".")
        if name and not name.isdigit() and not _CALENDAR.fullmatch(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _opens(word: str) -> bool:
    return _CONTRACTED.sub("", word.lower().rstrip(".")) in stop_words() | _OPENERS


_CONTRACTED = re.compile(r"['’](?:s|ve|m|d|ll|re)$")
_ABBREVIATION = re.compile(r"(?:US|UK|UN|EU|IT)(?:['’]s)?|[A-Z](?:\.[A-Z])+\.?")
_CALENDAR = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Feb|Apr|Aug|Sept?|Oct|Nov|Dec|Tues?|Wed|Thurs?|Fri)[ \d.]*)+"
)
"""Jan, Mar and Sun are people, too."""
_OPENERS = frozenset(
    [
        "according",
        "since",
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
