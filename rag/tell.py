"""Who writes the answer: the language model where there is one, else the articles themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.choose import candidates, value_of
from rag.question import Question
from rag.reader.exact import figures
from rag.reader.words import coverage, stems
from rag.values import Claim, Evidence
from rag.verify import verify
from rag.writer import extractive

if TYPE_CHECKING:
    from rag.models import Model
    from rag.prose.write import Dropped
    from rag.reader import Reader

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """What is written of an answer so far, each claim checked: as `Answer` has it."""

    kept: tuple[Claim, ...] = ()
    rejected: tuple[Claim, ...] = ()
    engine: str = extractive.ENGINE
    remark: str = ""
    declined: bool = False

    def and_then(self, claim: Claim | Dropped) -> Told:
        """With one more claim of the model; one without a verdict is its saying that the articles do not tell."""
        if not isinstance(claim, Claim):
            return replace(self, remark=str(claim))
        if claim.verdict == "unchecked":
            return replace(self, declined=True)
        if claim.verdict != "supported":
            return replace(self, rejected=(*self.rejected, claim))
        return replace(self, kept=(*self.kept, claim))


def tell(
    question: Question,
    evidence: Sequence[Evidence],
    chosen: Sequence[Evidence],
    reader: Reader,
    model: Model | None,
    stop: Callable[[], bool],
) -> Iterator[Told]:
    """The answer as it grows, sentence by sentence; the last is the whole.

    `chosen` is what answers the question: without it nothing is said, and no model is asked. Where the model leaves the
    answer out, the articles' own words are added. Where all its sentences fail the check, or it breaks off before the
    first, they are given in their place, and the remark says so.
    """
    told, remark = Told(), ""
    if model and chosen:
        from rag.models import ModelError
        from rag.prose.write import write

        told = Told(engine=model.name)
        try:
            for claim in write(question, candidates(question, evidence), chosen, model, reader, stop=stop):
                told = told.and_then(claim)
                if told.kept:
                    yield told
        except ModelError as error:
            remark = str(error)
        if told.declined and not told.kept and not told.rejected:
            yield replace(told, remark=remark or told.remark)
            return
        if told.kept:
            remark = f"{remark} What had been written by then is checked." if remark else told.remark
            left, number = left_out(question, chosen, told.kept), max(c.number for k in told.kept for c in k.citations)
            added, _ = verify(extractive.write(left, first=number + 1))
            yield replace(told, kept=without_gaps((*told.kept, *added)), remark=remark)
            return
        why = remark or f"Nothing that {model.name} wrote passed the check."
        remark = " ".join(filter(None, [why, told.remark, "These are the articles' own words."]))
    kept, rejected = verify(extractive.write(chosen))
    yield Told(without_gaps(kept), (*told.rejected, *rejected), remark=remark)


def without_gaps(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their citations numbered from 1 on: one that did not pass the check takes its number along."""
    new: dict[int, int] = {}
    for claim in claims:
        for citation in claim.citations:
            new.setdefault(citation.number, len(new) + 1)
    return tuple(
        replace(claim, citations=tuple(replace(c, number=new[c.number]) for c in claim.citations)) for claim in claims
    )


def left_out(question: Question, chosen: Sequence[Evidence], claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    """What must be said and the claims do not say: the best answer found, and every figure that differs from it."""
    best = max(chosen, key=lambda e: e.relevance)
    needed = [
        e for e in chosen if e is best or (question.asks == "number" and value_of(e) and value_of(e) != value_of(best))
    ]
    return tuple(e for e in needed if not any(_says(claim, e) for claim in claims))


def _says(claim: Claim, found: Evidence) -> bool:
    """Whether the claim gives the answer that was found: its figure, or half of its words."""
    if not found.answer:
        return any(c.paragraph.id == found.passage.paragraph.id for c in claim.citations)
    answer = found.passage.paragraph.text[slice(*found.answer)]
    if value_of(found) and figures(answer):
        return figures(answer) <= figures(claim.text)
    return coverage([(stem, 1.0) for stem in stems(answer)], stems(claim.text)) >= _HALF
