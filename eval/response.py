"""What a system said to one question, in a form that any system can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from index import Paragraph
from rag import Answer, Citation, Claim
from rag.choose import candidates, confidence
from rag.question import understand


@dataclass(frozen=True, slots=True)
class Cited:
    """A place as a system names it: a file, and a quote from it or offsets in its extracted text."""

    file: str
    quote: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a response, the places it cites, and to whom it attributes what it says.

    `emphasis` are the words of it that answer, `day` is when the event was that it tells, `opinion` whether it is shown
    as somebody's view.
    """

    text: str
    citations: tuple[Cited, ...] = ()
    speaker: str = ""
    emphasis: str = ""
    day: date | None = None
    opinion: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """One of several values that are laid side by side, and the place it is taken from."""

    value: str
    cited: Cited | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a system said to the question `id`. Without sentences it abstained.

    `lead` sums the sentences up. `reason` says in words what is lacking, `lacks` in one: topic, fact, dates, disagree,
    premise or partial. `premise` is what the articles say instead of what was assumed. `values` are those that differ,
    oldest first, and `latest` the newest. `notices` are the corrections shown with what is cited.
    `short` is the answer in a few words, where the system marks one. `confidence`, 0 to 1, is how sure it is
    that `best`, the place it holds for the best, answers the question; both may be given with an abstention.
    `retrieved` are the paragraphs it found, best first; None where it does not tell. `in_full` is what it said to the same
    question written out in full, where that one leans on a conversation.
    """

    id: str
    sentences: tuple[Said, ...] = ()
    lead: str = ""
    reason: str = ""
    lacks: str = ""
    premise: Said | None = None
    values: tuple[Given, ...] = ()
    latest: str = ""
    notices: tuple[str, ...] = ()
    short: str = ""
    confidence: float | None = None
    best: Cited | None = None
    retrieved: tuple[Cited, ...] | None = None
    seconds: float | None = None
    in_full: Response | None = None

    @property
    def abstained(self) -> bool:
        """Whether nothing was said."""
        return not self.sentences

    @property
    def citations(self) -> tuple[Cited, ...]:
        """Every citation of every sentence, in order; one that is given twice counts twice."""
        return tuple(c for s in self.sentences for c in s.citations)

    @property
    def text(self) -> str:
        """All that was said."""
        return " ".join(filter(None, (self.lead, *(s.text for s in self.sentences))))


def response_of(identity: str, answer: Answer) -> Response:
    """Pilcrow's own answer as a response. Citations are given by offsets in the article's text."""
    standing = candidates(understand(answer.standalone_question), answer.evidence)
    best = next(iter(standing), None)
    sentences = tuple(map(_of_claim, answer.claims))
    cited = {c.number: c for c in answer.citations}
    return Response(
        id=identity,
        sentences=sentences,
        lead=answer.lead,
        reason=answer.reason,
        lacks=answer.lacks,
        premise=_of_claim(answer.premise) if answer.premise else None,
        values=tuple(
            Given(value, _of_citation(cited[number])) for differ in answer.conflicts for value, number in differ.values
        ),
        # Of two values in one sentence the later in time stands last.
        latest=next(
            (
                value
                for differ in answer.conflicts
                for value, number in reversed(differ.values)
                if number == differ.latest
            ),
            "",
        ),
        notices=tuple(dict.fromkeys(n.text for c in answer.citations for n in c.notices)),
        short=next((s.emphasis for s in sentences if s.emphasis), ""),
        confidence=round(confidence(standing), 6),
        best=place_in(best.passage.article.path, best.passage.paragraph, *best.sentence) if best else None,
        retrieved=tuple(
            place_in(e.passage.article.path, e.passage.paragraph)
            for e in sorted(answer.evidence, key=lambda e: (-e.relevance, e.passage.rank))
        ),
        seconds=round(dict(answer.timings).get("total", 0.0), 4),
    )


def renamed(response: Response, name: Callable[[str], str]) -> Response:
    """The response with every file under the name that `name` gives it."""

    def cited(place: Cited) -> Cited:
        return replace(place, file=name(place.file))

    def said(sentence: Said) -> Said:
        return replace(sentence, citations=tuple(map(cited, sentence.citations)))

    return replace(
        response,
        sentences=tuple(map(said, response.sentences)),
        premise=said(response.premise) if response.premise else None,
        values=tuple(replace(v, cited=cited(v.cited) if v.cited else None) for v in response.values),
        best=cited(response.best) if response.best else None,
        retrieved=None if response.retrieved is None else tuple(map(cited, response.retrieved)),
        in_full=renamed(response.in_full, name) if response.in_full else None,
    )


def place_in(path: str, paragraph: Paragraph, start: int = 0, end: int | None = None) -> Cited:
    """The characters from `start` to `end` of a paragraph, by default all of them."""
    stop = paragraph.end if end is None else paragraph.start + end
    return Cited(path, paragraph.text[start:end], paragraph.start + start, stop)


def _of_claim(claim: Claim) -> Said:
    return Said(
        claim.text,
        tuple(map(_of_citation, claim.citations)),
        claim.speaker or "",
        claim.text[slice(*claim.emphasis)] if claim.emphasis else "",
        claim.day,
        claim.opinion,
    )


def _of_citation(citation: Citation) -> Cited:
    return place_in(citation.article.path, citation.paragraph, citation.start, citation.end)
