"""Follow-up questions made to stand alone: pronouns filled in from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.search import content_words
from rag.question import names_in
from rag.values import Answer

_PERSON = re.compile(r"\b(?:he|she|him|hers?|his)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(he|she|him|her(?=\W*$))\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(his|her)\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:they|them|their|it|its|there|that|those|these|this|then|else|one|ones)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^\W*(?:and|but|or|what about|how about|why\??$|when\??$|where\??$|who\??$|how\??$)", re.IGNORECASE
)


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as it would be asked by somebody who had not heard the conversation.

    `history` holds the earlier answers, oldest first. A personal pronoun becomes the person last spoken
    of; a question that points back ("there", "and the injured?", "why?") takes along what the
    last one was about. A question that stands alone comes back unchanged.
    """
    if not history:
        return question
    last = history[-1]
    filled = _fill_person(question, last)
    own = content_words(filled)
    points_back = (_POINTING.search(filled) and not names_in(filled)) or _GOES_ON.search(filled)
    if filled == question and (points_back or (len(own) <= 1 and not names_in(question))):
        about = [w for w in _topic(last) if w.lower() not in filled.lower()]
        if about:
            return f"{filled.rstrip(' ?')} ({' '.join(about)})?"
    return filled


def _topic(last: Answer) -> list[str]:
    """The words the last question was about, names spelled as they were."""
    question = last.standalone_question
    names = list(names_in(question))
    taken = " ".join(names).lower()
    return names + [w for w in content_words(question) if w not in taken]


def _fill_person(question: str, last: Answer) -> str:
    if not _PERSON.search(question):
        return question
    person = _person(last)
    if not person:
        return question
    first = _PERSON.search(question)
    # "… if Assad and his family leave": a name that stands nearer than the conversation owns the pronoun.
    if first and names_in(question[: first.start()]):
        return question
    if _SUBJECT.search(question):
        return _SUBJECT.sub(person, question, count=1)
    return _POSSESSIVE.sub(f"{person}'s", question, count=1)


def _person(last: Answer) -> str | None:
    """The person last spoken of: in the question, else as speaker or as the bold part of the answer."""
    names = names_in(last.standalone_question)
    voices = {claim.speaker.split()[-1] for claim in last.claims if claim.speaker}
    spoke = [n for n in names if n.split()[-1] in voices]
    named = spoke[:1] or [n for n in names if " " in n] or list(names)
    if named and not re.match(
        r"\W*who(?:m|se)?\b(?! (?:is|was|are|were) [A-Z])", last.standalone_question, re.IGNORECASE
    ):
        return named[-1]
    for claim in last.claims:
        if claim.emphasis:
            inside = names_in(claim.text[slice(*claim.emphasis)])
            if inside:
                return inside[0]
        if claim.speaker:
            return claim.speaker
    return named[-1] if named else None
