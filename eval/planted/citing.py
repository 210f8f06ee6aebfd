"""The wrong citation: the right sentence with a place that speaks of something near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from eval.planted.cases import Case
from index import Passage
from index.values import EVIDENCE_KINDS
from rag.reader.words import stems


def _cites(case: Case, passage: Passage) -> Case:
    return replace(case, passage=passage, quote=passage.paragraph.text)


def _nearest(case: Case, passages: Sequence[Passage]) -> Case | None:
    """The same sentence with the passage that shares most words with it; one that holds nearly all may be right too."""
    own = stems(case.sentence)
    scored = sorted(((len(own & stems(p.paragraph.text)), -i) for i, p in enumerate(passages)), reverse=True)
    for shared, at in scored:
        if 0 < shared < 0.75 * len(own):
            return _cites(case, passages[-at])
    return None


def wrong_paragraph(case: Case, chance: Random, _: Sequence[Case]) -> Case | None:
    """The right sentence with the likest other paragraph of its article."""
    others = [
        p for p in case.passage.article.paragraphs if p.kind in EVIDENCE_KINDS and p.id != case.passage.paragraph.id
    ]
    return _nearest(case, [replace(case.passage, paragraph=p) for p in others])


def wrong_article(case: Case, chance: Random, cases: Sequence[Case]) -> Case | None:
    """The right sentence with the likest paragraph of another article."""
    return _nearest(case, [c.passage for c in cases if c.passage.article.id != case.passage.article.id])
