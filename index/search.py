"""From a question to passages: nearest vectors and full text, fused by reciprocal rank."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.store.database import Database
from index.store.embeddings import paragraphs_with, text_of, vectors, vectors_of
from index.store.relations import Copy, copied_as, copies_of
from index.values import Article, Filters, Paragraph, Passage

if TYPE_CHECKING:
    from index.encoder import Matrix

CANDIDATES = 50
"""How many paragraphs each search brings in before they are fused."""
_RRF = 60
"""Cormack, Clarke and Büttcher 2009: score = sum over the lists of 1 / (60 + rank)."""
_MOST_WORDS = 60

Nearest = Callable[["Matrix", int], Iterable[tuple[str, float]]]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """English words that carry no meaning of their own in a question."""
    words = files("index").joinpath("stop_words.txt").read_text("utf-8").split()
    return frozenset(words)


def content_words(text: str) -> tuple[str, ...]:
    """The distinct words of a text in lower case, in order, without the stop words."""
    words = re.findall(r"\w+", text.lower().replace("’", "'").replace("'s ", " "))
    return tuple(dict.fromkeys(w for w in words if w not in stop_words()))


def query_words(question: str) -> tuple[str, ...]:
    """The words by which a question is looked up in full text: any of them will do, so there may not be many."""
    return content_words(question)[:_MOST_WORDS]


OF_ONE_TEXT = 5
"""Paragraphs with the same text that are taken: boilerplate must not fill the whole list."""


def search(
    database: Database, question: str, vector: Matrix, nearest: Nearest, k: int, filters: Filters
) -> tuple[Passage, ...]:
    """The k citable paragraphs that fit the question best, best first and lines of outlet and day last.

    `vector` is the question's embedding and `nearest` finds (vector id, cosine), nearest first.
    Ties are broken by path and number, so that the same articles are found alike wherever their folder lies.
    """
    near = [(text_of(vector_id), cosine) for vector_id, cosine in nearest(vector, max(CANDIDATES, k))]
    with database.snapshot():
        return _fused(database, question, vector, near, k, filters)


def _fused(
    database: Database,
    question: str,
    vector: Matrix,
    near: Sequence[tuple[str, float]],
    k: int,
    filters: Filters,
) -> tuple[Passage, ...]:
    """The same, given the (text's key, cosine) of what is near."""
    depth = max(CANDIDATES, k)
    cosines: dict[str, float] = {}
    with_text = paragraphs_with(database, [key for key, _ in near], OF_ONE_TEXT, filters)
    for key, cosine in near:
        if len(cosines) < depth:
            for identity in with_text[key]:
                cosines.setdefault(identity, cosine)
    words = query_words(question)
    lexical = database.full_text(words, depth, filters) if words else []
    places = database.places_of(list(dict.fromkeys((*cosines, *lexical))))
    dense = sorted((p for p in cosines if p in places), key=lambda p: (-cosines[p], places[p]))
    dense_ranks = {p: rank for rank, p in enumerate(dense, 1)}
    lexical_ranks = {p: rank for rank, p in enumerate(lexical, 1)}
    scores = {
        p: sum(1 / (_RRF + ranks[p]) for ranks in (dense_ranks, lexical_ranks) if p in ranks)
        for p in dense_ranks | lexical_ranks
    }
    ranked = sorted((p for p in scores if p in places), key=lambda p: (-scores[p], places[p]))
    found = [
        Passage(
            paragraph=paragraph,
            article=article,
            rank=0,
            score=scores[identity],
            similarity=cosines.get(identity, 0.0),
            dense_rank=dense_ranks.get(identity),
            lexical_rank=lexical_ranks.get(identity),
            also=also,
        )
        for identity, paragraph, article, also in _read(database, _sources(database, ranked, k, filters))
    ]
    missing = {p.paragraph.id for p in found if p.similarity == 0.0}
    cosines = similarities(database, vector, missing) if missing else {}
    return tuple(
        replace(p, rank=rank, similarity=cosines.get(p.paragraph.id, p.similarity)) for rank, p in enumerate(found, 1)
    )


def _sources(database: Database, ranked: Sequence[str], k: int, filters: Filters) -> list[tuple[str, list[Copy]]]:
    """The first k of the paragraphs that are no copies of ones before, each with its copies, lines of outlet and day last.

    Of paragraphs that are copies of one another the original is read, which comes first; the others are no further
    sources.
    """
    known, first = copied_as(database, ranked), dict[str, str]()
    for identity in ranked:
        if identity in known:
            first.setdefault(known[identity].key, identity)
    # A line of outlet and day has many a question's words, and answers none that its article's facts do not.
    keys = sorted(first, key=lambda key: known[first[key]].kind == "dateline")
    found: list[tuple[str, list[Copy]]] = []
    for start in range(0, len(keys), k):
        if len(found) < k:
            some = keys[start : start + k]
            copies = copies_of(database, some, filters)
            found += [(first[key], copies[key]) for key in some if key in copies]
    return found[:k]


def _read(
    database: Database, chosen: Sequence[tuple[str, list[Copy]]]
) -> Iterator[tuple[str, Paragraph, Article, tuple[Article, ...]]]:
    """Each of these with its paragraph, its article, and the metadata of the other articles that hold a copy."""
    whole = database.whole([copies[0].article_id for _, copies in chosen])
    listed = database.metadata([copy.article_id for _, copies in chosen for copy in copies[1:]])
    for identity, (cited, *others) in chosen:
        article = whole.get(cited.article_id)
        paragraph = next((p for p in article.paragraphs if p.id == cited.paragraph_id), None) if article else None
        if article and paragraph:
            elsewhere = {copy.article_id for copy in others}
            yield identity, paragraph, article, tuple(a for a in listed if a.id in elsewhere)


def exact_nearest(database: Database, vector: Matrix, k: int, filters: Filters) -> list[tuple[str, float]]:
    """(vector id, cosine) of the k nearest by reading every stored embedding that the filters allow.

    Used with filters, which cost Chroma 40 to 200 times a plain query at 100,000 paragraphs, and
    while Chroma is being written by another process.
    """
    best: list[tuple[float, str]] = []
    for ids, matrix in vectors(database, 8192, filters=filters):
        scored = zip((matrix @ vector).tolist(), ids, strict=True)
        best = heapq.nlargest(k, [*best, *scored])
    return [(identity, cosine) for cosine, identity in best]


def similarities(database: Database, vector: Matrix, paragraph_ids: set[str]) -> dict[str, float]:
    """The cosine of the vector to each of these paragraphs (its best window)."""
    cosines: dict[str, float] = {}
    for identity, matrix in vectors_of(database, sorted(paragraph_ids)):
        cosines[identity] = max(cosines.get(identity, -1.0), float((matrix @ vector).max()))
    return cosines
