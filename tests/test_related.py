"""Copies count once, corrections are shown with what they change, and what was cited stays readable."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Filters, Library
from rag import Answer, Answerer
from tests.conftest import HashEncoder
from ui.text import also_printed, calendar, noticed
from ui.web.render import answer_html, standing

LEDE = "The ferry Ostra ran aground off Merrin Point on Tuesday night, killing seven people, the coast guard said."
WIRE = [
    LEDE,
    "Rescuers brought 112 passengers ashore in lifeboats during the night, and divers searched the hull at dawn.",
    "“We heard a sound like thunder and then the lights went out,” said Ruth Ames, a passenger from Brome.",
    "The owner, Merrin Lines, said that the ship had passed its last inspection in January without remarks.",
]
EDITED = [
    [WIRE[0].replace("coast guard", "Coast Guard"), *WIRE[1:]],
    WIRE[:3],
    [*WIRE, "Source: Northern Wire"],
    [WIRE[0], WIRE[1].replace(", and divers", " and divers"), WIRE[2].replace("“", '"').replace("”", '"'), WIRE[3]],
    [p.replace("Rescuers brought", "Rescuers took") if p == WIRE[1] else p for p in WIRE],
]
INDEPENDENT = [
    "Seven people lost their lives when a passenger ferry struck rocks near Merrin on Tuesday, hospital staff told us.",
    "Our reporter counted nine ambulances on the quay, where relatives waited for lists of names until the morning.",
    "The harbour master, Ola Brandt, said he had warned of the shoal in a letter to the ministry two years ago.",
]
QUESTION = "How many people died when the ferry Ostra ran aground?"


def put(folder: Path, outlet: str, title: str, day: str, paragraphs: list[str]) -> Path:
    path = folder / outlet / f"{title.lower().replace(' ', '-')}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\ndate: {day}\n---\n" + "\n\n".join(paragraphs) + "\n")
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, place: Callable[[], dict[str, str]]) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("news")
    put(folder, "northern-wire", "Seven die as ferry runs aground", "2026-03-11", WIRE)
    for number, paragraphs in enumerate(EDITED):
        put(folder, f"paper-{'abcde'[number]}-news", f"Ferry accident {'abcde'[number]}", "2026-03-12", paragraphs)
    put(folder, "harbour-gazette", "Nine ambulances on the quay", "2026-03-11", INDEPENDENT)
    put(
        folder,
        "bay-courier",
        "Divers find the log book",
        "2026-03-14",
        [
            "Divers found the log book of the trawler Sula on Friday, four days after it went down with eight people.",
            "Correction: An earlier version of this article said that nine people were on board; the number is eight.",
        ],
    )
    put(
        folder,
        "merrin-post",
        "New quay to cost 40 million crowns",
        "2026-04-01",
        ["The new quay of Merrin will cost 40 million crowns, the town's treasurer Ida Holm said on Wednesday."],
    )
    put(
        folder,
        "merrin-post",
        "Corrections and clarifications",
        "2026-04-03",
        [
            "An article on 1 April, headlined “New quay to cost 40 million crowns”, gave a wrong figure. "
            "The new quay will cost 14 million crowns, not 40 million."
        ],
    )
    with Library.open(tmp_path_factory.mktemp("kept") / "library", **place()) as opened:
        assert opened.sync([folder]).added == 10
        yield opened


def test_six_papers_with_one_wire_story_and_an_independent_report_are_two_sources(library: Library) -> None:
    about = [a for a in library.articles() if a.published and a.published < date(2026, 3, 13)]
    assert len(about) == 7
    assert len({a.story or a.id for a in about}) == 2
    original = next(a for a in about if a.source == "Northern Wire")
    assert [a.story for a in about if a.source != "Harbour Gazette"] == [original.id] * 6


def test_the_original_is_cited_and_its_copies_are_named(library: Library) -> None:
    answer = Answerer(library).answer(QUESTION)
    citation = answer.citations[0]
    assert citation.article.source == "Northern Wire" and citation.quote == LEDE
    assert {a.source for a in citation.also} >= {"Paper A News", "Paper B News"}
    assert all(c.article.source in ("Northern Wire", "Harbour Gazette") for c in answer.citations)
    assert "also in" in also_printed(citation) and "copies in" in standing(answer)
    assert answer.sources == len(answer.citations)


def test_a_copy_is_cited_where_the_filters_leave_only_copies(library: Library) -> None:
    answer = Answerer(library).answer(QUESTION, filters=Filters(sources=("Paper A News", "Paper B News")))
    (citation,) = answer.citations
    assert citation.article.source in ("Paper A News", "Paper B News")
    assert {a.source for a in citation.also} <= {"Paper A News", "Paper B News"}


def test_weekdays_are_told_as_calendar_days(library: Library) -> None:
    citation = Answerer(library).answer(QUESTION).citations[0]
    assert "10 March 2026" in calendar(citation)
    named = citation.days[0]
    assert "Tuesday" in citation.quote[named.start : named.end] and named.first == date(2026, 3, 10)


def test_a_correction_in_the_article_stands_beside_what_it_changed(library: Library) -> None:
    answer = Answerer(library).answer("What did divers find on Friday after the trawler Sula went down?")
    (notice,) = answer.citations[0].notices
    assert notice.kind == "correction" and notice.applied is True
    assert "nine people" in noticed(notice) and "put right" in noticed(notice)


def test_a_correction_in_another_article_is_tied_to_what_it_corrects(library: Library) -> None:
    answer = Answerer(library).answer(
        "How much will the new quay of Merrin cost?", filters=Filters(until=date(2026, 4, 1))
    )
    (notice,) = answer.citations[0].notices
    assert notice.article.title == "Corrections and clarifications" and "14 million" in notice.text
    assert "14 million" in answer_html(answer)


def test_what_is_said_of_copies_and_corrections_survives_saving(library: Library) -> None:
    for question in (QUESTION, "How many people were on the trawler Sula when it went down?"):
        record = Answerer(library).answer(question).to_dict()
        assert Answer.from_dict(record).to_dict() == record


def test_an_answer_saved_before_these_keys_existed_is_still_read(library: Library) -> None:
    record = Answerer(library).answer(QUESTION).to_dict()
    for citation in record["citations"]:  # type: ignore[attr-defined]
        for key in ("days", "also_in", "notices", "version", "story", "updated", "page", "type"):
            del citation[key]
    assert Answer.from_dict(record).text == record["text"]


def test_an_earlier_version_stays_readable_and_unchanged_paragraphs_keep_their_ids(tmp_path: Path) -> None:
    path = put(tmp_path / "a", "merrin-post", "Bridge", "2026-03-01", WIRE[:2])
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "a"])
        (before,) = (library.article(a.id) for a in library.articles())
        assert before
        path.write_text(path.read_text().replace(WIRE[0], f"A new first paragraph was put here.\n\n{WIRE[0]}", 1))
        library.sync([tmp_path / "a"])
        after = library.article(before.id)
        assert after and after.version == 2
        assert {p.id for p in before.paragraphs} < {p.id for p in after.paragraphs}
        path.write_text(path.read_text().replace("seven", "eight"))
        library.sync([tmp_path / "a"])
        assert library.article(before.id, 1) == before
        second = library.article(before.id, 2)
        assert second and [p.text for p in second.paragraphs] == [p.text for p in after.paragraphs]
        assert library.article(before.id, 9) is None
        library.remove(before.id)
        assert library.article(before.id, 1) is None, "what is taken out leaves no trace"


def test_changing_one_paragraph_embeds_one(tmp_path: Path) -> None:
    path = put(tmp_path / "a", "merrin-post", "Bridge", "2026-03-01", WIRE)
    with Library.open(tmp_path / "library") as library:
        library.sync([tmp_path / "a"])
        path.write_text(path.read_text().replace("112", "113"))
        report = library.sync([tmp_path / "a"])
    assert (report.updated, report.embedded) == (1, 1)


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "a", "merrin-post", "Bridge", "2026-03-01", WIRE)
    with Library.open(tmp_path / "library") as library:
        report = library.sync([tmp_path / "a"], dry=True)
        assert (report.added, report.embedded, library.counts()["articles"]) == (1, 4, 0)
        library.sync([tmp_path / "a"])
        before = library.generation
        (tmp_path / "a" / "merrin-post" / "bridge.md").unlink()
        put(tmp_path / "a", "merrin-post", "Quay", "2026-03-02", WIRE[:1])
        report = library.sync([tmp_path / "a"], dry=True)
        assert (report.added, report.removed, report.embedded) == (1, 1, 0)
        assert library.generation == before and library.articles()[0].title == "Bridge"


EDITIONS = [*EDITED, WIRE, WIRE[1:], [WIRE[0].replace("seven", "nine"), *WIRE[1:]], INDEPENDENT, INDEPENDENT[1:]]


@settings(max_examples=6)
@given(st.lists(st.sets(st.integers(0, len(EDITIONS) - 1), min_size=1), min_size=2, max_size=4))
def test_copies_followed_sync_by_sync_are_those_of_a_library_made_at_once(editions: list[set[int]]) -> None:
    def related(folder: Path) -> list[object]:
        with sqlite3.connect(folder / "library.db") as database:
            copies = database.execute("SELECT text_key, leader FROM copies ORDER BY text_key").fetchall()
            stories = database.execute("SELECT title, story <> '' FROM articles ORDER BY title").fetchall()
        return [copies, stories]

    with tempfile.TemporaryDirectory() as made:
        articles = Path(made) / "articles"
        with Library.open(Path(made) / "grown", encoder=HashEncoder()) as grown:
            for held in editions:
                shutil.rmtree(articles, ignore_errors=True)
                for number in held:
                    put(articles, f"paper-{number}", f"Edition {number}", "2026-03-12", EDITIONS[number])
                grown.sync([articles])
        with Library.open(Path(made) / "at-once", encoder=HashEncoder()) as once:
            once.sync([articles])
        assert related(Path(made) / "grown") == related(Path(made) / "at-once")


def test_a_correction_is_found_whenever_its_article_came_and_in_a_library_that_was_related_otherwise(
    tmp_path: Path,
) -> None:
    """The texts of earlier syncs are not looked through again; those that may own up to something are remembered."""
    news = tmp_path / "news"
    put(
        news,
        "bay-courier",
        "Quay",
        "2026-03-02",
        ["The new quay of Merrin will cost 41 million crowns, the port said.", *WIRE[1:]],
    )

    def told(library: Library) -> list[str]:
        quay = next(a for a in library.articles() if a.title == "Quay")
        return [n.text for n in library.notices(library.article(quay.id) or quay)]

    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        library.sync([news])
        assert told(library) == []
        put(
            news,
            "bay-courier",
            "Sula",
            "2026-03-09",
            [
                *INDEPENDENT[:2],
                "On 2 March we wrote that the new quay of Merrin will cost 41 million crowns. It is 14 million.",
            ],
        )
        library.sync([news])
        first = told(library)
        assert len(first) == 1 and "14 million" in first[0]
        put(news, "bay-courier", "Else", "2026-03-10", [INDEPENDENT[2]])
        library.sync([news])
        assert told(library) == first
    with sqlite3.connect(tmp_path / "library" / "library.db") as database:
        database.execute("DELETE FROM meta WHERE key = 'owning'")
        database.execute("UPDATE meta SET value = '1.1' WHERE key = 'related'")
        database.execute("DELETE FROM corrections")
    with Library.open(tmp_path / "library", encoder=HashEncoder()) as library:
        library.sync([news])
        assert told(library) == first
