"""Hedges: what the source only alleges, expects or holds possible is not stated as a fact, nor a fact as a rumour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.speakers import SPEECH
from rag.verify.clauses import related, stems_of, words
from rag.verify.quotes import without_quotations
from rag.verify.values import Fault, Source

_KINDS = {
    "doubt": r"alleg\w+|reportedly|purported\w*|accus\w+|charge[sd]?|suspect\w*|believe[sd]?|thought to|rumou?r\w*|apparently"
    r"|claim(?:s|ed)?|presumed|unconfirmed|so-called|suggest(?:s|ed)?|disputed?",
    "possibility": r"(?-i:may)|might|could(?! (?:not|n['’]t))|possib\w+|perhaps|maybe|probabl\w+|likely|appear(?:s|ed)? to|seem\w*|potential\w*"
    r"|unclear|not (?:yet )?(?:known|certain|clear)|can(?! not)",
    "expectation": r"expect(?:s|ed|ing)?|forecast\w*|plan(?:s|ned)?|hope[sd]?|want(?:s|ed)?|should|intend(?:s|ed)?|aim(?:s|ed)?|propos\w+"
    r"|due to|projected|predict\w*|estimate[sd]?|tentative\w*|would|will|is to|are to|was to|were to|set to|scheduled|promis\w+|agreed to|due",
    "condition": r"if|unless|provided that|subject to|in case|whether|on condition",
}  # fmt: skip
_HEDGES = {kind: re.compile(rf"\b(?:{form})\b", re.IGNORECASE) for kind, form in _KINDS.items()}
_ASKS = re.compile(r"\b(?:ask(?:s|ed|ing)?|seek\w*|sought|demand\w*|call(?:s|ed|ing) for|urg\w+)\b", re.IGNORECASE)
"""What somebody wants may be told as what they ask for."""
_WEAK = re.compile(
    r"\b(?:will|would|is to|are to|was to|were to|can|whether|agreed to|promis\w+|charge[sd]?|disputed?)\b", re.I
)
"""What may stand for a hedge but is none that could be dropped."""
REPORTED = re.compile(
    rf"{SPEECH.pattern}|\b(?:[Aa]ccording to|told|heard|accus\w+|dismissed|conceded|rejected|disput\w+|promis\w+|urged|ordered|agreed"
    r"|put|puts|gave|gives|suggests?|shows?|reports|says|proposes?|asked|asks|pleaded|vowed|replied|in the words of|believes?"
    r"|expects?|hopes?|wants?|thinks?|describes?|forecast|alleg\w+|estimat\w+|calls?|speaks? of|warn\w*)\b",
)
"""Words by which a sentence lays what it says at somebody's door."""
_SAYS = re.compile(
    r"\b(?:said|says|say|told|according to|alleged|alleges|claimed|claims|argued|argues|added|insisted|wrote|writes)\b",
    re.I,
)
_DOUBTED = re.compile(
    r"\b(?:reported|alleged|suspected|supposed|purported|presumed|rumou?red|claimed|so-called|apparent) (?=(?:[\w-]+ )?([a-z][\w-]+))",
)
"""A word of doubt before a noun, "its reported plans": nothing else that is hedged makes up for it."""
_SHARED = 2


def hedge_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """The hedges that the sentence dropped or added, and the attribution that it dropped."""
    own = without_quotations(sentence)
    best = related(sentence, [source.quote or source.text for source in sources])
    there = [without_quotations(one) for one in best]
    dropped = next(filter(None, (_bare(own, one) for one in there)), "")
    dropped = dropped or ("" if _hedged(own) else next(filter(None, (_dropped(own, one) for one in there)), ""))
    if dropped:
        yield Fault("hedge", dropped, f"The cited paragraph only says so with “{dropped}”.")
    elif (added := _added(own, sources)) is not None:
        yield Fault("hedge", added, f"The cited paragraph says this without “{added}”.")
    if there and all(_unattributed(own, one) for one in there):
        yield Fault("attribution", "", "The cited paragraph says this in somebody's words, not in its own.")


def _hedged(text: str) -> bool:
    return _ASKS.search(text) is not None or any(
        not _WEAK.fullmatch(m[0]) for hedge in _HEDGES.values() for m in hedge.finditer(text)
    )


def _bare(sentence: str, source: str) -> str:
    """The word of doubt that the source puts before a thing, where the sentence names that thing without any; or ""."""
    if _HEDGES["doubt"].search(sentence) or _DOUBTED.search(sentence):
        return ""
    own = stems_of(sentence)
    for match in _DOUBTED.finditer(source):
        behind = [w.stem for w in words(source[match.end() :]) if w.stem][:2]
        if any(stem in own for stem in behind):
            return match[0].strip()
    return ""


def _dropped(sentence: str, source: str) -> str:
    """The source's hedge that covers what the sentence says plainly; "" for none."""
    own = stems_of(sentence)
    every = words(source)
    for kind, hedge in _HEDGES.items():
        for match in hedge.finditer(source):
            if _WEAK.fullmatch(match[0]):
                continue
            if kind == "doubt" and REPORTED.search(sentence):
                continue
            behind = [w for w in every if w.start >= match.end()]
            stretch = behind[0].stretch if behind else -1
            covered = [w.stem for w in behind if w.stem and w.stretch == stretch][:5]
            if covered and len(own & set(covered)) >= min(_SHARED, len(covered)):
                return match[0]
            # "Could escalate dramatically, because …", told as "has escalated".
            if kind == "possibility" and covered[:1] and covered[0] in own:
                return match[0]
    return ""


def _added(sentence: str, sources: Sequence[Source]) -> str | None:
    """The hedge of the sentence where the sources have none at all."""
    if any(hedge.search(s.text) for hedge in _HEDGES.values() for s in sources):
        return None
    if any(REPORTED.search(s.text) for s in sources) and _HEDGES["doubt"].search(sentence):
        return None
    return next((m[0] for h in _HEDGES.values() for m in h.finditer(sentence) if not _WEAK.fullmatch(m[0])), None)


def _unattributed(sentence: str, source: str) -> bool:
    """Whether the source gives this as what somebody says, and the sentence as a fact."""
    return _SAYS.search(source) is not None and REPORTED.search(sentence) is None
