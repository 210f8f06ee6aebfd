"""`X said "…"`: the quoted words, and whether it is X who says them in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index import Passage
from index.sentences import sentences
from rag.question import QUOTED_WORDS, names_in
from rag.speakers import SPEECH, speaker
from rag.values import Span
from rag.verify import faults
from rag.verify.clauses import stems_of
from rag.verify.names import is_same
from rag.verify.quotes import without_quotations
from rag.verify.source import source_of

_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_MARK = re.compile(r"[\"“”]")
_PIECES = re.compile(r"[,;] (?:but|and|while|whereas|although) ")
_NAME = r"([A-Z][\w.’'-]*(?: [A-Z][\w’'-]*)+)"
_APPOSED = re.compile(
    rf"[a-z], {_NAME}, (?:{SPEECH.pattern})"
    r"|[\"”],?\s(?:said|says|added|adds) (?:[a-z][\w’'-]*\s)*?"
    rf"(?!(?:the|an?|of|for|in|at|from|to|with|by)\s)[a-z][\w’'-]*,?\s{_NAME}"
)
"""A name behind what somebody is: her father, Glenn Pardoe, said; said the harbor's manager, Lila Horne."""
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")
_OWN = stems_of(
    "said say told tell added warned argued claimed wrote announced insisted stated explained replied declared noted "
    "reporters statement interview according spokesman spokeswoman spokesperson quoted"
)
"""How somebody is said to speak is the writer's own affair."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Quoted words, as offsets in the pasted text, the text around them, and who is said to have said them or ""."""

    quoted: tuple[Span, ...]
    frame: str
    speaker: str

    def only_quoted(self, text: str) -> str:
        """The text with everything but the quoted words blanked, as long as before."""
        kept = [" "] * len(text)
        for start, end in self.quoted:
            kept[start:end] = text[start:end]
        return "".join(kept)


def saying(text: str) -> Saying | None:
    """The quotation and its speaker, where a pasted text is mostly a quotation that somebody is said to have made."""
    spans = tuple(m.span(1) for m in _QUOTED.finditer(text))
    frame = without_quotations(text)
    quoted = sum(len(text[a:b].split()) for a, b in spans)
    if quoted < max(QUOTED_WORDS, len(re.findall(r"\b[a-z]\w*", frame))):
        return None
    names = names_in(frame)
    name = speaker(frame) or (names[0] if len(names) == 1 else "")
    if re.search(rf"{re.escape(name)}['’]s\b", frame):
        name = ""  # "Owen Hale's father said"
    return Saying(spans, frame, name) if name or SPEECH.search(frame) else None


def speaker_at(passage: Passage, start: int, end: int) -> str:
    """Who says in the passage what stands from `start` to `end`; "" where it does not tell plainly."""
    text = passage.paragraph.text
    spans = sentences(text)
    here = [n for n, (a, b) in enumerate(spans) if a < end and start < b]
    for n in here:
        a, b = spans[n]
        if name := _speaker_in(text[a:b], start - a):
            return name
    if not here:
        return ""
    told = text[spans[here[0]][0] : spans[here[-1]][1]]
    untold = without_quotations(told)
    spoken = SPEECH.search(untold) is not None
    if (spoken and not _PRONOUN.search(untold)) or (not spoken and not _QUOTED.search(told)):
        return ""  # "the mayor said", or nobody does
    above = passage.before.text if passage.before else ""
    earlier = [text[a:b] for a, b in spans[: here[0]]] or [above[a:b] for a, b in sentences(above)]
    named = (_speaker_in(one) or (_opening_name(one) if spoken else "") for one in reversed(earlier))
    return next(filter(None, named), "")


def saying_faults(text: str, said: Saying, passage: Passage, start: int, end: int) -> Iterator[str]:
    """A sentence for whatever the article tells otherwise than the words around the quotation: who, when, why."""
    there = speaker_at(passage, start, end)
    source = source_of(passage)
    if not _in_quotation(passage.paragraph.text, start):
        yield "In the article these words are not quoted: it tells this in its own words."
    if said.speaker and not (there and _speaks_for(said.speaker, there, passage.paragraph.text)):
        who = f"{there} says this, not {said.speaker}" if there else f"it is not told that {said.speaker} says this"
        yield f"In the article {who}."
    # The quotation itself has been compared, and who says it.
    kinds = ("name", "date", "number", "cause")
    wrong = [f for f in faults(text, [source], support=1.0) if f.kind in kinds and f.words in said.frame]
    wrong = [f for f in wrong if f.words not in said.speaker]
    yield from (fault.why for fault in wrong)
    told = " ".join((*names_in(said.frame), *(fault.words for fault in wrong)))
    lacking = stems_of(said.frame) - _OWN - stems_of(told) - stems_of(source.context)
    if words := [w for w in re.findall(r"\w+", said.frame) if stems_of(w) & lacking]:
        yield f"The cited paragraph does not say “{' '.join(words)}”."


def _in_quotation(text: str, at: int) -> bool:
    """Whether the offset lies in a quotation, be it one that goes on in the next paragraph."""
    before = _MARK.findall(text, 0, at)
    opened = bool(before) and (before[-1] == "“" or (before[-1] == '"' and before.count('"') % 2 == 1))
    return opened or without_quotations(text)[at] == " "


def _speaker_in(sentence: str, at: int = 0) -> str:
    """Who speaks in the sentence; where several do, in the piece of it that holds the offset."""
    own = without_quotations(sentence)
    bounds = [0, *(m.start() for m in _PIECES.finditer(own)), len(own)]
    piece = next((own[a:b] for a, b in pairwise(bounds) if a <= max(at, 0) < b), own)
    apposed = _APPOSED.search(piece)
    return (apposed[1] or apposed[2]) if apposed else speaker(piece) or speaker(own) or ""


def _opening_name(sentence: str) -> str:
    """The name with which the sentence opens: of whom it goes on to say "he"."""
    return next((n for n in names_in(sentence)[:1] if re.match(rf"{re.escape(n)}(?!['’])", sentence)), "")


def _speaks_for(claimed: str, there: str, text: str) -> bool:
    """Whether the two are one, or the one who speaks there is introduced as speaking for the other."""
    if is_same(claimed, there):
        return True
    introduced = re.search(rf"{re.escape(there)}(?:,[^,\"“”]*?| of| for| from) (?:the )?{re.escape(claimed)}\b", text)
    return introduced is not None
