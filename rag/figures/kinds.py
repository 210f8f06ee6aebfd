"""What a figure may be for: what befalls people, what a sum or a share is of, and the words that news has for each."""

from __future__ import annotations

import re

from rag.reader.words import stem, stems

_HARM = {
    "dead": r"(?:death )?tolls?|dead|deaths?|died|dies?|dying|kill(?:s|ed|ing)?|killings|slain|perished|drown(?:ed)?"
    r"|massacred|fatalit(?:y|ies)|bodies|corpses|victims|(?:lost|loses?|losing) (?:their|his|her) li(?:ves|fe)|lives|loss of life",
    "injured": r"treated for (?:\w+ )?injuries|(?:treated in|taken to|admitted to) (?:an? |the )?hospital|injur(?:e[sd]?|y|ies|ing)|wound(?:s|ed|ing)?|hurt(?:ing)?|hospitali[sz]ed",
    "missing": r"missing|unaccounted for|disappeared",
    "displaced": r"displac(?:e[sd]?|ing)|homeless|evacuat(?:e[sd]?|ing)|evacuees|refugees|fled|crossed (?:the border|into)(?= [A-Z])|flee(?:ing)?|uprooted|(?:left|lost) their homes"
    r"|out of their homes|away from home|(?:not|n[\'’]t) (?:yet )?(?:been )?able to (?:go|return) home|unable to (?:go|return) home|(?:forced|driven) from (?:their )?homes?|roofless",
    "arrested": r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing|ees)?|detentions|held(?= (?:in|by|over|on|after)\b|\W*$)|in custody",
    "rescued": r"rescu(?:e[sd]?|ing)",
    "survived": r"survivors|survived?",
    "abducted": r"abduct(?:s|ed|ing|ions)?|kidnap(?:s|p?ed|p?ing|p?ings)?|hostages?",
    "present": r"turned out|turned up|attend(?:s|ed|ing)?|attendance|took part|taken part|gathered|rallied|marched|crowd",
    "dismissed": r"laid off|lay-?offs?|redundanc(?:y|ies)|redundant|job cuts|los[et] their jobs",
}
_MEASURE = {
    "inflation": r"inflation|(?:consumer )?prices (?:to )?(?:rise|rising|rose|risen|will rise)",
    "cost": r"cost(?:s|ing)?|pric(?:e[sd]?|ing)|bill|expensive|it (?:take|cost|takes|took)(?= to\b)",
    "deficit": r"(?:budget )?(?:deficits?|shortfall)|(?:budget|funding|financial|spending) (?:gap|hole)",
    "budget": r"budget(?:s|ed)?",
    "revenue": r"revenues?|sales|turnover|takings",
    "profit": r"profits?|earnings|net income|earn(?:s|ed)?",
    "loss": r"loss(?:es)?|los[et]|losing",
    "debt": r"debts?|ow(?:e[sd]?|ing)",
    "damage": r"damages?",
    "fine": r"fine[sd]?|penalt(?:y|ies)",
    "bail": r"bail",
    "rent": r"rents?",
    "dividend": r"dividends?",
    "raise": r"(?:pay|wage) (?:rises?|raises?|increases?|offers?|deal)|raises? of|(?:pay|wages) (?:up )?by",
    "wage": r"wages?|salar(?:y|ies)|pensions?",
    "offer": r"offer(?:s|ed|ing)?|bids?|bidding|(?:prepared|ready|willing) to pay|on the table|on offer",
    "pledge": r"pledg(?:e[sd]?|ing)|promis(?:e[sd]?|ing)|set(?:s|ting)? aside|put(?:s|ting)? up|earmark(?:s|ed)?|allocat(?:e[sd]?|ion)"
    r"|(?:state |federal |government )?aid|grants?|(?:relief |recovery )?fund of",
    "paid": r"pa(?:y|ys|id|ying|yments?)|sp(?:end|ends|ent|ending)|bought|buys?|s(?:ell|old)",
    "given": r"rais(?:e[sd]?|ing)(?! (?:its|his|her|their|the|an?)\b)|donat(?:e[sd]?|ions?|ing)|g(?:ive|ives|ave|iven)|contribut(?:e[sd]?|ions?|ing)",
    "stolen": r"st(?:eal|eals|ole|olen|ealing)|embezzl(?:e[sd]?|ing|ement)|defraud(?:ed|ing)?|theft",
    "invested": r"invest(?:s|ed|ing|ments?)?|fund(?:s|ed|ing)?",
    "insured": r"(?:insurance )?claims",
    "traded": r"clos(?:e|es|ed|ing)(?= (?:at|up|down|price|\d))|shares (?:in \w+ )?(?:rose|fell|were|closed)|trad(?:e|ed|ing) at",
    "growth": r"growth|grow(?:s|n|ing)?|expand(?:s|ed|ing)?",
    "interest": r"(?:(?:key|base|bank|policy|benchmark|lending|interest) ){1,2}rates?",
    "unemployment": r"(?:unemployment|jobless|joblessness)(?: rate)?",
    "turnout": r"turnout",
    "target": r"targets?",
    "majority": r"majority|majorities",
    "demand": r"ask(?:s|ed|ing)? for|demand(?:s|ed|ing)?|sought|seek(?:s|ing)?|want(?:s|ed)?",
}
_PERCENT = frozenset(("deficit", "raise", "growth", "inflation", "interest", "unemployment", "turnout"))
_SAME = {
    "cost": ("loss", "damage"),
    "offer": ("paid",),
    "paid": ("cost",),
    "raise": ("offer", "wage", "paid"),
    "pledge": ("given", "budget", "invested"),
    "loss": ("deficit",),
    "budget": ("pledge",),
    "given": ("pledge",),
}


def _pattern(kinds: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in kinds.items())})\b", re.IGNORECASE)


_MOURNED = re.compile(
    r"\b(?:casualt(?:y|ies)|funerals?|buried|coffins?|graves?|mourn\w*|murder\w*|execut(?:ed|ions?)|shot|massacre)\b",
    re.I,
)
HARM = _pattern(_HARM)
"""What may befall people, by the words that news has for it. A figure for one kind is never one for another."""
MEASURE = _pattern(_MEASURE)
"""What a sum of money, or a share, may be, by the words for it."""


def unit_of_kind(kind: str) -> str:
    """The unit in which a kind of MEASURE is mostly given."""
    return "percent" if kind in _PERCENT else "money"


def serves(asked: str, told: str) -> bool:
    """Whether a figure of the kind `told` answers a question for the kind `asked`: what a strike cost is what was lost."""
    return asked == told or told in _SAME.get(asked, ())


_EVENTS = (
    "boat ferry ship vessel trawler dinghy",
    "sink sinking sank sunk sinks capsize capsized",
    "crash crashed collision wreck derailment derailed",
    "plane aircraft jet airliner",
    "earthquake quake tremor temblor",
    "storm hurricane cyclone typhoon tornado",
    "flood floods flooding flooded",
    "explosion blast exploded bomb bombing",
    "fire blaze",
    "landslide mudslide slide landslip",
    "shooting gunman gunmen shot",
    "strike walkout stoppage",
)
_NOUNS = (
    "home house dwelling",
    "job post position",
    "worker employee staff",
    "pupil student",
    "board aboard onboard",
    "repair repairs mend mending fix fixing",
    "vote votes ballot ballots",
    "rebuild rebuilding reconstruction reconstruct",
)
_ALIKE = {stem(word): stem(group.split()[0]) for group in (*_EVENTS, *_NOUNS) for word in group.split()}
_BANKS = re.compile(r"\b(?:br(?:eaks?|oke|oken)|burst(?:s|ing)?|overflow(?:s|ed|ing)?) (?:its|their) banks\b", re.I)
EVENTS = frozenset(stem(group.split()[0]) for group in _EVENTS)
"""What may happen: a passage that does not speak of the event asked about gives no figure for it."""


def alike_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words, one and the same for words that news uses for one another."""
    return frozenset(map(canonical, stems(_BANKS.sub(" flood ", text))))


def canonical(root: str) -> str:
    """The stem that stands for all those which news uses for one another."""
    return _ALIKE.get(root, root)


PEOPLE = frozenset(map(stem, "people person persons men man others humans individuals victims casualties".split()))
"""Stems of words for people of any kind."""


def kind_of(table: re.Pattern[str], text: str) -> str:
    """The kind, of HARM or MEASURE, that the text first has a word for; "" for none."""
    found = table.search(text)
    return (found.lastgroup or "") if found else ""


def tells_of(kind: str, text: str) -> bool:
    """Whether a text has a word for what befell people, where the kind is one that no report of it goes without."""
    if kind not in ("dead", "injured", "missing", "arrested"):
        return True
    return any(found.lastgroup == kind for found in HARM.finditer(text)) or (
        kind == "dead" and _MOURNED.search(text) is not None
    )
