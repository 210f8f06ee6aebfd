"""Words that point: "there", "that day" and "that meeting", filled in with the place, the time and the thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.conversation.frame import DATE
from rag.conversation.mentions import mentions_in
from rag.values import Answer

_THERE_IS = re.compile(
    r"\bhow (?:many|much)\b.* (?:is|are|was|were) there\b|\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|did|does)(?:n['’]t)? there\b(?!\W*$)|^\W*there\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"(?<=\w )(?:over |up |down )?there\b", re.IGNORECASE)
_GOING = re.compile(
    r"\b(?:go|going|went|gone|get|got|travel\w*|fly|flown|fled|flee|flew|sent|send|move\w*|return\w*|come|came|arrive\w*) $",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"\b(?P<preposition>in|at|near|on|off|outside|to|from) $", re.IGNORECASE)
_THAT_DAY = re.compile(
    r"\b(?:on |in |during |at )?(?:that|the same) (?P<unit>day|night|evening|morning|afternoon|week|month|year|time)\b"
    r"|(?<=\w )(?<!and )(?<!but )then(?=\W*$)",
    re.IGNORECASE,
)
_THAT_NOUN = re.compile(r"\b(?:that|this|these|those) (?P<noun>[a-z]{3,})\b")


def pointed_at(question: str, history: Sequence[Answer]) -> str:
    """The question with what its pointing words point at, as far as the conversation tells."""
    return _that_noun(_place(_time(question, history), history), history)


def _that_noun(question: str, history: Sequence[Answer]) -> str:
    """ "That meeting" as the conversation called it: "the council meeting"."""
    for match in _THAT_NOUN.finditer(question):
        for turn in reversed(history):
            texts = [turn.standalone_question, *(claim.text for claim in turn.claims[:1])]
            called = [m for text in texts for m in mentions_in(text) if m.head == match["noun"] and " " in m.text[4:]]
            if called:
                return question[: match.start()] + called[0].text + question[match.end() :]
    return question


def _place(question: str, history: Sequence[Answer]) -> str:
    found = _THERE.search(question)
    if not found or _THERE_IS.search(question):
        return question
    where = _where(history)
    if not where:
        return question
    preposition = "to" if _GOING.search(question[: found.start()]) else where[0]
    before = question[: found.start()]
    if re.search(r"\b(?:in|from|to|near|around|out) $", before):
        return before + where[1] + question[found.end() :]
    return f"{before}{preposition} {where[1]}{question[found.end() :]}"


def _where(history: Sequence[Answer]) -> tuple[str, str] | None:
    """The place last spoken of with its preposition: in an answer to "where", in a question, in what was answered."""
    for turn in reversed(history):
        asked, claim = turn.standalone_question, turn.claims[0] if turn.claims else None
        start, end = claim.emphasis if claim and claim.emphasis else (0, 0)
        bold = claim.text[start:end] if claim else ""
        if claim and re.match(r"\W*where\b", asked, re.IGNORECASE) and re.match(r"(?:the|an?) |[A-Z]", bold):
            led = _IN_PLACE.search(claim.text[:start])
            return led["preposition"].lower() if led else "in", bold.rstrip(".,")
        for text in (asked, bold):
            for mention in reversed(mentions_in(text)):
                led = _IN_PLACE.search(text[: mention.start])
                if mention.kind == "place" or (led and mention.kind in ("unknown", "thing", "body")):
                    preposition = led["preposition"].lower() if led else "in"
                    return ("in" if preposition in ("to", "from") else preposition), mention.text
    return None


def _time(question: str, history: Sequence[Answer]) -> str:
    found = _THAT_DAY.search(question)
    if not found:
        return question
    when = _when(history[-1], found["unit"] or "day")
    return question[: found.start()] + when + question[found.end() :] if when else question


def _when(turn: Answer, unit: str) -> str:
    """The day, month or year that a turn is about, with its preposition: in its question, else in bold in its answer."""
    if told := DATE.search(turn.standalone_question):
        return told[0] if told["preposition"] in ("in", "on", "during") or not told["preposition"] else ""
    days: set[date] = set()
    for claim in turn.claims[:1]:
        bold = claim.text[slice(*claim.emphasis)] if claim.emphasis else ""
        days |= {
            m.first for c in claim.citations for m in c.days if m.first == m.last and c.quote[m.start : m.end] in bold
        }
    if len(days) != 1:
        return ""
    day = days.pop()
    form = {"month": f"in {day:%B %Y}", "year": f"in {day.year}", "week": f"in the week of {day.day} {day:%B %Y}"}
    return form.get(unit.lower(), f"on {day.day} {day:%B %Y}")
