"""Several sources: independent articles that give the same answer are cited beside the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.question import Question
from rag.reader.exact import figures
from rag.reader.words import coverage, stems
from rag.values import Citation, Claim, Evidence

MOST = 3
"""Citations of one claim."""
_SHARE = 0.5
"""The share of the question's words that a further source must hold, in its sentence or its headline."""


def with_sources(question: Question, claims: Sequence[Claim], evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """The claims, the first with the citations of other articles that give its answer too.

    A copy of an article that is cited is no further source, and an opinion piece is none for a report. A later claim
    that only gives the same answer again is left out: its source stands with the first.
    """
    if not claims or not claims[0].emphasis or not claims[0].citations:
        return tuple(claims)
    first, number = claims[0], max(c.number for claim in claims for c in claim.citations)
    answer = first.text[slice(*claims[0].emphasis)]
    cited = {c.paragraph.id for claim in claims for c in claim.citations}
    stories = {_story(first.citations[0])}
    further: list[Citation] = []
    later: list[Claim] = []
    for claim in claims[1:]:
        if len(claim.citations) == 1 and _story(claim.citations[0]) not in stories and _same(answer, claim):
            stories.add(_story(claim.citations[0]))
            further.append(claim.citations[0])
        else:
            later.append(claim)
            stories.update(map(_story, claim.citations))
    words = [(stem, 1.0) for stem in stems(" ".join(question.words))]
    for found in sorted(evidence, key=lambda e: -e.relevance):
        article, said = found.passage.article, found.text
        if len(further) + 1 >= MOST or article.type == "opinion" or found.passage.paragraph.id in cited:
            continue
        citation = Citation(number + 1, article, found.passage.paragraph, *found.sentence, found.passage.also)
        if _story(citation) in stories or not _gives(answer, said):
            continue
        if coverage(words, stems(f"{said} {article.title}")) >= _SHARE:
            stories.add(_story(citation))
            further.append(citation)
            number += 1
    return (replace(first, citations=(*first.citations, *further)), *later)


def _same(answer: str, claim: Claim) -> bool:
    """Whether the claim's own answer is this one."""
    if not claim.emphasis:
        return False
    own = claim.text[slice(*claim.emphasis)]
    return figures(own) == figures(answer) if figures(answer) else stems(own) == stems(answer)


def _gives(answer: str, text: str) -> bool:
    """Whether the text holds the answer: its figures, and its words where it has no figure."""
    if figures(answer):
        return figures(answer) <= figures(text)
    return bool(stems(answer)) and stems(answer) <= stems(text)


def _story(citation: Citation) -> str:
    return citation.article.story or citation.article.id
