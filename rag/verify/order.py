"""Who did what to whom: names that changed places, as far as the order of words tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.speakers import SPEECH
from rag.verify.clauses import Word, words
from rag.verify.names import is_same, names_of
from rag.verify.values import Fault, Source

_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|which|we|i)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:by|of|for|at|in|to|from|with|on|than|near|and|or|like|as|under|into|over|between|about)(?: the)? \Z|&\s\Z"
)
"""What makes a name part of something else, and not the one who acts. Of "Hale and Strand" either may be meant."""
_PASSIVE = frozenset(("was", "were", "is", "are", "been", "being", "be"))
_PREPOSITIONS = frozenset(["of", "for", "in", "at", "on", "from", "to", "by", "with", "near", "over", "about"])
_SKIPPED = (
    frozenset(
        [
            "also",
            "then",
            "had",
            "has",
            "have",
            "would",
            "will",
            "could",
            "may",
            "might",
            "can",
            "should",
            "not",
            "did",
            "does",
            "do",
        ]
    )
    | _PASSIVE
)
_ENDS = frozenset(("who", "which", "but", "while", "because", "after", "before", "when", "although", "whereas", "and"))
_REACH = 6


@dataclass(frozen=True, slots=True)
class _Act:
    """Somebody (None for a pronoun) and what they do, or in the passive what is done to them, with its other words."""

    name: str | None
    verb: str
    rest: frozenset[str]
    passive: bool
    other: str = ""


def order_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """The names of the sentence of which it says what the sources say of another name, and not of this one."""
    context = "\n".join(source.context for source in sources)
    held = [act for source in sources for act in _acts(source.text, context)]
    for act in _acts(sentence, context):
        if act.name is None:
            continue
        alike = [h for h in held if h.verb == act.verb and h.passive == act.passive]
        turned = [h for h in alike if h.other and is_same(act.name, h.other)]
        if turned and not any(h.name and is_same(act.name, h.name) for h in alike):
            yield Fault("name", act.name, f"In the cited paragraph this is done to {act.name}, not by {act.name}.")
            continue
        if any(h.name is None or is_same(act.name, h.name) for h in alike):
            alike = [h for h in alike if _turned(act, h) and not any(_agrees(act, x) for x in alike)]
        fitting = [h for h in alike if h.rest & act.rest or not (h.rest and act.rest) or _turned(act, h)]
        if fitting and fitting[0].name:
            yield Fault("name", act.name, f"The cited paragraph says that of {fitting[0].name}, not of {act.name}.")


def _turned(one: _Act, two: _Act) -> bool:
    """Whether the two are one deed with its two names exchanged."""
    names = (one.name, one.other, two.name, two.other)
    return all(names) and is_same(one.name or "", two.other) and is_same(one.other, two.name or "")


def _agrees(one: _Act, two: _Act) -> bool:
    return two.name is None or (
        is_same(one.name or "", two.name) and not (one.other and two.other and _turned(one, two))
    )


def _acts(text: str, context: str) -> list[_Act]:
    """What each name and pronoun of the text that acts is said to do; saying is left to the check of speakers."""
    every = words(text)
    named = [(start, end, name) for name, start, end in names_of(text, context)]
    places: list[tuple[int, int, str | None]] = [(*m.span(), None) for m in _PRONOUN.finditer(text)]
    found = []
    for start, end, name in sorted([*places, *named], key=lambda p: p[0]):
        if _AHEAD.search(text[:start]) or text[end : end + 2] in ("'s", "’s"):
            continue
        behind = _predicate(text, every, end)
        if behind and behind[0].text in _PREPOSITIONS:
            continue
        passive = any(w.text in _PASSIVE for w in behind[:3])
        plain = [w for w in behind if w.stem and w.text not in _SKIPPED]
        if not plain or SPEECH.fullmatch(plain[0].text):
            continue
        inside = [n for s, e, n in named if behind[0].start <= s <= behind[-1].end and s >= end]
        by = [
            n for s, e, n in named if s >= end and re.search(r"\bby (?:the )?\Z", text[:s]) and s <= behind[-1].end + 1
        ]
        rest = frozenset(w.stem for w in plain[1:])
        verb, other = plain[0].stem, (inside[0] if inside else "")
        if passive and by:
            found.append(_Act(by[0], verb, rest, False, name or ""))
        else:
            found.append(_Act(name, verb, rest, passive, other))
    return found


def _predicate(text: str, every: Sequence[Word], end: int) -> list[Word]:
    """The words behind a name, past what is set between commas: "Renn, 54, sailed on the evening"."""
    following = [w for w in every if w.start >= end]
    if text[end : end + 1] == ",":
        closing = text.find(",", end + 1)
        following = [w for w in following if w.start > closing] if closing > 0 else []
    kept: list[Word] = []
    for word in following:
        if word.text in _ENDS or (not kept and word.start - end > 1 and text[end : end + 1] != ","):
            break
        kept.append(word)
        if text[word.end : word.end + 1] in (",", ";", ":", ".", '"', "”"):
            break
    return kept[: _REACH + 3]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A name where it stands, and the two words to its left and to its right, () where they tell nothing."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    alone: bool


def place_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """The names of the sentence that stand, between the same words, where the sources have another name."""
    context = "\n".join(source.context for source in sources)
    held = [one for source in sources for one in _besides(source.text, context)]
    for one in _besides(sentence, context):
        own = [h for h in held if is_same(one.name, h.name)]
        if not own or any(_fits(one, h) for h in own):
            continue
        other = next(
            (h for h in held if not is_same(one.name, h.name) and _fits(one, h) and h.alone and one.alone), None
        )
        if other:
            yield Fault("name", one.name, f"The cited paragraph says that of {other.name}, not of {one.name}.")


def _fits(one: _Beside, two: _Beside) -> bool:
    return bool(one.left and one.left == two.left) or bool(one.right and one.right == two.right)


def _besides(text: str, context: str) -> list[_Beside]:
    """The names of the text with what stands beside them; `alone` where the name is not one of several in a row."""
    every = words(text)
    named = names_of(text, context)
    inside = {i for i, w in enumerate(every) for _, s, e in named if s <= w.start < e}
    found = []
    for name, start, end in named:
        left = [i for i, w in enumerate(every) if w.end <= start and text[start - 1 : start] == " "][-2:]
        # Behind "the parent of Lathe Holdings" goes on what is said of the parent.
        part = text[end : end + 1] != " " or _AHEAD.search(text[:start])
        right = [] if part else [i for i, w in enumerate(every) if w.start >= end][:2]
        row = re.search(r"(?:\band|\bor|,|&)\s+\Z", text[:start]) or re.match(r",?\s+(?:and|or|&)\b", text[end:])
        found.append(_Beside(name, _telling(every, left, inside), _telling(every, right, inside), row is None))
    return found


def _telling(every: Sequence[Word], places: list[int], names: set[int]) -> tuple[str, ...]:
    """Two words side by side, as stems, if one of them has a meaning of its own and neither is part of a name."""
    if len(places) < 2 or set(places) & names or not any(every[i].stem for i in places):
        return ()
    return tuple(every[i].stem or every[i].text for i in places)
