"""What is asked and answered over HTTP, as the OpenAPI page describes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from index import Article, Filters, Notice, Paragraph, Passage, PilcrowError
from index.values import Kind, NoticeKind
from rag import Citation, Finding
from rag.lookup.values import DifferenceKind
from rag.lookup.values import Outcome as Standing
from rag.question import MAX_CHARACTERS


def _day(given: object) -> object:
    if given is None or (isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII)):
        return given
    raise ValueError("write it as year-month-day, such as 2026-03-09")


Day = Annotated[
    date | None,
    Field(strict=False),
    BeforeValidator(_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, mode="validation"),
]


def _whole(given: object) -> object:
    # In JSON 30.0 is a whole number.
    return int(given) if isinstance(given, float) and given.is_integer() else given


Text = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
Name = Annotated[str, Field(min_length=1, max_length=1000, examples=["library"])]
"""A collection, or several with "+" between them."""


class Asking(BaseModel):
    """Which articles may be used."""

    model_config = ConfigDict(strict=True)

    since: Day = Field(None, description="Articles published from this day on.")
    until: Day = Field(None, description="Articles published up to this day.")
    as_of: Day = Field(None, description="Leaves out what was published later; undated articles stay.")
    sources: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        [], max_length=50, description="Articles of these outlets."
    )

    def filters(self) -> Filters:
        """The filters that were asked for. Raises PilcrowError for days in the wrong order."""
        if self.since and self.until and self.since > self.until:
            raise PilcrowError("The first day lies after the last one; no article can be from between them.")
        return Filters(since=self.since, until=self.until, as_of=self.as_of, sources=tuple(self.sources))


class Question(Asking):
    """A question, with the earlier questions of its conversation."""

    model_config = ConfigDict(strict=True, extra="forbid")

    question: Text
    collection: Name | None = Field(None, description="One of your collections, or several: first+second.")
    earlier: list[Text] = Field([], max_length=64, description="The conversation's earlier questions, oldest first.")


class Searching(Asking):
    """Words to search for."""

    model_config = ConfigDict(strict=True, extra="forbid")

    query: Text
    collection: Name | None = None
    k: Annotated[int, BeforeValidator(_whole)] = Field(10, ge=1, le=100, description="How many paragraphs.")


class Checking(BaseModel):
    """A quotation or a claim to look up."""

    model_config = ConfigDict(strict=True, extra="forbid")

    text: Text
    collection: Name | None = None


class ArticleFacts(BaseModel):
    """What tells one article from another."""

    collection: str
    article_id: str
    outlet: str
    headline: str
    date: date | None
    path: str
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
            "path": article.path,
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


def link(citation: Citation, collection: str) -> str:
    """Where the cited article can be read: its own address, else ours for it."""
    return citation.article.url or f"/api/articles/{citation.article.id}?collection={collection}"


def cited(citations: tuple[Citation, ...], collections: Mapping[int, str]) -> list[Cited]:
    """The citations of an answer, as they are sent."""
    return [Cited.of(c, collections[c.number]) for c in citations]


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
