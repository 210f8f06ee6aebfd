"""The figures of a sentence, and what befell those whom each counts: "killed 12 people and injured nearly 40"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.search import stop_words
from rag.figures.kinds import HARM, alike_stems
from rag.verify.dates import date_spans
from rag.verify.quantities import Quantity, quantities

_CURRENCIES = frozenset("dollar euro pound yen franc mark cent crown rupee peso".split())
_COINS = frozenset(
    "baht dinar dirham forint hryvnia koruna krona kronor krone kroner kuna kwacha leu lei lev lira liras lire naira pence penny rand"
    " real reais renminbi ringgit riyal rial rouble roubles ruble rubles rupiah shekel shekels shilling shillings sol taka tenge won yuan"
    " zloty zlotys dinars rials riyals".split()
)
"""Money that is not a unit of `quantities`, because some of the words mean other things without a figure before them."""
_LED = re.compile(
    r"\b(?:(?:as (?:many|much|few) as|at (?:least|most)|(?:more|fewer|less) than|no (?:more|fewer|less) than|up to|close to"
    r"|just (?:over|under|short of)|well over|an? estimated|between|over|under|above|below|about|around|nearly|almost|roughly"
    r"|some|approximately|only)\s+(?:an?\s+)?)+\Z",
    re.I,
)
_TRAILED = re.compile(r"\s+(?:or (?:more|so|fewer|less)|at (?:the )?(?:very )?(?:most|least))\b", re.I)
_RANGE = re.compile(r"\s*(?:to|or|and|-|–)\s*(?:[$€£¥])?\s*", re.I)
_LONE = re.compile(
    r"(?<!-)\b(?:(?P<one>one|a single)(?=\s+(?!of\b|another\b)[a-z])"
    r"|(?P<none>no (?:people|deaths|injuries|fatalities|casualties|arrests|one)|nobody))\b",
    re.I,
)
"""One and none, which `quantities` leaves to its callers."""
_IN_A_NAME = re.compile(
    r"(?:\b(?:Local|[Ff]light|[Rr]oute|Highway|Interstate|Boeing|Airbus|[Aa]rticle|[Ss]ection|Chapter|Channel|Resolution|Number|No\.)|#)"
    r"\s*\Z"
)
_NUMBERED = re.compile(r"\b[A-Z][a-z]+s (?:\d{1,3}(?:, | and |, and | or | to ))+\d{1,3}\b(?![\d.,:]*\d)")
"""Silos 3 and 5 are told apart by number, and are two."""
_AGE = re.compile(
    r"\b(?:(?:wo)?man|boy|girl|youth|teenager|student|mother|father|widow(?:er)?|pensioner|driver|worker|farmer|nurse|child) of\s*\Z",
    re.I,
)
"""A man of 38 is one."""
_TABLE = 50
"""So many figures in a row are a table and no sentence."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINS = re.compile(r"(?: (?!were|was|is|are|have|has|had)[a-z][\w-]*){1,3}(?:,|,? and) ")
_PARENTHESIS = re.compile(
    r",\s*(?:(?:including|among them|mostly|most of them|many of them|some of them|all of them)\b"
    r"|(?:at least )?\w+ of (?:them|whom)\b)[^,;]*(?:,|(?=[;.]?\s*\Z))|\([^()]*\)",
    re.I,
)
_BESIDE = re.compile(r",\s(?:an?|the)\s[^,;.]{1,40},")
"""One person, a student of 23, is missing."""
_WORD = re.compile(r"[A-Za-z][\w'’-]*|[^\w\s]")
_STOPS = frozenset(
    "who that which where when while after as before because but nor if whose i he she they we it than since until so then"
    " found took went came saw ran gave made told held built began sent lost met paid put set spoke stood won wrote knew kept"
    " fell fought brought broke drove flew led said says".split()
)
_PASSIVE = frozenset(
    "is are was were be been being got feared confirmed reported believed presumed listed left".split()
)
_STATED = (
    frozenset("known thought said declared pronounced suspected aged trapped armed unarmed unidentified".split())
    | _PASSIVE
)
_PREPOSITIONS = frozenset("of in at on by near from aboard inside across with for over under during".split())
_NOUNS = re.compile(
    r"\w*tolls?|deaths|fatalities|bodies|corpses|lives|injuries|arrests|detentions|lay-?offs?|redundancies", re.I
)
_WHO = re.compile(r"victims|hostages?|survivors|detainees", re.I)
_TRANSITIVE = re.compile(
    r"(?:kill|injur|wound|arrest|detain|displac|evacuat|rescu|abduct|kidnap|massacr)\w*|hurt|held", re.I
)
_OBJECT = re.compile(
    r"\s+(?:(?:an?|the|his|her|their|its|some|several|many|dozens|hundreds|more|at least|nearly|about)\b|\d|[A-Z])",
    re.ASCII,
)
_TIME_BEHIND = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|this|so far|overnight|the (?:day|week))\b)"
)
_DETERMINERS = r"(?:(?:the|all|another|other|a|further|additional|of|his|her|its|what)\s+)*\Z"
_DOES = re.compile(
    r"(?:shot dead|kills|killed|killing|claim(?:s|ed|ing) the lives of|(?:deaths?|bodies|corpses|lives|killing|arrests?|detention|rescue"
    r"|evacuation|kidnapping|abduction) of"
    r"|(?:injur|wound|arrest|detain|displac|evacuat|rescu|abduct|kidnap|massacr)\w*(?:ed|es|ing|s)|hurt(?:ing)?)\s+"
    + _DETERMINERS,
    re.I,
)
_LINKED = re.compile(
    r"(?P<cue>(?:(?:death |injury )?\btolls?|\b(?:deaths|fatalities|injuries|arrests|(?<![Aa]mong )(?<!of )the (?:dead|injured|missing|wounded|homeless))"
    r"|\b(?:crowd|attendance)"
    r"|\b(?:number|total|count|tally)(?: of)?(?: \w+){0,3}? (?:dead|deaths|killed|died|victims|injured|wounded|hurt|missing|displaced"
    r"|homeless|evacuated|evacuees|refugees|arrested|detained|fatalities|rescued|survivors|hostages))\b)"
    r"(?P<between>(?:(?!\b(?:who|which|when|where|while|because|but)\b)[^;]){0,160}?)"
    r"(?:\b(?:to|at|is|was|are|were|of|as|reach\w*|pass\w*|hit|hits|topp?\w*|exceed\w*|surpass\w*|number\w*|total\w*)|:)\s+"
    + _DETERMINERS,
    re.I,
)
_NUMBER_BEHIND = re.compile(
    r"\s+the (?:number|total|count)(?: of)?(?: \w+){0,2}? (?:dead|killed|injured|wounded|missing|arrested|detained)\b"
)
_SOME_OF = re.compile(r"\s+of (?:the|those) (?:\w+ )?(?:dead|killed|injured|wounded|victims|missing)\b")
_RELATIVE = re.compile(r" (?:had|have|has|were|are|was|died|fled)\b")
"""Of the 300 people who had fled …"""
_MODAL = re.compile(r"\b(?:to|could|would|might|can|cannot|not|n't|never|threaten\w*|have)\s+(?:have\s+)?\Z", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure `sentence[start:end]` with the words that bound it: from `low` to `high`, equal where it is no range.

    `count` is the number as it is said, before its unit.

    `unit` is "" for a count, "money", or a unit of `rag.verify.quantities`; `currency` the unit of money. `nouns` are
    the words behind it that it may count. `among` where it is given for some of those of another figure.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    currency: str
    bound: str
    nouns: tuple[str, ...]
    among: bool
    count: float = 0.0


@lru_cache(maxsize=2048)
def figures_of(sentence: str) -> tuple[Figure, ...]:
    """The figures of a sentence, in order: no dates, ages, times of day, places in a row, scores or numbers in names."""
    every = [
        *quantities(sentence),
        *(Quantity(1.0 if m["one"] else 0.0, "", "", *m.span()) for m in _LONE.finditer(sentence)),
    ]
    plain = sorted((q for q in every if _counts(sentence, q)), key=lambda q: q.start)
    if not 0 < len(plain) < _TABLE:
        return ()
    dates, masked = date_spans(sentence), without_parentheses(sentence)
    plain = [q for q in plain if not any(start < q.end and q.start < end for start, end in dates)]
    plain = [q for q in plain if not any(_run_together(sentence, q, other) for other in plain)]
    found: list[Figure] = []
    at = 0
    while at < len(plain):
        first = last = plain[at]
        if at + 1 < len(plain) and _is_range(sentence, first, plain[at + 1]):
            at, last = at + 1, plain[at + 1]
        at += 1
        led, trailed = _LED.search(sentence, max(0, first.start - 40), first.start), _TRAILED.match(sentence, last.end)
        start, end = led.start() if led else first.start, trailed.end() if trailed else last.end
        unit = "money" if first.unit in _CURRENCIES else first.unit
        currency = first.unit if unit == "money" else ""
        nouns, among = _nouns(sentence, last.end), masked[first.start] == " "
        if not unit and nouns and nouns[0] in _COINS:
            coin = re.compile(re.escape(nouns[0]), re.I).search(sentence, last.end)  # also "five Crowns"
            unit, currency, nouns, end = "money", nouns[0], nouns[1:], max(end, coin.end()) if coin else end
        count = first.count or first.value
        found.append(Figure(start, end, first.value, last.value, unit, currency, first.bound, nouns, among, count))
    return tuple(found)


def without_parentheses(sentence: str) -> str:
    """The sentence with blanks for ", including three children," and for what stands in brackets; same length."""
    return _PARENTHESIS.sub(lambda m: " " * len(m[0]), sentence)


def _counts(sentence: str, quantity: Quantity) -> bool:
    if quantity.ordinal or quantity.unit in ("clock", "score"):
        return False
    if re.match(r"-[A-Za-z]", sentence[quantity.end : quantity.end + 2]) and quantity.unit not in _CURRENCIES:
        return False
    words, before = sentence[quantity.start : quantity.end], sentence[max(0, quantity.start - 40) : quantity.start]
    if _AGE.search(before):
        return False
    if not quantity.unit and any(m.start() < quantity.start < m.end() for m in _NUMBERED.finditer(sentence)):
        return False
    return not (words.isdigit() and (_IN_A_NAME.search(before) or (_YEAR.fullmatch(words) and not _LED.search(before))))


def _run_together(sentence: str, one: Quantity, two: Quantity) -> bool:
    """Whether two numbers in words stand for one that was not understood: "five thousand four hundred"."""
    one, two = sorted((one, two), key=lambda q: q.start)
    words = sentence[one.start : two.end]
    return one is not two and sentence[one.end : two.start] == " " and not re.search(r"\d", words)


def _is_range(sentence: str, one: Quantity, two: Quantity) -> bool:
    between = sentence[one.end : two.start]
    if not _RANGE.fullmatch(between) or one.unit != two.unit or one.value >= two.value:
        return False
    before = sentence[: one.start]
    if "and" in between:
        return re.search(r"\bbetween\s+\Z", before) is not None
    return re.search(r"(?<!ranging )(?<!ranged )\bfrom\s+\Z", before) is None


def _nouns(sentence: str, end: int) -> tuple[str, ...]:
    """The words right behind a figure that may be what it counts: "full-time jobs", "of its dockers"."""
    opened = re.match(r"\s+of (?:the|its|their|his|her|our|those)\b", sentence[end:])
    found: list[str] = []
    for word in _WORD.finditer(sentence, end + (opened.end() if opened else 0)):
        lower = word[0].lower()
        if not word[0][0].isalpha() or lower in stop_words() | _STOPS | _STATED or len(found) == 4:
            break
        if HARM.fullmatch(lower) and not _WHO.fullmatch(lower):
            break
        found.append(lower)
    return tuple(found)


def enumerated(sentence: str, at: int) -> range:
    """The figures named in one breath with number `at`, itself included: "two soldiers and five rebels were killed"."""
    figures, first, last = figures_of(sentence), at, at
    while first and _joins(sentence, figures[first - 1], figures[first]):
        first -= 1
    while last + 1 < len(figures) and _joins(sentence, figures[last], figures[last + 1]):
        last += 1
    return range(first, last + 1)


def _joins(sentence: str, one: Figure, two: Figure) -> bool:
    between = _JOINS.fullmatch(sentence, one.end, two.start)
    acts = any(noun.endswith("ed") or noun in _STOPS for noun in two.nouns)
    return between is not None and not acts and bool(two.nouns) and not HARM.search(between[0])


def harm_to(sentence: str, at: int) -> str:
    """What befell those whom the figure number `at` of the sentence counts: a kind of HARM, "" for none."""
    others = (i for i in enumerated(sentence, at) if i != at)
    return _harm_to(sentence, at) or next((kind for i in others if (kind := _harm_to(sentence, i))), "")


@lru_cache(maxsize=4096)
def _harm_to(sentence: str, at: int) -> str:
    figures, masked = figures_of(sentence), without_parentheses(sentence)
    figure = figures[at]
    if figure.among:
        host = next((i for i in range(at - 1, -1, -1) if not figures[i].among), None)
        return _harm_to(sentence, host) if host is not None else ""
    # "From nine to 12": what goes before nine tells of both.
    before = [f for f in figures[:at] if not f.among and not re.search(r"\bfrom\s+\Z", sentence[: f.start])]
    left = masked[before[-1].end if before else 0 : figure.start]
    if (does := _DOES.search(left)) and not _MODAL.search(left[: does.start()]):
        return "" if any(_and_more(left, m) for m in HARM.finditer(left)) else _kind(does[0])
    if linked := _linked(left):
        return _kind(linked["cue"]) if not HARM.search(linked["between"]) or "number" in linked["cue"] else ""
    masked = _BESIDE.sub(lambda m: " " * len(m[0]), masked)
    if masked[figure.start] == " ":
        return ""
    nexts = [f.start for f in figures[at + 1 :] if not f.among and masked[f.start] != " "]
    return _behind(masked, figure, nexts[0] if nexts else len(masked))


def _linked(left: str) -> re.Match[str] | None:
    """The last cue, such as "the number of dead", that leads to the end of what stands before a figure."""
    found, at = None, 0
    while cue := _LINKED.search(left, at):
        found, at = cue, cue.end("cue")
    return found


def _behind(sentence: str, figure: Figure, limit: int) -> str:
    """The kind of harm told behind a figure: "12 people in two buses were killed", "40 injured", "nine deaths"."""
    own = sentence[figure.start : figure.end]  # "no deaths"
    if own.lower().startswith("no ") and (kind := _kind(own)):
        return kind
    if behind := _NUMBER_BEHIND.match(sentence, figure.end):
        return _kind(behind[0])
    if _SOME_OF.match(sentence, figure.end):
        return ""
    passive = preposition = False
    counted, at, spoken = "", figure.end, 0
    while (word := _WORD.search(sentence, at, limit)) and spoken < 12:
        at, lower = word.end(), word[0].lower()
        cue = HARM.match(sentence, word.start())
        if cue:
            at = cue.end()
            if sentence[: cue.start()].endswith(" the ") or (preposition and _WHO.fullmatch(cue[0])):
                return counted  # "votes cast in the names of the dead", "money for the victims"
            if _WHO.fullmatch(cue[0]) or _before_a_noun(sentence, at):
                counted, spoken = cue.lastgroup or "", spoken + 1
                continue
            return _told(sentence, cue, passive, preposition) or counted
        if lower in ("who", "that") and spoken and _RELATIVE.match(sentence, at):
            continue
        if not word[0][0].isalpha() or (lower in _STOPS and not sentence[at:].startswith((" dead", " missing"))):
            break
        if lower == "to" and not re.match(r" (?:have|be|death)\b", sentence[at:]):
            break
        if lower.endswith("ed") and lower not in _STATED and not passive:
            break
        if lower.endswith("ing") and lower != "being" and not preposition:
            break
        passive, preposition = passive or lower in _PASSIVE, preposition or lower in _PREPOSITIONS
        spoken += 1
    return counted


def _and_more(sentence: str, cue: re.Match[str]) -> bool:
    """Whether one figure is given for two kinds of harm: "1,200 were killed or wounded"."""
    joined = re.match(r" (?:and|or) (?:(?:were|are) )?", sentence[cue.end() :])
    other = HARM.match(sentence, cue.end() + joined.end()) if joined else None
    return other is not None and other.lastgroup != cue.lastgroup


def _before_a_noun(sentence: str, at: int) -> bool:
    """Whether the word of harm that ends there only describes those who are counted: "three injured men died"."""
    behind = re.match(r" ([a-z]+)(?<!ly)\b", sentence[at:])
    return behind is not None and behind[1] not in stop_words() | _STOPS | _PREPOSITIONS | _STATED


def _told(sentence: str, cue: re.Match[str], passive: bool, preposition: bool) -> str:
    """The kind of a word of harm behind a figure, "" where it is no predicate of what is counted."""
    kind, word = cue.lastgroup or "", cue[0]
    if _and_more(sentence, cue):
        return ""
    if _NOUNS.fullmatch(word):
        lost = word.lower() != "lives" or re.search(r"\b(?:claim|cost|lost|took|taken|losing)", sentence, re.I)
        return kind if not passive and not preposition and lost else ""
    if word.lower().endswith("ing") and word.lower() not in ("missing", "dying"):
        return ""
    if _TRANSITIVE.fullmatch(word) and not passive and not word.lower().endswith("missing"):
        behind = sentence[cue.end() :]
        return "" if _OBJECT.match(behind) and not _TIME_BEHIND.match(behind) else kind
    return kind


def _kind(words: str) -> str:
    """The kind that the words end in: "number of people killed"."""
    found = list(HARM.finditer(words))
    return (found[-1].lastgroup or "") if found else _OTHERWISE.get(words.split()[0].lower(), "")


_OTHERWISE = {"rescue": "rescued", "evacuation": "displaced", "detention": "arrested", "abduction": "abducted"}


def stems_of_nouns(figure: Figure) -> frozenset[str]:
    """The stems of the words that the figure may count."""
    return alike_stems(" ".join(figure.nouns))
