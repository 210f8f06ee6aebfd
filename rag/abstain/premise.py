"""What a question takes for granted, and the sentence of an article that says the contrary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.sentences import sentences
from rag.abstain.clause import Clause, base_of, parsed, subordinate
from rag.values import Evidence
from rag.verify.clauses import Word, same_stem, stems_of, words

_ASSUMING = re.compile(
    r"why|when|where|how|how long|by how (?:much|many \w+)|(?:(?:in|on|since|from|until|for|at) )?(?:what|which) "
    r"(?:day|date|month|year|time|reasons?|grounds?|place|city|town|country)|what (?:made|led|caused|drove|prompted)",
    re.IGNORECASE,
)
"""What may be asked of something that is taken to have happened; "what" and "how many" ask for a part of it."""
_FACTUAL = frozenset(("did", "was", "were", "has", "have", "had"))
_OPPOSITES = (
    ("approve accept back endorse support adopt uphold ratify agree", "reject refuse oppose overturn veto"),
    ("rise increase grow gain climb jump raise", "fall drop decline lower reduce cut decrease"),
    ("win", "lose"),
    ("confirm admit acknowledge", "deny"),
    ("convict", "acquit"),
    ("survive", "die perish"),
)
"""Verbs that cannot both hold. What is opened may be closed the day after: such pairs are none."""
_CONTRARY: dict[str, frozenset[str]] = {}
for _one, _other in _OPPOSITES:
    for _verb in _one.split():
        _CONTRARY[_verb] = _CONTRARY.get(_verb, frozenset()) | frozenset(_other.split())
    for _verb in _other.split():
        _CONTRARY[_verb] = _CONTRARY.get(_verb, frozenset()) | frozenset(_one.split())
_STILL = r"\b(?:remains?|stays?|(?:is|are) still)"
_OPEN = re.compile(rf"{_STILL} open\b|\bkeep(?:s|ing)? [^.;,]{{0,40}}\bopen\b")
_LEAVING = ("resign", "step")
"""Whoever stays in office did not resign from anything: what stands behind the verb need not be spoken of."""
_IN_OFFICE = re.compile(
    rf"(?:{_STILL}|\b(?:will|would|shall|to) (?:stay|remain)) in (?:office|the job|(?:his|her) (?:post|job|place|seat))\b"
    r"|\b(?:is|are|was|were) not (?:resigning|stepping down|quitting)\b"
    r"|\b(?:refus|declin)(?:es|ed)(?: [^.;\"“”]{1,40},?)? to (?:resign|step down|stand down|quit)\b"
    r"|\b(?:will|would|shall) not (?:resign|step down|stand down|quit)\b"
)
_STATES = {
    "close": _OPEN,
    "shut": _OPEN,
    "evacuate": _OPEN,
    "reopen": re.compile(rf"{_STILL} (?:closed|shut)\b"),
    **dict.fromkeys(_LEAVING, _IN_OFFICE),
    "die": re.compile(rf"(?:{_STILL}|\b(?:is|are|was|were) found) alive\b"),
    "release": re.compile(rf"{_STILL} (?:in (?:custody|prison|jail|detention)|behind bars|jailed)\b"),
    "end": re.compile(r"\b(?:goes|go) on\b|\b(?:continues|is continuing)\b"),
}  # fmt: skip
"""By the verb that is assumed: states in which it cannot have happened."""
_TURNS = (
    (re.compile(r"(?:against|no)\b"), re.compile(r"(?:for|in favou?r|yes|to (?:approve|accept|back))\b")),
    (re.compile(r"(?:for|in favou?r|yes|to)\b"), re.compile(r"(?:against|no)\b")),
    (re.compile(r"not guilty"), re.compile(r"guilty")),
    (re.compile(r"guilty"), re.compile(r"not guilty|innocent")),
)
"""Words behind the verb that turn what it says round: "voted against" and "voted for"."""
_ASIDE = re.compile(r", (?:an? |the |one |once |\d)[^,;.]{0,60},(?= )")
_WHO = re.compile(r", who\b")
_STANDS_FOR = re.compile(r"^[\"“]?(?:He|She|It|They|The (?:company|firm|council|board|union|ministry|government|court|agency|club|team))\b")  # fmt: skip
_NOT = re.compile(r"(?:not|never|\w+n['’]t)")
_REFUSED = re.compile(
    r"\bno (?:immediate )?plans?\b[^.;]{0,12} to$|\b(?:refus|declin)(?:es|ed) to$|\bdenie[sd] (?:having |that )?"
)
_ONLY_SPOKEN_OF = (
    "to if whether would could might may should will can must unless would-be before until almost nearly plan plans planned"
    " expected proposed threatened"
)
_UNREAL = frozenset(_ONLY_SPOKEN_OF.split())
_GOES_ON = frozenset("is are was were has have had did does do will would said says not".split())
"""Behind "but" or "and" they still tell of the same: "is a suspect but has not been charged"."""
_REACH = 8


@dataclass(frozen=True, slots=True)
class Denial:
    """A sentence that says the contrary of what a question takes for granted: its place in the evidence's paragraph.

    `premise` is what is taken for granted; "" where the sentence says that what is asked was not told. `surely` is False
    where the sentence denies something that only comes near to the question.
    """

    premise: str
    evidence: Evidence
    start: int
    end: int
    surely: bool = True

    @property
    def text(self) -> str:
        """The sentence."""
        return self.evidence.passage.paragraph.text[self.start : self.end]


def premise(question: str) -> str:
    """What the question assumes to have happened, as a statement: "the council rejected the terminal"; "" for nothing."""
    return next((assumed.statement for assumed in assumptions(question)), "")


def denied(question: str, evidence: Sequence[Evidence]) -> Denial | None:
    """The first sentence of the evidence that says the contrary of the question's premise; None where none does.

    Where any sentence says that it did happen there is none: reports that differ are for the answer to tell.
    """
    return next((found for assumed in assumptions(question) if (found := _contrary(assumed, evidence))), None)


def _contrary(assumed: Clause, evidence: Sequence[Evidence]) -> Denial | None:
    found: Denial | None = None
    for held in evidence:
        text = held.passage.paragraph.text
        above = held.passage.before.text if held.passage.before else held.passage.article.title
        for start, end in sentences(text):
            says = {_says(assumed, one, above) for one in _readings(text[start:end])}
            above = text[start:end]
            if True in says:
                return None
            if False in says and found is None:
                found = Denial(assumed.statement, held, start, end)
    return found


@lru_cache(maxsize=1024)
def assumptions(question: str) -> tuple[Clause, ...]:
    """What the question takes to have happened: its own clause, and one behind "after", "when", "since" …

    Not its own clause where that has a "not", or asks who or what.
    """
    clause, aside = parsed(question), subordinate(question)
    own = clause if clause and clause.auxiliary in _FACTUAL and _ASSUMING.fullmatch(clause.asks) else None
    return tuple(c for c in (own, aside) if c and base_of(c.verb) and _head(c.subject))


def _readings(sentence: str) -> Iterator[str]:
    """The sentence; without what it says by the way of somebody; and as if only that were said. Offsets stay."""
    yield sentence
    if _ASIDE.search(sentence):
        yield _ASIDE.sub(lambda m: " " * len(m[0]), sentence)
    if _WHO.search(sentence):
        yield _WHO.sub(lambda m: " " * len(m[0]), sentence)


def _says(assumed: Clause, sentence: str, above: str) -> bool | None:
    """True where the sentence says that it happened, False where it says the contrary, None where it says neither.

    `above` is what stands before it and tells who "it" is.
    """
    every = words(sentence)
    head, verb = _head(assumed.subject), base_of(assumed.verb)
    about = frozenset[str]() if verb in _LEAVING else stems_of(assumed.rest) - {head}
    places = [i for i, w in enumerate(every) if w.stem == head]
    if not places and (opens := _STANDS_FOR.match(sentence)) and head in stems_of(above):
        places = [i for i, w in enumerate(every) if w.end == opens.end()]
    own = {w.stem for w in every}
    if not places or 2 * len(about & (own | stems_of(above))) < len(about):
        return None
    whole = 2 * len(about & own) >= len(about)  # else only "voted no" can be read: its "lease" stands above
    state = _STATES.get(verb)
    if whole and state and (match := state.search(sentence)) and _subject_of(every, places, match.start()):
        return False
    contrary: bool | None = None
    for i, word in enumerate(every):
        base = base_of(word.text)
        if base != verb and base not in _CONTRARY.get(verb, frozenset()):
            continue
        near = [w.text for w in every[max(0, i - 3) : i]]
        refused = _REFUSED.search(sentence[: word.start].rstrip())
        until = re.match(r"[^.;]{0,80}\b(?:until|till|before)\b", sentence[word.end :]) is not None
        negated = (any(_NOT.fullmatch(w) for w in near) and not until) or refused is not None
        if not _subject_of(every, places, word.start) or (not refused and not _UNREAL.isdisjoint(near[-2:])):
            if base == verb and not negated:
                return None  # somebody else may have done it, or it is only spoken of
            continue
        if base == verb and not negated and _turned(assumed.rest, sentence[word.end :].lstrip()):
            return False
        if not whole:
            continue
        if (base == verb) != negated:
            return True
        if base == verb or about or word.text != base:  # "the fall", without its object, is a noun
            contrary = False
    return contrary


def _turned(rest: str, behind: str) -> bool:
    """Whether the words behind the verb say the contrary of those that the question has there."""
    return any(one.match(rest) and other.match(behind) for one, other in _TURNS)


def _subject_of(every: Sequence[Word], places: Sequence[int], start: int) -> bool:
    """Whether one of the places stands close before the verb at `start`, with no other name between."""
    at = next((i for i, w in enumerate(every) if w.start >= start), len(every))
    before = [p for p in places if p < at]
    if not before or at - before[-1] > _REACH:
        return False
    between = every[before[-1] : at]
    goes_on = (
        one.stretch == other.stretch or (one.text in ("but", "and") and other.text in _GOES_ON)
        for one, other in pairwise(between)
    )
    return not any(w.capital for w in between[1:]) and all(goes_on)


def _head(subject: str) -> str:
    """The stem of the word that a subject turns on: the last one before "of", "in", "for" …; "" for a mere pronoun."""
    first = re.split(r"\b(?:of|in|at|on|for|from|with|near|who|which|that)\b", subject)[0]
    content = [w for w in words(first) if w.stem]
    return same_stem(content[-1].text) if content else ""
