"""Words that look like a day or a month and are part of a name: Black Friday, the Sunday Times, Theresa May."""

from __future__ import annotations

import re

from index.dates.names import MONTHS, WEEKDAYS

_DAYS = "|".join(WEEKDAYS)
_MONTHS = "|".join(MONTHS)
_NAMED_BEFORE = re.compile(
    r"\b(?:Black|Super|Good|Bloody|Ash|Palm|Easter|Whit|Cyber|Giving|Fat|Shrove|Maundy|Holy|Blue|Ruby|Joe|Girl|Man|Casual"
    r"|Sheffield|Freaky|Orange|Red|Remembrance|Big)\s+\Z|\b(?:Mail|Independent|Scotland|Wales) on\s+\Z"
    r"|\b(?:every|each|any|some|most|a|an|per)\s+\Z"
)
"""And habits: "every Friday" is no day."""
_NAMED_BEHIND = re.compile(
    r"(?:\s+(?:Night|Evening|Times|Telegraph|Mirror|Mail|Express|Herald|World|Tribune|Post|Star|Sun"
    r"|Business|Independent|Dispatch|Gazette|Club|Group|School|the 13th|(?:news)?papers?|circulation|school|roast|lunch|league)\b|s\b)"
)
_SURNAME = re.compile(rf"\s+(?!(?i:{_DAYS}|{_MONTHS})\b)(?!I\b)[A-Z][a-z]+", re.ASCII)
_LEADS_TO_A_DAY = re.compile(
    r"(?:\b(?:(?i:on|last|next|this|by|until|till|since|from|late|early|before|after)|for|to|through|and|or|between|past|coming"
    r"|said|told|[a-z]+ed|[a-z]+s|was|were|held|met|began|[a-z]+ (?:him|her|them|us|it))|[A-Z][a-z]+['’]s?)\s+\Z",
)
_LEADS_TO_A_MONTH = re.compile(
    r"\b(?P<plainly>in|since|until|till|during|throughout)\s+\Z"
    r"|\b(?:by|through|from|for|before|after|of|to|and|between|end|beginning|middle|start)[\s-]+\Z",
    re.IGNORECASE,
)
_A_MARCH = re.compile(r"\s+(?:on|to|for|against|of)\s+[A-Z]")


def is_a_name(text: str, start: int, end: int) -> bool:
    """True where the words `text[start:end]` are part of a name ("Tuesday Weld"), or name a habit ("every Friday")."""
    before, behind = text[max(0, start - 30) : start], text[end : end + 30]
    if _NAMED_BEFORE.search(before) or _NAMED_BEHIND.match(behind):
        return True
    alone = text[start:end].lower() in WEEKDAYS
    return alone and _SURNAME.match(behind) is not None and not _LEADS_TO_A_DAY.search(before)


def leads_to_a_month(text: str, start: int, end: int) -> bool:
    """True where a preposition makes `text[start:end]` a month: "in March" and "by June", not "by May" or "a March"."""
    led = _LEADS_TO_A_MONTH.search(text, max(0, start - 12), start)
    behind = text[end : end + 30]
    if not led:
        return (
            text[start:end] != "May" and behind.startswith(("'s", "’s")) and not text[:start].endswith(("a ", "the "))
        )
    if led["plainly"]:
        return not _A_MARCH.match(behind)
    # Theresa May, June Carter, April Smith.
    return text[start:end] != "May" and not _SURNAME.match(behind) and not _A_MARCH.match(behind)
