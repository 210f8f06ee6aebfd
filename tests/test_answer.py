"""Answers: every marker leads to its very words, silence has a reason, the same question gets the same answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import sample
from eval.case import case_of
from eval.corpus import Corpus
from eval.gold import load
from eval.response import response_of
from eval.score import figures
from index import Filters, Library, PilcrowError
from rag import Answerer, answer
from tests.conftest import SHARED
from tests.pointers import asked, astray


@pytest.fixture(scope="module")
def answerer(either_sample: Library) -> Answerer:
    return Answerer(either_sample)


@pytest.mark.slow
def test_no_marker_leads_astray_over_a_part_of_the_samples_questions(sample_library: Library) -> None:
    every = load(sample.QUESTIONS)
    followed = {q.follows for q in every}
    pairs = list(asked([q for n, q in enumerate(every) if n % 5 == 1 or q.follows or q.id in followed], sample_library))
    assert sum(len(a.citations) for _, a in pairs) > 55
    assert [wrong for _, a in pairs for wrong in astray(a, sample_library.article)] == []
    assert max(len(a.citations) for q, a in pairs if len(q.evidence) == 1) <= 5


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the gold questions are not beside this checkout")
def test_real_articles_answers_cite_the_gold_paragraphs(real_library: Library) -> None:
    pairs = list(asked(load(SHARED / "gold" / "syria.jsonl"), real_library))
    assert [wrong for _, a in pairs for wrong in astray(a, real_library.article)] == []
    corpus = Corpus.of(real_library)
    found = figures([case_of(q, response_of(q.id, a), corpus) for q, a in pairs])
    assert found["paragraph recall"].value >= 0.8
    assert found["paragraph precision"].value >= 0.75
    single = [a for q, a in pairs if len(q.evidence) == 1 and q.kind in ("fact", "figure", "date", "why")]
    assert max(len(a.citations) for a in single) <= 3


def test_an_answer_holds_what_a_reader_needs(answerer: Answerer) -> None:
    given = answerer.answer("Who is the chief executive of Merrin Stevedoring?")
    citation = given.claims[0].citations[0]
    assert given.status == "answered" and "Gordon Lathe" in given.text and "[1]" in given.text
    assert citation.quote == citation.paragraph.text[citation.start : citation.end]
    assert citation.article.text[citation.paragraph.start :].startswith(citation.paragraph.text)
    assert citation.article.source and Path(citation.article.path).is_file()
    assert given.claims[0].verdict == "supported" and given.engine == "extractive"
    assert [stage for stage, _ in given.timings] == ["understand", "search", "read", "write", "total"]
    assert given.evidence and given.closest == ()


@pytest.mark.parametrize(
    "question",
    [
        "What did Angela Merkel say about the ferry?",
        "Who won the World Cup in 1998?",
        "What is the capital of Mongolia?",
    ],
)
def test_what_the_articles_do_not_tell_is_not_answered(answerer: Answerer, question: str) -> None:
    given = answerer.answer(question)
    assert (given.status, given.claims, given.citations) == ("abstained", (), ())
    assert given.reason.endswith(".") and given.text == given.reason
    assert given.closest, "shown apart, as no evidence"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who is it that was there?", "holds no word to search for"),
        ("Кто выиграл выборы?", "None of the question's words stands in any article"),
        ("誰が選挙に勝ちましたか", "None of the question's words stands in any article"),
        ("What did Angela Merkel say?", "do not mention Angela Merkel"),
        ("???", "holds no word to search for"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_why(answerer: Answerer, question: str, reason: str) -> None:
    given = answerer.answer(question)
    assert given.status == "abstained" and reason in given.reason


@pytest.mark.parametrize(("question", "why"), [("", "empty"), (" \n", "empty"), ("why " * 10_000, "10000 words")])
def test_no_question_and_an_endless_one_are_refused(answerer: Answerer, question: str, why: str) -> None:
    with pytest.raises(PilcrowError, match=why):
        answerer.answer(question)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty") as library:
        assert "holds no articles yet" in Answerer(library).answer("Who won?").reason


def test_the_same_question_gets_the_same_answer(answerer: Answerer) -> None:
    first, second = (answerer.answer("Why did the dock workers go on strike?") for _ in range(2))
    assert first == second and first.fingerprint == second.fingerprint


def test_nothing_later_than_as_of_is_cited(answerer: Answerer) -> None:
    early = Filters(as_of=date(2026, 3, 12))
    given = answerer.answer("How many people died when the ferry sank?", filters=early)
    assert given.citations
    assert all(c.article.published is None or c.article.published <= date(2026, 3, 12) for c in given.citations)


def test_days_may_be_written_as_text(sample_library: Library) -> None:
    question = "How many people died when the ferry sank?"
    by_text = answer(question, library=sample_library, until="2026-03-12", sources="Merrin Courier")
    by_date = answer(question, library=sample_library, until=date(2026, 3, 12), sources=["merrin courier"])
    assert by_text.claims == by_date.claims != ()
    with pytest.raises(PilcrowError, match="is not a date"):
        answer(question, library=sample_library, since="last week")


def test_filters_that_leave_nothing_are_said(answerer: Answerer) -> None:
    given = answerer.answer("Who won the election?", filters=Filters(since=date(2030, 1, 1)))
    assert given.status == "abstained" and "chosen dates" in given.reason


def test_a_follow_up_is_asked_as_it_was_meant(answerer: Answerer) -> None:
    first = answerer.answer("Who is Adela Quist?")
    second = answerer.answer("What did she deny?", history=[first])
    assert second.question == "What did she deny?" and "Adela Quist" in second.standalone_question
    assert any("Quist" in c.quote or "Quist" in c.article.text for c in second.citations)


@pytest.mark.parametrize(
    ("words", "found"),
    [("given by their mothers", ""), ("they gave us less warning than you'd get", "parking space")],
)
def test_a_question_that_quotes_words_is_answered_from_the_paragraph_that_holds_them(
    answerer: Answerer, words: str, found: str
) -> None:
    given = answerer.answer(f"Which angry neighbour complained that '{words}'?")
    assert [found in c.quote for c in given.citations] == ([True] if found else [])


def test_figures_that_differ_are_shown_side_by_side(answerer: Answerer) -> None:
    given = answerer.answer("How many people died when the ferry sank?")
    (conflict,) = given.conflicts
    assert len({value.lower() for value, _ in conflict.values}) > 1
    numbers = {c.number for c in given.citations}
    assert {number for _, number in conflict.values} <= numbers


def test_the_function_opens_a_folder_once(tmp_path: Path, two_articles: Path) -> None:
    folder = tmp_path / "library"
    with pytest.raises(PilcrowError, match="There is no library"):
        answer("Why was the bridge closed?", library=folder)
    with Library.open(folder) as library:
        library.sync([two_articles])
    given = answer("Why was the old bridge closed?", library=folder)
    assert "a pillar had cracked" in given.text
    assert answer("Why was the old bridge closed?", library=str(folder)) == given


def test_a_change_of_the_library_changes_the_answer(tmp_path: Path, two_articles: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.sync([two_articles])
        before = answer("Why was the old bridge closed?", library=folder)
        (two_articles / "bridge.txt").unlink()
        library.sync([two_articles])
    after = answer("Why was the old bridge closed?", library=folder)
    assert before.citations and not any("pillar" in c.quote for c in after.citations)
    assert before.fingerprint != after.fingerprint


def test_markers_of_an_answer_survive_its_sync(tmp_path: Path, two_articles: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.sync([two_articles])
        given = Answerer(library).answer("Why was the old bridge closed?")
        assert astray(given, library.article) == []
