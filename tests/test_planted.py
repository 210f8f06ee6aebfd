"""The bench of planted errors: every mutant is wrong in one known way, and what is measured does not fall."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest

import sample
from eval.planted.cases import HALVES, PARAPHRASES, Case, paraphrases, read_folder, verbatim
from eval.planted.errors import PLANTS, SOFT, plant
from index import Article
from rag.verify import faults, judge


@pytest.fixture(scope="module")
def articles() -> Iterator[list[Article]]:
    yield read_folder(sample.ARTICLES)


@pytest.fixture(scope="module")
def cases(articles: list[Article]) -> list[Case]:
    return list(verbatim(articles, 3))


def test_every_paraphrase_has_its_sentences_in_one_paragraph(articles: list[Article]) -> None:
    found = [case for half in HALVES for case in paraphrases(half, articles)]
    assert len(found) == len(PARAPHRASES.read_text("utf-8").splitlines()) >= 120
    assert all(case.sentence != case.quote for case in found)


def test_no_sentence_is_paraphrased_in_two_halves() -> None:
    held: dict[str, set[str]] = defaultdict(set)
    for line in PARAPHRASES.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["half"] != "held back, second":
            held[record["file"]].add(record["half"])
    assert all(len(halves) == 1 for halves in held.values())


def test_every_kind_of_error_is_planted_and_changes_the_sentence_or_its_citation(cases: list[Case]) -> None:
    spoilt = plant(cases)
    assert {one.kind for one in spoilt} == set(PLANTS)
    for one in spoilt:
        same_place = any(one.case.passage is case.passage for case in cases if case.sentence == one.right)
        assert (one.case.sentence == one.right) != same_place or one.kind.startswith("wrong")


def test_the_same_errors_are_planted_every_time(cases: list[Case]) -> None:
    assert plant(cases[:10]) == plant(cases[:10])
    assert plant(cases[:10]) != plant(cases[:10], seed=1)


def test_no_rule_finds_fault_with_an_articles_own_sentence(cases: list[Case]) -> None:
    assert [case.sentence for case in cases if faults(case.sentence, [case.source], support=0.9)] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("number", 0.95),
        ("unit", 0.95),
        ("date", 0.95),
        ("quotation altered", 0.95),
        ("name", 0.9),
        ("place", 0.9),
        ("wrong article", 0.9),
        ("wrong paragraph", 0.9),
        ("negation", 0.85),
        ("speaker", 0.85),
        ("cause", 0.85),
        ("attribution dropped", 0.85),
    ],
)
def test_planted_errors_are_noticed(cases: list[Case], kind: str, least: float) -> None:
    """A reader that believes half of everything: what is noticed here, the comparison of words noticed alone."""
    spoilt = [one for one in plant(cases) if one.kind == kind]
    verdicts = [judge(one.case.sentence, [one.case.source], support=0.49).verdict for one in spoilt]
    noticed = [v == "unsupported" or (kind in SOFT and v == "partly") for v in verdicts]
    assert len(noticed) >= 5
    assert sum(noticed) / len(noticed) >= least


def test_paraphrases_are_seldom_refused(articles: list[Article]) -> None:
    """The rules were made while looking at these: the figure to quote is that of the other halves."""
    known = paraphrases("development", articles)
    refused = [c.sentence for c in known if judge(c.sentence, [c.source], support=0.9).verdict == "unsupported"]
    assert len(refused) / len(known) <= 0.05, refused


def test_a_sentence_that_cites_nothing_near_is_refused(cases: list[Case]) -> None:
    one, other = cases[0], cases[-1]
    moved = replace(one, passage=other.passage, quote=other.quote)
    assert judge(moved.sentence, [moved.source], support=0.9).verdict == "unsupported"
