"""Claims: a question and its answer as one statement, and statements reworded without changing what they say."""

from __future__ import annotations

import random
import re

from rag.reader.training.edits import synonyms

_ASKS = re.compile(
    r"^(?P<before>.*?)\b(?P<asks>who|whom|whose|what|which|when|where|why|how(?: (?:many|much|long|old|often|far))?)\b"
    r"(?P<after>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AUXILIARY = re.compile(r"^\s*(did|does|do)\b", re.IGNORECASE)
_BE = re.compile(r"^\s*(is|are|was|were|has|have|had|will|would|can|could|should)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z%]+")
_DIGITS = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(str, range(2, 13)),
        strict=True,
    )
)
_WORDS = {digits: word for word, digits in _DIGITS.items()}


def claim_of(question: str, answer: str) -> str:
    """The question with its answer in the place of what it asks: "Who won?" and "Ann" make "Ann won."

    Rules, no parser: the answer stands where the subject was asked for, else at the end; the sense
    survives, the grammar may not ("the bridge open in 1932").
    """
    text = question.strip().rstrip(" ?.!")
    answer = answer.strip().rstrip(".")
    match = _ASKS.match(text)
    if not match:
        return f"{text}: {answer}."
    before, asks, after = match["before"].strip(), match["asks"].lower(), match["after"].strip()
    words = after.split()
    if asks == "why":
        rest = _AUXILIARY.sub("", after).strip()
        return f"{rest} because {re.sub(r'^because ', '', answer)}."
    # "What company owns X", "How many people died": the noun asked for stands before the verb.
    noun, verb, rest = _noun_then_verb(words) if asks not in ("who", "when", "where") else ("", after, "")
    if _AUXILIARY.match(verb):
        body = _AUXILIARY.sub("", verb).strip()
        joint = {"when": "in", "where": "in"}.get(asks, "")
        tail = f"{body} {rest}".strip()
        joint = "" if answer.lower().split()[:1] in (["in"], ["on"], ["at"], ["by"], ["during"]) else joint
        return _tidy(f"{before} {tail} {joint} {answer} {noun if asks.startswith('how ') else ''}.")
    if _BE.match(verb) and (asks in ("when", "where", "what", "which", "who", "how") and not noun):
        held = _BE.match(verb)
        assert held is not None
        body = verb[held.end() :].strip()
        if asks == "who" and body.split()[:1] and body.split()[0].lower() not in ("the", "a", "an", "his", "her"):
            return _tidy(f"{before} {answer} {held[1]} {body}.")
        return _tidy(f"{before} {body} {held[1]} {answer}.")
    return _tidy(f"{before} {answer} {noun if asks.startswith('how ') else ''} {verb} {rest}.")


def _noun_then_verb(words: list[str]) -> tuple[str, str, str]:
    """The words up to the first auxiliary are the noun asked for; "owns X" has none."""
    for number, word in enumerate(words[:5]):
        if _AUXILIARY.match(word) or _BE.match(word):
            return " ".join(words[:number]), " ".join(words[number:]), ""
    return (words[0], " ".join(words[1:]), "") if len(words) > 2 else ("", " ".join(words), "")


def _tidy(text: str) -> str:
    return re.sub(r"\s+([.,])", r"\1", re.sub(r"\s+", " ", text)).strip()


def reword(text: str, chance: random.Random, share: float = 0.35) -> str:
    """The same statement in other words: synonyms, digits for number words, asides left out."""
    if chance.random() < 0.3:
        text = re.sub(r" \([^()]{1,80}\)", "", text, count=1)
    if chance.random() < 0.3:
        text = re.sub(r", (?:which|who|where|whose) [^,.]{5,80},", "", text, count=1)
    if chance.random() < 0.4:
        text = re.sub(r",? (?:he|she|it|they|officials|the company) (?:said|added|told reporters)(?=\.?$)", "", text)

    def other(match: re.Match[str]) -> str:
        word = match[0].lower()
        if chance.random() > share:
            return match[0]
        if word in _DIGITS:
            return _DIGITS[word]
        return chance.choice(synonyms()[word]) if word in synonyms() else match[0]

    return _WORD.sub(other, text)
