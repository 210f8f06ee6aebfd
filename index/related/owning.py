"""How newsrooms word it that they were wrong: the frames, labels and contrasts by which a correction is known."""

from __future__ import annotations

import re

from index.dates import MONTHS
from index.related.wording import PIECE

DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTH = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})\b\.?|(?:{MONTH})\.? \d{{1,2}}\b|(?:{DAYS})\b)(?:,? \d{{4}}\b)?", re.I
)
_OUTPUT = rf"(?:{PIECE[:-1]}|issue|bulletin|edition|profile|photograph|picture|map|chart|list|notebook|broadcast|programme)s?)"
_BADLY = r"(?:\w+ly |had |have |also )*"
_STRICT = (
    r"(?:said|wrote(?! to\b)|reported|called|told you|gave|named|described|stated|printed|identified|quoted|spelled|spelt|misstated"
    r"|misreported|misnamed|misidentified|misquoted|put (?=[^.;]{1,80} (?:at|as|in)\b)|made (?:it|him|her|them)\b|had (?:it|him|her|them)\b)"
)
_LOOSE = (
    rf"(?:{_STRICT}|had|made|put|placed|listed|showed|dated|gave|overstated|understated|mislabel\w+|misspel\w+|misattributed|misdated"
    r"|(?:was|were) (?:said|called|named|quoted|described|given|placed|put|identified|listed|shown|made|dated|stated|reported))"
)
_WHEN = rf"(?:\d{{1,2}} (?:{MONTH})|(?:{MONTH})\.? \d{{1,2}}|(?:{DAYS})|yesterday)"
_UNBROKEN = r"(?:[^.;]|(?<=\b[A-Z][a-z][a-z])\.|(?<=\bSept)\.)"
_US = r"(?:we|this (?:newspaper|paper|station|magazine|programme|website|site|column))(?:'ve|'d)?"
_ISSUE = r"(?:paper|newspaper|edition|issue|bulletin|programme|broadcast|column|pages?)"
_OF_DAY = r"(?:yesterday's|last (?:week|month|night|\w+day)'s|\w+day's|today's|my|our)"
OWNING = re.compile(
    rf"(?<!\bas )\b(?:{_US}|I) {_BADLY}{_STRICT}\b|\b(?:{_OF_DAY} (?:[\w'-]+ ){{0,2}}?{_ISSUE}|the (?:programme|bulletin|broadcast) on {_WHEN})\b{_UNBROKEN}{{0,120}}?\b{_LOOSE}\b"
    rf"|\bwe (?:are|were|must be) (?:\w+ )?(?:sorry|wrong) to (?:have )?{_LOOSE}\b"
    rf"|\b{_LOOSE}\b[^.;]{{0,120}}?\b(?:in|on) {_OF_DAY} (?:[\w'-]+ ){{0,2}}?{_ISSUE}\b"
    rf"|\b(?:an?|the) (?:[\w'-]+ ){{0,3}}?(?:article|story|caption|headline|column|photograph) (?:[\w'-]+ ){{0,8}}?{_WHEN}\b{_UNBROKEN}{{0,160}}?\b{_LOOSE}\b|\b(?:in )?our (?:[\w'-]+ ){{0,3}}?{_OUTPUT}\b{_UNBROKEN}{{0,160}}?\b{_LOOSE}\b"
    rf"|\b(?:and )?so did we\b|\bby us\b|\bwe (?:copied|repeated|printed|followed)\b",
    re.I,
)
"""The newsroom speaks of what it printed, label or no label."""
ADMITTED = re.compile(
    rf"\b(?:{_US}|our|us|{_OF_DAY} (?:[\w'-]+ ){{0,3}}?{_OUTPUT})\b[^.;]{{0,120}}?\b(?:wrong(?:ly)?|misspel\w+|misheard|misread|mistak\w+|mistook|incorrect\w*|(?:an?|the) (?:\w+ )?(?:error|slip)|too far|misled)\b"
    rf"|\b(?:wrong(?:ly)?|misspel\w+|incorrect\w*|(?:an?|the) (?:\w+ )?(?:error|slip))\b[^.;]{{0,60}}?\b(?:in|on|by) (?:us|our|{_OF_DAY} (?:[\w'-]+ ){{0,3}}?{_OUTPUT})\b",
    re.I,
)
"""The newsroom says of what it printed that it was wrong; what it printed, and what is right, may stand beside that."""
REGRETTED = re.compile(
    r"\b(?:we|I) (?:\w+ )?(?:regret (?:the|this|that|our) (?:\w+ )?(?:error|mistake|slip)|apologi[sz]e (?:for|to)|are sorry|beg (?:your|their|his|her) pardon)|\bwe're sorry\b"
    r"|\b(?:error|mistake|slip|fault) (?:was|is) (?:all )?(?:ours|mine)\b|\bour (?:apologies|mistake|error)\b",
    re.I,
)
"""Said of a paragraph's last words: then all of it is about a mistake."""
PRINTED = re.compile(
    rf"\b(?:an?|the|in|last|that|\w+'s?) (?:[\w'-]+ ){{0,4}}?{_OUTPUT}\b{_UNBROKEN}{{0,200}}?\b{_LOOSE}\b|^\W*it also {_LOOSE}\b"
    rf"|\b{_US} {_BADLY}{_LOOSE}\b",
    re.I,
)
"""What was printed, be it ours or another's: in a correction that says it is one."""
ANYBODY = re.compile(rf"\b{_LOOSE}\b", re.I)
CONTRARY = re.compile(r"\W*contrary to (?:what we|our)\b[^,;.]*,", re.I)
AS_WE = re.compile(
    rf"\bcontrary to (?:what we|our)\b|,? as (?:given|shown|stated|reported|printed|had it) (?:in|on) our\b|,? (?:as|like|which is what|that) (?:{_US}|our \w+|an? (?:caption|headline|{PIECE[3:-1]})|(?:was|were|is) (?:\w+ )?(?:stated|reported|said|printed|given|written) in our)\b"
    rf"|,? (?:as )?(?:first |earlier |previously |originally |wrongly )?(?:stated|reported|printed) (?:earlier|here|by us|in our|last \w+|on \w+day)\b",
    re.I,
)
CONTRAST = re.compile(
    r"(?:,|\band\b|\bbut\b|\s[—–-])\s+(?:and |but )?not (?!only|yet|just|least|that|to|so\b|because|been)(?P<wrong>[^,;.:()]*(?:[.,:]\d[^,;.:()]*)*)"
    r"|,? (?:rather than|instead of) (?P<other>[^,;.:()]*(?:[.,:]\d[^,;.:()]*)*)",
    re.I,
)
NOT_BUT = re.compile(r"\bnot (?P<wrong>[^,;.:]{1,60}?),? but (?P<right>[^;]+)", re.I)
LABEL = re.compile(
    r"^[\W_]*(?:(?:and|an?|one|two|three|four|some|our|more|first|now|also|but)\s+)*(?:"
    r"(?:corrections?|clarifications?|corrected|correcting|errat(?:um|a)|retraction)\b(?: (?:and|&) \w+| (?:from|to|of|on|by|for)\b[^.:]{0,70}| ?\([^)]{1,40}\)|, [^.:]{1,60})?\s*(?:[:.–—]|-\s)"
    r"|(?:apology|apologies|sorry|pardon us)\b[^.:,]{0,60}[:.,–—]|for the record\s*[:,]"
    r"|(?:oh,? )?wrong(?: again)?\s*[:.!]|(?:a word of )?regrets?\b[^.:]{0,30}[:.]|(?:oops|whoops)\b[^.:]{0,30}[:.,!]"
    r"|(?:to|putting|setting|put) (?:put |set )?(?:(?:it|this|that|things|one thing|the record) )?(?:right|straight)\b[^.:]{0,40}[:.]"
    r"|(?:our|my) (?:mistake|error|slip|fault)s?\b[^.:]{0,40}[:.]"
    r"|we(?:'ve| have| must| need to| should)?\s[^.:]{0,40}\b(?:wrong|mistakes?|errors?|slips?|put right|set right|set straight|correct|correction)\b[^.:]{0,60}[:.]"
    r")",
    re.I,
)
COLUMN = re.compile(
    r"^\W*(?:(?:our )?corrections?|clarifications?|corrections? (?:and|&) (?:clarifications?|apologies)|for the record|apolog(?:y|ies)|errat(?:um|a)"
    r"|(?:setting|putting) (?:it|things|the record) (?:straight|right)|(?:what )?we got (?:it )?wrong)\b(?:\W*$|\s*[:—–(,]|\s-\s|\s(?:for|to)\b)",
    re.I,
)
HERE = re.compile(
    rf"\bthis {PIECE}\b|\b(?:earlier|previous|original|first) (?:\w+ )?(?:versions?|headline|text)\b", re.I
)
LABELLED = re.compile(
    r"\b(?:corrections?|clarifications?|errat(?:um|a)|sorry|apologies|apology|mistakes?|put right|set right|straight)\b",
    re.I,
)
HINT = re.compile(
    r"\b(?:we|our|us|I|my|this (?:news)?paper|article|story|caption|headline|programme|bulletin)\b|day's|regret|wrong|contrary|correct|clarif|errat|sorry|apolog|right|straight|\brecord\b|earlier version",
    re.I,
)
QUOTED = re.compile(r"\"[^\"]{0,600}\"|“[^”]{0,600}”|(?<!\w)‘[^’]{0,300}’(?!\w)")
ASIDE = re.compile(
    r",\s(?:who|whom|which(?! is what)(?! (?:we|this (?:news)?paper)\b)|where|whose)\b[^,;.]*(?:,|(?=[;.]|$))"
)
