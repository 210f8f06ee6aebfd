"""What holds for every reader: what it shows lies in its paragraph, and no passage changes how another is read."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from index import Library, Passage
from index.sentences import sentences
from rag import Evidence
from rag.question import Question, understand
from rag.reader import Reader
from rag.reader.chosen import plain_reader
from rag.reader.trained import TrainedReader

QUESTIONS = (
    "How many people died when the ferry sank?",
    "What did the captain say about the radar?",
    "Why did the dock workers go on strike?",
    "Who won the mayoral election?",
)
NOISE = 0.02
"""How far a probability may move with the texts beside it: the plain reader's encoder computes in bfloat16."""


@pytest.fixture(scope="module", params=["plain", "trained"])
def reader(request: pytest.FixtureRequest, sample_library: Library) -> Reader:
    if request.param == "plain":
        return plain_reader(sample_library)
    return TrainedReader(precision="f32")


@pytest.fixture(params=QUESTIONS)
def asked(request: pytest.FixtureRequest) -> Question:
    return understand(request.param)


@pytest.fixture
def passages(sample_library: Library, asked: Question) -> tuple[Passage, ...]:
    return sample_library.search(asked.text, 6)


def alike(one: Evidence, other: Evidence) -> bool:
    """Of two spans that are as likely as each other the noise may choose: they begin or end in one place."""
    near = (abs(one.relevance - other.relevance), abs(one.answers - other.answers))
    ends = zip(one.answer or (-1, -1), other.answer or (-1, -1), strict=True)
    same = (one.passage, one.sentence) == (other.passage, other.sentence) and any(a == b for a, b in ends)
    return same and max(near) < NOISE


def test_one_evidence_a_passage_in_their_order(reader: Reader, asked: Question, passages: Sequence[Passage]) -> None:
    found = reader.read(asked, passages)
    assert passages and tuple(e.passage for e in found) == passages


def test_sentence_and_answer_lie_in_the_paragraph(reader: Reader, asked: Question, passages: Sequence[Passage]) -> None:
    for e in reader.read(asked, passages):
        assert e.sentence in sentences(e.passage.paragraph.text)
        assert 0 <= e.relevance <= 1 and 0 <= e.answers <= 1
        if e.answer:
            assert e.sentence[0] <= e.answer[0] < e.answer[1] <= e.sentence[1]


def test_a_passage_is_read_alone_as_among_others(reader: Reader, asked: Question, passages: Sequence[Passage]) -> None:
    together = reader.read(asked, passages)
    alone = [e for p in passages for e in reader.read(asked, [p])]
    assert all(map(alike, together, alone))


def test_the_order_of_passages_changes_no_evidence(
    reader: Reader, asked: Question, passages: Sequence[Passage]
) -> None:
    forth, back = reader.read(asked, passages), reader.read(asked, passages[::-1])
    assert all(map(alike, forth, back[::-1]))


def test_reading_twice_gives_the_same(reader: Reader, asked: Question, passages: Sequence[Passage]) -> None:
    assert reader.read(asked, passages) == reader.read(asked, passages)


def test_threads_share_a_reader(reader: Reader, sample_library: Library) -> None:
    asked = understand(QUESTIONS[0])
    passages = sample_library.search(asked.text, 6)
    expected = reader.read(asked, passages)
    found: list[tuple[Evidence, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(reader.read(asked, passages))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(alike(one, other) for evidence in found for one, other in zip(evidence, expected, strict=True))


def test_nothing_to_read_is_no_evidence(reader: Reader) -> None:
    assert reader.read(understand("Who won?"), []) == ()
    assert reader.support("It sank.", []) == ()


@pytest.mark.parametrize("question", ["Why?", " ".join(["harbour"] * 290) + " how many people died?"])
def test_a_question_without_words_and_a_very_long_one_are_read(
    reader: Reader, sample_library: Library, question: str
) -> None:
    passages = sample_library.search("ferry", 3)
    assert len(reader.read(understand(question), passages)) == 3


def test_support_is_from_0_to_1_and_one_a_passage(reader: Reader, sample_library: Library) -> None:
    passages = sample_library.search("ferry", 8)
    shares = reader.support("The ferry sank.", passages)
    assert len(shares) == len(passages) and all(0 <= s <= 1 for s in shares)
