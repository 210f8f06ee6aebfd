"""The sentences that errors are planted in: articles' own ones, and paraphrases written by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sample
from index import Article, Paragraph, Passage
from index.files import list_files
from index.reading import articles_in
from index.sentences import sentences
from index.values import EVIDENCE_KINDS
from rag.verify import Source
from rag.verify.source import source_of

PARAPHRASES = Path(__file__).parent / "paraphrases.jsonl"
"""Sentences of the sample told in other words."""
HALVES = ("development", "held back", "held back, second")
"""The rules were made on the first, looking at it. The second was written before them and run when they were done; what it
showed was then mended. The third was written meanwhile and run once after that; "two years ago", read as a date and never
as a figure, was mended since. Only a first run is a test: its figures are the ones to quote."""
_WORDS = range(6, 46)


@dataclass(frozen=True, slots=True)
class Case:
    """A correct sentence with the place that it cites. `half` is one of `HALVES`, or "" for verbatim ones."""

    sentence: str
    quote: str
    passage: Passage
    half: str = ""

    @property
    def source(self) -> Source:
        """The cited place as the check takes it."""
        return replace(source_of(self.passage), quote=self.quote)

    def changed(self, start: int, end: int, words: str) -> Case:
        """The case with other words at these offsets of its sentence."""
        sentence = self.sentence[:start] + words + self.sentence[end:]
        return replace(self, sentence=sentence[:1].upper() + sentence[1:])


def read_folder(folder: Path) -> list[Article]:
    """The articles of every file in the folder, in order of their paths."""
    found = (a for file in list_files(folder).files for a in articles_in(Path(file.path), outlet=file.outlet))
    return [article for article in found if isinstance(article, Article)]


def passage_of(article: Article, paragraph: Paragraph) -> Passage:
    """A paragraph as if a search had found it."""
    return Passage(paragraph, article, rank=1, score=1.0, similarity=0.5)


def verbatim(articles: Iterable[Article], most: int) -> Iterator[Case]:
    """Up to `most` sentences an article, one a paragraph, as they stand."""
    for article in articles:
        taken = 0
        for number, paragraph in enumerate(p for p in article.paragraphs if p.kind in EVIDENCE_KINDS):
            whole = [paragraph.text[a:b] for a, b in sentences(paragraph.text)]
            fit = [s for s in whole if len(s.split()) in _WORDS and s[-1:] in '.?!"”']
            if fit and taken < most:
                taken += 1
                one = fit[number % len(fit)]
                yield Case(" ".join(one.split()), one, passage_of(article, paragraph))


def paraphrases(half: str, articles: Sequence[Article]) -> list[Case]:
    """The hand-written paraphrases of that one of `HALVES`."""
    named = {Path(a.path).relative_to(sample.ARTICLES).as_posix(): a for a in articles}
    found = []
    for line in PARAPHRASES.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["half"] == half:
            article = named[record["file"]]
            paragraph = next(p for p in article.paragraphs if _holds(p.text, record["quotes"]))
            found.append(Case(record["paraphrase"], " ".join(record["quotes"]), passage_of(article, paragraph), half))
    return found


def _holds(text: str, quotes: Sequence[str]) -> bool:
    flat = " ".join(text.split())
    return all(quote in flat for quote in quotes)
