"""Speakers: who is said to say it says it in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.question import names_in
from rag.speakers import SPEECH, speaker
from rag.verify.clauses import related, sentences_of
from rag.verify.names import surname
from rag.verify.quotes import without_quotations
from rag.verify.values import Fault, Source

_PIECES = re.compile(r"[,;] (?:but|and|while|whereas|although) ")
_CALLED = re.compile(r"\bcall(?:s|ed) (?:off|in|out|up)\b")
_FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b")
_PRONOUN_SAYS = re.compile(r"\b(?:he|she|they|it)\s+(?:\w+\s+)?(?:said|says|told|added|warned|promised|denied|argued|replied)\b", re.I)  # fmt: skip


def speaker_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """A fault where the sentence names a speaker and the source gives the same words to another."""
    pieces = _PIECES.split(sentence)
    for piece in pieces if all(speaker(_joined(piece)) for piece in pieces) else (sentence,):
        yield from _faults(piece, sources)


def _faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    said_by = speaker(_joined(sentence))
    if not said_by or _reports(said_by, sentence, sources):
        return
    best = related(sentence, [source.quote or source.text for source in sources])
    near = [(one, s) for one in best for s in sources if one in sentences_of(s.quote or s.text)]
    there = [name for one, source in near for name in _speaks(one, source)]
    if not there:
        if any(_FIRST_PERSON.search(without_quotations(s.text)) for s in sources):
            return  # a column: its author speaks
        if not any(_may_speak(said_by, s) for s in sources):
            yield Fault("speaker", said_by, f"In the cited paragraph {said_by} says nothing.")
    elif not any(_same(said_by, name, source) for name in there for source in sources):
        yield Fault("speaker", said_by, f"In the cited paragraph {there[0]} says this, not {said_by}.")


def _speaks(best: str, source: Source) -> list[str]:
    """Who may say the source's sentence: its own speaker; where that is a pronoun, who was named before; [] if unknown."""
    named = speaker(_joined(best))
    if named:
        return [named]
    if not _PRONOUN_SAYS.search(best):
        return []
    every = list(sentences_of(source.text))
    at = next((i for i, one in enumerate(every) if one == best), 0)
    for one in reversed(every[:at]):
        said = speaker(one)
        if said:
            return [said]
        if names_in(one):
            return list(names_in(one))
    return list(names_in(source.before))


def _joined(text: str) -> str:
    """The text with "Light & Power" as one name, and without "called off", which says nothing."""
    return _CALLED.sub("ended", re.sub(r" & (?=[A-Z])", " ", text))


def _reports(name: str, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether the speaker is the outlet: "The Courier reported that …"."""
    told = re.search(
        rf"{re.escape(surname(name))},? (?:has |had )?(?:reported|reports|wrote|writes|published)\b", sentence
    )
    return told is not None and any(surname(name) in source.header for source in sources)


def _may_speak(name: str, source: Source) -> bool:
    """Whether anybody speaks in the source at all, or its outlet reports."""
    return SPEECH.search(source.text) is not None or "ccording to" in source.text or surname(name) in source.header


def _same(said: str, there: str, source: Source) -> bool:
    """One and the same by surname, or a body for which the other speaks: both stand in one sentence of the source."""
    mine = set(names_in(said)) | {said}
    return surname(said) == surname(there) or any(surname(m) in there for m in mine)
