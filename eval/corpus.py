"""The articles that a suite asks about, and where in them a citation or a gold quote leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from eval.response import Cited
from index import Article, Library, Paragraph, PilcrowError
from index.files import list_files
from index.formats import Skipped, Unreadable
from index.reading import articles_in
from index.values import EVIDENCE_KINDS
from rag.alike import folded, nearest, standing

ALIKE = 90.0
"""Likeness (rapidfuzz, of 100) from which on an altered quote is taken to come from a place: set by hand, low enough
that a word changed in a sentence does not hide where it was taken from. It is then still no verbatim quote."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of an article's text. `verbatim` is False where the quote given differs from what stands there."""

    article: Article
    start: int
    end: int
    verbatim: bool = True

    @property
    def text(self) -> str:
        """What stands there."""
        return self.article.text[self.start : self.end]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of which some character lies here."""
        return tuple(p for p in self.article.paragraphs if p.start < self.end and self.start < p.end)

    def shared(self, other: Place) -> int:
        """How many characters both hold."""
        if self.article.path != other.article.path:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def holds(self, gold: Place) -> bool:
        """Whether at least half of a gold quote lies here."""
        return 2 * self.shared(gold) >= gold.end - gold.start


class Corpus:
    """Articles by path. A file may be named by the end of its path: "courier/ferry.txt" is "/news/courier/ferry.txt"."""

    def __init__(self, articles: Iterable[Article]) -> None:
        """Holds these articles, with their texts."""
        self.articles = {_slashes(a.path): a for a in articles}

    @classmethod
    def of(cls, library: Library) -> Corpus:
        """All articles of a library."""
        whole = (library.article(a.id) for a in library.articles())
        return cls(a for a in whole if a)

    def article(self, file: str) -> Article | None:
        """The article in a file; None where there is none, or where several end alike."""
        wanted = _slashes(file).removeprefix("./")
        if wanted in self.articles:
            return self.articles[wanted]
        found = self._by_name.get(wanted.rsplit("/", 1)[-1], ())
        fitting = [a for a in found if _slashes(a.path).endswith("/" + wanted)]
        return fitting[0] if len(fitting) == 1 else None

    def place(self, cited: Cited) -> Place | None:
        """Where a citation leads: by its offsets, else by its quote; None where it leads nowhere.

        A quote that was altered leads to the passage most like it, if that is like enough. A quote
        beside offsets must be what stands there to be verbatim.
        """
        article = self.article(cited.file)
        if article is None:
            return None
        if cited.start is not None and cited.end is not None:
            if not 0 <= cited.start < cited.end <= len(article.text):
                return None
            told = article.text[cited.start : cited.end]
            place = Place(article, cited.start, cited.end, not cited.quote or folded(cited.quote) == folded(told))
            # White space between two paragraphs is no place.
            return place if place.paragraphs else None
        return self._by_quote(article, cited.quote)

    def quotes(self, file: str, quote: str) -> tuple[Place, ...]:
        """Every place in a file where the quote stands, white space and the shape of quotation marks aside."""
        article = self.article(file)
        return tuple(_standing(article, quote)) if article else ()

    @cached_property
    def _by_name(self) -> dict[str, list[Article]]:
        named: dict[str, list[Article]] = {}
        for path, article in self.articles.items():
            named.setdefault(path.rsplit("/", 1)[-1], []).append(article)
        return named

    def _by_quote(self, article: Article, quote: str) -> Place | None:
        exact = next(_standing(article, quote), None)
        if exact or not quote.strip():
            return exact
        near = nearest(quote, article.text, ALIKE)
        return Place(article, near[0], near[1], verbatim=False) if near else None


def citable(article: Article) -> tuple[Paragraph, ...]:
    """The paragraphs that hold statements, not headlines or bylines."""
    return tuple(p for p in article.paragraphs if p.kind in EVIDENCE_KINDS)


def _standing(article: Article, quote: str) -> Iterator[Place]:
    for start, end in standing(quote, article.text):
        place = Place(article, start, end)
        if place.paragraphs:
            yield place


def _slashes(path: str) -> str:
    return path.replace("\\", "/")


def article_record(article: Article) -> dict[str, Any]:
    """An article as plain values for JSON, with its text and where its paragraphs begin and end."""
    return {
        "path": article.path,
        "title": article.headline,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
        "paragraphs": [[p.number, p.kind, p.start, p.end] for p in article.paragraphs],
    }


def article_from(record: dict[str, Any]) -> Article:
    """An article from its record."""
    path, text = record["path"], record["text"]
    return Article(
        id=path,
        path=path,
        title=record["title"],
        source=record["source"],
        published=date.fromisoformat(record["published"]) if record["published"] else None,
        text=text,
        paragraphs=tuple(
            Paragraph(f"{path}#{number}", path, number, kind, start, end, text[start:end])
            for number, kind, start, end in record["paragraphs"]
        ),
    )


def read_articles(folder: Path) -> list[Article]:
    """The articles in a folder or file as a library would read them. Raises PilcrowError for one that cannot be read."""
    articles = []
    for found in list_files(folder).files:
        try:
            held = articles_in(Path(found.path), outlet=found.outlet)
            articles += [article for article in held if not isinstance(article, Skipped)]
        except Unreadable as reason:
            raise PilcrowError(f"{found.path} could not be read: {reason}") from None
    return articles
