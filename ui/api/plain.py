"""The plain doors: answer, search, read an article, check a quotation, in JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field

from rag.serialize import SavedAnswer
from ui.api.asking import Checking, Name, Question, Searching
from ui.api.cited import Found, Results
from ui.api.desk import answered, desk_of
from ui.api.errors import Problem
from ui.api.gate import caller_of
from ui.api.paths import without_folders
from ui.api.read import ArticleOut, CollectionList, CollectionOut, Outcome

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (400, 401, 404, 413, 422, 429, 500, 503)
}
router = APIRouter(prefix="/api", tags=["Plain JSON"], responses=_PROBLEMS)


class AnswerOut(SavedAnswer):
    """An answer with its proof, as pilcrow ask --json gives it, and the collection that each citation is from."""

    collections: dict[str, str] = Field(description="The collection's name, by the citation's number.")


@router.get("/collections")
async def collections(request: Request) -> CollectionList:
    """The collections that may be asked, and what they hold."""
    seen = caller_of(request).collections

    def told(name: str) -> CollectionOut:
        library = seen.library(name)
        counts, span = library.counts(), library.span or (None, None)
        return CollectionOut(
            name=name,
            articles=counts["articles"],
            paragraphs=counts["paragraphs"],
            first=span[0],
            last=span[1],
            outlets=list(library.sources()),
        )

    return CollectionList(collections=await desk_of(request).do(lambda: [told(name) for name in seen.names]))


@router.post("/answer")
async def answer(request: Request, asked: Question) -> AnswerOut:
    """Answers a question, every sentence with its citations."""
    found = await answered(request, asked.collection, [*asked.earlier, asked.question], asked.filters())
    names = {str(number): name for number, name in found.collections.items()}
    return AnswerOut.model_validate({**without_folders(found.answer.to_dict()), "collections": names})


@router.post("/search")
async def search(request: Request, asked: Searching) -> Results:
    """Finds the paragraphs that fit a question best."""
    seen, filters = caller_of(request).collections, asked.filters()
    names = seen.named(asked.collection)
    found = await desk_of(request).do(lambda: seen.search(names, asked.query, asked.k, filters))
    return Results(passages=[Found.of(passage, name, rank) for rank, (name, passage) in enumerate(found, 1)])


@router.get("/articles/{article_id}")
async def article(
    request: Request,
    article_id: Annotated[str, Path(max_length=200)],
    collection: Annotated[Name | None, Query()] = None,
    version: Annotated[int | None, Query(ge=1, le=1_000_000, description="An earlier text of it.")] = None,
) -> ArticleOut:
    """A whole article with its paragraphs."""
    seen = caller_of(request).collections
    name = seen.one(collection)

    def read() -> ArticleOut:
        found = seen.article(name, article_id, version)
        return ArticleOut.of(found, seen.library(name).notices(found), name)

    return await desk_of(request).do(read)


@router.post("/verify")
async def verify(request: Request, asked: Checking) -> Outcome:
    """Says where a quotation or a claim stands: word for word, altered, in other words, or nowhere."""
    seen = caller_of(request).collections
    name = seen.one(asked.collection)
    finding = await desk_of(request).do(lambda: seen.verify(name, asked.text))
    return Outcome.of(finding, name)
