"""The frame of a question: its question words, its auxiliary, the rest, and how one part is put for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.dates import MONTHS, WEEKDAYS
from rag.conversation.mentions import AUXILIARY, mentions_in

_MONTH, _WEEKDAY = "|".join(m.capitalize() for m in MONTHS), "|".join(d.capitalize() for d in WEEKDAYS)
_ONE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:early |late |mid-)?(?:{_MONTH})(?: \d{{1,2}}(?!\d))?(?:,? \d{{4}})?|(?:1[5-9]|20)\d\d"
    rf"|(?:last |next |this )?(?:{_WEEKDAY})(?: (?:morning|afternoon|evening|night))?"
)
_RELATIVE = (
    r"(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter|night)|yesterday|today|tomorrow|tonight"
)
DATE = re.compile(
    rf"\b(?:(?P<preposition>in|on|since|until|before|after|by|during|for|of) )?(?:{_ONE}|{_RELATIVE})(?![\w'’])"
)
"""A time in a question, with its preposition."""

_WH = re.compile(
    r"(?P<wh>(?:(?:in|on|at|by|for|from|to|with|about|since|until|under|of) )?"
    r"(?:how (?:many|much)|how (?:long|far|often|old|big|fast|high|large|soon)|who(?:m|se)?|what|which|when|where|why|how)\b)"
    rf"(?P<noun>(?: (?!{AUXILIARY})[\w'’-]+){{0,4}}?)(?: (?P<aux>{AUXILIARY}))(?: (?P<rest>.+))?$",
    re.IGNORECASE,
)
_BARE_WH = re.compile(r"(?P<wh>how many (?P<people>[\w'’-]+)|who|what|which [\w'’-]+) (?P<rest>\w.*)$", re.IGNORECASE)
_YES_NO = re.compile(rf"(?P<aux>{AUXILIARY}) (?P<rest>.+)$", re.IGNORECASE)
_OPENS = re.compile(r"^(?:(?:and|but|so|or|then|ok|okay|well|also)\b[, ]*)+", re.IGNORECASE)
_TAIL = re.compile(
    r" (?P<link>in(?! all\b)|at|near|on|off|outside|during|after|before|when|while|following|over|from) (?P<rest>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A question in parts: "How many", "people", "were", "killed in the ferry accident".

    `wh` is "" for a question to be answered by yes or no, `aux` is "" where the question word is itself the subject
    ("Who won the vote").
    """

    wh: str
    noun: str
    aux: str
    rest: str

    @property
    def adjunct(self) -> bool:
        """Whether the question stays whole without its question word: it asks when, where, why or how, or yes or no."""
        return (
            re.fullmatch(r"|when|where|why|how|(?:since|until|from) (?:when|where)|how (?:long|often)", self.wh.lower())
            is not None
        )

    @property
    def tail(self) -> str:
        """Where, when or in what it happened: "in the ferry accident", "when the ferry sank"; "" where it does not say."""
        found = _TAIL.search(f" {self.rest}" if self.aux or self.wh else "")
        if found is None:
            return ""
        # "Did the farmer on the hill sell?" tells with it who, not where.
        before = self.rest[: max(0, found.start() - 1)]
        subject = self.aux.lower() in ("do", "does", "did") and any(m.text == before for m in mentions_in(before))
        return "" if subject else found[0].strip()

    def ask(self, wh: str) -> str:
        """The same with other question words: "Why" for "Did Renn resign?" is "Why did Renn resign?"."""
        return sentence(wh, self.aux.lower(), self.rest)

    def __str__(self) -> str:
        """The question."""
        return sentence(self.wh, self.noun, self.aux, self.rest)


def sentence(*parts: str) -> str:
    """A question of these parts, with a capital and a question mark."""
    text = " ".join(" ".join(parts).split()).rstrip(" ?.!")
    return f"{text[:1].upper()}{text[1:]}?"


@lru_cache(maxsize=1024)
def frame(question: str) -> Frame | None:
    """The parts of a question; None where it is none that we can take apart."""
    text = opened(question).rstrip(" ?.!")
    if "?" in text or len(text.split()) < 2:
        return None
    if found := _YES_NO.match(text):
        return Frame("", "", found["aux"], found["rest"])
    if found := _WH.match(text):
        return Frame(found["wh"], found["noun"].strip(), found["aux"], found["rest"] or "")
    if found := _BARE_WH.match(text):
        people = found["people"] or ""
        return Frame(found["wh"].removesuffix(people).strip(), people, "", found["rest"])
    return None


def opened(question: str) -> str:
    """The question without the words that only go on: "And", "But"."""
    return _OPENS.sub("", question.strip())
