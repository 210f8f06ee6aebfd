"""Answers as plain values: nothing is lost on the way, and nothing that was tampered with comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from index import Library, PilcrowError
from rag import Answer, Answerer
from rag.serialize import from_dict, to_dict

Record = dict[str, Any]

ASKED = (
    "How many people died when the ferry sank?",
    "What did the captain say about the radar?",
    "Why did the dock workers go on strike?",
    "Who won the mayoral election?",
    "What salary does Clive Bannerman earn?",
    "Who is Xanthippe Quibble?",
)
SOURCE_KEYS = {
    "article_id",
    "path",
    "url",
    "title",
    "source",
    "published",
    "paragraph_id",
    "paragraph",
    "paragraph_text",
}
KEYS = {
    "question",
    "standalone_question",
    "status",
    "reason",
    "text",
    "claims",
    "citations",
    "conflicts",
    "rejected",
    "closest",
    "engine",
    "fingerprint",
    "timings",
}


@pytest.fixture(scope="module")
def answers(sample_library: Library) -> list[Answer]:
    answerer = Answerer(sample_library)
    return [answerer.answer(question) for question in ASKED]


@pytest.fixture
def record(answers: list[Answer]) -> Record:
    """An answer with claims, as it was saved."""
    return deepcopy(to_dict(next(a for a in answers if a.citations)))


def test_both_answers_and_abstentions_are_tried(answers: list[Answer]) -> None:
    assert {a.status for a in answers} >= {"answered", "abstained"}


def test_nothing_is_lost_there_and_back(answers: list[Answer]) -> None:
    for answer in answers:
        saved = to_dict(answer)
        assert to_dict(from_dict(saved)) == saved == answer.to_dict()
        assert from_dict(saved).status == answer.status and from_dict(saved).text == answer.text


def test_json_brings_the_same_back(answers: list[Answer]) -> None:
    for answer in answers:
        saved = to_dict(answer)
        assert json.loads(json.dumps(saved)) == saved
        assert to_dict(Answer.from_dict(json.loads(json.dumps(saved)))) == saved


def test_every_key_of_the_contract_is_there(answers: list[Answer]) -> None:
    for saved in map(to_dict, answers):
        assert saved.keys() >= KEYS
        assert all(claim.keys() >= {"text", "verdict", "speaker", "citations"} for claim in saved["claims"])
        assert all(c.keys() >= {"number", *SOURCE_KEYS, "start", "end", "quote"} for c in saved["citations"])
        assert all(near.keys() >= SOURCE_KEYS for near in saved["closest"])


def test_a_quote_is_the_slice_its_offsets_name(answers: list[Answer]) -> None:
    for citation in (c for a in answers for c in to_dict(a)["citations"]):
        assert citation["paragraph_text"][citation["start"] : citation["end"]] == citation["quote"] != ""


def test_claims_cite_what_is_listed_and_all_of_it(answers: list[Answer]) -> None:
    for saved in map(to_dict, answers):
        cited = {number for claim in saved["claims"] for number in claim["citations"]}
        assert cited == {c["number"] for c in saved["citations"]} == set(range(1, len(saved["citations"]) + 1))


def test_an_abstention_lists_no_source_and_says_why(answers: list[Answer]) -> None:
    silent = [to_dict(a) for a in answers if a.status == "abstained"]
    assert all(not s["claims"] and not s["citations"] and s["reason"] and s["text"] == s["reason"] for s in silent)


TAMPERED: dict[str, Callable[[Record], object]] = {
    "another quote": lambda r: r["citations"][0].update(quote="We never said this."),
    "another paragraph": lambda r: r["citations"][0].update(paragraph_text="Another text."),
    "shifted start": lambda r: r["citations"][0].update(start=r["citations"][0]["start"] + 1),
    "negative start": lambda r: r["citations"][0].update(start=-1),
    "end beyond": lambda r: r["citations"][0].update(end=10**6),
    "empty slice": lambda r: r["citations"][0].update(end=r["citations"][0]["start"], quote=""),
    "unknown key": lambda r: r.update(extra=1),
    "unknown key in a citation": lambda r: r["citations"][0].update(extra=1),
    "missing key": lambda r: r.pop("fingerprint"),
    "missing quote": lambda r: r["citations"][0].pop("quote"),
    "missing citation": lambda r: r["citations"].pop(),
    "unlisted number": lambda r: r["claims"][0]["citations"].append(99),
    "unused citation": lambda r: r["citations"].append({**r["citations"][0], "number": 99}),
    "number twice": lambda r: r["citations"].append(r["citations"][0]),
    "another status": lambda r: r.update(status="abstained"),
    "unknown status": lambda r: r.update(status="certain"),
    "unknown verdict": lambda r: r["claims"][0].update(verdict="true"),
    "another text": lambda r: r.update(text="It was the mayor."),
    "text for a number": lambda r: r["citations"][0].update(start="first"),
    "no date": lambda r: r["citations"][0].update(published="tomorrow"),
    "no list": lambda r: r.update(claims="none"),
}


@pytest.mark.parametrize("change", TAMPERED)
def test_what_was_tampered_with_is_refused_in_a_sentence(record: Record, change: str) -> None:
    TAMPERED[change](record)
    with pytest.raises(PilcrowError) as refused:
        from_dict(record)
    said = str(refused.value)
    assert said.startswith("This is not a saved answer: ") and said.endswith(".")
    assert "\n" not in said and ".." not in said and len(said) > 40


def test_a_missing_citation_is_named(record: Record) -> None:
    record["claims"][0]["citations"].append(99)
    with pytest.raises(PilcrowError, match=r"cites \[99\]"):
        from_dict(record)


@pytest.mark.parametrize("other", [{}, [], "answer", None, 7])
def test_anything_else_is_refused_in_a_sentence(other: Any) -> None:
    with pytest.raises(PilcrowError, match=r"^This is not a saved answer: \w.+\.$"):
        from_dict(other)
