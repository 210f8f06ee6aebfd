"""What a question asks a figure for: what is counted or measured, and of whom or what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.search import content_words
from rag.question import Question
from rag.reader.words import stem, stems
from rag.verify.quantities import quantities

_HARM = {
    "dead": r"(?:death )?tolls?|dead|deaths?|died|dies?|dying|kill(?:s|ed|ing)?|killings|slain|perished|drown(?:ed)?"
    r"|massacred|fatalit(?:y|ies)|bodies|corpses|victims|lives|loss of life",
    "injured": r"injur(?:e[sd]?|y|ies|ing)|wound(?:s|ed|ing)?|hurt(?:ing)?|hospitali[sz]ed",
    "missing": r"missing|unaccounted for|disappeared",
    "displaced": r"displac(?:e[sd]?|ing)|homeless|evacuat(?:e[sd]?|ing)|fled|flee(?:ing)?|uprooted|(?:left|lost) their homes"
    r"|out of their homes|(?:forced|driven) from (?:their )?homes?|roofless",
    "arrested": r"arrest(?:s|ed|ing)?|detain(?:s|ed|ing|ees)?|detentions|held(?= (?:in|by|over|on|after)\b|\W*$)|in custody",
    "rescued": r"rescu(?:e[sd]?|ing)",
    "survived": r"survivors|survived?",
    "abducted": r"abduct(?:s|ed|ing|ions)?|kidnap(?:s|p?ed|p?ing|p?ings)?|hostages?",
    "dismissed": r"laid off|lay-?offs?|redundanc(?:y|ies)|redundant|job cuts|los[et] their jobs",
}
_MONEY = {
    "cost": r"cost(?:s|ing)?|pric(?:e[sd]?|ing)|bill|expensive",
    "budget": r"budget(?:s|ed)?|earmarked|allocat(?:e[sd]?|ion)",
    "revenue": r"revenues?|sales|turnover|takings",
    "profit": r"profits?|earnings|net income|earn(?:s|ed)?",
    "loss": r"loss(?:es)?|los[et]|losing",
    "debt": r"debts?|ow(?:e[sd]?|ing)",
    "damage": r"damages?",
    "fine": r"fine[sd]?|penalt(?:y|ies)",
    "bail": r"bail",
    "rent": r"rents?",
    "wage": r"wages?|salar(?:y|ies)|pensions?",
    "paid": r"pa(?:y|ys|id|ying|yments?)|sp(?:end|ends|ent|ending)|bought|buys?",
    "given": r"rais(?:e[sd]?|ing)|donat(?:e[sd]?|ions?|ing)|g(?:ive|ives|ave|iven)|grants?|aid|contribut(?:e[sd]?|ions?|ing)",
    "stolen": r"st(?:eal|eals|ole|olen|ealing)|embezzl(?:e[sd]?|ing|ement)|defraud(?:ed|ing)?|theft",
    "invested": r"invest(?:s|ed|ing|ments?)?|fund(?:s|ed|ing)?",
}


def _pattern(kinds: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in kinds.items())})\b", re.IGNORECASE)


HARM = _pattern(_HARM)
"""What may befall people, by the words that news has for it. A figure for one kind is never one for another."""
MONEY = _pattern(_MONEY)
"""What a sum of money may be, by the words for it."""

_COUNT = re.compile(
    r"\bhow many(?: of (?:the|those|its|their))?\b|\b(?:what|which) (?:is|was|are|were) the (?:\w+ )?number of\b", re.I
)
_SHARE = re.compile(
    r"\b(?:what|which) (?:percent|percentage|share|proportion)\b|\bhow many per ?cent\b"
    r"|^\W*(?:what|how high) (?:is|was|were|are)\b.*\b(?:turnout|rate|inflation|unemployment|percentage|share)\b"
    r"|\bwhat did\b.*\b(?:polls?|surveys?)\b.*\b(?:put|give|have)\b",
    re.I,
)  # fmt: skip
_MEASURE = re.compile(r"\b(turnout|inflation|unemployment)\b|\b(\w+) rate\b", re.I)
_SUM = re.compile(
    r"\bhow much\b|\bwhat (?:sum|amount)\b|\bwhat (?:do|does|did|will|would|is|was)\b.*\bcost\b"
    r"|\bwhat (?:is|was|are|were|will be)\b.*\b(?:cost|price|budget|revenue|turnover|profit|loss|debt|fine|bail|rent|salary|wage)s?\b",
    re.I,
)  # fmt: skip
_TOLL = re.compile(
    r"\b(?:what|how high)\b.*\b(?:toll|number of (?:the )?(?:dead|deaths|victims|casualties|injured|missing))\b"
    r"|^\W*(?:(?:the|latest|current|official|[A-Z][\w’'-]*) ){0,5}(?:death )?toll\b"
    r"|^\W*(?:the )?number of (?:the )?(?:dead|deaths|killed|victims|casualties|injured|wounded|missing)\b",
    re.I,
)
_NO_SUM = re.compile(r"\bhow much (?:\w+er|more|less|of)\b|\bper ?cent", re.I)
_TURNS = re.compile(
    r"\b(?:have|has|had|do|does|did|is|are|was|were|will|would|can|could|may|might|of|in|on|at|for|from|to)\b", re.I
)
_PLURAL = re.compile(r".*[^s]s|people|men|women|children|police|\w+men")
_TIMES = re.compile(r"\b(?:1[789]|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PAST = re.compile(r"\b(?:did|was|were|have|has|had)\b", re.I)
_TO_COME = re.compile(r"\b(?:expect\w*|forecast|predict\w*|plan\w*|target|will|would)\b", re.I)
_EARLIER = re.compile(r"\b(?:last|previous|before|earlier|ago)\b", re.I)
_EMPTY = frozenset(
    map(
        stem,
        "total number figure report reported estimate people person latest put accident incident event company firm".split(),
    )
)
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
    "landslide mudslide",
    "shooting gunman gunmen shot",
)
_NOUNS = ("home house dwelling", "job post position", "worker employee staff", "pupil student", "board aboard onboard")
_ALIKE = {stem(word): stem(group.split()[0]) for group in (*_EVENTS, *_NOUNS) for word in group.split()}
EVENTS = frozenset(stem(group.split()[0]) for group in _EVENTS)
"""What may happen: a passage that does not speak of the event asked about gives no figure for it."""


def alike_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words, one and the same for words that news uses for one another."""
    return frozenset(_ALIKE.get(root, root) for root in stems(text))


PEOPLE = frozenset(map(stem, "people person persons men man others humans individuals victims casualties".split()))
"""Stems of words for people of any kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure must be for.

    `unit` is "" for a count, "money", "percent", or a unit of `rag.verify.quantities`. `kind` is a group of HARM or
    MONEY, "" for any other. `noun` is the stem of what is counted or measured, "" for people and where nothing is named; `topic`
    are the stems of the question's other words, `names` and `times` (years, weekdays) what it is narrowed to. `past`
    where it asks what has come to be and not what is expected, `earlier` where it asks for a time before another.
    """

    unit: str
    kind: str
    noun: str
    topic: frozenset[str]
    names: tuple[str, ...]
    times: frozenset[str]
    past: bool
    earlier: bool


@lru_cache(maxsize=1024)
def asked(question: Question) -> Asked | None:
    """What the question asks a figure for; None where it asks for none, or for one not read here, such as an age."""
    text = question.text
    if _SHARE.search(text):
        measure = _MEASURE.search(text)
        noun = stem((measure[1] or measure[2]).lower()) if measure else ""
        return _asked(question, "percent", "", noun, "percent percentage share proportion poll survey give")
    if _TOLL.search(text):
        return _asked(question, "", kind_of(HARM, text), "", "")
    if counted := _COUNT.search(text):
        return _counted(question, text[counted.end() :])
    kind = kind_of(MONEY, text)
    if _SUM.search(text) and not _NO_SUM.search(text) and (kind or "money" in text.lower()):
        return _asked(question, "money", kind, "", "money")
    return None


def _counted(question: Question, rest: str) -> Asked:
    harm = kind_of(HARM, rest)
    phrase = [w for w in content_words(_TURNS.split(rest, maxsplit=1)[0])[:4] if not HARM.fullmatch(w)]
    head = next((w for w in phrase if _PLURAL.fullmatch(w)), phrase[0] if phrase else "")
    unit = next((q.unit for q in quantities(f"2 {head}")), "") if head else ""
    of = re.match(rf".*?\b{head} of (?:\w+ )??(\w+)\b", rest, re.IGNORECASE) if unit else None
    noun = stem(of[1].lower()) if of else "" if unit or stem(head) in PEOPLE else stem(head)
    return _asked(question, unit, harm, noun, head)


def _asked(question: Question, unit: str, kind: str, noun: str, told: str) -> Asked:
    """`told` are words that the other parts already say."""
    times = frozenset(m[0] for m in _TIMES.finditer(question.text))
    table = MONEY if unit == "money" else HARM
    words = table.sub(" ", question.text) if kind else question.text
    left_out = alike_stems(" ".join((told, *times, *question.names))) | _EMPTY
    past = bool(_PAST.search(question.text)) and not _TO_COME.search(question.text)
    earlier = bool(_EARLIER.search(question.text))
    return Asked(
        unit, kind, _ALIKE.get(noun, noun), alike_stems(words) - left_out, question.names, times, past, earlier
    )


def kind_of(table: re.Pattern[str], text: str) -> str:
    """The kind, of HARM or MONEY, that the text first has a word for; "" for none."""
    found = table.search(text)
    return (found.lastgroup or "") if found else ""
