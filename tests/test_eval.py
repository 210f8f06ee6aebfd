"""The measures count what they say, on answers small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
from eval.gold import Gold, GoldQuestion, load
from eval.measures import (
    MEASURES,
    answered,
    broken_pointers,
    citation_precision,
    correct_abstention,
    false_abstention,
    folded,
    paragraph_recall,
    short_answer,
    wilson,
)
from index import Article, Paragraph, PilcrowError
from rag import Answer, Citation, Claim

TOLL = "Ten people died, the coroner said."
CAUSE = "The ferry struck a ledge in fog."
OTHER = "A choir sang."


def article(name: str, *texts: str) -> Article:
    """An article whose paragraphs follow one another, a blank line between."""
    paragraphs, start = [], 0
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(f"{name}-{number}", name, number, "body", start, start + len(text), text))
        start += len(text) + 2
    return Article(id=name, path=f"/news/{name}.txt", title=name, text="\n\n".join(texts), paragraphs=tuple(paragraphs))


STORY = article("story", TOLL, CAUSE, OTHER)
SILENT = Answer("Who?", "Who?", reason="The articles do not say.")


def answer(*numbers: int) -> Answer:
    """An answer that says these paragraphs of the story."""
    claims = []
    for place, number in enumerate(numbers, 1):
        paragraph = STORY.paragraphs[number - 1]
        claims.append(Claim(paragraph.text, (Citation(place, STORY, paragraph, 0, len(paragraph.text)),), "supported"))
    return Answer("Why?", "Why?", claims=tuple(claims))


def gold(*quotes: str, answers: tuple[str, ...] = (), kind: str = "fact") -> GoldQuestion:
    return GoldQuestion("q1", kind, "Why?", answers, tuple(Gold((("story.txt", q),)) for q in quotes))


NO_ANSWER = gold(kind="unanswerable")


def test_recall_is_the_share_of_the_evidence_that_was_cited() -> None:
    both = gold("Ten people died", "struck a ledge")
    assert paragraph_recall(both, answer(1, 2)) == (1.0, 1)
    assert paragraph_recall(both, answer(1, 3)) == (0.5, 1)
    assert paragraph_recall(both, answer(3)) == (0.0, 1)


def test_any_of_several_places_will_do() -> None:
    either = GoldQuestion("q1", "fact", "Why?", (), (Gold((("other.txt", "Ten"), ("story.txt", "struck a ledge"))),))
    assert paragraph_recall(either, answer(2)) == (1.0, 1)
    assert paragraph_recall(either, answer(1)) == (0.0, 1)


def test_the_right_words_in_another_article_are_not_the_evidence() -> None:
    assert paragraph_recall(GoldQuestion("q", "fact", "?", (), (Gold((("ory.txt", "Ten"),)),)), answer(1)) == (0.0, 1)


def test_precision_counts_every_citation() -> None:
    assert citation_precision(gold("Ten people died"), answer(1, 2, 3)) == (1.0, 3)
    assert citation_precision(gold("Ten people died", "struck a ledge"), answer(1, 2)) == (2.0, 2)


def test_an_abstention_counts_as_a_miss_and_has_no_citation() -> None:
    wanted = gold("Ten people died", answers=("ten",))
    assert paragraph_recall(wanted, SILENT) == (0.0, 1)
    assert short_answer(wanted, SILENT) == (0.0, 1)
    assert citation_precision(wanted, SILENT) == (0.0, 0)
    assert answered(wanted, SILENT) == (0.0, 1)
    assert false_abstention(wanted, SILENT) == (1.0, 1)
    assert false_abstention(wanted, answer(1)) == (0.0, 1)


@pytest.mark.parametrize("kind", ["unanswerable", "false-premise"])
def test_where_nothing_is_to_be_said_silence_is_right(kind: str) -> None:
    question = gold(kind=kind)
    assert correct_abstention(question, SILENT) == (1.0, 1)
    assert correct_abstention(question, answer(1)) == (0.0, 1)
    assert correct_abstention(gold("Ten"), SILENT) == (0.0, 0)
    assert not any(m(question, answer(1))[1] for m in (paragraph_recall, citation_precision, short_answer))
    assert false_abstention(question, SILENT) == (0.0, 0)


@pytest.mark.parametrize(
    ("accepted", "said", "right"),
    [
        ("ten", "Ten people died.", True),
        ("Tess Whitlock", "It is led by Tess  Whitlock, a skipper.", True),
        ("St. Clement's Hall", "It opened in St. Clement’s Hall.", True),
        ("$3.5 million", "It cost $3.5 million.", True),
        ("11", "The toll stood at 11.", True),
        ("ten", "It was often late.", False),
        ("11", "There were 110 of them.", False),
        ("11", "There were 1,011, or 2,11 or 11.5 of them.", False),
        ("nine", "Ten people died.", False),
    ],
)
def test_a_short_answer_must_stand_in_whole_words(accepted: str, said: str, right: bool) -> None:
    given = Answer("?", "?", claims=(Claim(said, ()),))
    assert short_answer(gold("Ten", answers=("no such words", accepted)), given) == (float(right), 1)


def test_a_question_without_a_short_answer_does_not_count() -> None:
    assert short_answer(gold("Ten people died"), answer(1)) == (0.0, 0)


@pytest.mark.parametrize("given", [SILENT, answer(1), answer(1, 2, 3)])
@pytest.mark.parametrize("question", [gold("Ten people died", answers=("ten",)), NO_ANSWER])
def test_no_measure_gives_more_than_it_counts(given: Answer, question: GoldQuestion) -> None:
    assert all(0 <= value <= n for value, n in (m.of(question, given) for m in MEASURES))


def test_folding_makes_quotes_and_white_space_alike() -> None:
    assert folded("“It’s\n\tlate,”  he said") == '"It\'s late," he said'


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(counted: tuple[int, int]) -> None:
    successes, n = counted
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    assert low < high


@given(st.integers(0, 20), st.integers(1, 20), st.integers(2, 100))
def test_the_interval_narrows_with_n(successes: int, failures: int, times: int) -> None:
    n = successes + failures
    few, many = wilson(successes, n), wilson(successes * times, n * times)
    assert many[1] - many[0] < few[1] - few[0]


def test_the_interval_is_wilsons() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(0, 0) == (0.0, 1.0)


def library(*articles: Article) -> dict[str, Article]:
    return {a.id: a for a in articles}


def test_pointers_that_lead_to_their_words_are_whole() -> None:
    assert broken_pointers(answer(1, 2, 3), library(STORY).get) == []
    assert broken_pointers(SILENT, library().get) == []


def test_a_planted_bad_offset_is_found() -> None:
    moved = article("story", "An editor's note.", TOLL, CAUSE, OTHER)
    assert broken_pointers(answer(2, 1), library(moved).get) == [
        "[1] does not stand where it says in /news/story.txt",
        "[2] does not stand where it says in /news/story.txt",
    ]


def test_an_article_that_is_gone_is_found() -> None:
    assert broken_pointers(answer(1), library().get) == ["[1] cites an article that is not in the library"]


def test_a_gap_in_the_numbers_is_found() -> None:
    (first, _, third) = answer(1, 2, 3).claims
    assert "differ" in broken_pointers(Answer("?", "?", claims=(first, third)), library(STORY).get)[0]


def test_a_number_for_two_places_is_found() -> None:
    (first,), (other,) = answer(1).claims, answer(2).claims
    (wrong,) = broken_pointers(Answer("?", "?", claims=(first, other)), library(STORY).get)
    assert "[1]" in wrong and "two places" in wrong


def record(**fields: object) -> str:
    return json.dumps({"id": "s1", "kind": "fact", "question": "Who?", **fields}, ensure_ascii=False)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return tmp_path / "suite.jsonl"


def test_the_sample_questions_load() -> None:
    questions = load(sample.QUESTIONS)
    assert len({q.id for q in questions}) == len(questions) > 100
    assert all(bool(q.evidence) == q.answerable for q in questions)
    assert any(q.follows for q in questions)


def test_a_question_is_read_as_it_stands(suite: Path) -> None:
    evidence = [{"article": "a.txt", "quote": "x", "or": [{"article": "b.txt", "quote": "y"}]}]
    suite.write_text(
        record(answers=["Hale\u2028"], evidence=evidence) + "\n\n" + record(id="s2", follows="s1"), "utf-8"
    )
    first, second = load(suite)
    assert (first.answers, first.evidence) == (("Hale\u2028",), (Gold((("a.txt", "x"), ("b.txt", "y"))),))
    assert first.answerable and second.follows == "s1"


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        "7",
        "null",
        '{"id": "s2"}',
        record(id="s2", evidence=[{"article": "a.txt"}]),
        record(id="s2", evidence="a.txt"),
        record(id="s2", answers="ten"),
    ],
)
def test_the_bad_line_is_named(suite: Path, bad: str) -> None:
    suite.write_text(f"{record()}\n\n{bad}\n")
    with pytest.raises(PilcrowError, match=r"^Line 3 of .*suite\.jsonl is not a gold question"):
        load(suite)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([record(), record()], "an id stands twice"),
        ([record(follows="s9")], "s1 follows"),
        ([record(follows="s2"), record(id="s2")], "s1 follows"),
        ([record(follows="s1")], "s1 follows"),
        (["", "  "], "holds no questions"),
    ],
)
def test_questions_that_do_not_hang_together_are_refused(suite: Path, lines: list[str], why: str) -> None:
    suite.write_text("\n".join(lines))
    with pytest.raises(PilcrowError, match=why):
        load(suite)


def test_a_missing_or_foreign_file_is_refused_in_a_sentence(suite: Path) -> None:
    with pytest.raises(PilcrowError, match="could not be read"):
        load(suite)
    suite.write_bytes(record().encode() + b"\n\xff\xfe")
    with pytest.raises(PilcrowError, match="UTF-8"):
        load(suite)
