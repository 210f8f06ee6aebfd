"""What a question asks a figure for: what is counted or measured, and of whom or what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.search import content_words
from rag.figures.kinds import HARM, MEASURE, PEOPLE, alike_stems, canonical, kind_of, unit_of_kind
from rag.figures.source import Source, source_asked
from rag.question import Question, names_in
from rag.reader.words import stem
from rag.verify.quantities import quantities

_COUNT = re.compile(
    r"\bhow many(?: of (?:the|those|its|their))?\b|\b(?:what|which) (?:is|was|are|were) the (?:\w+ )?number of\b", re.I
)
_SHARE = re.compile(
    r"\b(?:what|which) (?:percent|percentage|share|proportion)\b|\bhow many per ?cent\b"
    r"|^\W*(?:what|how high) (?:is|was|were|are)\b.*\b(?:turnout|rate|inflation|unemployment|percentage|share of)\b"
    r"|\bwhat did\b.*\b(?:polls?|surveys?)\b.*\b(?:put|give|have)\b|\b(?:what|how much) support\b.*\b(?:polls?|surveys?)\b",
    re.I,
)  # fmt: skip
_LENGTH = re.compile(r"\bhow (?:high|deep|tall|far)\b", re.I)
_MEASURE = re.compile(r"\b(turnout|inflation|unemployment)\b|\b(\w+) rate\b", re.I)
_SUM = re.compile(
    r"\bhow much\b|\bwhat (?:sum|amount)\b|\bwhat (?:do|does|did|will|would|is|was)\b.*\bcost\b"
    r"|\bwhat (?:is|was|are|were|will be)\b.*\b(?:cost|price|budget|revenue|turnover|profit|loss|debt|fine|bail|rent|salary|wage)s?\b",
    re.I,
)  # fmt: skip
_TOLL = re.compile(
    r"\b(?:what|how high)\b.*\b(?:toll|number of (?:the )?(?:\w+ )?(?:dead|deaths|victims|casualties|injured|missing))\b"
    r"|\bwhat\b.*\b(?:figure|count|tally|estimate)s? (?:for|of)\b.*\b(?:dead|deaths|victims|casualties|injured|missing)\b"
    r"|^\W*(?:(?:the|latest|current|official|[A-Z][\w’'-]*) ){0,5}(?:death )?toll\b"
    r"|^\W*(?:the )?number of (?:the )?(?:dead|deaths|killed|victims|casualties|injured|wounded|missing)\b",
    re.I,
)
_TOLD = re.compile(
    r"^\W*(?:and |but )?what (?:has|have|had|did|does|do)\b.*\b(?:puts?|gives?|given|gave|counts?|counted|records?|recorded)\b.*\b(?:dead|deaths|killed|injured|wounded|hurt"
    r"|missing|displaced|homeless|arrested)\b",
    re.I,
)
"""What has the agency put the dead at?"""
_NO_VERB = re.compile(
    r"^\W*(?!(?:who|whose|whom|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|will|would)\b)"
    r"(?:[\w’'-]+ ){0,4}(?:dead|injured|wounded|missing|deaths|fatalities|casualties|homeless|displaced|arrests)\b",
    re.I,
)
"""Dead in the storm, according to the police?"""
_OTHER = re.compile(r"^\W*(?:and |but |so )?(?:who|whom|whose|when|where|how come)\b", re.I)
"""Who gave the toll?"""
_NO_SUM = re.compile(r"\bhow much (?:\w{2,}er|more|less|of)\b|\bper ?cent", re.I)
_VALUE = re.compile(
    r"^\W*(?:and |but |so )?(?:(?:at|for) what\b|what (?:is|was|are|were|will|would|has|have|had|did|does|do)\b|how (?:large|big|high|low|steep|great|fast|quickly|strongly)\b"
    r"|how (?:did|has|have|does|do|was|were|is)\b.*\b(?:move[ds]?|change[ds]?|developed?|evolved?|shift(?:ed)?|ris(?:e|en)|fall(?:en)?|gr[eo]wn?)\W*"
    r"(?:$|between|from|over|since|in|during|until|after|before))",
    re.I,
)
"""A question whose answer, where it asks for something that is measured, is a figure."""
_NAMED = re.compile(
    r"^\W*(?:and |but |so )?(?:what )?(?:(?!(?:who|whose|whom|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|will|would"
    r"|what)\b)[\w’'-]+ ){0,2}?\Z",
    re.I,
)
"""What final dividend …? Highest bid for the line?"""
_DOES = re.compile(r"\b(?:do|done|decide[sd]?|decision|think)\b.* (?:with|on|about|of)\b", re.I)
_COMES_TO = re.compile(r"\b(?:comes? to|amounts? to|adds? up to|will be|stands? at|worth)\b", re.I)
_WORDS_TOO = frozenset(("offer", "pledge", "given", "invested", "paid", "target", "given"))
"""What is offered, promised or paid need be no sum, unless it is so much, or for something."""
_FOR = re.compile(r"\b(?:for|per|a share|pay|price|money|rise)\b", re.I)
_DEMANDED = re.compile(r"\b(?:ask(?:s|ed|ing)? for|demand(?:s|ed|ing)?|want(?:s|ed)?|sought|seek(?:s|ing)?)\b", re.I)
_PER = re.compile(
    r"\b(?:per|an?|each|every|one) (?:[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)* )?(share|barrel|tonne|ton|lit(?:er|re)|gallon|head|unit)\b"
)
_TURNS = re.compile(
    r"\b(?:have|has|had|do|does|did|is|are|was|were|will|would|can|could|may|might|of|in|on|at|for|from|to)\b", re.I
)
_PLURAL = re.compile(r".*[^s]s|people|men|women|children|police|staff|crew|cattle|sheep|personnel|aircraft|\w+men")
_TIMES = re.compile(r"\b(?:1[789]|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PAST = re.compile(r"\b(?:did|was|were|have|has|had)\b", re.I)
_TO_COME = re.compile(r"\b(?:expect\w*|forecast|predict\w*|plan\w*|target|will|would)\b", re.I)
_KNOWN = re.compile(r"\b(?:report\w*|known|count\w*|record\w*|confirm\w*|st(?:and|ood) at|listed|toll)\b", re.I)
_EARLIER = re.compile(r"\b(?:last|previous|before|earlier|ago)\b", re.I)
_EMPTY = frozenset(
    map(
        stem,
        "total number figure report reported estimate people person latest put accident incident event company firm time altogether"
        " expect expected make say said come comes put official count toll violence disaster tragedy crisis catastrophe unrest trouble"
        " troubles conflict help aid sum money record recorded cash year last week day month today yesterday early late mid stand stood far now end start beginning economy"
        " january february march april may june july august september october november december".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure must be for.

    `unit` is "" for a count, "money", "percent", "length", or a unit of `rag.verify.quantities`. `kind` is a group of HARM or
    MEASURE, "" for any other. `noun` is the stem of what is counted or measured, "" for people and where nothing is named; `topic`
    are the stems of the question's other words, `names` and `times` (years, weekdays) what it is narrowed to. `past`
    where it asks what has come to be and not what is expected, `ahead` where it asks what is, `earlier` where it asks for
    a time before another. `source` is whose figure it must be, None for anybody's; `per` the thing for each of which it is
    to be, such as a share. `knows` where a time that the question names is when something was known, said or offered,
    and not when it happened.
    """

    unit: str
    kind: str
    noun: str
    topic: frozenset[str]
    names: tuple[str, ...]
    times: frozenset[str]
    past: bool
    earlier: bool
    ahead: bool = False
    source: Source | None = None
    per: str = ""
    knows: bool = False


ANYTHING = Asked("", "", "", frozenset(), (), frozenset(), past=False, earlier=False)
"""What is asked where the words do not tell which kind of figure it is."""


@lru_cache(maxsize=1024)
def asked(question: Question) -> Asked | None:
    """What the question asks a figure for; None where it asks for none, or for one not read here, such as an age."""
    text = question.text
    if _OTHER.match(text):
        return None
    kind = _measured(text)
    if _SHARE.search(text):
        measure = _MEASURE.search(text)
        noun = stem((measure[1] or measure[2]).lower()) if measure else ""
        return _asked(question, "percent", "", noun, "percent percentage share proportion poll survey give")
    if _TOLL.search(text) or _TOLD.search(text) or _NO_VERB.search(text):
        return _asked(question, "", kind_of(HARM, text), "", "")
    if counted := _COUNT.search(text):
        return _counted(question, text[counted.end() :])
    if _SUM.search(text) and not _NO_SUM.search(text) and (kind or "money" in text.lower()):
        return _asked(question, "money", kind, "", "money")
    if _LENGTH.search(text) and _TO_COME.search(text):
        return _asked(question, "length", "", "", "high deep tall far go")
    if kind and _asks_a_value(text) and (question.asks != "said" or _COMES_TO.search(text)):
        if _DEMANDED.search(text) or (kind in _WORDS_TOO and not _FOR.search(text)):
            return None
        return _asked(question, unit_of_kind(kind), kind, "", "money move change develop fast large")
    return None


def widened(wanted: Asked) -> str:
    """What else to search for: the words that news has for what is counted, with those that the question narrows it by."""
    words = _SAID_AS.get(wanted.kind, "")
    return (
        " ".join(
            filter(None, (words, *wanted.names, *sorted(wanted.topic), wanted.source.who if wanted.source else ""))
        )
        if words
        else ""
    )


def _measured(text: str) -> str:
    """The kind of MEASURE that is asked for: the first, but that a price offered is an offer."""
    kinds = [m.lastgroup or "" for m in MEASURE.finditer(text)]
    return "offer" if kinds[:1] in (["cost"], ["paid"]) and "offer" in kinds else (kinds or [""])[0]


def _asks_a_value(text: str) -> bool:
    """Whether the answer is the value of what is measured: "What loss is …", "How did the forecast … move?"."""
    first = MEASURE.search(text)
    named = first is not None and _NAMED.match(text[: first.start()]) is not None
    return (named or _VALUE.search(text) is not None) and not _DOES.search(text)


def _counted(question: Question, rest: str) -> Asked:
    harm = kind_of(HARM, rest)
    phrase = [w for w in content_words(_TURNS.split(HARM.sub(" of ", rest), maxsplit=1)[0])[:4]]
    at = next((i for i, w in enumerate(phrase) if _PLURAL.fullmatch(w)), 0)
    if at + 1 < len(phrase) and re.search(rf"\b{re.escape(phrase[at])} {re.escape(phrase[at + 1])}\b", rest, re.I):
        at += _PLURAL.fullmatch(phrase[at + 1]) is not None  # "measles cases", but "people's homes"
    head = phrase[at] if phrase else ""
    if re.search(rf"\b{re.escape(head.capitalize())}\b", rest) and harm:
        head = ""  # "How many Syrians have fled?": people, by a name
    unit = next((q.unit for q in quantities(f"2 {head}")), "") if head else ""
    of = re.match(rf".*?\b{head} of (?:\w+ )??(\w+)\b", rest, re.IGNORECASE) if unit else None
    noun = stem(of[1].lower()) if of else "" if unit or stem(head) in PEOPLE else stem(head)
    return _asked(question, unit, harm, noun, head)


_SAID_AS = {
    "dead": "death toll killed dead died bodies found",
    "injured": "injured hurt wounded treated hospital",
    "missing": "missing still searched unaccounted",
    "displaced": "left their homes evacuated shelters fled homeless",
    "arrested": "arrested detained held police",
    "present": "crowd people police put attended marched",
    "cost": "cost bill million",
    "loss": "lose loss losses",
    "offer": "offered bid share raised offer",
    "pledge": "promised aid set aside fund million",
    "raise": "offer raise percent pay",
    "growth": "growth forecast percent economy",
    "inflation": "inflation prices percent forecast",
    "deficit": "deficit percent output budget",
}
"""Words of reports on what a question may ask for in others."""


def _asked(question: Question, unit: str, kind: str, noun: str, told: str) -> Asked:
    """`told` are words that the other parts already say."""
    text = question.text
    source = source_asked(text)
    rest = text[: source.span[0]] + " " + text[source.span[1] :] if source else text
    times = frozenset(m[0] for m in _TIMES.finditer(text))
    words = (MEASURE if unit in ("money", "percent") else HARM).sub(" ", rest) if kind else rest
    own = names_in(source.who) if source else ()
    names = tuple(name for name in question.names if name not in own and name in rest)
    per = _PER.search(text)
    left_out = alike_stems(" ".join((told, *times, *question.names, per[1] if per else ""))) | _EMPTY
    ahead = bool(_TO_COME.search(text))
    return Asked(
        unit,
        kind,
        canonical(noun),
        alike_stems(words) - left_out,
        names,
        times,
        past=bool(_PAST.search(text)) and not ahead,
        earlier=bool(_EARLIER.search(text)),
        ahead=ahead,
        source=source,
        per=per[1] if per else "",
        knows=source is not None or unit in ("money", "percent") or _KNOWN.search(text) is not None,
    )
