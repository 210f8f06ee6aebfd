"""Follow-up questions made to stand alone: what they leave to the conversation is filled in from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.search import content_words
from rag.conversation.anew import anew, begins_anew
from rag.conversation.ellipsis import complete, in_full, led_by
from rag.conversation.frame import frame, opened, sentence
from rag.conversation.heard import by_turns, heard_after
from rag.conversation.mentions import AUXILIARY, mentions_in
from rag.conversation.pronouns import fill
from rag.question import names_in
from rag.values import Answer

_POINTING = re.compile(r"\b(?:they|them|their|it|its|that|those|these|this|then|else|ones?|so)\W*$", re.IGNORECASE)
_GOES_ON = re.compile(r"^\W*(?:and|but|or|so|what about|how about)\b", re.IGNORECASE)
_BARE = re.compile(r"^\W*(?:why|when|where|who|how|what|which)\W*(?:else|not|exactly|one|ones|so)?\W*$", re.IGNORECASE)
_ASKS = re.compile(
    rf"\?\W*$|^\W*(?:(?:and|but|so|or|then|what about|how about|who|what|when|where|why|how|which|whose|tell|give|list|name"
    rf"|show|describe|explain)\b|{AUXILIARY})",
    re.IGNORECASE,
)
"""A question, with its mark or without; thanks and statements are none."""
_ONLY_PRONOUN = re.compile(
    r"\W*(?:and|but|or|what about|how about|and what about)? ?(?:him|her|he|she|them|they|it|that|this)\W*$",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\W*what (?:is|are|does)(?: an?)? (?!the\b)\w+(?: mean)?\W*$", re.IGNORECASE)
"""Asks what a word means: "What is inflation?"."""
_FRAGMENT = re.compile(
    rf"(?!{AUXILIARY}|(?:is|was) that|(?:who|what|when|where|why|how|which|tell|give|list|explain|describe|show|name)\b)\w",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:what|how) about\b", re.IGNORECASE)
_NEXT = re.compile(r"\W*(?:and |so |but )?(?:what )?(?:then|next|after that)\W*$", re.IGNORECASE)
_NOUN_ASKED = re.compile(r"(?:what|who) (?:is|was|are|were) the \w+$", re.IGNORECASE)
_LIGHT = frozenset(["happen", "happened", "next", "anyone", "anybody", "anything", "someone", "somebody", "exactly"])
"""Words that by themselves find nothing."""

__all__ = ["by_turns", "heard", "standalone"]


def heard(question: str, history: Sequence[Answer]) -> str:
    """The question as it is heard behind the one before it; "" where it opens a conversation, or says that it begins anew."""
    goes_on = history and _ASKS.search(question) and not begins_anew(question)
    return heard_after(question, history[-1]) if goes_on else ""


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as it would be asked by somebody who had not heard the conversation.

    `history` holds the earlier answers, oldest first. What is left out ("Why?", "And the injured?") is taken from the
    question before, pronouns and "there" become what they mean, and a question too short to find anything by is asked
    "regarding" what the last one was about. A question that stands alone comes back unchanged.
    """
    if not history or not _ASKS.search(question) or _ONLY_PRONOUN.match(question):
        return question
    if begins_anew(question):
        return anew(question)
    question = in_full(led_by(question))
    if _NEXT.match(question):
        return _regarding("What happened next?", history[-1])
    whole = complete(question, history)
    if whole:
        return whole
    filled = fill(question, history)
    if filled != question:
        if not _GOES_ON.match(filled):
            return filled
        rest = opened(filled)
        bare = frame(filled) is None and _FRAGMENT.match(rest) and not _ABOUT.match(rest)
        return f"What about {rest}" if bare else rest[:1].upper() + rest[1:]
    return _regarding(question, history[-1]) if _leans(question) else question


def _leans(question: str) -> bool:
    """Whether a question says too little by itself: nobody and hardly anything is named, and it goes on or points back."""
    if _BARE.match(question):
        return True
    if _DEFINES.match(question):
        return False
    if names_in(opened(question)):
        return bool(_GOES_ON.match(question)) and frame(question) is None
    own = len([w for w in content_words(question) if w not in _LIGHT])
    return own <= 1 or (own <= 2 and bool(_GOES_ON.match(question) or _POINTING.search(question)))


def _regarding(question: str, last: Answer) -> str:
    """The question with what the last one was about: where it happened, else whom and what it named."""
    before = frame(last.standalone_question)
    if not before:
        return question
    own = opened(question).rstrip(" ?.!")
    if frame(question) is None and _FRAGMENT.match(own):
        own = f"What about {own}"
    present = [m for m in mentions_in(last.standalone_question) if m.text.lower() not in question.lower()]
    about = [m.text for m in present if m.named] or [m.text for m in present]
    if about and _NOUN_ASKED.match(own) and not re.match(r"(?:when|while|after) ", before.tail):
        return sentence(own, "of", about[-1])
    if before.tail and frame(question) and not _POINTING.search(question):
        return sentence(own, re.sub(r"^(?:when|while) ", "after ", before.tail))
    if about and re.match(r"(?:tell|explain|describe|give|show)\b", own, re.IGNORECASE):
        return f"{own[:1].upper()}{own[1:]} about {' and '.join(about)}"
    return sentence(own, "regarding", " and ".join(about)) if about else question
