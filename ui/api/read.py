"""What is sent of a library: what it holds, a whole article, and where a quotation or a claim stands."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from index import Article, Notice, Paragraph
from index.values import Kind
from rag import Finding
from rag.lookup.values import DifferenceKind
from rag.lookup.values import Outcome as Standing
from ui.api.cited import ArticleFacts, Cited, Note


class ParagraphOut(BaseModel):
    """A paragraph; `start` and `end` are its place in the article's text."""

    number: int
    paragraph_id: str
    kind: Kind
    start: int
    end: int
    page: int
    text: str

    @classmethod
    def of(cls, p: Paragraph) -> ParagraphOut:
        """The paragraph as it is sent."""
        return cls(number=p.number, paragraph_id=p.id, kind=p.kind, start=p.start, end=p.end, page=p.page, text=p.text)


class ArticleOut(ArticleFacts):
    """A whole article."""

    authors: list[str]
    date_from: str = Field(description="What settled the date, or why it is unknown.")
    updated: date | None
    type: str
    version: int
    text: str
    paragraphs: list[ParagraphOut]
    corrections: list[Note]

    @classmethod
    def of(cls, article: Article, notices: tuple[Notice, ...], collection: str) -> ArticleOut:
        """The article as it is sent."""
        return cls(
            **cls.facts(article, collection),
            authors=list(article.authors),
            date_from=article.published_from,
            updated=article.updated,
            type=article.type,
            version=article.version,
            text=article.text,
            paragraphs=[ParagraphOut.of(p) for p in article.paragraphs],
            corrections=[Note.of(n, collection) for n in notices],
        )


class CollectionOut(BaseModel):
    """A library that the key is for."""

    name: str
    articles: int
    paragraphs: int
    first: date | None
    last: date | None
    outlets: list[str]


class CollectionList(BaseModel):
    """The libraries that the key is for."""

    collections: list[CollectionOut]


class Place(BaseModel):
    """A slice of a text."""

    start: int
    end: int
    text: str


class DifferenceOut(BaseModel):
    """Words that were pasted, and those that the article has in their place."""

    kind: DifferenceKind
    said: Place
    held: Place


class Outcome(BaseModel):
    """Where a quotation or claim stands. `closest` is no evidence."""

    text: str
    outcome: Standing
    speaker: str | None
    faults: list[str]
    differences: list[DifferenceOut]
    place: Cited | None
    closest: Cited | None

    @classmethod
    def of(cls, finding: Finding, collection: str) -> Outcome:
        """The finding as it is sent."""
        known = finding.to_dict()
        known["place"] = Cited.of(finding.citation, collection) if finding.citation else None
        known["closest"] = Cited.of(finding.closest, collection) if finding.closest else None
        return cls.model_validate(known)
