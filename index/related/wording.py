"""How newsrooms word their notes: what kind of note a paragraph is, what it says was wrong, and what is right.

A note is known by the way newsrooms write it: it opens with its label ("Correction:"), or it speaks of
"this article" and of an error in it. A person who corrects a remark, a market or a prison is none.
"""

from __future__ import annotations

import re
from typing import Literal

NoteKind = Literal["correction", "clarification", "update", "retraction", "editor's note"]
Span = tuple[int, int]

LONGEST = 1500
"""Characters of a paragraph that are looked at: a note is short, and says what it is at once."""
PIECE = r"(?:article|story|report|post|piece|column|page|headline|caption|obituary|interview|review|editorial|graphic|version|item)"
_THIS = rf"(?:this|our) (?:breaking |news |developing ){{0,2}}{PIECE}"
_EARLIER = (
    rf"(?:earlier|previous|prior|original|first) (?:versions?|headline|text) (?:of|on|in) (?:this|our|the) {PIECE}"
)
_BADLY = r"(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately|falsely)"
_SAID = (
    r"(?:said|stated|reported|gave|listed|put|named|identified|described|referred to|called|spelled|spelt|quoted"
    r"|suggested|implied|showed|attributed|held)"
)
_MISTOOK = r"mis(?:stated|identified|spelled|spelt|reported|named|described|label?led|dated|characteri[sz]ed|attributed|quoted)|overstated|understated"
_WITHDRAWN = r"(?:retracted|withdrawn|unpublished|taken down|removed from (?:our|the) (?:web ?site|site|archive))"
_CLOCK = r"(?:[,(]? ?(?:at )?(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m)[^:—–]{0,40}|(?:,| ?\() ?[^:—–()]{1,40}\)?| \d[^:—–]{0,40})?"
_OPENS = r"^[\s*•\[(—–-]*"


def _label(words: str, ends: str = r":|\s?[—–]|\s-\s|\.\s*(?=[A-Z])") -> str:
    return rf"{_OPENS}(?:{words}){_CLOCK}\s*(?:{ends})"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


_RETRACTION = _any(
    _label(r"(?-i:R)etraction|RETRACTION|RETRACTED|(?-i:R)etracted|(?-i:W)ithdrawn"),
    rf"\b{_THIS},? (?:published [^,]{{1,40}}, )?(?:has been|have been|was|is) {_WITHDRAWN}\b(?! by)",
    rf"\b(?:we|the (?-i:[A-Z])[\w ]{{2,40}}) (?:have |has |hereby )?(?:retract(?:s|ed)?|withdr(?:aw|awn|ew)) {_THIS}",
)
_SELF = _any(
    rf"\b{_EARLIER}",
    r"\ban? (?:earlier|previous) (?:version|text) (?:said|stated|gave|had|attributed|misstated)\b",
    rf"\b{_THIS} (?:has been|was) (?:corrected|amended|clarified|changed (?:to|on|after)\b|(?:updated|edited) (?:on [^.]{{3,30}} )?to (?:correct|clarify|make clear))",
    rf"\b{_THIS} (?:originally|initially|previously|{_BADLY}) {_SAID}\b",
    rf"\b{_THIS} (?:{_MISTOOK}|gave the wrong|contained an error)\b",
    rf"\b(?:we|we have) (?:{_BADLY} {_SAID}|{_MISTOOK}|corrected)\b.*\b{_THIS}",
    rf"\bthe headline on {_THIS} (?:has been|was) (?:changed|corrected|amended)",
    rf"\b(?:because of|due to|owing to) an? (?:editing|reporting|production|transcription|typing|editor's) error\b.*\b{_THIS}",
    rf"\bwhen {_THIS} was first published, it {_SAID}\b",
    rf"\b(?:graphic|chart|map|photograph|caption)\b.{{0,40}}\b{_THIS}.{{0,60}}\b(?:wrong|incorrect|error)",
    rf"{_OPENS}(?:note:\s*)?(?:this version |(?:the )?company )?corrects\b(?! (?:him|her|it|them)sel)",
    r"^\(correcting\b",
    rf"{_OPENS}this version clarif",
    r"\(corrects [^()]{3,120}\)\s*$",
)
CORRECTION = _any(
    _label(
        r"corrections?(?: and (?:apology|clarifications?))?|corrected|erratum|errata|corrigendum|amendment|corrects",
        r":|\s?[—–](?=\s?[A-Z])|\.\s(?=[A-Z])",
    ),
    rf"{_OPENS}a correction was made on\b",
    rf"{_OPENS}the {PIECE} has been corrected\b",
)
_CLARIFICATION = _any(
    _label(r"(?:a )?clarification|clarifying|clarifies"),
    rf"\b{_THIS} (?:has been|was) (?:clarified|(?:amended|updated|changed|edited) to (?:clarify|make (?:it )?clear))",
    rf"{_OPENS}this version clarif",
)
_UPDATE = _any(
    _label(r"(?-i:U)pdate|UPDATED?|(?-i:U)pdated", r":|\s[—–]\s"),
    rf"{_OPENS}(?:{PIECE} |last |first )?updated:? (?:at |on )?(?:\d|[a-z]+ \d)",
    rf"\b{_THIS} (?:has been|was|is being|will be|is|may be) (?:continually |regularly )?(?:updated|a developing)",
    rf"\bthis is a (?:developing|breaking)(?: news)? {PIECE}",
    rf"{_OPENS}\(?(?:updates|adds|recasts|rewrites)\b (?:with|to|throughout|details?|comments?|quotes?|background|byline|closing|analyst)",
    rf"{_OPENS}(?:more details|more) (?:to follow|soon|to come)\W*$",
    r"\bcheck back for (?:more )?updates\b",
)
_EDITOR = _any(
    rf"{_OPENS}(?:(?:the )?editor(?:'s|s'|s)? note|note (?:to|for) (?:our )?(?:readers|editors)|an? (?:editor's )?note from the editors?|from the editors?|eds){_CLOCK}\s*(?::|\s?[—–]|\s-\s)",
)
_HINT = re.compile(
    r"correct|clarif|updat|retract|withdr|amend|errat|corrigend|editor|eds\b|note|record|version|headline|article|story|report"
    r"|this (?:page|post|piece|column|item|interview|review|obituary|graphic|caption)|developing|breaking|adds|recasts|rewrites|more ",
    re.IGNORECASE,
)
"""Nine paragraphs in ten hold none of these words and need no closer look."""
_FOR_THE_RECORD = re.compile(rf"{_OPENS}for the record{_CLOCK}\s*:", re.IGNORECASE)


def note_kind(text: str) -> NoteKind | None:
    """What kind of note a paragraph is, None for one that is none. What a note says goes before its label."""
    text = text[:LONGEST].replace("’", "'")
    if not _HINT.search(text) or text.lstrip()[:1] in "\"“'‘":
        return None
    if _RETRACTION.search(text):
        return "retraction"
    if _CLARIFICATION.search(text):
        return "clarification"
    if CORRECTION.search(text) or _FOR_THE_RECORD.search(text) or _SELF.search(text):
        return "correction"
    if _EDITOR.search(text):
        return "editor's note"
    return "update" if _UPDATE.search(text) else None


_STOP = r"(?=,(?!\d)|[;:()\[\]]|\s[—–]|\s(?:not|rather than|instead|when|because|but|due to|and (?:not|has|have|that|the))\b|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?](?!\d)|$)"


def _value(name: str) -> str:
    return rf"(?P<{name}>[^\s.,;:()].{{0,160}}?){_STOP}"


def _shapes(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_RIGHT_THEN = r"(?P<right>(?:[^\s,;:]+ ){0,7}?[^\s,;:]+)"
_VERB = r"\b(?:is|was|were|are|be|been|lasted|covered|covers|sank|has|had|to show|to say|name|holds|spelled|(?:clear|show|say|reflect) that [\w ]{1,40}?(?:is|was|were|begins|has))"
_BOTH = _shapes(
    rf"\bfrom {_value('wrong').split('(?=')[0]} to {_value('right')}",
    rf"\bto {_RIGHT_THEN} from {_value('wrong')}",
    rf"{_VERB} {_RIGHT_THEN},? (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
    rf"\b(?:he|she|it|in|on|at|by) {_RIGHT_THEN}, (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
    rf"\b(?P<right>(?:\d[\w.,]*(?: [\w%]+){{0,3}}?|(?-i:[A-Z]\w+(?: [A-Z]\w+){{0,3}}))),? (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
)
_WRONG = _shapes(
    rf"\b(?:{_MISTOOK})\b[^.;]{{1,120}}? as {_value('wrong')}",
    rf"\b(?:{_BADLY} )?(?:identified|described|listed|named|gave|referred to)\b[^.;]{{1,120}}? (?:as|at) (?:being )?{_value('wrong')}",
    rf"\bput\b[^.;]{{1,80}}? at {_value('wrong')}",
    rf"\b{_BADLY} named [^.;]{{1,80}}? {_value('wrong')}",
    rf"\b(?:{_BADLY}|originally|initially|previously) (?:said|stated|reported|suggested|implied) (?:that )?{_value('wrong')}",
    rf"\b(?:{_EARLIER}|an? (?:earlier|previous) version|we|it) (?:also )?(?:said|stated|reported) (?:on this page )?(?:that )?{_value('wrong')}",
)
_RIGHT = _shapes(
    rf"\bshould (?:have (?:said|read|been)|read|say|be) (?:that )?{_value('right')}",
    rf"\b(?:the correct|correct) [\w ]{{2,30}}? (?:is|was) {_value('right')}",
    rf"\b(?:changed|corrected|amended) to (?:say|read|show|reflect|state) (?:that )?{_value('right')}",
    rf"[.;,] (?:in fact,? |actually,? )?(?:the (?:figure|number|name|date|age|total|amount|vote|year|price|sum)(?: [\w']+){{0,5}}?|he|she|it|they|there) (?:is|was|were|are|has been|has|had|will be|should be) (?:in fact |actually )?(?:made by |on )?{_value('right')}",
    rf"[.;] (?:in fact,? |actually,? )?(?:(?:the )?[\w']+(?: [\w']+){{0,3}}?) (?:is|was|were|are|has|sits|froze|resigned|happened|took place|survived by|appointed)\b (?:in fact )?(?:in |on |at )?{_value('right')}",
    rf"[.;] (?:he|she|it|they) \w+(?:ed|es|s|ze)? (?:in|on|at|by|for|to) {_value('right')}",
)


def wrong_and_right(text: str) -> tuple[Span | None, Span | None]:
    """Where the note says what was wrong and what is right."""
    plain = text[:LONGEST].replace("’", "'")
    for form in _BOTH:
        if found := form.search(plain):
            return found.span("wrong"), found.span("right")
    wrong = next((found.span("wrong") for form in _WRONG if (found := form.search(plain))), None)
    start = wrong[1] if wrong else 0
    right = next((found.span("right") for form in _RIGHT if (found := form.search(plain, start))), None)
    if right is None and wrong:
        right = next((found.span("right") for form in _RIGHT if (found := form.search(plain[: wrong[0]]))), None)
    return wrong, right
