"""Gold of the kinds that ask for understanding is read or refused; any system is asked it, and scored on it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.adopt import adopt
from eval.ask import ask, ready
from eval.case import Case
from eval.gold import load
from eval.gold_lines import question_from, question_record
from eval.report import write_report
from eval.response import Cited, Given, Response, Said, renamed
from eval.response_lines import from_record, to_record
from eval.score import ALL, scores
from eval.suites import suite
from index import Filters, PilcrowError
from rag import Answer, Answerer
from tests.brask import DAHL, FIVE, NUMBERED, THREE, VOTE, Brask, brask


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Brask:
    return brask(tmp_path_factory.mktemp("gold") / "brask")


# Gold


def test_questions_that_ask_for_understanding_survive_being_written(town: Brask) -> None:
    assert tuple(question_from(json.loads(json.dumps(question_record(q)))) for q in town.questions) == town.questions
    moment = town.one("as-of")
    assert moment.filters == Filters(as_of=date(2026, 5, 5)) and moment.answerable
    assert not next(q for q in town.questions if q.says == "untold").answerable


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "figures"}, "needs values"),
        ({"kind": "fact", "values": [{"value": "3", **THREE}]}, "the kind fact has no values"),
        ({"kind": "figures", "values": [{"value": "3", **THREE}], "latest": "4"}, "'4', is none of the values"),
        ({"kind": "figures", "values": [{"value": " ", **THREE}]}, "answer is empty"),
        ({"kind": "figures", "values": [{**THREE}]}, "'value' is missing"),
        ({"kind": "as-of", "as_of": "4 May"}, "as_of is no date such as 2026-03-09: '4 May'"),
        ({"kind": "as-of", "since": "2026-05-02", "until": "2026-05-01"}, "since lies after until"),
        ({"kind": "who-said", "says": "maybe"}, "says is 'maybe' and not one of yes, no, untold"),
        ({"kind": "who-said", "says": "untold", "evidence": [DAHL]}, "has no evidence"),
        ({"kind": "timeline", "evidence": [VOTE]}, "needs days"),
        ({"kind": "timeline", "evidence": [VOTE], "days": ["2026-05-01", "2026-05-02"]}, "1 events and 2 days"),
        ({"kind": "timeline", "evidence": [VOTE, FIVE], "days": ["2026-05-02", "2026-05-01"]}, "not in the order"),
        ({"kind": "unanswerable", "reason": "shyness"}, "reason is 'shyness'"),
        ({"kind": "unanswerable", "premise": THREE}, "unanswerable has no premise"),
        ({"kind": "partial", "evidence": [VOTE]}, "needs missing"),
        ({"kind": "opinion", "opinion": "yes"}, "opinion is neither true nor false"),
        ({"kind": "opinion"}, "needs opinion"),
        ({"kind": "quote", "found": "none", "evidence": [VOTE]}, "others have none"),
        ({"kind": "quote", "found": "exact"}, "others have none"),
        ({"kind": "fact", "standalone": "Who?"}, "needs no standalone form"),
    ],
)
def test_fields_that_do_not_fit_the_kind_are_refused_with_their_line(
    tmp_path: Path, fields: dict[str, Any], why: str
) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n" + json.dumps({"id": "x", "question": "Who?", **fields}) + "\n")
    with pytest.raises(PilcrowError, match=r"^Line 2 of .*" + why):
        load(file)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("figures", {"values": [{"value": "3", "article": "brask-echo/fire.txt", "quote": "no such words"}]}),
        ("false-premise", {"premise": {"article": "brask-echo/fire.txt", "quote": "no such words"}}),
        ("unanswerable", {"reason": "fact", "about": "no such words"}),
    ],
)
def test_values_premises_and_what_a_question_is_about_must_stand_in_the_articles(
    town: Brask, tmp_path: Path, kind: str, fields: dict[str, Any]
) -> None:
    (tmp_path / "articles").symlink_to(town.folder / "articles")
    (tmp_path / "questions.jsonl").write_text(json.dumps({"id": "x", "kind": kind, "question": "Who?", **fields}))
    with pytest.raises(PilcrowError, match=r"Line 1 of .*no such words"):
        ready(suite(str(tmp_path), None, tmp_path), None)


def test_a_folder_that_lacks_its_articles_is_no_suite(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("{}")
    with pytest.raises(PilcrowError, match="is no suite"):
        suite(str(tmp_path), None, tmp_path)


# Responses and runs

TEXTS = st.text(max_size=12)
CITED = st.builds(Cited, st.just("a.txt"), TEXTS, st.none() | st.integers(0, 99), st.none() | st.integers(0, 99))
SAID = st.builds(Said, TEXTS, st.tuples(CITED), TEXTS, TEXTS, st.none() | st.dates(), st.booleans())
RESPONSES = st.builds(
    Response,
    TEXTS,
    sentences=st.lists(SAID, max_size=2).map(tuple),
    lead=TEXTS,
    lacks=TEXTS,
    premise=st.none() | SAID,
    values=st.lists(st.builds(Given, TEXTS, st.none() | CITED), max_size=2).map(tuple),
    latest=TEXTS,
    notices=st.lists(TEXTS, max_size=2).map(tuple),
    retrieved=st.none() | st.tuples(CITED),
    in_full=st.none() | st.builds(Response, TEXTS),
)


@given(RESPONSES)
def test_a_response_survives_being_written(response: Response) -> None:
    assert from_record(json.loads(json.dumps(to_record(response)))) == response
    assert renamed(response, lambda file: file) == response


@pytest.fixture(scope="module")
def lines(town: Brask) -> list[dict[str, Any]]:
    """The right answers as any system would write them."""
    place = {"file": "fell-radio/toll.txt", "quote": "nobody jumped from the roof"}
    found = {"id": "q21", "found": place, "outcome": "exact", "outlet": "The Fell Radio", "day": "2026-05-06"}
    return [*map(to_record, town.answers.values()), found, {"id": "q22", "found": None, "outcome": "none"}]


def test_any_system_is_scored_on_understanding(town: Brask, tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    file = tmp_path / "theirs.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    run = adopt(file, str(town.folder), system="theirs", runs=tmp_path / "runs")
    cases = run.cases()
    found = scores(cases)["brask"]["theirs"]
    assert found[ALL]["changing figures right"].value == found["quote"]["traced in full"].value == 1
    assert found[ALL]["outcome right"].n == 2 and found[ALL]["declined"].value == 1
    assert "changing figures right" not in found["quote"]
    page = write_report(run, cases, scores(cases)).read_text("utf-8")
    assert "half answered, half told" in page and "nobody jumped from the roof" in page


def test_a_system_that_tells_words_and_places_alone_is_scored_too(
    town: Brask, tmp_path: Path, lines: list[dict[str, Any]]
) -> None:
    file = tmp_path / "plain.jsonl"
    plain = [{"id": line["id"], "sentences": line["sentences"]} for line in lines if "sentences" in line]
    file.write_text("".join(json.dumps(line) + "\n" for line in plain), "utf-8")
    found = scores(adopt(file, str(town.folder), system="plain", runs=tmp_path / "runs").cases())["brask"]["plain"][ALL]
    assert found["events found"].value == 1 and found["reason right"].value == 0
    assert not {"traced in full", "kept in conversation"} & set(found)


def test_dates_the_day_of_asking_and_the_full_form_are_passed_on_and_quotes_are_looked_up(
    town: Brask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, dict[str, Any]] = {}

    def answer(_: Answerer, question: str, **how: Any) -> Answer:
        asked[question] = how
        return Answer(question, question)

    monkeypatch.setattr("eval.ask.Answerer.answer", answer)
    run = ask([str(town.folder)], runs=tmp_path)
    by_text = {r["question"]: r for r in NUMBERED}
    assert asked["How many people did the mill fire kill?"]["filters"] == Filters(as_of=date(2026, 5, 5))
    assert asked["How many died in the fire?"]["filters"] == Filters(until=date(2026, 5, 1))
    assert asked["How many dead did the hospital count yesterday?"]["today"] == date(2026, 5, 7)
    assert all("today" not in how for text, how in asked.items() if not by_text.get(text, {}).get("asked_on"))
    assert [a.question for a in asked["And what did its owner say?"]["history"]] == ["What burned in Tolm?"]
    assert "history" not in asked["What did the owner of the mill in Tolm say?"]
    assert not any(r["kind"] == "quote" and r["question"] in asked for r in NUMBERED)
    told = {
        r["id"]: r for r in map(json.loads, run.answers.read_text("utf-8").splitlines()) if r["id"] in ("q21", "q9")
    }
    assert told["q21"]["found"]["file"] == "fell-radio/toll.txt" and told["q21"]["outcome"] == "exact"
    cases = {c.id: c for c in run.cases()["brask"]["Pilcrow"]}
    follow_up = cases["q9"]
    assert isinstance(follow_up, Case) and follow_up.in_full is not None
