"""Right answers score full on the measures of understanding, and each known fault less on those meant for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.case import case_of
from eval.gold import GoldQuestion
from eval.measures import LOOKUP, QUESTION, UNDERSTANDING
from eval.measures.said import verdict
from eval.measures.shown import says
from eval.measures.timeline import ORDER
from eval.measures.turns import kept
from eval.response import Cited, Given, Response, Said
from eval.score import figures
from tests.brask import VOTE, Brask, brask


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Brask:
    return brask(tmp_path_factory.mktemp("gold") / "brask")


Measured = Callable[..., dict[str, float]]


@pytest.fixture(scope="module")
def values(town: Brask) -> Measured:
    """The measures of the right answers, every one put through a change."""

    def measured(change: Callable[[Response], Response] = lambda r: r) -> dict[str, float]:
        made = [case_of(q, change(town.answers[q.id]), town.corpus) for q in town.questions if q.id in town.answers]
        return {name: of.value for name, of in figures(made).items()}

    return measured


def test_right_answers_score_full_on_every_measure(values: Measured) -> None:
    found = values()
    assert {m.name for m in UNDERSTANDING} <= set(found)
    for measure in UNDERSTANDING:
        assert found[measure.name] == pytest.approx(float(measure.better == "high")), measure.name
    assert found["false abstention"] == 0 and found["correct abstention"] == found["who-said accuracy"] == 1


def first_only(r: Response) -> Response:
    return replace(r, sentences=r.sentences[:1], values=r.values[:1])


def backwards(r: Response) -> Response:
    return replace(r, sentences=r.sentences[::-1], values=r.values[::-1])


def cited_twice(r: Response) -> Response:
    return replace(r, sentences=tuple(replace(s, citations=s.citations * 2) for s in r.sentences))


def next_day(r: Response) -> Response:
    return replace(r, sentences=tuple(replace(s, day=s.day and date(2026, 5, 30)) for s in r.sentences))


def another_value(r: Response) -> Response:
    return replace(r, values=(*r.values, Given("Eleven")))


def other_short(r: Response) -> Response:
    return replace(r, short={"q1": "Five", "q2": "three", "q4": "Karl Venn", "q17": "40"}.get(r.id, r.short))


def with_copy(r: Response) -> Response:
    copy = Said("Five dead.", (Cited("brask-echo/toll.txt", "Five people are now known to have died"),))
    return replace(r, sentences=(*r.sentences, copy))


def others_words(r: Response) -> Response:
    return replace(r, sentences=(*r.sentences, Said("The mill would be built again.")))


def late(r: Response) -> Response:
    return replace(r, sentences=(*r.sentences, Said("It goes.", (Cited("coast-wire/ruin.txt", VOTE["quote"]),))))


def silent(r: Response) -> Response:
    return Response(r.id, in_full=r.in_full)


FAULTS: dict[str, tuple[Callable[[Response], Response], tuple[str, ...]]] = {
    "the first sentence only": (
        first_only,
        ("changing figures right", "values found", "events found", "sources found"),
    ),
    "the wrong way round": (backwards, ("changing figures right", "values in order", "order of events")),
    "a figure of something else": (another_value, ("changing figures right", "other figures given")),
    "the old value as the latest": (lambda r: replace(r, latest="three" * bool(r.latest)), ("latest value right",)),
    "everything cited twice": (cited_twice, ("one citation an event",)),
    "another day": (next_day, ("event days right",)),
    "a wrong answer put forward": (other_short, ("right for its moment", "speaker right", "corrected value given")),
    "a later article": (late, ("cited within the dates",)),
    "somebody else's words": (others_words, ("nobody else's words",)),
    "always yes": (lambda r: replace(r, lead="Yes."), ("said or not, right", "wrongly confirmed")),
    "the wrong reason": (lambda r: replace(r, lacks="disagree"), ("reason right", "half answered, half told")),
    "no premise": (lambda r: replace(r, premise=None), ("premise denied",)),
    "nothing said to be missing": (lambda r: replace(r, reason=""), ("missing part told", "half answered, half told")),
    "no word of the correction": (lambda r: replace(r, lead=""), ("correction told",)),
    "a copy beside": (with_copy, ("copies counted once",)),
    "opinion not named": (
        lambda r: replace(r, sentences=tuple(replace(s, opinion=False) for s in r.sentences)),
        ("opinion named",),
    ),
    "all called opinion": (lambda r: replace(r, lead="In an opinion piece:"), ("opinion named",)),
    "silence": (silent, ("follow-up recall", "kept in conversation", "statements found", "answerable part cited")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_known_fault_costs_on_the_measures_meant_for_it(name: str, values: Measured) -> None:
    change, names = FAULTS[name]
    right, spoilt = values(), values(change)
    better = {m.name: m.better for m in UNDERSTANDING}
    for measure in names:
        worse = spoilt[measure] - right[measure]
        assert worse < -0.1 if better[measure] == "high" else worse > 0.1, (measure, spoilt[measure])


def test_a_notice_beside_the_citation_tells_of_the_correction(values: Measured) -> None:
    assert values(lambda r: replace(r, lead="", notices=("It has 14 workers.",)))["correction told"] == 1


def test_a_value_may_come_from_another_citation_that_says_it(town: Brask) -> None:
    asked, right = town.one("figures"), town.answers["q0"]
    elsewhere = Said("Five people had to die for it.", (Cited("brask-echo/comment.txt", "Five people had to die"),))
    told = replace(right, sentences=(right.sentences[0], elsewhere), values=())
    unsaid = replace(told, sentences=(right.sentences[0], replace(elsewhere, citations=())))
    rows = [figures([case_of(asked, r, town.corpus)])["values found"].value for r in (told, unsaid)]
    assert rows == [1, 0.5]


def test_kendalls_tau_on_a_case_worked_by_hand(town: Brask) -> None:
    asked, right = town.one("timeline"), town.answers["q10"]
    told = replace(right, sentences=tuple(right.sentences[n] for n in (1, 0, 2, 3)))
    # Five of six pairs agree, one does not.
    assert ORDER.row(case_of(asked, told, town.corpus)) == pytest.approx((4 / 6, 1))


@given(order=st.permutations(range(4)))
def test_told_backwards_the_order_of_events_is_turned_round(order: list[int], town: Brask) -> None:
    asked, right = town.one("timeline"), town.answers["q10"]

    def tau(places: list[int]) -> float:
        told = replace(right, sentences=tuple(right.sentences[n] for n in places))
        row = ORDER.row(case_of(asked, told, town.corpus))
        assert row is not None
        return row[0]

    assert -1 <= tau(order) <= 1
    assert tau(order) == pytest.approx(-tau(order[::-1]))


@given(kept_sentences=st.sets(st.integers(0, 3)))
def test_leaving_sentences_out_never_finds_more(kept_sentences: set[int], town: Brask) -> None:
    for asked in town.questions:
        if asked.id in town.answers:
            whole = town.answers[asked.id]
            less = replace(whole, sentences=tuple(s for n, s in enumerate(whole.sentences) if n in kept_sentences))
            one, other = (case_of(asked, r, town.corpus).recall or 0 for r in (less, whole))
            assert one <= other
            for measure in UNDERSTANDING:
                row = measure.row(case_of(asked, less, town.corpus))
                assert row is None or measure.low <= row[0] <= max(row[1], 1)


@pytest.mark.parametrize(
    ("lead", "said", "heard"),
    [
        ("Yes: Ines Dahl said so [1].", "x", "yes"),
        ("No, Karl Venn did [1].", "x", "no"),
        ("No", "x", "no"),
        ("", "Yes. She did.", "yes"),
        ("No article says so.", "x", ""),
        ("Yesterday she did.", "x", ""),
        ("", "", "untold"),
    ],
)
def test_yes_and_no_are_heard_where_they_stand_alone(lead: str, said: str, heard: str, town: Brask) -> None:
    asked = GoldQuestion("x", "who-said", "Did she say so?", says="no")
    response = Response("x", (Said(said),) if said else (), lead=lead)
    assert verdict(case_of(asked, response, town.corpus)) == heard


@given(st.integers(2, 10**6))
def test_a_figure_says_itself_in_any_spelling_and_no_other(number: int) -> None:
    assert says(str(number), f"It was {number:,} in all.") and not says(str(number), f"It was {number + 1:,} in all.")


def test_words_say_a_figure_too() -> None:
    assert says("at least 12", "twelve") and says("four", "4 people") and not says("four", "often")


def test_what_is_kept_in_conversation_is_a_share_of_what_could_be_had() -> None:
    import numpy as np

    assert kept(np.array([[1, 1], [0, 1], [0.5, 0.5]])) == pytest.approx(0.6)
    assert np.isnan(kept(np.array([[0.0, 0.0]])))


@pytest.mark.parametrize("measure", (*QUESTION, *LOOKUP), ids=lambda m: m.name)
def test_no_two_measures_share_a_name(measure: Any) -> None:
    for measures in (QUESTION, LOOKUP):
        assert [m.name for m in measures].count(measure.name) <= 1
    assert measure.definition.endswith(".") and measure.unit
