"""Who says it: the speaker to whom a sentence attributes its statement."""

from __future__ import annotations

import re

_VERBS = (
    "said|says|told|warned|warns|added|adds|argued|argues|claimed|claims|wrote|writes|announced|insisted|insists"
    "|stressed|stated|explained|denied|denies|promised|replied|called|calls|estimated|estimates|reported|suggested"
    "|confirmed|acknowledged|admitted|testified|noted|asked|declared"
)
# Between two words there is always a space: an optional one let a run of capitals be cut in every way, for minutes.
_WORD = r"[A-Z][\w’'.-]*"
_NAME = rf"(?<!\w){_WORD}(?: (?:of the |of |for |de |van |al )?{_WORD}){{0,6}}"
SPEECH = re.compile(rf"\b(?:{_VERBS}|say|tell|call|warn|claim|complain(?:s|ed)?|spoke|speaks|quoted)\b")
"""A word by which somebody is said to say something."""
_BEFORE = re.compile(rf"(?P<name>{_NAME})\s?(?:,[^,\"“”]{{1,80}},\s?)?(?:has |have |had |also |then )?(?:{_VERBS})\b")
# After a mere comma, whoever follows "asked" or "told" is the one who was asked.
_AFTER = re.compile(
    rf"(?:[\"”’'],?\s?(?:{_VERBS})|,\s?(?:said|says|added|adds|wrote|writes|argued|argues|claimed|claims|insisted|insists"
    rf"|explained)) (?P<name>{_NAME})"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?:the )?(?P<name>{_NAME})")
_MONTH = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY_BEFORE = re.compile(r"\d\s$")
# "A spokesman for Hale said": whoever spoke, it was not Hale.
_OF_ANOTHER = re.compile(r"\b(?:for|of|from|to|with|by|at|in|near)(?: the)?\s$")
_NOT_NAMES = frozenset(
    [
        "He",
        "She",
        "They",
        "It",
        "We",
        "I",
        "You",
        "That",
        "This",
        "The",
        "But",
        "And",
        "In",
        "On",
        "As",
        "However",
        "Meanwhile",
        "Also",
        "Who",
        "Which",
        "After",
        "Although",
        "Because",
        "Before",
        "If",
        "Nobody",
        "Since",
        "When",
        "While",
        "Yesterday",
        *(f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")),
    ]
)


def speaker(sentence: str) -> str | None:
    """The name of who said what the sentence reports; None where it reports nothing or names nobody."""
    for pattern in (_AFTER, _BEFORE, _ACCORDING):
        for match in pattern.finditer(sentence):
            words = match["name"].split()
            while words and words[0] in _NOT_NAMES:
                words.pop(0)
            name = re.sub(r"['’]s$", "", " ".join(words).strip(" .,"))
            if _MONTH.fullmatch(name) and _DAY_BEFORE.search(sentence[: match.start("name")]):
                continue  # "An article of 4 May said"
            if name and not (pattern is _BEFORE and _OF_ANOTHER.search(sentence[: match.start()])):
                return name
    return None
