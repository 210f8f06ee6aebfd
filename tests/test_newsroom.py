"""A newsroom's files of every format are read right; and the files, their gold and the scores are right themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.values import Article, Paragraph
from tests.newsroom.build import build
from tests.newsroom.gold import ANY, ORIGINS, REASONS, Gold, Piece
from tests.newsroom.look import squeezed, words
from tests.newsroom.reading import read_file
from tests.newsroom.score import FACTS, LAWS, Report, failures, judged, read_from, score, seen, table

TODAY = date.today()
PARAGRAPHS = {"pdf": 0.95}
"""Paragraphs found and paragraphs right, where less than ALL_OTHERS is asked."""
ALL_OTHERS = 0.98
FORMATS = ("txt", "md", "html", "mhtml", "pdf", "docx", "epub", "eml", "feed", "export", "warc", "zip")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("newsroom")


@pytest.fixture(scope="module")
def golds(folder: Path) -> list[Gold]:
    return build(folder)


@pytest.fixture(scope="module")
def report(golds: list[Gold], folder: Path) -> Report:
    return score(golds, read_from(folder, read_file), TODAY)


# What the readers must reach


@pytest.mark.parametrize("form", FORMATS)
def test_paragraphs_are_found_and_nothing_else_is_shown(report: Report, form: str) -> None:
    part = report.of(form)
    bar = PARAGRAPHS.get(form, ALL_OTHERS)
    assert min(part.recall, part.precision) >= bar, "\n".join([table(report), *failures(part)])


@pytest.mark.parametrize(
    ("fact", "bar"),
    [("headline", 0.95), ("outlet", 0.95), ("published", 0.97), ("origin", 0.95), ("offsets", 1), ("not today", 1)],
)
def test_what_the_files_say_of_themselves_is_read(report: Report, fact: str, bar: float) -> None:
    wrong = [v for v in report.verdicts if not v.facts.get(fact, True)]
    assert report.fact(fact) >= bar, "\n".join(line for v in wrong for line in v.failures if "paragraph" not in line)


def test_no_article_is_found_where_none_is(report: Report) -> None:
    assert len(report.strays) <= 0.02 * len(report.verdicts), report.strays


# The files and their gold


def test_there_are_enough_files_of_every_format_and_of_tricky_dates(golds: list[Gold]) -> None:
    files = {g.file: g for g in golds}
    count = Counter(g.format for g in files.values())
    assert len(files) >= 150 and set(count) == set(FORMATS)
    assert count["html"] >= 40 and count["pdf"] >= 20
    assert sum(bool(g.subject) for g in files.values()) >= 40


def test_the_same_files_are_built_each_time(golds: list[Gold], folder: Path, tmp_path: Path) -> None:
    assert build(tmp_path) == golds
    # What word processors, Parquet and gzip write holds the time or the library's version.
    same = (g.file for g in golds if g.format in ("txt", "md", "html", "mhtml", "pdf", "eml", "feed", "epub"))
    assert [name for name in same if (tmp_path / name).read_bytes() != (folder / name).read_bytes()] == []


def test_the_gold_says_why_a_date_is_unknown_and_where_a_known_one_stands(golds: list[Gold]) -> None:
    for gold in golds:
        assert (gold.published is None) == bool(gold.unknown) or gold.published is ANY, gold
        assert gold.unknown in ("", *REASONS) and (gold.origin is ANY or gold.origin in ORIGINS), gold
        assert gold.published != TODAY and gold.updated != TODAY


def test_no_two_articles_of_the_gold_share_a_headline_and_paragraphs_are_clean(golds: list[Gold]) -> None:
    assert [h for h, n in Counter((g.file, g.headline) for g in golds).items() if n > 1] == []
    assert [p for g in golds for p in g.pieces if p.text != " ".join(p.text.split()) or not p.text] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_second_look_with_other_tools_finds_the_gold_in_the_file(golds: list[Gold], folder: Path, form: str) -> None:
    looked: dict[str, str] = {}
    lost = []
    for gold in (g for g in golds if g.format == form):
        text = looked.setdefault(gold.file, squeezed(words(folder / gold.file)))
        lost += [(gold.file, p.text) for p in gold.pieces if squeezed(p.text) not in text]
        lost += [(gold.file, gold.headline)] if form != "eml" and squeezed(str(gold.headline)) not in text else []
    # A paragraph broken by a page has the next page's head in its middle; a dropped initial stands apart.
    allowed = 0.06 if form == "pdf" else 0
    assert len(lost) <= allowed * sum(len(g.pieces) for g in golds if g.format == form), lost


# The scores


def perfect(gold: Gold) -> Article:
    """What a reader without fault makes of the file."""
    placed, text = [], ""
    for number, piece in enumerate(gold.pieces, 1):
        start = len(text)
        text += piece.text + "\n\n"
        placed.append(Paragraph(str(number), "a", number, piece.kind, start, start + len(piece.text), piece.text))
    empty: dict[str, Any] = {"authors": (), "published": None, "url": "", "source": ""}
    empty |= {"updated": None, "section": "", "language": "", "type": ""}
    stated = {name: getattr(gold, "outlet" if name == "source" else name) for name in empty}
    said: dict[str, Any] = {name: empty[name] if value is ANY else value for name, value in stated.items()}
    return Article(
        id="a",
        path=gold.file,
        title=str(gold.headline),
        published_from="date line, settled by the weekday" if gold.origin in ("date line", ANY) else gold.origin,
        text=text,
        paragraphs=tuple(placed),
        **said,
    )


def test_a_reader_without_fault_has_full_marks(golds: list[Gold]) -> None:
    found: dict[str, list[Article]] = {}
    for gold in golds:
        found.setdefault(gold.file, []).append(perfect(gold))
    report = score(golds, found.__getitem__, TODAY)
    assert (report.recall, report.precision, report.citable) == (1, 1, 1) and failures(report) == []
    assert all(report.fact(name) == 1 for name in (*FACTS, *LAWS, "order"))
    assert len(table(report).splitlines()) == len(FORMATS) + 2


STORY = Gold(
    "storm.txt",
    "txt",
    "Storm floods quay",
    tuple(Piece("body", f"Paragraph {n} of the storm.") for n in range(5)),
    outlet="Bay Post",
    published=date(2020, 3, 4),
    origin="date line",
)


@pytest.mark.parametrize(
    ("fact", "change"),
    [
        ("headline", {"title": "Storm | Bay Post"}),
        ("outlet", {"source": ""}),
        ("published", {"published": None}),
        ("published", {"published": date(2020, 4, 3)}),
        ("origin", {"published_from": "file name"}),
        ("not today", {"published": TODAY}),
        ("offsets", {"text": "x"}),
        ("order", {"paragraphs": perfect(STORY).paragraphs[::-1]}),
        ("authors", {"authors": ("Newsdesk PC 4",)}),
    ],
)
def test_each_fault_costs_its_own_mark(fact: str, change: dict[str, Any]) -> None:
    verdict = judged(STORY, replace(perfect(STORY), **change), TODAY)
    assert not verdict.facts[fact] and verdict.failures


@given(st.lists(st.sampled_from(perfect(STORY).paragraphs), max_size=9), st.integers(0, 3))
@settings(max_examples=60)
def test_found_and_right_are_counted_one_by_one(read: list[Paragraph], foreign: int) -> None:
    others = [Paragraph("x", "a", 9, "body", 0, 0, f"Share this article {n}") for n in range(foreign)]
    verdict = judged(STORY, replace(perfect(STORY), paragraphs=(*read, *others)), TODAY)
    different = len({p.text for p in read})
    assert (verdict.wanted, verdict.found, verdict.right) == (5, different, different)
    assert verdict.shown == len(read) + foreign


def test_articles_that_nobody_wrote_and_articles_that_are_missing_are_counted() -> None:
    stray = replace(perfect(STORY), title="Page not found", paragraphs=())
    report = score([STORY], lambda _: [stray], TODAY)
    assert report.recall == 0 and report.fact("headline") == 0
    assert len(report.strays) == 1 and len(failures(report)) == 2


def test_a_reader_that_raises_is_a_failure_and_no_end() -> None:
    def broken(_: str) -> Sequence[Article]:
        raise RecursionError("too deep")

    assert "too deep" in failures(score([STORY], broken, TODAY))[0]


def test_tolerated_words_cost_nothing_and_bullets_are_not_letters() -> None:
    caption = Paragraph("x", "a", 9, "body", 0, 0, "The quay")
    gold = replace(STORY, tolerated=("The quay. Photo: A. Roe",))
    verdict = judged(gold, replace(perfect(gold), paragraphs=(*perfect(gold).paragraphs, caption)), TODAY)
    assert verdict.right == verdict.shown == 6
    assert seen("• One |  two") == seen("One two")
