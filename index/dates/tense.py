"""Whether the words around a day speak of what was or of what is to come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Tense = Literal["past", "future"]

_REFUSED = r"(?: not|n['’]t) (?:say|comment|confirm|give|discuss|elaborate|disclose|reveal|identify|be reached)\b"
_NO_VERB = r"(?! (?:have\b|\d|[A-Z]|(?:the|an?|his|her|its|their|our|this|that|these|those|all)\b))"
"""No infinitive follows: "accepted by 60 votes to 44", "agreed to the price"."""
_TO_COME = re.compile(
    rf"\b(?:will|(?:would|could)(?!{_REFUSED})"
    r"|shall|may|might|must|should|can)(?!(?: not|n['’]t)? have\b)\b|\bwon['’]t\b|(?<=\w)['’]ll\b"
    r"|\b(?:due|expected|scheduled|slated|set|planned|likely|supposed|poised|going|about|ready|braced)(?= (?:to|for|on|in|at|by)\b)"
    r"|\b(?:plan|hope|expect|propose|intend|aim|prepare|want|need|vow|promise|pledge|threaten|agree|decide|vote|seek"
    rf"|wait|have|has|ask|urge|order|call)(?:s|d|ed|ned|ning|ing|es)?(?: (?:him|her|them|it|us|people|voters|workers|residents))? to\b{_NO_VERB}"
    rf"|\b(?:offered|offering|promising|hoping|aiming|preparing|planning|threatening|agreeing) to\b{_NO_VERB}"
    r"|\b(?:is|are|was|were) (?:to (?=[a-z])|(?:expected|due|scheduled)\b)"
    r"|(?:\b(?:is|are|am)|\b(?:he|she|it|that|there|who)['’]s|['’](?:re|m))(?: \w+ly)? (?!being\b)\w+ing\b"
    r"|\b(?:(?:re-?)?opens?|begins?|starts?|meets?|(?<!\d )votes|ends?|expires?|arrives?|leaves|returns?|resumes?|kicks? off"
    r"|takes? (?:place|effect|office)|goes|faces|hosts|falls on|sets (?:off|out)|visits|plans (?:an?|the|its)|expects?|calls for|upcoming|ahead of|prior to)\b"
)
_IRREGULAR = (
    r"was|were|did|said|told|went|came|left|took|gave|made|held|began|became|saw|found|got|ran|rose|fell|struck"
    r"|won|lost|led|sent|spent|sold|bought|brought|thought|taught|caught|fought|sought|built|broke|spoke|wrote|drove"
    r"|flew|fled|chose|drew|grew|knew|threw|shook|stood|withdrew|overthrew|sank|swept|sat|met|kept"
    r"|heard|paid|laid|dealt|felt|hid|rode|sang|tore|wore|woke|froze|stole|swore|underwent|retook|rebuilt"
)
_PARTICIPLE = (
    r"(?:\w+ed|\w+en|had|said|made|told|held|led|put|met|sent|left|lost|won|become|come|hit|cut|run|begun|found|gone|done"
    r"|shown|drawn|grown|known)"
)
_WAS = re.compile(
    rf"\b(?<!\bbe )(?:{_IRREGULAR})\b"
    r"|\b(?:would|could|may|might|must|should)(?: not|n['’]t)? have\b|\b(?:would|could)"
    rf"{_REFUSED}|\bhad\b(?! to\b)"
    rf"|\b(?:has|have|['’]ve)(?: (?:not|also|already|now|since|just|never))? {_PARTICIPLE}\b"
)
_WAS_WEAKLY = re.compile(
    r"(?<![-\w])(?<!\bbe )(?<!\bto )(?:[a-z]{2,}ed|shot|hit|burst|quit|shut|lay|bid|put|cut|read)\b"
)
"""A past, or merely a participle, or a noun: "will meet displaced families on Friday", "the bid"."""
_BESIDE_A_NOUN = re.compile(r"\b(?:the|an?|its|his|her|their|our|of|for|with|by|newly|\w+ly)\s+\Z")
_CLAUSE_ENDS = re.compile(
    r"[,;:](?=[\s\"”])|[—–]|\s-\s|\b(?:that|and(?! [A-Z][a-z]+day\b)|but|while|when|after|before|because|which|who|whose|as|although|though|if"
    r"|where|since|until|so)\b"
)
_RIGHT_BEHIND = re.compile(r"\s*(?:(?:on|late|early|last|back|the|this|here|there)\s*){0,2}\Z")
_OPENS = re.compile(r"[\s\"“'‘]*(?:(?:on|by|from|early|late|last|next|this|in|but|and)\s+){0,2}\Z", re.IGNORECASE)
_ALWAYS_TO_COME = re.compile(
    r"\b(?:until|till|by|ahead of|prior to|from next|is on|are on|is|are|falls on|comes on|effective)\s+\Z",
    re.IGNORECASE,
)
_FOR_A_DAY = re.compile(r"\bfor\s+\Z", re.IGNORECASE)
"""A strike for Friday is to come; sales for March are not."""
_ALWAYS_WAS = re.compile(r"\b(?:since|as of)\s+(?:late |early |last )?\Z", re.IGNORECASE)
_OUTCOME_OF = re.compile(r"\b(?:from|despite|in response to|in the wake of)\s+\Z", re.IGNORECASE)
"""What comes from Monday's turmoil comes later than it."""
_POSSESSIVE = ("'s", "’s")
_GOES_ON = re.compile(r"\s+(?:will|would|is (?:due|expected|to))\b")
_LIST = re.compile(r"(?:\b[A-Z][a-z]+day(?:,\s+|\s+(?:and|or|to|through)\s+|/)){1,6}\Z")
"""Of "Monday, Tuesday and" Friday, one verb speaks."""
_WINDOW = 300
"""Characters on either side; a "sentence" of a table can have thousands of verbs and days."""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: int
    end: int
    tense: Tense
    strong: bool


def tense(sentence: str, start: int, end: int) -> Tense | None:
    """What the verb nearest to `sentence[start:end]`, in its own clause first, says of the time; None without a verb."""
    cut = max(0, start - _WINDOW)
    sentence, start, end = sentence[cut : end + _WINDOW], start - cut, end - cut
    if listed := _LIST.search(sentence, 0, start):
        start = listed.start()
    before, behind = sentence[:start], sentence[end:]
    if _ALWAYS_WAS.search(before) or (_OUTCOME_OF.search(before) and behind.startswith(_POSSESSIVE)):
        return "past"
    cues = _cues(sentence, start, end)
    bounds = [m.end() for m in _CLAUSE_ENDS.finditer(sentence) if m.end() <= start]
    opening = bounds[-1] if bounds else 0
    closing = min((m.start() for m in _CLAUSE_ENDS.finditer(sentence, end)), default=len(sentence))
    own = [cue for cue in cues if opening <= cue.start < start]
    led = _ALWAYS_TO_COME.search(before) or (_FOR_A_DAY.search(before) and sentence[:end].endswith("day"))
    if led and not behind.startswith(_POSSESSIVE):
        told = next((cue.tense for cue in reversed(own) if cue.strong), None)
        return "past" if told == "past" and re.search(r"\b(?:was|were|had|did)\b", before[opening:]) else "future"
    right_before = [c for c in own if c.strong or _RIGHT_BEHIND.match(before, c.end)]
    if _GOES_ON.match(behind) and not any(_RIGHT_BEHIND.match(before, cue.end) for cue in own):
        return "future"
    if right_before or own:
        return (right_before or own)[-1].tense
    following = [cue for cue in cues if end <= cue.start < closing]
    if not following and _OPENS.match(before[opening:]):
        following = [cue for cue in cues if cue.start >= closing]
    if following:
        return next(
            (c for c in following if c.strong or not _BESIDE_A_NOUN.search(sentence[: c.start])), following[0]
        ).tense
    earlier = [cue for cue in cues if cue.start < opening]
    return next((cue for cue in reversed(earlier) if cue.strong), earlier[-1]).tense if earlier else None


def _cues(sentence: str, start: int, end: int) -> list[_Cue]:
    found: list[_Cue] = []
    looked_for: tuple[tuple[re.Pattern[str], Tense, bool], ...] = (
        (_WAS, "past", True),
        (_TO_COME, "future", True),
        (_WAS_WEAKLY, "past", False),
    )
    for form, which, strong in looked_for:
        for m in form.finditer(sentence):
            if m.end() <= start or m.start() >= end:
                found.append(_Cue(m.start(), m.end(), which, strong))
    # "Were to meet" is no past, nor is "agreed to".
    future = [cue for cue in found if cue.tense == "future"]
    kept = [
        cue
        for cue in found
        if cue.tense == "future" or not any(f.start < cue.end and cue.start < f.end for f in future)
    ]
    return sorted(kept, key=lambda cue: cue.start)
