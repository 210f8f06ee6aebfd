"""Which figures of a sentence are for the quantity asked for, and none of those that only look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.figures.asked import EVENTS, HARM, MONEY, PEOPLE, Asked, alike_stems
from rag.figures.counted import Figure, figures_of, harm_to, stems_of_nouns
from rag.names import holds
from rag.question import names_in
from rag.reader.words import stems
from rag.values import Span
from rag.verify.quantities import quantities

_OLD = re.compile(
    r"\b(?:from|against|versus|compared (?:with|to)|not|instead of|rather than|than|(?:previous|earlier) \w+ of"
    r"|(?:initially|originally|previously) (?:\w+ ){0,4})\s*(?:the |an? )?\Z",
    re.I,
)
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
    r"[\"“]?(?:It|Its|They|Their|This|That|Each|(?:The|That|This) (?:project|scheme|plan|work|building|total|bill|cost|figure)s?)\b"
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b", re.I)
_FOR_NAME = re.compile(
    r"(?: of [\w ]{1,20})?\s(?:for|behind|back(?:ed|ing)?|support(?:ed|ing|s)?|favou?r(?:ed|s)?|to)\s(?=[A-Z])"
)
_RIVAL = re.compile(r"\b(?:over|against|than|behind|ahead of|of)\s\Z")
_SHARED = stems("votes ballots seats points goals") | {"percent"}
"""What candidates, parties and teams have shares of: such a figure belongs to one of them."""
_STRAY_END = re.compile(r"[,;:]|\band\b")


def fitting(
    asked: Asked, sentence: str, before: str, around: frozenset[str], picked: Span | None, published: date | None
) -> Iterator[Figure]:
    """The figures of the sentence that are for what is asked, in order.

    `before` is the paragraph up to the sentence, `around` the stems of the paragraph and what it belongs to, `picked`
    where the reader sees the answer in this sentence.
    """
    if not _may_hold(asked, sentence):
        return
    every = figures_of(sentence)
    right = [
        i
        for i, f in enumerate(every)
        if _right_kind(asked, sentence, i, around, picked) and not _old(asked, sentence, f)
    ]
    if not right or _DENIED.search(sentence[: every[right[0]].start]) or not _of_the_year(asked, sentence, published):
        return
    if asked.unit in _SHARED and asked.noun:
        right = [i for i in right if asked.noun in alike_stems(_stretch(asked, sentence, i))]
    elif asked.unit in _SHARED and not asked.names:
        right = [i for i in right if _is_picked(every[i], picked)]
    elif asked.unit in _SHARED or (asked.noun in _SHARED and asked.names):
        right = [i for i in right if _of_the_named(asked, sentence, before, [every[j] for j in right], every[i])]
    elif len(right) > 1:
        # "The bridge will cost $5 million and the tunnel $9 million."
        wanted = asked.topic | {stem for name in asked.names for stem in stems(name)}
        shared = {i: len(wanted & alike_stems(_stretch(asked, sentence, i))) for i in right}
        right = [i for i in right if shared[i] == max(shared.values())]
    yield from (every[i] for i in right)


def _may_hold(asked: Asked, sentence: str) -> bool:
    """Whether it is worth while to look at the sentence's figures one by one; told quickly."""
    if asked.unit == "":
        return not asked.kind or any(cue.lastgroup == asked.kind for cue in HARM.finditer(sentence))
    return any(q.unit not in ("", "clock", "score") for q in quantities(sentence))


def _right_kind(asked: Asked, sentence: str, at: int, around: frozenset[str], picked: Span | None) -> bool:
    figure = figures_of(sentence)[at]
    if asked.unit != figure.unit and not (asked.unit == "percent" and figure.unit == "part"):
        return False
    nouns, near = stems_of_nouns(figure), _is_picked(figure, picked)
    if asked.unit == "" and not asked.kind and (figure.low <= 1 or harm_to(sentence, at)):  # "one docker" is no count
        return False
    if asked.kind and asked.unit == "":
        of_them = asked.noun in nouns if asked.noun else not figure.among and not nouns & _THINGS
        return of_them and harm_to(sentence, at) == asked.kind and _told_around(asked, around)
    if figure.among and asked.noun not in nouns:
        return False
    if asked.unit == "money":
        if asked.kind and _money_for(asked, sentence, at) != asked.kind:
            return False
    elif asked.unit == "":
        elided = not nouns and asked.noun in _SHARED and asked.noun in around
        beside = near or bool(asked.topic & alike_stems(sentence[figure.end : figure.end + 20]))  # "239 on board"
        if not ((asked.noun in nouns or elided) if asked.noun else bool(nouns & PEOPLE) or (not nouns and beside)):
            return False
    return (near and asked.noun in nouns) or _told_here(asked, sentence, at, around, near)


def _is_picked(figure: Figure, picked: Span | None) -> bool:
    return picked is not None and picked[0] < figure.end and figure.start < picked[1]


def _told_around(asked: Asked, around: frozenset[str]) -> bool:
    """Whether the passage is about the matter: the event that the question names, and half of its other words."""
    told, named = len(asked.topic & around), len(asked.names)  # a passage without the names is not looked at
    return asked.topic & EVENTS <= around and 2 * (told + named) >= len(asked.topic) + named


def _told_here(asked: Asked, sentence: str, at: int, around: frozenset[str], near: bool) -> bool:
    """Whether the sentence, with what stands around it, speaks of what the question does."""
    if not _told_around(asked, around) or (asked.noun and asked.unit and asked.noun not in around):
        return False
    if not asked.topic and not asked.names:
        return True
    own = _stretch(asked, sentence, at)
    if asked.topic & alike_stems(_FIRM.sub(" ", own)):
        return True
    if asked.unit == "" and not asked.noun:  # people: only what they do tells them apart
        return False
    named = any(holds(own, name) for name in asked.names)
    return named or _LEANS.match(own) is not None or (near and asked.unit != "money")


def _money_for(asked: Asked, sentence: str, at: int) -> str:
    """What a sum is: the kind of MONEY told nearest to it; "an $86 million terminal" is what the terminal costs."""
    every = figures_of(sentence)
    figure = every[at]
    if stems(" ".join(figure.nouns[:2])) & asked.topic:
        return "cost"
    start = max((f.end for f in every[:at] if f.unit == "money"), default=0)
    behind = _STRAY_END.search(sentence, figure.end)
    end = min((behind.start() if behind else len(sentence), *(f.start for f in every[at + 1 :])))
    of_another = _COST_OF_ANOTHER.search(sentence, start, figure.start)
    if of_another and not stems(of_another["what"]) <= asked.topic | _OF_ANY:
        return ""
    told = [
        (figure.start - m.end() if m.end() <= figure.start else m.start() - figure.end, m)
        for m in MONEY.finditer(sentence, start, end)
    ]
    return min(told, key=lambda one: one[0])[1].lastgroup or "" if told else ""


def _stretch(asked: Asked, sentence: str, at: int) -> str:
    """The piece of the sentence that is one figure's own: from the one before of its unit up to the next."""
    every = figures_of(sentence)
    figure = every[at]
    before = [f for f in every[:at] if f.unit == figure.unit and not f.among and not _old(asked, sentence, f)]
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


def _old(asked: Asked, sentence: str, figure: Figure) -> bool:
    """Whether the figure is one that no longer holds, or an earlier one that it is compared with."""
    before, behind = sentence[: figure.start], sentence[figure.end :]
    if _OLD.search(before) or _OLD_BEHIND.match(behind):
        return True
    if asked.kind and asked.unit == "":
        return False
    if asked.past and _TO_COME.search(before):
        return True
    return not asked.earlier and _YEAR_BEFORE.match(behind) is not None


def _of_the_year(asked: Asked, sentence: str, published: date | None) -> bool:
    """Whether the sentence, where the question names a year, speaks of that one."""
    told, wanted = years_in(sentence), {int(time) for time in asked.times if time.isdigit()}
    return not wanted or bool(wanted & told) or (not told and published is not None and published.year in wanted)


def years_in(sentence: str) -> frozenset[int]:
    """The years that a sentence names, but for "since 2011"."""
    return frozenset(int(m[1]) for m in _YEAR.finditer(sentence))


_THINGS = stems(
    "homes houses buildings vehicles cars trucks cattle cows sheep pigs horses dogs birds fish whales animals jobs shops villages"
    " schools ships boats planes flights hectares acres families households"
)
"""What may be killed, missing, hurt or evacuated and is no people."""
