"""The values of an answer. All are frozen; status and text are derived, never stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from index import Article, Notice, Paragraph, Passage

if TYPE_CHECKING:
    from index.dates.relative import Mention

Verdict = Literal["supported", "partly", "unsupported", "unchecked"]
Status = Literal["answered", "partial", "abstained"]
Span = tuple[int, int]
Lack = Literal["", "topic", "fact", "dates", "disagree", "premise", "partial"]
"""What an answer lacks: the articles do not speak of the topic, or not of this fact, or only outside the dates asked about;
the sources disagree; the question assumes what they do not bear out; one part of what was asked is missing."""
Shape = Literal["", "timeline", "outlets"]
"""How the claims are laid out: in the order of relevance, of the days they tell of, or by who printed them."""


def without_markers(text: str) -> str:
    """The text with a bracketed number of its own, [7], as (7): in an answer every [n] is a marker. Same length."""
    return re.sub(r"\[(\d+)\]", r"(\1)", text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage as it was read for one question. Only evidence can be cited.

    `relevance`: how far the passage speaks to the question, 0 to 1, comparable between passages
    of one question. `answers`: probability that the passage answers it at all. `sentence` and
    `answer` are offsets in the paragraph's text; `answer` is None where no span stands out. `likely` is the log
    probability that the answer stands from one offset to another; None from a reader that cannot tell.
    """

    passage: Passage
    relevance: float
    answers: float
    sentence: Span
    answer: Span | None = None
    likely: Callable[[Span], float] | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The supporting sentence."""
        return self.passage.paragraph.text[slice(*self.sentence)]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a paragraph, numbered within its answer from 1.

    `start` and `end` are offsets in the paragraph's text. The quote is that slice: it cannot be
    misquoted. `also` are the articles that print the same, metadata only: copies, no further sources.
    `notices` are what the newsroom said of this paragraph later.
    """

    number: int
    article: Article
    paragraph: Paragraph
    start: int
    end: int
    also: tuple[Article, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a place that is not in the paragraph."""
        if not 0 <= self.start < self.end <= len(self.paragraph.text):
            raise ValueError(
                f"A citation of {self.paragraph.id} from {self.start} to {self.end} does not lie in its "
                f"{len(self.paragraph.text)} characters."
            )

    @property
    def quote(self) -> str:
        """The cited words, exactly as they stand in the paragraph."""
        return self.paragraph.text[self.start : self.end]

    @property
    def days(self) -> tuple[Mention, ...]:
        """The days that the quote names by the calendar or by the article's own date ("Tuesday"), as calendar days."""
        from index.dates.relative import mentions

        return mentions(self.quote, self.article.published) if self.article.published else ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer with its citations.

    `emphasis` is the part of `text` that answers most directly (offsets), None where none does.
    `speaker` is the person or body to whom the source attributes the statement. `faults` say what the check
    found wrong with it, a sentence each. `day` is when the event happened, where the answer is a timeline.
    """

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict = "unchecked"
    speaker: str | None = None
    emphasis: Span | None = None
    faults: tuple[str, ...] = ()
    day: date | None = None

    @property
    def opinion(self) -> bool:
        """Whether nothing but opinion pieces carries it."""
        return bool(self.citations) and all(c.article.type == "opinion" for c in self.citations)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that give different values for what was asked: (value, citation number), oldest first where dates are known.

    `latest` is the citation number of the newest value, None where that cannot be told.
    """

    about: str
    values: tuple[tuple[str, int], ...]
    latest: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question, and on what ground.

    `lead` sums the claims up where more than their order is to be said, such as "Yes", or which figures differ; each [n]
    in it is a citation of theirs. `reason` says in words why an answer is missing or incomplete, `lacks` in a word; both
    are empty where nothing is lacking. `premise` is what the articles say instead of what the question assumes. `shape`
    is how the claims are laid out.
    `closest` are passages near the question that are no evidence: shown apart, never cited.
    `rejected` are claims that failed the check. `engine` is who wrote it: "extractive", or a language model by name.
    `remark` says where it came about otherwise than asked for, such as without the model, which did not answer.
    `timings` are (stage, seconds). `fingerprint` is a hash of everything that decides the answer: two answers with
    one fingerprint are alike.
    """

    question: str
    standalone_question: str
    claims: tuple[Claim, ...] = ()
    reason: str = ""
    lead: str = ""
    lacks: Lack = ""
    premise: Claim | None = None
    shape: Shape = ""
    conflicts: tuple[Conflict, ...] = ()
    rejected: tuple[Claim, ...] = ()
    closest: tuple[Passage, ...] = ()
    engine: str = ""
    remark: str = ""
    fingerprint: str = ""
    timings: tuple[tuple[str, float], ...] = field(default=(), compare=False)
    evidence: tuple[Evidence, ...] = field(default=(), compare=False, repr=False)

    @property
    def status(self) -> Status:
        """answered, partial (something asked for is missing) or abstained (nothing is claimed)."""
        if not self.claims:
            return "abstained"
        return "partial" if self.reason else "answered"

    @property
    def said(self) -> tuple[Claim, ...]:
        """All that is said from the articles: the claims, and what stands against the question's assumption."""
        return (*self.claims, self.premise) if self.premise else self.claims

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order of its number."""
        found = {c.number: c for claim in self.said for c in claim.citations}
        return tuple(found[number] for number in sorted(found))

    @property
    def sources(self) -> int:
        """How many independent sources are cited: articles that print one story are one."""
        return len({c.article.story or c.article.id for c in self.citations})

    @property
    def text(self) -> str:
        """The prose with [1] markers; the reason where there is something to say for it.

        A bracketed number of the source's own is put into round brackets here: every [n] is a marker.
        """
        parts = [self.lead] if self.lead else []
        parts += map(_marked, self.claims)
        if self.reason:
            parts.append(self.reason)
        if self.premise:
            parts.append(_marked(self.premise))
        return " ".join(parts)

    def to_dict(self) -> dict[str, object]:
        """The answer as plain values for JSON; `from_dict` reads it back."""
        from rag.serialize import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, record: dict[str, object]) -> Answer:
        """An answer from what `to_dict` gave. Raises PilcrowError where the record does not fit."""
        from rag.serialize import from_dict

        return from_dict(record)


def _marked(claim: Claim) -> str:
    said = without_markers(claim.text)
    markers = "".join(f"[{c.number}]" for c in claim.citations)
    return f"{said} {markers}" if markers else said
