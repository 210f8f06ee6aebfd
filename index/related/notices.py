"""Corrections, clarifications and retractions of an article, in it and elsewhere, with the paragraphs they change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from index.related.notes import notes, sole_holder, tie
from index.store.database import Database
from index.store.relations import corrections_of
from index.values import Article, Notice, NoticeKind

_KINDS = ("correction", "clarification", "retraction")


def notices(database: Database, articles: Sequence[Article]) -> dict[str, tuple[Notice, ...]]:
    """What was said later of each article, by its id: notes in its own text first, then articles that correct it."""
    elsewhere = corrections_of(database, [article.id for article in articles])
    return {a.id: (*_own(a), *_elsewhere(database, a, elsewhere.get(a.id, ()))) for a in articles}


def _own(article: Article) -> Iterator[Notice]:
    held = {p.id: p for p in article.paragraphs}
    for note in notes(article.paragraphs):
        if note.kind in _KINDS:
            kind, where = cast(NoticeKind, note.kind), held[note.paragraph_id]
            yield Notice(
                kind, where.text, article.without_text(), where, note.targets, note.wrong, note.right, note.applied
            )


def _elsewhere(database: Database, article: Article, corrections: Iterable[tuple[str, str, str]]) -> Iterator[Notice]:
    for paragraph_id, correcting_id, said in corrections:
        correcting, correction = database.article(correcting_id), json.loads(said)
        where = next((p for p in correcting.paragraphs if p.id == paragraph_id), None) if correcting else None
        if correcting and where:
            wrong, right = correction["wrong"], correction["right"]
            kind: NoticeKind = "retraction" if "retract" in correcting.title.lower() else "correction"
            every = tuple(p.id for p in article.paragraphs)
            targets, applied = (
                (every, None) if kind == "retraction" else tie(where.text, wrong, right, article.paragraphs)
            )
            if applied is None and kind != "retraction" and (sole := sole_holder(wrong, right, article.paragraphs)):
                targets, applied = (sole,), False
            yield Notice(
                kind,
                where.text,
                correcting.without_text(),
                where,
                targets or every,  # with nothing to go by, the whole article is in doubt
                wrong,
                right,
                applied,
            )
