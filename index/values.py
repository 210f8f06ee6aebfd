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


ArticleType = Literal["report", "opinion", "live", "correction", "press release"]
"""What an article is, where the page says so."""

Sure = Literal["certain", "likely", "unknown"]
"""How sure a date of publication is; "likely" rests on habit, such as the country's way to write dates."""

Box = tuple[float, float, float, float]
"""Where something stands on a page: left, bottom, right, top, in points from the lower left corner."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


class PilcrowError(Exception):
    """Something a person can act on. The message is a sentence: what, why, what to do."""


class Unanswerable(PilcrowError):
    """What was asked for cannot be given as it was asked for; whoever asks can mend it. It names no place of this machine."""


class Unavailable(PilcrowError):
    """A server on which the library is kept cannot be reached just now; the same may be tried again later."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article.

    Law: ``article.text[start:end] == text``. `number` counts 1, 2, … as a reader counts.
    `id` depends on the article's path and on the paragraph's own text, so it survives every
    sync that leaves the text alone, even when other paragraphs come or go. `page` counts from 1 and
    `box` is where it stands there, in formats that have pages; 0 and None in others.
    """

    id: str
    article_id: str
    number: int
    kind: Kind
    start: int
    end: int
    text: str
    page: int = 0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the library keeps it.

    `text` is the extracted text (repaired encoding; markup taken away) that every offset refers
    to; the file itself is never touched. `published` is None while the date is unknown:
    it is never the time of ingest. `published_from` says where the date was found, or why it
    could not be settled, `published_sure` how sure it is. `updated` is the day of the last change, where
    the page states one, `dates_written` what dates the page itself writes, as it writes them. `version` counts the texts seen under this path, from 1.

    `path` names the article: a file's path, or for one of several articles in a file the path, "#" and the part.
    `file` is the file that holds it. `section`, `language` and `type` are "" where the page does not say.
    `story` is the id of the article of which this one is a copy, its own where others copied it, "" where it is
    alone: articles of one story are one source.
    """

    id: str
    path: str
    title: str
    source: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_from: str = ""
    url: str = ""
    published_sure: Sure = "unknown"
    updated: date | None = None
    dates_written: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    type: str = ""
    file: str = ""
    words: int = 0
    story: str = ""
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
    `also` are the other articles that hold a copy of the paragraph, metadata only: they are no further sources.
    """

    paragraph: Paragraph
    article: Article
    rank: int
    score: float
    similarity: float
    dense_rank: int | None = None
    lexical_rank: int | None = None
    also: tuple[Article, ...] = ()

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


NoticeKind = Literal["correction", "clarification", "retraction"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a newsroom said later of an article: the note's `text`, in the `paragraph` of the `article` where it stands.

    `targets` are the ids of the paragraphs that it changes. `wrong` and `right` are slices of the note, "" where
    it does not say. `applied` is True where the article's text has been put right, False where it still says what
    is wrong, None where that cannot be told.
    """

    kind: NoticeKind
    text: str
    article: Article
    paragraph: Paragraph
    targets: tuple[str, ...] = ()
    wrong: str = ""
    right: str = ""
    applied: bool | None = None


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
    """What one sync did, in articles, or would do in a dry run. Paragraphs are those of added and updated articles."""

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
