"""Negation and opposites: what the source denies is not affirmed, and what it affirms is not denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.verify.clauses import misplaced, same_stem, sentences_of, stems_of, words
from rag.verify.quotes import without_quotations
from rag.verify.values import Fault, Source

_NOT = re.compile(
    r"\b(?:not(?! (?:only|just|least|more than|fewer than|less than))|never|nobody|none|neither|nor|nothing|no one|cannot"
    r"|no(?! (?:more|fewer|less) than| doubt| longer ago)|[a-z]+n['’]t)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\b(?:without|beyond|un(?:able|likely|clear|known|aware|willing|decided|confirmed|paid|safe|hurt|injured)|incorrect|invalid|fail(?:s|ed|ing|ure)?|den(?:y|ies|ied|ial)|refus\w+|declin\w+|reject\w*"
    r"|disput\w+|rul(?:e|ed|es|ing) out|avoid\w*|lack\w*|prevent\w*|hardly|barely|scarcely|too|free of|far from|void"
    r"|false|dismiss\w*|rather than|(?:is|are|still|remains?) missing|absen\w+|contradict\w*|exclud\w+|correct(?:s|ed|ing|ion)|revis\w+"
    r"|misstat\w*|instead)\b",
    re.IGNORECASE,
)
"""Words that say no in another way; where one stands, the other side's "not" may be said by it."""
_DENIES = re.compile(
    r"\bden(?:y|ies|ied|ying)\b(?! (?:\w+ ){0,2}(?:entry|access|bail|permission|asylum|visas?|permits?|licen[cs]es?|requests?)\b)",
    re.IGNORECASE,
)
_SCOPE = 3
_SUBJECT = 3
_TAKEN = 0.5
"""The share of what somebody denies that a sentence must hold to be taken for saying it."""
_OPPOSITES = (
    ("deny denied denies denying dispute disputed disputes reject rejected rejects", "confirm confirmed confirms admit admitted admits acknowledge acknowledged acknowledges concede conceded concedes"),
    ("rise rises rose risen increase increased increases gain gained climb climbed grew grow jumped up", "fall falls fell fallen decrease decreased decreases drop dropped drops decline declined lost down lower lowered"),
    ("win won wins beat defeat defeated", "lose lost loses"),
    ("approve approved approves accept accepted backed back support supported favor favour", "reject rejected rejects refuse refused oppose opposed opposes against"),
    ("open opened opens reopened reopen", "close closed closes shut"),
    ("more higher above over highest largest biggest best most", "less fewer lower below under lowest smallest worst least"),
    ("before", "after"),
    ("guilty", "innocent"),
    ("begin began begun begins start started starts", "end ended ends finished finish"),
)  # fmt: skip
_PAIRS = tuple((frozenset(a.split()), frozenset(b.split())) for a, b in _OPPOSITES)


@dataclass(frozen=True, slots=True)
class _Said:
    """The stems of a text under a "not", and those outside every one."""

    denied: frozenset[str]
    plain: frozenset[str]


def polarity_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Where the sentence affirms what the sources deny, denies what they affirm, or says the opposite."""
    own = without_quotations(sentence)
    texts = [source.text for source in sources]
    held = [_said(source.text) for source in sources]
    denied = frozenset().union(*(h.denied for h in held))
    plain = frozenset().union(*(h.plain for h in held))
    for scope in _scopes(own, sentence):
        affirmed = [stem for stem in scope if stem in plain]
        agreed = [stem for stem in scope if stem in denied or any(_denied_beside(stem, s.text) for s in sources)]
        clear = [stem for stem in affirmed if stem not in agreed]
        if len(clear) > len(agreed):
            word = _written(clear[0], sentence)
            yield Fault("negation", word, f"The cited paragraph does not deny this of “{word}”.")
            return
    if _NOT.search(own) and not any(_NOT.search(text) or _SOFT.search(text) for text in texts):
        yield Fault("negation", _not_near(own), "The cited paragraph denies nothing of this.")
        return
    for one in dict.fromkeys(one for source in sources for one in sentences_of(source.text)):
        for stem in _first_denied(one):
            if stem in _said(own).plain and stem not in plain and not _denied_beside(stem, own):
                word = _written(stem, sentence)
                yield Fault("negation", word, f"The cited paragraph says that this is not so: “{_not_near(one)} …”.")
                return
    yield from _denials(own, sources)
    yield from _opposites(own, sources)


def _denials(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """What somebody denies in a source, told as if it were so: "said the offer was final" of one who denied that."""
    if _NOT.search(sentence) or _SOFT.search(sentence):
        return
    said = stems_of(sentence)
    every = [one for source in sources for one in sentences_of(source.text)]
    for one in every:
        for match in _DENIES.finditer(without_quotations(one)):
            denied = stems_of(one[match.end() :])
            shared = denied & said
            if len(shared) < 2 or len(shared) < _TAKEN * len(denied):
                continue
            if not any(shared <= stems_of(other) and not _DENIES.search(other) for other in every):
                words = " ".join(one[match.start() :].split()[:8])
                yield Fault("negation", _written(min(shared), sentence), f"The cited paragraph says “{words} …”.")
                return


def _opposites(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """Words of the sentence in whose place the sources have the opposite: "profit rose" where profit fell."""
    text = "\n".join(source.text for source in sources)
    for one, other in _PAIRS:
        for mine, opposite in ((one, other), (other, one)):
            for word, own in _with_subject(mine, sentence):
                same = [held for _, held in _with_subject(mine, text)]
                others = _with_subject(opposite, text)
                at = misplaced(own, same, (held for _, held in others))
                if at is not None and _denied_with(word, sentence) == _denied_with(others[at][0], text):
                    yield Fault("negation", word, f"The cited paragraph says “{others[at][0]}”, not “{word}”.")
                    return


def _with_subject(group: frozenset[str], text: str) -> list[tuple[str, frozenset[str]]]:
    """Where words of the group stand in the text, with the stems of the few words before them."""
    every = [w for w in words(text) if w.stem or w.text in group]
    found = []
    for i, word in enumerate(every):
        if word.text in group:
            before = [w.stem for w in every[max(0, i - _SUBJECT) : i] if w.stem and not w.text[0].isdigit()]
            found.append((word.text, frozenset(before)))
    return found


def _denied_with(word: str, text: str) -> bool:
    """Whether a "not" stands in a stretch with the word: "did not win" and "lost" agree."""
    every = words(text)
    stretches = {w.stretch for w in every if w.text == word}
    return any(_NOT.search(w.text) for w in every if w.stretch in stretches)


@lru_cache(maxsize=2048)
def _said(text: str) -> _Said:
    denied: set[str] = set()
    plain: set[str] = set()
    for one in sentences_of(text):
        under = frozenset(stem for scope in _scopes(one) for stem in scope)
        denied |= under
        plain |= stems_of(one) - under
    return _Said(frozenset(denied), frozenset(plain))


def _scopes(own: str, sentence: str = "") -> list[list[str]]:
    """For each "not" the stems that it covers: the next few, to the end of its stretch, or in the quotation behind it.

    `own` may be the sentence with its quotations blanked, so that a "not" in one of them is not the writer's.
    """
    every = words(sentence or own)
    found = []
    for match in _NOT.finditer(own):
        behind = [w for w in every if w.start >= match.end()]
        within = [w.stem for w in behind if w.stem and w.stretch == behind[0].stretch]
        found.append((within or [w.stem for w in behind if w.stem])[:_SCOPE])
    return found


def _first_denied(sentence: str) -> list[str]:
    """The stem that each "not" of the sentence denies most plainly: the first one behind it in its stretch."""
    every = words(sentence)
    found = []
    for match in _NOT.finditer(sentence):
        behind = [w for w in every if w.start >= match.end()]
        found += [w.stem for w in behind if w.stem and w.stretch == behind[0].stretch][:1]
    return found


def _denied_beside(stem: str, text: str) -> bool:
    """Whether another word says no in a stretch of the text that holds this one."""
    every = words(text)
    for at in (w.stretch for w in every if w.stem == stem):
        beside = [text[w.start : w.end] for w in every if w.stretch == at and w.stem != stem]
        if _NOT.search(" ".join(beside)) or _SOFT.search(" ".join(beside)):
            return True
    return False


def _not_near(sentence: str) -> str:
    match = _NOT.search(sentence)
    return sentence[match.start() :][:40].rsplit(" ", 1)[0] if match else "not"


def _written(stem: str, sentence: str) -> str:
    return next((w.text for w in words(sentence) if w.stem == stem), same_stem(stem))
