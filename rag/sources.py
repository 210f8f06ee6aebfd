"""Several sources: independent articles that say the same are cited beside the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import Article
from rag.question import Question
from rag.reader import Reader
from rag.reader.exact import figures
from rag.reader.words import coverage, stems
from rag.values import Citation, Claim, Evidence
from rag.verify import judge, verify
from rag.verify.source import source_of
from rag.writer.extractive import write

MOST = 3
"""Articles cited for one answer."""
_SHARE = 0.5
"""The share of the question's words that a further source must hold, in its sentence or its headline."""


def with_sources(
    question: Question, claims: Sequence[Claim], evidence: Sequence[Evidence], reader: Reader
) -> tuple[Claim, ...]:
    """The claims, with other articles that give the answer of the first one: up to three for it in all.

    Such an article is cited with the first claim where it carries all that this says; where it says the same in other
    words, or says more or less, its own sentence is a claim of its own. A copy of an article that is cited is no further
    source, and an opinion piece is none for a report.
    """
    if not claims or not claims[0].emphasis or not claims[0].citations:
        return tuple(claims)
    first, number = claims[0], max(c.number for claim in claims for c in claim.citations)
    answer = first.text[slice(*claims[0].emphasis)]
    words = [(stem, 1.0) for stem in stems(" ".join(question.words))]
    own = {c.paragraph.id: c for claim in claims[1:] if len(claim.citations) == 1 for c in claim.citations}
    stories = {_story(first.citations[0].article)}
    giving: list[Evidence] = []
    for found in sorted(evidence, key=lambda e: (e.passage.paragraph.id not in own, -e.relevance)):
        article = found.passage.article
        if article.type == "opinion" or _story(article) in stories or not _gives(answer, found.text):
            continue
        if coverage(words, stems(f"{found.text} {article.title}")) >= _SHARE:
            stories.add(_story(article))
            giving.append(found)
    giving = giving[: MOST - 1]
    carried = reader.support(first.text, [found.passage for found in giving]) if giving else ()
    beside: list[Citation] = []
    apart: list[Claim] = []
    for found, support in zip(giving, carried, strict=True):
        passage = found.passage
        held = own.get(passage.paragraph.id)
        if judge(first.text, [source_of(passage, found.sentence)], support).verdict == "supported":
            beside.append(
                held or Citation(number + 1, passage.article, passage.paragraph, *found.sentence, passage.also)
            )
        elif not held and len(claims) + len(apart) < MOST:
            apart += write([found], first=number + 1)
        number += not held
    said = {c.paragraph.id for c in beside}
    later = [claim for claim in claims[1:] if not said & {c.paragraph.id for c in claim.citations}]
    return (replace(first, citations=(*first.citations, *beside)), *later, *verify(apart)[0])


def _gives(answer: str, text: str) -> bool:
    """Whether the text holds the answer: its figures, and its words where it has no figure."""
    if figures(answer):
        return figures(answer) <= figures(text)
    return bool(stems(answer)) and stems(answer) <= stems(text)


def _story(article: Article) -> str:
    return article.story or article.id
