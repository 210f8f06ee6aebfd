"""Which figures of a sentence are for the quantity asked for, and none of those that only look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.figures.asked import Asked
from rag.figures.bare import is_bare, is_next, told_kind
from rag.figures.coins import measured
from rag.figures.counted import Figure, figures_of, harm_to, stems_of_nouns
from rag.figures.kinds import EVENTS, HARM, MEASURE, PEOPLE, alike_stems, serves
from rag.names import holds
from rag.question import names_in
from rag.reader.words import stems
from rag.values import Span
from rag.verify.quantities import quantities

_WRONG = re.compile(r"\b(?:not|instead of|rather than)\s*(?:the |an? )?\Z", re.I)
_OLD = re.compile(
    r"\b(?:from|against|versus|compared (?:with|to)|(?:less|more|fewer|lower|higher) than(?: [\w’']+){0,3}? (?:figure|count|estimate|number|offer"
    r"|bid|forecast) of|(?:previous|earlier|first|original) \w+ of|(?:initially|originally|previously) (?:\w+ ){0,4}|had (?:said|put it at"
    r"|given|reckoned with|expected|forecast|counted|bid|offered))\s*(?:the |an? )?\Z",
    re.I,
)
_FROM = re.compile(r"\bfrom\s*(?:the |an? )?\Z", re.I)
_CHANGES = re.compile(
    r"\b(?:to|up|down|again|rais\w+|lower\w*|cut\w*|rose|ris\w+|f[ae]ll\w*|increas\w+|reduc\w+|revis\w+|chang\w+|gr[eo]w\w*|climb\w*|dropp?\w*)\b",
    re.I,
)
"""Without such a word "45 dead from eight villages" tells of no change."""
_FIRST = re.compile(
    r"(?<!\b[Aa] )\b(?:first|initial|original|opening|earlier|previous) (?:offer|bid|forecast|estimate|price|proposal)\b[^.;]{0,30}\Z"
    r"|\b[Aa] (?:second|third), of \Z"
)
_NOT_BUT_BEFORE = re.compile(
    r"\s+(?:\w+ ){0,3}?(?:had|previously|earlier|before|first|initially|originally|spoken of)\b", re.I
)
"""And not the $8 million it had reckoned with: what no longer holds, but did."""
_OLD_BEHIND = re.compile(
    r"\s+(?:\w+ )?(?:first|initially|originally|previously|earlier) (?:given|reported|announced|estimated|thought)",
    re.I,
)
_YEAR_BEFORE = re.compile(
    r",?\s+(?:in |for )?(?:an? year (?:earlier|ago|before)|the (?:same|previous|prior|year-earlier) \w+|last (?:year|month|week))\b"
)
_DENIED = re.compile(r"\b(?:den(?:y|ies|ied)|rumou?rs?|untrue|false(?:ly)?|no evidence|incorrectly)\b", re.I)
_TO_COME = re.compile(
    r"\b(?:would|will|could|expect(?:s|ed|ing)?|forecasts?|predict(?:s|ed)?|projected|targets?|hope[sd]?|aim(?:s|ed)?)"
    r"(?: (?!said|says)[\w’']+){0,5} \Z",
    re.I,
)
_COST_OF_ANOTHER = re.compile(r"\b(?P<what>[a-z]{3,}) (?:costs?|price|bill|budget) (?:of|to|at|is|was|are|were)\b")
_OF_ANY = stems("total estimated expected overall final full original current annual average whole latest new")
_FIRM = re.compile(r"(?:[A-Z][\w’'-]*,? ){1,6}(?:Inc|Co|Ltd|Corp|PLC|plc|LLC|Group)\b")
_YEAR = re.compile(r"(?:(?<!since )(?<!from )|(?=\d{4}, when))\b(1[789]\d\d|20\d\d)\b(?![,.]\d)")
_LEANS = re.compile(
    r"[\"“]?(?:(?:In|On|At|By) (?:\w+ ){1,2}?(?:it|they|she|he) |It|Its|They|Their|This|That|Each|(?:The|That|This) (?:project|scheme|plan|work|building|total|bill|cost|figure)s?)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b", re.I)
_FOR_NAME = re.compile(
    r"(?: of [\w ]{1,20})?\s(?:for|behind|back(?:ed|ing)?|support(?:ed|ing|s)?|favou?r(?:ed|s)?|to)\s(?=[A-Z])"
)
_RIVAL = re.compile(r"\b(?:over|against|than|behind|ahead of|of)\s\Z")
_SHARED = stems("votes ballots seats points goals") | {"percent"}
"""What candidates, parties and teams have shares of: such a figure belongs to one of them."""
_STRAY_END = re.compile(r"[,;:]|\band\b")


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sentence stands.

    `before` is its paragraph up to it, `title`, `above` and `lead` the headline, the paragraph above and the one that the
    article begins with, `around` the stems of all of them. `picked` is where the reader sees the answer in the sentence.
    `coins` are the article's own words for its money. `linked` where the article is about the matter though it does not
    name the event.
    """

    before: str
    title: str
    above: str
    lead: str
    around: frozenset[str]
    picked: Span | None
    published: date | None
    coins: frozenset[str]
    linked: bool = False


def fitting(asked: Asked, sentence: str, scene: Scene, last: Figure | None = None) -> Iterator[tuple[Figure, bool]]:
    """The figures of the sentence that are for what is asked, in order, and whether each is a former value.

    `last` is the last one that fitted in the paragraph: a bare figure may be another value of the same.
    """
    picked = scene.picked
    if not last and not _may_hold(asked, sentence, scene):
        return
    every = measured(sentence, scene.coins)
    right = [
        i for i, f in enumerate(every) if _right_kind(asked, sentence, i, scene) and not _other(asked, sentence, f)
    ]
    if right and not _of_the_year(asked, sentence, scene):
        return
    if asked.unit == "" and asked.noun in _SHARED:
        right = [i for i in right if not _is_picked_away(asked, sentence, every[i])]
    right = [i for i in right if not _DENIED.search(sentence[: every[i].start])]
    if asked.unit in _SHARED and asked.kind:
        pass
    elif asked.unit in _SHARED and asked.noun:
        right = [i for i in right if asked.noun in alike_stems(_stretch(asked, sentence, i, scene.coins))]
    elif asked.unit in _SHARED and not asked.names:
        right = [i for i in right if _is_picked(every[i], picked)]
    elif asked.unit in _SHARED or (asked.noun in _SHARED and asked.names):
        right = [i for i in right if _of_the_named(asked, sentence, scene.before, [every[j] for j in right], every[i])]
    elif len(right) > 1 and not asked.source:
        # "The bridge will cost $5 million and the tunnel $9 million."
        wanted = asked.topic | {stem for name in asked.names for stem in stems(name)}
        shared = {i: len(wanted & alike_stems(_stretch(asked, sentence, i, scene.coins))) for i in right}
        right = [i for i in right if shared[i] == max(shared.values())]
    told = set(right)
    for i, figure in enumerate(every):
        held = last or next((every[j] for j in right if j < i), None)
        if i not in told and held and not (asked.kind and not asked.unit) and is_next(sentence, i, held):
            told.add(i)
            every = (*every[:i], replace(figure, unit=held.unit, currency=held.currency), *every[i + 1 :])
    yield from ((every[i], is_former(sentence, every[i])) for i in sorted(told))


def _may_hold(asked: Asked, sentence: str, scene: Scene) -> bool:
    """Whether it is worth while to look at the sentence's figures one by one; told quickly."""
    if asked.unit == "":
        bare = asked.kind and figures_of(sentence)
        return bool(not asked.kind or bare or any(cue.lastgroup == asked.kind for cue in HARM.finditer(sentence)))
    return bool(scene.coins) or any(q.unit not in ("", "clock", "score") for q in quantities(sentence))


def _right_kind(asked: Asked, sentence: str, at: int, scene: Scene) -> bool:
    figure, around, picked = measured(sentence, scene.coins)[at], scene.around, scene.picked
    alike = (asked.unit == "percent" and figure.unit == "part") or (asked.unit == "length" and figure.unit in LENGTHS)
    if asked.unit != figure.unit and not alike:
        return False
    nouns, near = stems_of_nouns(figure), _is_picked(figure, picked)
    if asked.unit == "" and not asked.kind and (figure.low <= 1 or harm_to(sentence, at)):  # "one docker" is no count
        return False
    if asked.kind and asked.unit == "":
        of_them = asked.noun in nouns if asked.noun else not figure.among and not nouns & _THINGS
        kind = harm_to(sentence, at)
        if not kind and not asked.noun and is_bare(sentence, at):
            kind = told_kind(sentence, at, scene.before, scene.title, scene.above, scene.lead)
        return of_them and figure.low % 1 == 0 and kind == asked.kind and _told_around(asked, scene)
    if is_difference(sentence, figure):
        return False
    if figure.among and asked.noun not in nouns:
        return False
    if asked.kind:
        kind, each = _measure_of(asked, sentence, at, scene), _PER.match(sentence, figure.end)
        if not serves(asked.kind, kind) or not _each(asked, sentence, figure):
            return False
        if (asked.kind, kind) == ("offer", "paid") and not each:
            return False
    elif asked.unit == "":
        elided = not nouns and asked.noun in _SHARED and asked.noun in around
        beside = near or bool(asked.topic & alike_stems(sentence[figure.end : figure.end + 20]))  # "239 on board"
        if not ((asked.noun in nouns or elided) if asked.noun else bool(nouns & PEOPLE) or (not nouns and beside)):
            return False
    if (
        asked.ahead
        and asked.unit in ("percent", "length")
        and not _AHEAD.search(_stretch(asked, sentence, at, scene.coins))
    ):
        return False
    nearby = f"{scene.before[-200:]} {sentence}"
    told = any(holds(nearby, name) for name in asked.names) or bool(asked.topic & alike_stems(nearby))
    return (near and (asked.noun in nouns or (told and bool(asked.kind and asked.unit)))) or _told_here(
        asked, sentence, at, scene, near
    )


def _each(asked: Asked, sentence: str, figure: Figure) -> bool:
    """Whether the figure, where one for each share is asked for, is one: it says so, or is too small for the whole."""
    if not asked.per:
        return True
    per = _PER.match(sentence, figure.end)
    return per[1] == asked.per if per else figure.low == figure.count < _FOR_ONE


def _is_picked_away(asked: Asked, sentence: str, figure: Figure) -> bool:
    """Whether votes are those of one side and not the lead that is asked for."""
    if not asked.topic & _LEADS:
        return False
    led, behind = sentence[: figure.start], sentence[figure.end :]
    return re.match(r"(?: \w+)? to \w+", behind) is not None or not (
        re.search(r"\bby\s\Z|\b(?:lead|margin|majority|advantage)\b[^,;]{0,30}\Z", led)
        or re.match(r"(?: \w+){0,2} (?:ahead|in front|more than)\b", behind)
    )


def _is_picked(figure: Figure, picked: Span | None) -> bool:
    return picked is not None and picked[0] < figure.end and figure.start < picked[1]


def _told_around(asked: Asked, scene: Scene) -> bool:
    """Whether the passage is about the matter: the event that the question names, and half of its other words."""
    named = len(asked.names)  # a passage without the names is not looked at
    # "The slide at Tarn" is told as the heap that came down there; but the fire there is another matter.
    linked = scene.linked or bool(named and asked.kind and not asked.unit and not scene.around & EVENTS)
    topic = asked.topic - EVENTS if linked else asked.topic
    told = len(topic & scene.around)
    return topic & EVENTS <= scene.around and 2 * (told + named) >= len(topic) + named


def _told_here(asked: Asked, sentence: str, at: int, scene: Scene, near: bool) -> bool:
    """Whether the sentence, with what stands around it, speaks of what the question does."""
    if not _told_around(asked, scene) or (asked.noun and asked.unit and asked.noun not in scene.around):
        return False
    if not asked.topic and not asked.names:
        return True
    own = _stretch(asked, sentence, at, scene.coins)
    if asked.topic & alike_stems(_FIRM.sub(" ", own)):
        return True
    if asked.unit == "" and not asked.noun:  # people: only what they do tells them apart
        return False
    if any(holds(own, name) for name in asked.names) or _LEANS.match(own) is not None:
        return True
    if asked.kind and asked.unit:
        beside = f"{scene.before[-200:]} {sentence}"
        told = any(holds(beside, name) for name in asked.names) or bool(asked.topic & alike_stems(beside))
        return told or bool(asked.source) or any(holds(f"{scene.title} {scene.lead}", name) for name in asked.names)
    return near and asked.unit != "money"


def _measure_of(asked: Asked, sentence: str, at: int, scene: Scene) -> str:
    """What a sum or a share is: the kind of MEASURE told nearest to it; "an $86 million terminal" is what the terminal costs."""
    every = measured(sentence, scene.coins)
    figure = every[at]
    if figure.unit == "money" and stems(" ".join(figure.nouns[:2])) & asked.topic:
        return "cost"
    start = max((f.end for f in every[:at] if f.unit == figure.unit and not is_former(sentence, f)), default=0)
    behind = _STRAY_END.search(sentence, figure.end)
    end = min((behind.start() if behind else len(sentence), *(f.start for f in every[at + 1 :])))
    of_another = _COST_OF_ANOTHER.search(sentence, start, figure.start)
    if of_another and not stems(of_another["what"]) <= asked.topic | _OF_ANY:
        return ""
    told = [
        (figure.start - m.end() if m.end() <= figure.start else m.start() - figure.end, m.lastgroup or "")
        for m in MEASURE.finditer(sentence, start, end)
        if (m.lastgroup in _OF_MONEY_ONLY) <= (figure.unit == "money")
    ]
    for ruling in ("demand", "offer"):
        if asked.kind in GIVEN and any(kind == ruling for _, kind in told):
            return ruling
    if told:
        return min(told)[1]
    # "Inflation, which stood at 5 percent in May, should come down to 4": told of both; "Its first offer was 41".
    led = [m.lastgroup or "" for m in MEASURE.finditer(sentence[:start]) if m.lastgroup != "demand"]
    leaning = _LEANS.match(sentence) is not None or not re.search(r"[a-z]{4,} ", sentence[: figure.start])
    earlier = [m.lastgroup or "" for m in MEASURE.finditer(scene.before[-200:])] if leaning and not led else []
    return next(iter((*led, *earlier[::-1])), "")


def _stretch(asked: Asked, sentence: str, at: int, coins: frozenset[str] = frozenset()) -> str:
    """The piece of the sentence that is one figure's own: from the one before of its unit up to the next."""
    every = measured(sentence, coins)
    figure = every[at]
    before = [
        f
        for f in every[:at]
        if f.unit == figure.unit and not f.among and not (is_former(sentence, f) or _other(asked, sentence, f))
    ]
    start = before[-1].end if before else 0
    if start:
        cut = _STRAY_END.search(sentence, start, figure.start)
        start = cut.end() if cut else start
    end = min((f.start for f in every[at + 1 :] if f.unit == figure.unit and not f.among), default=len(sentence))
    if end < len(sentence):
        cuts = [m.start() for m in _STRAY_END.finditer(sentence, figure.end, end)]
        end = cuts[-1] if cuts else end
    return sentence[start:end]


def _of_the_named(asked: Asked, sentence: str, before: str, right: Sequence[Figure], figure: Figure) -> bool:
    """Whether a share is that of whom the question names: "38 percent for Hale", "Hale has 38 percent, Strand 36"."""
    if any(_FOR_NAME.match(sentence, f.end) for f in right):
        behind = _FOR_NAME.match(sentence, figure.end)
        return behind is not None and _is_named(asked, (names_in(sentence[behind.end() :]) or ("",))[0])
    led = sentence[max((f.end for f in right if f.end <= figure.start), default=0) : figure.start]
    named = [n for n in names_in(led) if not _RIVAL.search(led[: led.rfind(n)])]
    if named:
        return _is_named(asked, named[-1])
    earlier = names_in(before)
    return bool(_PRONOUN.search(led) and earlier) and _is_named(asked, earlier[-1])


def _is_named(asked: Asked, name: str) -> bool:
    return bool(name) and any(holds(name, one) for one in asked.names)


def is_former(sentence: str, figure: Figure) -> bool:
    """Whether the figure is told as a value that held before the one that holds: "from 3%", "down from the 5,200 of Monday"."""
    before = sentence[: figure.start]
    if _FIRST.search(before):
        return True
    if _WRONG.search(before):
        return _NOT_BUT_BEFORE.match(sentence, figure.end) is not None
    return _OLD.search(before) is not None or _OLD_BEHIND.match(sentence, figure.end) is not None


def is_difference(sentence: str, figure: Figure) -> bool:
    """Whether the figure is how far two others lie apart: "60 million less than in March"."""
    return _DIFFERENCE.match(sentence, figure.end) is not None


def is_to_come(sentence: str, figure: Figure) -> bool:
    """Whether the figure is for what is expected or may come: "would be capped at 2 crowns"."""
    return _TO_COME.search(sentence[: figure.start]) is not None


def _other(asked: Asked, sentence: str, figure: Figure) -> bool:
    """Whether the figure is denied, or for another time than the one asked about."""
    before, behind = sentence[: figure.start], sentence[figure.end :]
    if _WRONG.search(before) and not is_former(sentence, figure):
        return True
    if _FROM.search(before) and not _CHANGES.search(sentence):
        return True
    if asked.kind and asked.unit == "":
        return False
    if (asked.past or asked.kind == "offer") and asked.kind != "pledge" and is_to_come(sentence, figure):
        return True
    return not asked.earlier and _YEAR_BEFORE.match(behind) is not None


def _of_the_year(asked: Asked, sentence: str, scene: Scene) -> bool:
    """Whether the sentence speaks of the year that the question names or, where it names none, of no year to come."""
    told, wanted = years_in(sentence), {int(time) for time in asked.times if time.isdigit()}
    published = scene.published
    if not wanted and asked.ahead and published and asked.unit == "percent":
        told = told or (years_in(scene.before[-200:]) if _LEANS.match(sentence) else told)
        return not told or min(told) <= published.year
    return not wanted or bool(wanted & told) or (not told and published is not None and published.year in wanted)


def years_in(sentence: str) -> frozenset[int]:
    """The years that a sentence names, but for "since 2011"."""
    return frozenset(int(m[1]) for m in _YEAR.finditer(sentence))


_DIFFERENCE = re.compile(
    r"(?:,? or so)?\s+(?:more|less|fewer|higher|lower|above|below|too (?:low|high|much|many|few)|apart|ahead|over its|short of|up|down)\b(?! (?:than|to) (?:the )?\w+ (?:said|people))",
    re.I,
)
"""Sixty million more than in March: how far two figures lie apart."""
_AHEAD = re.compile(
    r"\b(?:expect\w*|forecasts?|predict\w*|project\w*|will|would|should|may|might|could|sees?|reckons?|estimates?|assumes?|thinks?|believes?|now)\b",
    re.I,
)
_PER = re.compile(r"\s+(?:an?|per|each|every) (\w+)\b", re.I)
_FOR_ONE = 10_000
"""A price for one share or barrel is less."""
_LEADS = stems("ahead lead leads leading margin majority advantage won win lose lost")
_OF_MONEY_ONLY = frozenset(
    "cost budget revenue profit loss debt damage fine bail rent dividend paid pledge given stolen invested insured".split()
)
"""Kinds that are no share: "3 percent in her budget" is none of a budget."""
LENGTHS = frozenset(("foot", "metre", "mile", "kilometre", "yard", "inch"))
GIVEN = frozenset(("offer", "raise", "pledge"))
"""What one side gives and another may have asked for."""
_THINGS = stems(
    "votes ballots homes houses buildings vehicles cars trucks cattle cows sheep pigs horses dogs birds fish whales animals jobs shops villages"
    " schools ships boats planes flights hectares acres families households"
)
"""What may be killed, missing, hurt or evacuated and is no people."""
