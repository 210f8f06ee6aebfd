"""Which statements answer a question about speech, and whether somebody said what is asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from index import Passage
from rag.names import holds
from rag.question import names_in
from rag.reader.exact import figures
from rag.statements import Stance, Statement
from rag.statements.asked import SpeechAsked
from rag.statements.whose import Told, alike, speaks, surely_another, whom_by_name
from rag.values import Evidence
from rag.verify import Source, faults
from rag.verify.clauses import stems_of

_MOST_OF_IT = 2 / 3
"""The share of a clause's words that a statement must hold."""
_NEARLY_ALL = 3 / 4
"""The share from which on it is told that somebody else said it."""
_ACCUSED = re.compile(r"\b(?:accus|alleg|charge|claim|criticism|rumou?r|report|suspicio)", re.I)
"""Whoever is asked what they said to one of these has an answer in what they deny."""
_BRITISH = re.compile(r"(?<=\w{3})is(?=(?:e[sd]?|ing|ation)\b)")
_POINTS_BACK = re.compile(
    r"\b(?:this|that (?:was|is|were|had|would)|(?:den|confirm|reject|deni)\w+ it|(?:said|says) so)\b", re.I
)
_PRONOUN = re.compile(r"\b(?:I|we|my|our|he|she|they|it|him|her|them|his|their|its)\b")
_ANSWERS: dict[Stance, frozenset[Stance]] = {
    "says": frozenset(("says", "alleges", "confirms", "promises", "warns", "estimates")),
    "alleges": frozenset(("alleges", "says", "warns")),
    "estimates": frozenset(("estimates", "says")),
}
"""Which stances answer a question for one; any other is answered by itself alone: to confirm is more than to say."""


@dataclass(frozen=True, slots=True)
class SpeechFound:
    """The statements that answer, best first. `verdict` is "told" for what and who. "no" comes with what was said instead:
    the opposite by the same speaker, or the same by another. The first `fitting` of the statements are about what was
    asked; the others, of the same speaker, are not."""

    verdict: Literal["told", "yes", "no"]
    told: tuple[Told, ...]
    fitting: int


def answer_speech(
    asked: SpeechAsked, told: Sequence[Told], read: Mapping[str, Evidence] = MappingProxyType({})
) -> SpeechFound | None:
    """The statements that answer; None where none does, or it is not sure who speaks.

    `read` is where the reader finds an answer, by paragraph: that counts where no statement has a word of the topic.
    """
    if asked.kind == "what":
        return _what(asked, told, read)
    fits = [(one, judged(asked, one)) for one in told]
    if asked.kind == "who":
        return _found("told", [one for one, fit in fits if fit == "same" and one[0].who])
    whom = whom_by_name(asked.whom, told)
    mine = [(one, fit) for one, fit in fits if speaks(asked.whom, *one) or speaks(whom, *one)]
    yes = _found("yes", [one for one, fit in mine if fit == "same"])
    no = _found("no", [one for one, fit in mine if fit == "opposite"])
    if yes or no:
        return None if yes and no else yes or no
    others = [one for one, fit in fits if fit == "same" and surely_another(whom, one[0])]
    return _found("no", [one for one in others if _held(asked, *one)[0] >= _NEARLY_ALL])


def _what(asked: SpeechAsked, told: Sequence[Told], read: Mapping[str, Evidence]) -> SpeechFound | None:
    whom = whom_by_name(asked.whom, told)
    by = [one for one in told if speaks(asked.whom, *one) or speaks(whom, *one)]
    mine = [one for one in by if asked.stance in ("says", one[0].stance)]
    topic = stems_of(asked.about) - stems_of(" ".join(names_in(asked.whom)))
    shares = [_share(topic, *one) if topic else 1.0 for one in mine]
    if _ACCUSED.search(asked.about):
        shares = [s or float(one.stance == "denies") / 2 for s, (one, _) in zip(shares, mine, strict=True)]
    shares = _in_runs(mine, shares) if any(shares) else [_read_in(one, read.get(p.paragraph.id)) for one, p in mine]
    ranked = [mine[i] for i in sorted(range(len(mine)), key=lambda i: -shares[i])]
    fitting = sum(share > 0 for share in shares)
    return SpeechFound("told", tuple(ranked), fitting) if fitting else None


def _share(topic: frozenset[str], statement: Statement, passage: Passage) -> float:
    """The share of the topic's words in the statement; a tenth where it points back to them: "Hale said that was untrue"."""
    said = _sentence(statement, passage)
    own = len(topic & stems_of(said)) / len(topic)
    around = len(topic & stems_of(f"{passage.article.title} {passage.paragraph.text}")) / len(topic)
    return own or (around / 10 if around >= _MOST_OF_IT and _POINTS_BACK.search(said) else 0.0)


def _read_in(statement: Statement, found: Evidence | None) -> float:
    """How surely the reader finds the answer in what is said with the statement."""
    if found is None or found.answer is None:
        return 0.0
    start, end = found.answer
    return found.answers if any(low < end and start < high for low, high in statement.said) else 0.0


def _in_runs(told: Sequence[Told], shares: Sequence[float]) -> list[float]:
    """The shares, with a little for a statement next to one with some: somebody who goes on speaks of the same."""
    found = list(shares)
    for before, after in pairwise(range(len(told))):
        (one, here), (other, there) = told[before], told[after]
        goes_on = here.paragraph.id == there.paragraph.id and other.start - one.end <= 1
        if goes_on and bool(shares[before]) != bool(shares[after]):
            found[before] = found[before] or shares[after] / 2
            found[after] = found[after] or shares[before] / 2
    return found


def _found(verdict: Literal["told", "yes", "no"], told: Sequence[Told]) -> SpeechFound | None:
    return SpeechFound(verdict, tuple(told), len(told)) if told else None


def contradicts(asked: SpeechAsked, told: Told) -> bool:
    """Whether a statement says the opposite of what is asked about, in nearly its words."""
    return _content(asked, *told) == "opposite"


def judged(asked: SpeechAsked, told: Told) -> Literal["same", "opposite", "other"]:
    """Whether a statement says what was asked, in that stance, or the opposite of it, or something else."""
    statement, _ = told
    content = _content(asked, *told)
    if content == "other":
        return "other"
    if "asks" in (asked.stance, statement.stance):
        return "same" if content == "same" and asked.stance == statement.stance else "other"
    denied = statement.stance == "denies"
    if content == "opposite":
        denied = not denied
    if asked.stance == "denies":
        return "same" if denied else "opposite"
    if denied:
        return "opposite"
    return "same" if statement.stance in _ANSWERS.get(asked.stance, {asked.stance}) else "other"


def _content(asked: SpeechAsked, statement: Statement, passage: Passage) -> str:
    """Whether what is said is the clause that was asked about ("same"), its "opposite", or something "other"."""
    text = passage.paragraph.text
    said = " ".join(text[start:end] for start, end in statement.said)
    share, meant = _held(asked, statement, passage)
    if share < _MOST_OF_IT:
        return "other"
    one = {1.0} if re.search(r"\b(?:an?|one)\b", said, re.I) else set()
    if figures(asked.about) - figures(said) - one or set(names_in(asked.about)) - set(meant):
        return "other"
    source = Source(said, said, before=text, header=passage.article.title, published=passage.article.published)
    found = [f for f in faults(asked.about, [source], 1.0) if not (f.kind == "name" and f.words in meant)]
    kinds = {fault.kind for fault in found} - {"hedge", "attribution", "support", "speaker"}
    return "other" if kinds - {"negation"} else "opposite" if kinds else "same"


def _held(asked: SpeechAsked, statement: Statement, passage: Passage) -> tuple[float, list[str]]:
    """The share of the clause's words that are said, and the names in it of which is spoken."""
    text = passage.paragraph.text
    said = " ".join(text[start:end] for start, end in statement.said)
    clause = _stems(asked.about) - _stems(asked.whom)
    meant = [n for n in names_in(asked.about) if _spoken_of(n, said, statement, text)]
    held = clause & (_stems(said) | _stems(" ".join(meant)))
    return (len(held) / len(clause) if clause else 0.0), meant


def _stems(text: str) -> frozenset[str]:
    """The stems of the words, "apologise" and "apologize" alike."""
    return stems_of(_BRITISH.sub("iz", text))


def _spoken_of(name: str, said: str, statement: Statement, text: str) -> bool:
    """Whether what is said speaks of the one named, by name or, where nobody else can be meant, by a pronoun."""
    if holds(said, name):
        return True
    if not _PRONOUN.search(said):
        return False
    above = {n for n in names_in(text[: statement.start]) if not alike(n, statement.speaker)}
    return alike(name, statement.speaker) or (bool(above) and all(alike(name, n) for n in above))


def _sentence(statement: Statement, passage: Passage) -> str:
    return passage.paragraph.text[statement.start : statement.end]
