"""What models say around an answer: prefixes, lead-ins, headings, offers of help. It is no claim, and is left out."""

from __future__ import annotations

import re

MARK = "\ue000"
"""Stands in a sentence where a marker was, while the words that led to the marker are taken out with it."""

_GIVEN = r"(?:passages?|articles?|sources?|reports?|documents?|texts?|context|information|excerpts?)"
_LINE_PREFIX = re.compile(
    r"(?:the )?(?:final |short |my )?(?:answer|assistant|response|output|summary|ai|a)\s*[:：]\s*|"
    r"(?:(?:sure|certainly|of course|absolutely|okay|ok)\s*[,!.]?\s*)?here(?:['’]s| is| are)\b[^.!?]{0,120}?:\s*|"
    r"[^\W\d][\w'’ .-]{1,40}, (?:\w+day,? )?\d{1,2} (?-i:[A-Z])[a-z]+ \d{4}\s*:\s*",  # the head of a passage, given back
    re.IGNORECASE,
)
_OTHER_VOICE = re.compile(r"(?:user|human|system|question|q|asked|text|passages?|labels?|today)\s*[:：]", re.IGNORECASE)
_LIST_OF_SOURCES = re.compile(
    r"(?:the )?(?:sources?|references?|citations?|footnotes?|works cited)(?: used| cited)?\s*(?:[:：]|$)", re.IGNORECASE
)
_LEAD_IN = re.compile(
    rf"(?:based (?:up)?on|according to|from|as per|in) (?:only )?(?:the |these |those |all )?(?:provided |given |above |available |supplied )?"
    rf"{_GIVEN}(?: (?:provided|given|above|available|supplied|below|here))?(?:\s*{MARK})*\s*,\s*|"
    r"(?:in (?:summary|conclusion|short)|to (?:summari[sz]e|sum up)|overall)\s*,\s*",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?:(?:sure|certainly|of course|absolutely|okay|ok|great|yes|understood|hello|hi)(?: thing)?\s*[!.,](?!\s*\w)"
    r"|(?:sure|certainly|of course|absolutely|okay|ok)\s*[,!]?\s*(?:here|i|let me)\b.*"
    r"|(?:i|we) hope (?:this|that|it) .*|let me know (?:if|whether) .*|(?:please )?feel free to .*"
    r"|if you (?:have|need|would like|want) (?:any |more |further )?.*(?:questions?|help|information|details|ask)\b.*"
    r"|as an? (?:ai|language model|assistant)\b.*|i(?:['’]m| am) (?:an ai|happy to|here to|sorry)\b.*"
    r"|(?:the|this|that) (?:passage|article|text|excerpt) (?:is (?:about|an?)|is titled|discusses|describes|mentions|talks about"
    r"|provides|contains|deals with|focuses on|highlights|outlines)\b.*"
    r"|(?:i|we) (?:will|can|['’]ll) (?:answer|help|assist)\b.*|is there anything else\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = rf"\s*(?:(?:the )?(?:{_GIVEN}|labels?|numbers?))?\s*{MARK}+"
_POINTER = re.compile(
    rf"^(?:according to|as (?:\w+ ){{0,2}}(?:in|by)|in|from|per)\b{_SOURCE}\s*,\s*|"
    rf"^{_SOURCE}\s*(?:says?|states?|reports?|notes?|mentions?|adds?|confirms?|shows?) (?:that )?|"
    rf",? (?:according to|as (?:\w+ ){{1,2}}(?:in|by))\b{_SOURCE}",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(rf"\(\s*(?:see|sources?|cf\.?|ref\.?|labels?|passages?)?:?[\s,;{MARK}]*\)", re.IGNORECASE)
_NUMBER_IN_BRACKETS = re.compile(r"[\[【［]([^\w\[\]【】［］]*\d+[^\w\[\]【】［］]*)[\]】］]")
"""What is left of brackets in brackets; wherever an answer is shown, [7] is a marker."""
_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?…](?:\s|$|[\"”’)]))")
_BEFORE_STOP = re.compile(r"[,;:]+(?=[.!?]$)")
_AFTER_STOP = re.compile(r"([.!?…][\"”’)]*)\s*[,;:.]$")


def ends_the_answer(line: str) -> bool:
    """True for a line that opens a list of sources: what follows tells of articles, not of events."""
    return _LIST_OF_SOURCES.match(line) is not None


def other_voice(line: str) -> bool:
    """True for a line in which the model goes on with the conversation, or repeats the prompt."""
    return _OTHER_VOICE.match(line) is not None


def bare(sentence: str, *, opens_line: bool) -> str:
    """The sentence without markers' places, lead-ins and prefixes; "" where nothing is claimed."""
    said = sentence.strip()
    while opens_line and (prefix := _LINE_PREFIX.match(said)):
        said = said[prefix.end() :]
    said = _without(_LEAD_IN, said)
    said = _without(_POINTER, said)
    said = _NUMBER_IN_BRACKETS.sub(r"\1", _EMPTY_BRACKETS.sub("", said).replace(MARK, ""))
    said = _SPACE_BEFORE.sub("", " ".join(said.split()))
    if MARK in sentence:
        said = _AFTER_STOP.sub(r"\1", _BEFORE_STOP.sub("", said)).strip()
    if _TALK.fullmatch(said) or said.endswith(":") or not re.search(r"\w", said):
        return ""
    return said


def _without(pattern: re.Pattern[str], said: str) -> str:
    """Without what the pattern finds; where that opened the sentence, the next word gets its capital."""
    opened = pattern.match(said)
    said = pattern.sub("", said, count=1) if opened else said
    if pattern is _POINTER:
        said = pattern.sub("", said)
    return said[:1].upper() + said[1:] if opened else said
