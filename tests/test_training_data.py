"""What the reader learns from: a planted error changes what is said, a reworded claim does not lose its figures."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reader.training.claims import claim_of, reword
from rag.reader.training.conditions import conditioned, dated
from rag.reader.training.edits import names_of, opposites, plant
from rag.reader.training.examples import question_groups, sentence_groups
from rag.reader.training.sources import Asked, asked, held_out, wires
from rag.reader.training.worlds import APART, world_groups, worlds
from rag.reader.training.written import FOLDER, written, written_groups

SHARED = Path(__file__).resolve().parents[2] / "shared"
CONTEXT = (
    "The ferry Margaret Ann left Port Hale at 6 p.m. with 140 people on board. It struck the ledge an hour later. "
    "The first boat to reach the wreck lifted 22 people from the water, the coast guard said."
)


def near(word: str) -> tuple[str, ...]:
    return {"ferry": ("tram",), "water": ("snow",)}.get(word, ())


@given(st.integers(0, 10_000), st.sampled_from(["number", "name", "swap", "opposite"]))
def test_a_planted_error_changes_the_text(seed: int, kind: str) -> None:
    edit = plant(CONTEXT, ["Tom Reed", "Lake Orin"], random.Random(seed), (kind,))  # type: ignore[arg-type]
    assert edit and edit.text.lower() != CONTEXT.lower()


def test_each_kind_of_error_is_what_it_says() -> None:
    def planted(text: str, kind: str) -> str:
        edit = plant(text, ["Tom Reed"], random.Random(3), (kind,), near=near, context=CONTEXT)  # type: ignore[arg-type]
        assert edit and edit.kind == kind
        return edit.text

    assert planted("Who died in 1987?", "number") != "Who died in 1987?"
    assert planted("What did Ann Hale say?", "name") == "What did Tom Reed say?"
    assert planted("Did the Port Authority sue Ann Hale?", "swap") == "Did the Ann Hale sue Port Authority?"
    assert planted("Who was the first to speak?", "opposite") == "Who was the last to speak?"
    assert planted("Who was saved?", "negation") in ("Who was not saved?", "Who was never saved?")
    assert planted("where did the ferry go", "word") == "where did the tram go"


def test_no_error_is_planted_where_none_fits() -> None:
    assert plant("so what", [], random.Random(0), ("number", "name")) is None


def test_opposites_go_both_ways() -> None:
    assert all(word in opposites()[other] for word, others in opposites().items() for other in others)


def test_names_leave_out_days_and_the_word_that_opens_a_sentence() -> None:
    assert names_of("Yesterday Ann Hale met Reed on Monday. Boats sank off Port Hale.") == [
        "Yesterday Ann Hale",
        "Reed",
        "Port Hale",
    ]


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("Who won the vote?", "Ann Hale", "Ann Hale won the vote."),
        ("How many people died?", "Six", "Six people died."),
        ("When did the bridge open?", "1932", "the bridge open in 1932."),
        ("What is the capital of Peru?", "Lima", "the capital of Peru is Lima."),
        ("Why did they leave?", "because of the flood", "they leave because of the flood."),
    ],
)
def test_a_question_and_its_answer_make_a_claim(question: str, answer: str, claim: str) -> None:
    assert claim_of(question, answer) == claim


@given(st.integers(0, 10_000))
def test_rewording_keeps_names_and_digits(seed: int) -> None:
    said = reword(CONTEXT, random.Random(seed))
    assert "Margaret Ann" in said and "140" in said and "22" in said


def example(question: str, answer: str) -> Asked:
    at = CONTEXT.index(answer)
    return Asked("test", "The Margaret Ann", CONTEXT, question, ((at, at + len(answer)),), "")


ROWS = [example("How many people were on board?", "140"), example("When did the ferry leave?", "6 p.m.")] * 20


def test_the_true_paragraph_stands_first_and_holds_the_answer_where_it_is_said_to() -> None:
    share = {"lookalike": 1.0, "rest": 1.0, "edited": 1.0, "named": 1.0, "conditioned": 1.0, "dated": 0.0}
    groups = question_groups(ROWS, random.Random(0), share, near)
    assert len(groups) == len(ROWS)
    for row, (gold, *misses) in zip(ROWS, groups, strict=True):
        start, end = row.answers[0]
        assert gold.answers == gold.relevant == 1
        assert [gold.text[a:b] for a, b in gold.spans] == [CONTEXT[start:end]]
        assert all(m.answers == 0 and not m.spans for m in misses)
        assert all(
            CONTEXT[start:end].lower() not in m.text.lower()
            for m in misses
            if m.kind != "edited" and "edited" not in m.kind
        )


def test_a_claim_and_its_error_share_a_paragraph() -> None:
    groups = sentence_groups([("", CONTEXT)] * 20, random.Random(0), near)
    assert groups
    for true, *wrong in groups:
        assert true.supported == 1 and all(w.supported == 0 and w.text == true.text for w in wrong)


def test_an_article_is_trained_on_or_measured_on_never_both() -> None:
    if not (SHARED / "train").is_dir():
        pytest.skip("the training data are not beside this checkout")
    rows = asked(SHARED / "train")
    sides = {held_out(row.title) for row in rows if row.title == "Acronym"}
    assert len(sides) == 1
    share = sum(held_out(f"article {n}") for n in range(5000)) / 5000
    assert 0.03 < share < 0.07


@given(st.integers(0, 10_000))
def test_a_condition_is_met_by_the_header_or_it_is_not(seed: int) -> None:
    report = dated("How many people died?", random.Random(seed))
    assert report and report.met != report.unmet and report.met.endswith("?")
    said = report.met.removeprefix("How many people died ").rstrip("?").split(maxsplit=1)[1]
    words = said.removeprefix("the report of ").removeprefix("to ").split()
    assert all(word in report.line for word in words)


def test_a_question_with_a_date_gets_no_second_one() -> None:
    assert dated("Who died in 1987?", random.Random(0)) is None


@given(st.integers(0, 10_000))
def test_an_added_condition_is_not_in_the_text(seed: int) -> None:
    asked = conditioned("Who died?", ["Lake Orin"], CONTEXT, random.Random(seed))
    assert asked and asked.endswith("?") and asked.rstrip("?").split()[-1] not in CONTEXT


def test_of_what_was_written_every_answer_is_a_piece_of_its_paragraph_and_no_tempting_one_has_any() -> None:
    texts = written((), ())
    assert len(texts) > 250, "the stories need nothing from elsewhere"
    for told in texts:
        assert {bool(q.answer) for q in told.questions} == {True, False}, told.id
        for question in told.questions:
            low, high = question.answer or (0, 1)
            assert told.paragraphs[question.paragraph][low:high].strip(), (told.id, question.text)


def test_written_questions_stand_beside_those_that_their_text_only_seems_to_answer() -> None:
    texts = written((), ())
    groups = written_groups(texts, random.Random(1), dev=False)
    judged = [group for group in groups if group[0].answers is not None]
    assert all(pair.text[slice(*span)].strip() for group in judged for pair in group for span in pair.spans)
    assert sum(group[0].answers == 1 and any(p.answers == 0 for p in group) for group in judged) > 0.8 * len(judged)
    held = {pair.query for group in written_groups(texts, random.Random(1), dev=True) for pair in group}
    assert held and not held & {pair.query for group in judged for pair in group}


def test_a_twin_stands_beside_its_near_miss_in_nearly_the_same_words_over_the_same_paragraph() -> None:
    texts = [told for told in written((), ())]
    twins = [(told, q) for told in texts for q in told.questions if q.twin_of is not None]
    assert len(twins) > 800
    for told, twin in twins:
        miss = told.questions[twin.twin_of or 0]
        assert twin.answer and not miss.answer and twin.paragraph == miss.paragraph
        one, other = ({*re.findall(r"\w+", q.text.lower())} for q in (twin, miss))
        assert twin.text != miss.text and len(one & other) / max(len(one), len(other)) >= 0.5, (twin, miss)
    groups = written_groups(texts, random.Random(1), dev=False)
    paired = [group for group in groups if group[0].kind == "twin"]
    assert len(paired) > 700 and all(group[-1].kind.endswith("twin") for group in paired)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the training data are not here")
def test_questions_on_texts_of_other_sources_find_their_texts() -> None:
    texts = written(asked(SHARED / "train"), wires(SHARED / "corpora"))
    named = sum(1 for line in (FOLDER / "questions.jsonl").open(encoding="utf-8") if line.strip())
    assert len(texts) - len(written((), ())) == named


def test_in_a_world_every_answer_lies_in_its_paragraph_and_some_questions_have_none() -> None:
    every = [*worlds(), *worlds(APART)]
    assert len(every) > 40
    for world in every:
        assert {bool(q.places) for q in world.questions} == {True, False}, world.name
        for question in world.questions:
            for (article, paragraph), spans in question.places.items():
                text = world.articles[article].paragraphs[paragraph]
                assert all(text[slice(*span)].strip() for span in spans), (world.name, question.text)
            assert not set(question.near) & question.places.keys()
    assert any(len(spans) > 1 for world in every for q in world.questions for spans in q.places.values())


def test_what_is_fitted_on_its_judgements_the_reader_was_not_trained_on() -> None:
    trained, apart = (
        {told.paragraphs for world in held for told in world.articles} for held in (worlds(), worlds(APART))
    )
    assert trained and apart and not trained & apart


def test_beside_a_paragraph_that_answers_stand_some_of_its_world_that_do_not() -> None:
    held = worlds()[:2]
    groups = world_groups(held, random.Random(1))
    assert sum(len(world.questions) + len(world.follow_ups) for world in held) == len(groups)
    for group in groups:
        right = [pair for pair in group if pair.answers == 1]
        assert len(right) <= 1 and len(group) > len(right)
        assert all(pair.text[slice(*span)].strip() for pair in right for span in pair.spans)
        assert len({pair.query for pair in group}) == 1


def test_a_follow_up_stands_behind_the_question_before_it_and_is_answered_where_the_question_that_it_means_is() -> None:
    asked = [(world, one) for world in (*worlds(), *worlds(APART)) for one in world.follow_ups]
    assert len(asked) > 1000
    for world, one in asked:
        before, meant, found = world.questions[one.after], world.questions[one.asks], world.heard(one, told=True)
        assert one.after != one.asks and one.text not in (before.text, ""), (world.name, one)
        assert found.text.startswith(before.text) and found.text.endswith(one.text)
        assert found.places == meant.places
        assert not set(found.near) & found.places.keys()


def test_what_answered_the_question_before_a_follow_up_tempts_most() -> None:
    for world in worlds()[:3]:
        for one in world.follow_ups:
            other = [
                place for place in world.questions[one.after].places if place not in world.questions[one.asks].places
            ]
            assert list(world.heard(one, told=False).near[: len(other)]) == other
