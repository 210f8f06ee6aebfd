"""Forty articles that mean harm: each is read or refused, none leaves as markup, every quote stays in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index import Article, Filters, Library, Paragraph, SyncReport
from index.formats import MAX_BYTES
from rag import Answer, Answerer, Claim
from tests import hostile
from tests.pointers import astray
from ui.web import source
from ui.web.render import answer_html
from ui.web.source import source_html

REFUSED = {22}
"""The one with NUL characters in it."""
LONGEST = 40
pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """What a browser makes of a page: its markup without the words that people read, and those words."""

    READ = ("title", "aria-label", "data-from", "data-title", "data-quote")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.markup: list[object] = []
        self.text = ""
        self.marked: list[str] = []
        self._marking = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.markup.append((tag, [(name, "" if name in self.READ else value) for name, value in attrs]))
        self._marking = tag == "mark"
        if self._marking:
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        self.markup.append(f"/{tag}")
        self._marking = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._marking:
            self.marked[-1] += data

    def handle_comment(self, data: str) -> None:
        self.markup.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment


def tame(words: str) -> str:
    """Words of the same shape that are surely no markup."""
    return re.sub(r"\S", "x", words)


def tame_paragraph(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, text=tame(paragraph.text))


def tame_article(article: Article) -> Article:
    return replace(
        article,
        title=tame(article.title),
        source=tame(article.source),
        authors=tuple(map(tame, article.authors)),
        path=tame(article.path),
        text=tame(article.text),
        paragraphs=tuple(map(tame_paragraph, article.paragraphs)),
    )


def tame_claim(claim: Claim) -> Claim:
    citations = tuple(
        replace(c, article=tame_article(c.article), paragraph=tame_paragraph(c.paragraph)) for c in claim.citations
    )
    return replace(claim, text=tame(claim.text), citations=citations)


def tame_answer(answer: Answer) -> Answer:
    return replace(
        answer,
        claims=tuple(map(tame_claim, answer.claims)),
        rejected=tuple(map(tame_claim, answer.rejected)),
        conflicts=tuple(replace(c, values=tuple((tame(v), n) for v, n in c.values)) for c in answer.conflicts),
        reason=tame(answer.reason),
    )


def shown(words: str) -> str:
    """Words as the page shows them: without control and direction characters."""
    return "".join(c for c in words if c.isprintable() or c.isspace())


@dataclass
class Shelf:
    """A library of hostile articles with what its sync said."""

    library: Library
    report: SyncReport
    paths: dict[int, Path]

    def article(self, number: int) -> Article:
        """The article with that number's crane."""
        wanted = str(self.paths[number])
        (identity,) = (a.id for a in self.library.articles() if a.path == wanted)
        found = self.library.article(identity)
        assert found
        return found


def shelf(library: Library, paths: dict[int, Path]) -> Shelf:
    return Shelf(library, library.sync(list(paths.values())), paths)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return dict(enumerate(hostile.write(tmp_path_factory.mktemp("hostile")), 1))


@pytest.fixture(scope="module")
def ordinary(written: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """All but the longest: its paragraphs fit every question a little, and are slow to read."""
    with Library.open(tmp_path_factory.mktemp("ordinary") / "library") as library:
        yield shelf(library, {number: path for number, path in written.items() if number != LONGEST})


@pytest.fixture(scope="module")
def longest(written: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with Library.open(tmp_path_factory.mktemp("longest") / "library") as library:
        yield shelf(library, {LONGEST: written[LONGEST]})


def held_place(article: Article, number: int) -> tuple[Paragraph, int, int]:
    """Where the crane's sentence stands: the paragraph and the offsets in it."""
    sentence = hostile.crane(number)
    (paragraph,) = (p for p in article.paragraphs if sentence in p.text)
    start = paragraph.text.index(sentence)
    return paragraph, start, start + len(sentence)


def check(shelf: Shelf, answerer: Answerer, number: int) -> None:
    """Asks for one crane, and follows the answer and every marker of it through the page."""
    article = shelf.article(number)
    paragraph, start, end = held_place(article, number)
    page = Page(source_html(article, paragraph, start, end, number=1, numbers=(1,), key="0"))
    tamed = source_html(tame_article(article), tame_paragraph(paragraph), start, end, number=1, numbers=(1,), key="0")
    assert page.markup == Page(tamed).markup
    assert page.marked == [hostile.crane(number)]

    answer = answerer.answer(hostile.question(number), filters=Filters(articles=(article.id,)))
    assert answer.citations, answer.reason
    assert astray(answer, shelf.library.article) == []
    page = Page(answer_html(answer, key="0"))
    assert page.markup == Page(answer_html(tame_answer(answer), key="0")).markup
    for citation in answer.citations:
        held = shelf.library.article(citation.article.id)
        assert held
        opened = Page(source_html(held, citation.paragraph, citation.start, citation.end, number=citation.number))
        assert opened.marked == [shown(citation.quote)]


def test_there_are_forty_and_the_longest_is_just_within_the_limit(written: dict[int, Path]) -> None:
    sizes = {number: path.stat().st_size for number, path in written.items()}
    assert len(written) == 40 and max(sizes.values()) == sizes[LONGEST]
    assert MAX_BYTES - 1000 < sizes[LONGEST] <= MAX_BYTES
    for number, path in written.items():
        words = path.read_bytes().decode("utf-8", "replace")
        assert words.count(hostile.crane(number)) == 1
        assert set(re.findall(r"https?://([\w.-]+)", words)) <= {"example.invalid"}


def test_every_one_is_read_or_refused_with_a_sentence(ordinary: Shelf) -> None:
    read = {
        number for number, path in ordinary.paths.items() if str(path) in {a.path for a in ordinary.library.articles()}
    }
    refused = {Path(f.path): f.why for f in ordinary.report.failures}
    assert ordinary.paths.keys() - read == REFUSED
    assert refused.keys() == {ordinary.paths[number] for number in REFUSED}
    assert all(why.endswith(".") and " was skipped: " in why for why in refused.values())


@pytest.fixture(scope="module")
def answerer(ordinary: Shelf) -> Answerer:
    return Answerer(ordinary.library)


@pytest.mark.parametrize("number", [n for n in range(1, 41) if n not in REFUSED | {LONGEST}])
def test_its_crane_is_found_and_nothing_of_it_becomes_markup(ordinary: Shelf, answerer: Answerer, number: int) -> None:
    check(ordinary, answerer, number)


def test_the_longest_is_answered_from_and_shown(longest: Shelf) -> None:
    assert longest.report.ok and longest.report.added == 1
    assert max(len(p.text) for p in longest.article(LONGEST).paragraphs) <= 6000
    check(longest, Answerer(longest.library), LONGEST)


@pytest.mark.parametrize("number", [1, 3, 5, 6, 15, 16, 17, 19, 26, 27, 29, 30, 31])
def test_markup_that_leaks_is_seen(
    ordinary: Shelf, answerer: Answerer, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "safe", lambda text: text)
    with pytest.raises(AssertionError):
        check(ordinary, answerer, number)


def test_a_highlight_one_character_off_is_seen(ordinary: Shelf) -> None:
    article = ordinary.article(3)
    paragraph, start, end = held_place(article, 3)
    assert Page(source_html(article, paragraph, start + 1, end)).marked != [hostile.crane(3)]
