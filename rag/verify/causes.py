"""Causes: where a sentence says why, the source connects the same two things in the same direction."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from rag.verify.clauses import sentences_of, stems_of
from rag.verify.quotes import without_quotations
from rag.verify.values import Fault, Source

_BEHIND = re.compile(
    r"\b(?:because(?: of)?|due to(?! (?:start|begin|open|be|end|take|meet|report))|owing to|as a result of|thanks to|(?:was|were|is|been)"
    r" (?:caused|prompted|triggered) by|blamed on|on account of|in response to)\b",
    re.IGNORECASE,
)
"""The effect stands before these, the cause behind."""
_AHEAD = re.compile(
    r"\b(?:caused|causing|led to|leading to|resulted in|prompted|triggered|forced|so that|which is why)\b",
    re.IGNORECASE,
)
"""The cause stands before these, the effect behind."""
_ANY = re.compile(
    rf"{_BEHIND.pattern}|{_AHEAD.pattern}|\b(?:after|since|so|where|over|ahead of|when|as|following|reasons?|why|blame[sd]?|due"
    r"|therefore|hit by|suffer\w*|made|makes|means|out of|given|amid|attribut\w+|reflect\w+|cause[sd]?|results?|driven|thereby)\b",
    re.IGNORECASE,
)
"""Words by which a source may connect two things, however loosely."""
_LEAST = 0.34


def cause_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """A fault where the sentence gives a reason that its sources do not give, or turns cause and effect round."""
    own = without_quotations(sentence)
    told = _cause_and_effect(own)
    if told is None:
        return
    word, cause, effect = told
    for source in sources:
        for one in _joined(source.text):
            held = stems_of(one)
            if _holds(cause, held) and (not effect or effect & held):
                if _turned(cause, effect, one):
                    yield Fault("cause", word, "The cited paragraph has cause and effect the other way round.")
                    return
                if _gives(cause, effect, one):
                    return
    yield Fault("cause", word, "The cited paragraph does not give this as the reason.")


def _cause_and_effect(text: str) -> tuple[str, frozenset[str], frozenset[str]] | None:
    """The connecting word, and the stems of cause and effect; None where the text gives no reason."""
    match = _BEHIND.search(text)
    if match:
        behind = text[match.end() :]
        if not text[: match.start()].strip():
            cut = behind.find(",")
            return match[0], stems_of(behind[:cut]), stems_of(behind[cut:])
        return match[0], stems_of(behind), stems_of(text[: match.start()])
    match = _AHEAD.search(text)
    return (match[0], stems_of(text[: match.start()]), stems_of(text[match.end() :])) if match else None


def _joined(text: str) -> list[str]:
    """The sentences of the text, and each two neighbours as one: a reason may stand in the next sentence."""
    every = sentences_of(text)
    return [*every, *(f"{a} {b}" for a, b in itertools.pairwise(every))]


def _holds(cause: frozenset[str], held: frozenset[str]) -> bool:
    """Whether enough of the reason stands there; of a reason of one word ("because of the cost") nothing need."""
    return len(cause) < 2 or len(cause & held) / len(cause) >= _LEAST


def _gives(cause: frozenset[str], effect: frozenset[str], source: str) -> bool:
    """Whether the source has this among its reasons, or connects it by a looser word such as "after".

    A reason of one word may be told by another one there ("its price"), where the source says why of the same effect.
    """
    there = _cause_and_effect(source)
    if there:
        renamed = len(cause) == 1 and len(effect & there[2]) > 2 and not cause & stems_of(source)
        return not cause or bool(cause & there[1]) or renamed
    return bool(cause & stems_of(source)) and _ANY.search(source) is not None


def _turned(cause: frozenset[str], effect: frozenset[str], source: str) -> bool:
    """Whether the source, plainly, gives the effect as the cause."""
    there = _cause_and_effect(source)
    if there is None:
        return False
    _, why, what = there
    return len(cause & what) > len(cause & why) and len(effect & why) > len(effect & what)
