"""The values that travel through the house: what was published, and what a search found of it.

All are frozen; nothing is changed on the way. Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["headline", "dateline", "body", "subhead", "credit"]

EVIDENCE_KINDS: tuple[Kind, ...] = ("body", "dateline", "credit")
"""Kinds of paragraph that may be cited. Headlines and subheads give context, never evidence."""


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


class PilcrowError(Exception):
    """Something a person can act on. The message is a sentence: what, why, what to do."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article.

    Law: ``article.text[start:end] == text``. `number` counts 1, 2, … as a reader counts.
    `id` depends on the article's path and on the paragraph's own text, so it survives every
    sync that leaves the text alone, even when other paragraphs come or go.
    """

    id: str
    article_id: str
    number: int
    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the library keeps it.

    `text` is the extracted text (repaired encoding; markup taken away) that every offset refers
    to; the file itself is never touched. `published` is None while the date is unknown:
    it is never the time of ingest. `published_from` says where the date was found, or why it
    could not be settled. `version` counts the texts seen under this path, from 1.
    """

    id: str
    path: str
    title: str
    source: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_from: str = ""
    url: str = ""
    text_hash: str = ""
    version: int = 1
    text: str = ""
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def headline(self) -> str:
        """The headline, or the opening words of the text where the page gave no headline."""
        if self.title:
            return self.title
        words = next((p.text for p in self.paragraphs if p.kind == "body"), self.text).split()
        return " ".join(words[:9]) + ("…" if len(words) > 9 else "")

    def without_text(self) -> Article:
        """The same article with its metadata only, for places where the text would be a burden."""
        return replace(self, title=self.headline, text="", paragraphs=())


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it was found for one question.

    `rank` counts from 1. `score` is the reciprocal-rank fusion of the two searches (no unit,
    comparable within one question only). `similarity` is the cosine between question and
    paragraph, -1 to 1. `dense_rank` and `lexical_rank` are None where that search missed it.
    """

    paragraph: Paragraph
    article: Article
    rank: int
    score: float
    similarity: float
    dense_rank: int | None = None
    lexical_rank: int | None = None

    @property
    def before(self) -> Paragraph | None:
        """The paragraph just above in the article, if any."""
        return self._neighbour(-1)

    @property
    def after(self) -> Paragraph | None:
        """The paragraph just below in the article, if any."""
        return self._neighbour(1)

    def _neighbour(self, step: int) -> Paragraph | None:
        place = self.paragraph.number - 1 + step
        around = self.article.paragraphs
        return around[place] if 0 <= place < len(around) else None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may use. Dates are inclusive.

    `since` and `until` keep articles published in that range, so undated ones are left out.
    `as_of` leaves out what was published later and keeps undated articles.
    `sources` are outlet names, compared without case. `articles` are article ids.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and one sentence that says why and what to do."""

    path: str
    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did, in articles. Paragraph counts are over added and updated articles."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: tuple[Failure, ...] = ()
    paragraphs: int = 0
    embedded: int = 0
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many files or folders could not be read."""
        return len(self.failures)

    @property
    def ok(self) -> bool:
        """True when nothing failed."""
        return not self.failures


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What an examination of a library found: `problems` need a person, `mended` has been put right."""

    problems: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """True when nothing was wrong, not even something that could be mended."""
        return not self.problems and not self.mended
