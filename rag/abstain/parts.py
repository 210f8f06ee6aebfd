"""A question of several parts, as questions that stand alone."""

from __future__ import annotations

import re

from index.search import content_words
from rag.abstain.clause import parsed
from rag.question import names_in

_ASKS = r"(?:who|whom|whose|what|which|when|where|why|how(?: (?:many|much|old|long|often|far|big|high))?)"
_FINITE = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should)"
_BOTH = re.compile(
    rf"^(?P<one>{_ASKS}),? and (?P<other>{_ASKS}) (?P<rest>{_FINITE}\b.+)$", re.IGNORECASE
)  # "When and where was it built?"
_PREPOSITION = r"(?:(?:by|in|on|at|for|to|from|since|until|of|with) )?"
_JOINT = re.compile(
    rf"[,;]? (?:and|but) (?={_PREPOSITION}{_ASKS}\b)|, (?:and|but) (?={_FINITE} (?:he|she|they|it)\b)", re.IGNORECASE
)
_OPENS = re.compile(rf"{_PREPOSITION}{_ASKS}\b", re.IGNORECASE)
_BARE = re.compile(r"(?:when|where|why|how)", re.IGNORECASE)
_PLACE = re.compile(r" (?:in|at|during|after|before|when|aboard) (?:the |a |an )?\w.*$")
_PRONOUN = re.compile(r"\b(he|she|they|it|him|them)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(his|her|its)\b", re.IGNORECASE)
_PERSON = frozenset(("he", "she", "him", "his", "her"))
_MOST = 3


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question is made of, each to stand alone; the question itself where it is one.

    Names, and the place or time at the end of one part, are carried over to the part that has none. A pronoun that the
    first part does not tell is left, to be heard behind its answer: see `leans`. A part that says nothing of its own
    leaves the question whole: half a question is worse than a long one.
    """
    text = " ".join(question.split())
    pieces = [piece for one in _asked(text) for piece in _split(one)]
    if not 1 < len(pieces) <= _MOST:
        return (question,)
    whole = [pieces[0]]
    for piece in pieces[1:]:
        alone = _alone(piece, whole[0])
        if not alone:
            return (question,)
        whole.append(alone)
    whole[0] = _placed(whole[0], pieces[-1])
    return tuple(f"{one[:1].upper()}{one[1:]}?" for one in whole)


def leans(part: str) -> bool:
    """Whether the part of a question can be understood only behind the answer to the one before: "Who runs it?"."""
    return not names_in(part) and (_PRONOUN.search(part) or _POSSESSIVE.search(part)) is not None


def _asked(text: str) -> list[str]:
    """The sentences that ask, without their question marks; the whole where another sentence stands between them."""
    pieces = [piece.strip() for piece in text.split("?") if piece.strip()]
    return (
        pieces
        if all(_OPENS.match(re.sub(r"^(?:and|but) ", "", p, flags=re.I)) for p in pieces)
        else [text.rstrip(" ?")]
    )


def _split(text: str) -> list[str]:
    text = re.sub(r"^(?:and|but) ", "", text, flags=re.IGNORECASE)
    both = _BOTH.match(text)
    if both:
        return [f"{both['one']} {both['rest']}", f"{both['other']} {both['rest']}"]
    # "Do the articles say who won and who lost?": only a question that opens with what it asks is cut.
    return _JOINT.split(text) if _OPENS.match(text) else [text]


def _alone(piece: str, first: str) -> str:
    """The piece with what it takes from the first question; "" where that cannot be told."""
    if _BARE.fullmatch(piece):
        clause = parsed(first)
        asked_of = clause and _BARE.fullmatch(clause.asks)
        return re.sub(_BARE, piece, first, count=1) if asked_of else ""
    names = names_in(piece)
    own = set(content_words(piece)) - {word.lower() for name in names for word in name.split()}
    if not names:
        piece, _ = _with_names(piece, first)
    return _placed(piece, first) if own else ""


def _with_names(piece: str, first: str) -> tuple[str, bool]:
    """The piece with its pronoun replaced by what it stands for in the first question, and whether that is known."""
    pronoun = _PRONOUN.search(piece) or _POSSESSIVE.search(piece)
    if not pronoun:
        return piece, True
    names = names_in(first)
    clause = parsed(first)
    subject = clause.subject if clause and not _PRONOUN.search(clause.subject) else ""
    who = subject or (names[0] if len(names) == 1 else "")
    if not who or (pronoun[1].lower() in _PERSON and not subject and len(names) != 1):
        return piece, False
    if _POSSESSIVE.fullmatch(pronoun[1]) and not (pronoun[1].lower() == "her" and pronoun.end() == len(piece)):
        who = f"{who}'" if who.endswith("s") else f"{who}'s"
    return piece[: pronoun.start()] + who + piece[pronoun.end() :], True


def _placed(piece: str, other: str) -> str:
    """The piece with the place or time that ends the other one, where it has neither names nor a place of its own."""
    place = _PLACE.search(other)
    if names_in(piece) or any(p.search(piece) for p in (_PLACE, _PRONOUN, _POSSESSIVE)):
        return piece
    told = place and not any(p.search(place[0]) for p in (_OPENS, _PRONOUN, _POSSESSIVE))
    return piece + place[0] if place and told else piece
