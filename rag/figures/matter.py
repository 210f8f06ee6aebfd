"""Which passages are about the matter asked about, also where they do not name the event again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index import Article, Passage
from rag.figures.asked import Asked
from rag.figures.kinds import EVENTS, alike_stems
from rag.names import holds
from rag.question import names_in


def is_linked(asked: Asked, passage: Passage, beside: Sequence[Article]) -> bool:
    """Whether the passage is about the event asked for, though it does not name it there.

    It names no other event, and its article comes back to that one, or goes on with the story of a report that opens with
    it; or all the names in its headline, first paragraph and own text stand in such reports.
    """
    events = asked.topic & EVENTS
    if not events or not beside:
        return False
    opening = f"{passage.article.title}. {_lead(passage.article)}"
    if alike_stems(f"{opening} {passage.paragraph.text}") & EVENTS:
        return False
    if sum(bool(events & _stems_of(p.text)) for p in passage.article.paragraphs) > 1:
        return True
    opens = [a for a in beside if a.id != passage.article.id and events <= _opening(a)]
    if any(len(_names_of(passage.article) & _names_of(a)) >= _ONE_STORY for a in opens):
        return True
    telling = " ".join(a.text for a in opens)
    names = set(names_in(f"{opening} {passage.paragraph.text}"))
    return len(names) > 1 and all(holds(telling, name) for name in names)


def is_named(name: str, around: str, asked: Asked, article: Article, beside: Sequence[Article]) -> bool:
    """Whether a passage with what stands `around` it is about what a question names.

    The text has the name, or calls it by its sort where the article names it ("the dam" for the Kestle Dam), or its
    article opens with the event asked about, or with any, and goes on with the story of a report on it that names it.
    """
    words = name.split()
    sort = rf"\b(?:[Tt]he|[Ii]ts) {re.escape(words[-1].lower())}\b"
    if holds(around, name) or (
        len(words) > 1 and words[0] in f"{article.title} {article.text}" and re.search(sort, around)
    ):
        return True
    events = asked.topic & EVENTS
    if not (events or asked.unit):
        return False
    return events <= _opening(article) and any(
        holds(f"{other.title} {_lead(other)}", name)
        and events <= _opening(other)
        and _opening(article) & _opening(other) & EVENTS
        and len(_names_of(article) & _names_of(other)) >= _ONE_STORY
        for other in beside
        if other.id != article.id
    )


@lru_cache(maxsize=512)
def _names_of(article: Article) -> frozenset[str]:
    return frozenset(name for name in names_in(article.text) if name != article.source)


@lru_cache(maxsize=512)
def _stems_of(text: str) -> frozenset[str]:
    return alike_stems(text)


def _opening(article: Article) -> frozenset[str]:
    return _stems_of(f"{article.title} {_lead(article)}")


def _lead(article: Article) -> str:
    return next((p.text for p in article.paragraphs if p.kind == "body"), "")


_ONE_STORY = 3
"""So many names in common, and the same event, make two reports parts of one story."""
