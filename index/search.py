"""From a question to passages: nearest vectors and full text, fused by reciprocal rank."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.store.database import Database
from index.store.embeddings import paragraphs_with, text_of, vectors, vectors_of
from index.store.relations import copied_as, copies_of
from index.values import Article, Filters, Passage

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
    depth = max(CANDIDATES, k)
    cosines: dict[str, float] = {}
    near = [(text_of(vector_id), cosine) for vector_id, cosine in nearest(vector, depth)]
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
    found: list[Passage] = []
    datelines: list[Passage] = []
    taken: set[str] = set()
    groups = copied_as(database, ranked)
    articles: dict[str, Article | None] = {}
    for identity in ranked:
        if len(found) >= k:
            break
        key = groups.get(identity, "")
        if key in taken:
            continue
        taken.add(key)
        # Of paragraphs that are copies of one another the original's is read; the others are no further sources.
        copies = copies_of(database, key, filters)
        for copy in copies[:1]:
            article = articles.setdefault(copy.article_id, None) or database.article(copy.article_id)
            articles[copy.article_id] = article
            paragraph = next((p for p in article.paragraphs if p.id == copy.paragraph_id), None) if article else None
            if article and paragraph:
                others = dict.fromkeys(c.article_id for c in copies if c.article_id != copy.article_id)
                # A line of outlet and day has many a question's words, and answers none that its article's facts do not.
                (datelines if paragraph.kind == "dateline" else found).append(
                    Passage(
                        paragraph=paragraph,
                        article=article,
                        rank=0,
                        score=scores[identity],
                        similarity=cosines.get(identity, 0.0),
                        dense_rank=dense_ranks.get(identity),
                        lexical_rank=lexical_ranks.get(identity),
                        also=tuple(database.metadata(list(others))),
                    )
                )
    found = [*found, *datelines][:k]
    missing = {p.paragraph.id for p in found if p.similarity == 0.0}
    cosines = similarities(database, vector, missing) if missing else {}
    return tuple(
        replace(p, rank=rank, similarity=cosines.get(p.paragraph.id, p.similarity)) for rank, p in enumerate(found, 1)
    )


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
