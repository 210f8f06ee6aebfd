"""What kind of answer a question asks for, found in a sentence: numbers, dates, names, places, reasons, words said."""

from __future__ import annotations

import re

from rag.question import Asks, Question, names_in
from rag.values import Span

_NUMBER_WORDS = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|dozens?|half|once|twice|several|no one|none)"
)
_UNIT = r"(?:[ -](?:percent(?:age points?)?|per cent|points?|million|billion|trillion|thousand|hundred|mln|bln|dlrs|dollars|euros|pounds"
_UNIT += r"|days?|weeks?|months?|years?|hours?|minutes?|knots|miles|kilomet(?:re|er)s?|met(?:re|er)s?|tonnes|tons))*"
NUMBER = re.compile(
    r"(?:(?:at least|nearly|almost|about|around|more than|fewer than|less than|up to|some|over|roughly|under) )?"
    rf"(?:[$€£¥]\s?)?(?:\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?%?|\b{_NUMBER_WORDS}(?:[- ]{_NUMBER_WORDS})*\b){_UNIT}",
    re.IGNORECASE,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
WHEN = re.compile(
    rf"\b(?:(?:{_MONTH}|{_MONTH_SHORT})(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? (?:19|20)\d\d)?|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH}|{_MONTH_SHORT})(?:,? (?:19|20)\d\d)?"
    r"|(?:(?:next|last|on|early|late|this) )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?"
    r"|(?:1[6-9]|20)\d\d\b|yesterday|today|tomorrow|tonight|(?:last|next|this|earlier this) (?:week|month|year|night|spring|summer|autumn|fall|winter)"
    r"|\w+ (?:days?|weeks?|months?|years?|hours?) (?:ago|earlier|later|before|after)|\d{1,2}(?:[:.]\d\d)? ?[ap]\.m\.|noon|midnight|dawn|dusk)",
)
WHY = re.compile(
    r"\b(?:because(?: of)?|due to|in order to|so that|after|citing|owing to|thanks to|blamed?|caused by|since|for fear"
    r"|fear(?:s|ed|ing)?|as a result of|reason|over|could lead|meant|to avoid|prevent)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"[\"“][^\"“”]+[\"”]")
_SAID = re.compile(
    r"\b(?:said|says|told|warned|added|argued|claimed|wrote|announced|insisted|called|stressed|promised|denied|asked"
    r"|accused|described|replied|estimates?|according)\b",
    re.IGNORECASE,
)
# The number in "Local 88", "Pier 4" or "Route 9" is a name.
_NAMED_NUMBER = re.compile(r"(?<![.!?\"“] )(?<!^)\b[A-Z][\w’']* (?:No\. )?\d+\b")
_PLACE_WORD = r"(?:(?:St|Mt|Ft)\.|[A-Z][\w’'-]*)"
_PLACE = re.compile(
    rf"\b(?:in|at|near|from|to|on|off|outside|towards?) (?:the )?(?P<place>{_PLACE_WORD}(?: {_PLACE_WORD})*)"
)


def answer_span(question: Question, sentence: str) -> Span | None:
    """Offsets in the sentence of what would answer the question by its kind; None where nothing would.

    Where several fit, the one that stands nearest to all of the question's own words.
    """
    fitting = [span for span in _candidates(question, sentence) if _is_new(question, sentence[slice(*span)])]
    if not fitting:
        return None
    stands = (
        [m.start() for m in re.finditer(rf"\b{re.escape(word[:5])}", sentence, re.IGNORECASE)]
        for word in question.words
    )
    anchors = [places for places in stands if places]
    if not anchors or question.asks in ("why", "said"):
        return fitting[0]
    return min(fitting, key=lambda s: sum(min(abs(a - (s[0] + s[1]) / 2) for a in places) for places in anchors))


def _candidates(question: Question, sentence: str) -> list[Span]:
    asks: Asks = question.asks
    if asks == "number":
        names = [m.span() for m in (*_NAMED_NUMBER.finditer(sentence), *WHEN.finditer(sentence))]
        spans = [_trim(m.span(), sentence) for m in NUMBER.finditer(sentence)]
        return [s for s in spans if s[0] < s[1] and not any(a <= s[0] < b or a < s[1] <= b for a, b in names)]
    if asks == "when":
        return [m.span() for m in WHEN.finditer(sentence)]
    if asks == "why":
        return [_trim(m.span(), sentence) for m in WHY.finditer(sentence)]
    if asks == "said":
        quoted = [m.span() for m in _QUOTED.finditer(sentence)]
        return quoted or [_trim((m.end(), len(sentence)), sentence) for m in [_SAID.search(sentence)] if m]
    if asks == "where":
        return [m.span("place") for m in _PLACE.finditer(sentence) if not WHEN.fullmatch(m["place"])]
    if asks == "who":
        return [
            _trim((at, at + len(name)), sentence)
            for name in names_in(sentence)
            for at in [sentence.find(name)]
            if at >= 0 and not WHEN.fullmatch(name.rstrip("."))
        ]
    return []


def _is_new(question: Question, candidate: str) -> bool:
    """An answer says something that the question does not: not its own names and numbers again.

    Who is asked for is somebody else than the question names, under whatever title: the surname decides.
    """
    asked = question.text.lower()
    words = re.findall(r"\w+", candidate.lower())
    if question.asks == "who":
        words = words[-1:]
    return not all(word in asked for word in words)


def _trim(span: Span, sentence: str) -> Span:
    start, end = span
    while end > start and (sentence[end - 1] in '.,;:"”' or sentence[end - 1].isspace()):
        end -= 1
    while start < end and sentence[start].isspace():
        start += 1
    return start, end
