"""Where something stands, as it is sent: the facts of an article, a paragraph in it, a citation with its quote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from index import Article, Notice, Paragraph, Passage
from index.values import NoticeKind
from rag import Citation
from ui.api.paths import shown


class ArticleFacts(BaseModel):
    """What tells one article from another."""

    collection: str
    article_id: str
    outlet: str
    headline: str
    date: date | None
    path: str = Field(description="The name of its file, not where that lies.")
    url: str

    @classmethod
    def facts(cls, article: Article, collection: str) -> dict[str, Any]:
        """The facts as keyword arguments."""
        return {
            "collection": collection,
            "article_id": article.id,
            "outlet": article.source,
            "headline": article.headline,
            "date": article.published,
            "path": shown(article.path),
            "url": article.url,
        }


class Note(ArticleFacts):
    """A correction, clarification or retraction, and where it stands."""

    kind: NoticeKind
    text: str
    paragraph: int

    @classmethod
    def of(cls, notice: Notice, collection: str) -> Note:
        """The notice as it is sent."""
        facts = cls.facts(notice.article, collection)
        return cls(**facts, kind=notice.kind, text=notice.text, paragraph=notice.paragraph.number)


class Cited(ArticleFacts):
    """A citation: `quote` is the paragraph's text from `start` to `end`."""

    number: int
    paragraph: int = Field(description="The paragraph's number in its article, from 1.")
    paragraph_id: str
    paragraph_text: str
    page: int = Field(description="The page in a PDF, from 1; 0 in formats without pages.")
    start: int
    end: int
    quote: str
    also_in: list[ArticleFacts]
    corrections: list[Note]

    @classmethod
    def of(cls, citation: Citation, collection: str) -> Cited:
        """The citation as it is sent."""
        return cls(
            **cls.facts(citation.article, collection),
            number=citation.number,
            paragraph=citation.paragraph.number,
            paragraph_id=citation.paragraph.id,
            paragraph_text=citation.paragraph.text,
            page=citation.paragraph.page,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            also_in=[ArticleFacts(**cls.facts(article, collection)) for article in citation.also],
            corrections=[Note.of(notice, collection) for notice in citation.notices],
        )


class Located(ArticleFacts):
    """A paragraph, and the article it is in."""

    paragraph: int
    paragraph_id: str
    text: str

    @classmethod
    def place(cls, article: Article, paragraph: Paragraph, collection: str) -> dict[str, Any]:
        """The place as keyword arguments."""
        facts = cls.facts(article, collection)
        return {**facts, "paragraph": paragraph.number, "paragraph_id": paragraph.id, "text": paragraph.text}


class Found(Located):
    """A paragraph that a search found."""

    rank: int
    score: float
    similarity: float

    @classmethod
    def of(cls, passage: Passage, collection: str, rank: int) -> Found:
        """The passage as it is sent."""
        place = cls.place(passage.article, passage.paragraph, collection)
        return cls(**place, rank=rank, score=passage.score, similarity=passage.similarity)


class Results(BaseModel):
    """What a search found, best first."""

    passages: list[Found]


def link(citation: Citation, collection: str) -> str:
    """Where the cited article can be read: its own address, else ours for it."""
    return citation.article.url or f"/api/articles/{citation.article.id}?collection={collection}"


def cited(citations: tuple[Citation, ...], collections: Mapping[int, str]) -> list[Cited]:
    """The citations of an answer, as they are sent."""
    return [Cited.of(c, collections[c.number]) for c in citations]
