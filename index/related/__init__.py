"""What articles have to do with one another: copies of one story, and corrections that stand elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial

from index.related.copies import groups, signature, touched
from index.related.corrections import each, target
from index.related.mistakes import may_own_up
from index.related.stories import stories
from index.search import query_words
from index.store import relations
from index.store.database import Database
from index.values import Article, Filters, Progress

_AT_ONCE = 2000
_LIKELY = 60
"""Paragraphs that fit a correction's words best; the article that it is about is sought among theirs."""
_ENDING = 2000
"""Characters at the end of an article among which a correction of another is looked for."""
_VERSION = 3
"""How corrections are found and aimed, counted up with every change: a library that was related otherwise is related anew."""


def relate(database: Database, progress: Progress | None = None) -> None:
    """Groups the library's copies and ties its corrections anew, after its articles have changed.

    Paragraphs are signed, and looked through for words of a newsroom that owns up to something, once; what an earlier
    sync found is used again.
    """
    generation = database.generation
    fresh: dict[str, bytes] = {}
    unsigned = relations.unsigned(database)
    owning = _owning(database, unsigned)
    for start in range(0, len(unsigned), _AT_ONCE):
        if progress:
            progress("Comparing", start, len(unsigned))
        some = relations.texts_with(database, unsigned[start : start + _AT_ONCE])
        fresh |= {key: signature(text) for key, text in some.items()}
        owning |= {key for key, text in some.items() if may_own_up(text)}
    if progress and unsigned:
        progress("Comparing", len(unsigned), len(unsigned))
    # Before the signatures: a text that has one is not looked through again.
    database.set(owning=json.dumps([_VERSION, sorted(owning)]))
    relations.keep_copies(database, _groups(database, fresh), fresh)
    copied = relations.copied_paragraphs(database)
    articles = _articles(database, relations.articles_with(database, copied))
    told = [story for story in stories(articles, copied) if story.copies]
    relations.keep_stories(database, {a: s.original for s in told for a in (s.original, *s.copies)})
    relations.keep_corrections(database, list(_corrections(database, sorted(owning))))
    database.set(related=f"{_VERSION}.{generation}")


def _groups(database: Database, fresh: Mapping[str, bytes]) -> list[Sequence[str]]:
    """All groups of copies: those known, and anew those that new texts or lost leaders may have changed."""
    signatures = {**relations.signatures(database), **fresh}
    known = relations.copies(database)
    orphans = {key for leader, group in known.items() if leader not in signatures for key in group}
    anew = touched(signatures, fresh.keys() | orphans)
    found = groups({key: signatures[key] for key in anew}, partial(relations.texts_with, database))
    kept = ([key for key in group if key in signatures] for group in known.values() if anew.isdisjoint(group))
    return [*found, *(group for group in kept if len(group) > 1)]


def is_related(database: Database) -> bool:
    """False while articles have changed since they were last related, be it in a sync that was killed."""
    return database.get("related", f"{_VERSION}.0") == f"{_VERSION}.{database.generation}"


def _owning(database: Database, unsigned: Sequence[str]) -> set[str]:
    """The keys of the texts signed so far in which a newsroom may own up to something."""
    version, known = json.loads(database.get("owning", "[0, []]"))
    if version == _VERSION:
        return set(known)
    signed, found = sorted({*relations.body_texts(database)} - {*unsigned}), set[str]()
    for start in range(0, len(signed), _AT_ONCE):
        some = relations.texts_with(database, signed[start : start + _AT_ONCE])
        found |= {key for key, text in some.items() if may_own_up(text)}
    return found


def _corrections(database: Database, owning: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    ended = relations.ending_with(database, owning, _ENDING)
    for correcting in _articles(database, sorted({*relations.may_correct(database), *ended})):
        for correction in each(correcting.title, correcting.paragraphs):
            words = query_words(f"{correction.headline} {correction.text}")
            near = database.full_text(words, _LIKELY, Filters()) if words else []
            ids = {article for _, _, article in database.places_of(near).values()} - {correcting.id}
            about = target(correction, _printed_by(correcting, _articles(database, sorted(ids))))
            if about:
                yield correction.paragraph_id, about, json.dumps(asdict(correction), ensure_ascii=False)


def _printed_by(correcting: Article, candidates: Sequence[Article]) -> list[Article]:
    """The articles that had appeared when the correction did."""
    day = correcting.published or date.max
    return [a for a in candidates if (a.published or date.min) <= day]


def _articles(database: Database, ids: list[str]) -> list[Article]:
    return [article for identity in ids if (article := database.article(identity))]
