"""Figures for what was asked: found, kept apart from those beside them, set side by side where they differ."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Paragraph, Passage
from rag.figures import Stated, agree, asked, differing, figures_sentence, latest, stated
from rag.figures.counted import _COINS, figures_of
from rag.question import understand
from rag.values import Evidence

FRIDAY = date(2026, 3, 13)


def read(text: str, published: date | None = FRIDAY, *, title: str = "", name: str = "a", answer: str = "") -> Evidence:
    """One paragraph of an article as a reader gives it; `answer` is what it takes for the answer."""
    paragraph = Paragraph(name, name, 1, "body", 0, len(text), text)
    article = Article(
        name, f"{name}.txt", title, "Ostrey Post", published=published, text=text, paragraphs=(paragraph,)
    )
    at = text.find(answer) if answer else 0
    span = (at, at + len(answer)) if answer else None
    return Evidence(Passage(paragraph, article, 1, 1.0, 0.5), 1.0, 0.9, (0, len(text)), span)


def values(question: str, text: str, **more: str) -> list[str]:
    return [one.value for one in stated(understand(question), read(text, **more))]  # type: ignore[arg-type]


KILLED, INJURED = "How many people were killed?", "How many people were injured?"


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The blast killed 12 people and injured nearly 40.", ["12"], ["nearly 40"]),
        ("At least 12 people were killed and 40 others wounded when a bomb went off.", ["At least 12"], ["40"]),
        ("Twelve dead, 40 hurt in Ostrey bus crash.", ["Twelve"], ["40"]),
        ("The death toll rose from nine to 12 after three injured men died.", ["12", "three"], []),
        ("The death toll climbed to 12 and the number of injured to 40.", ["12"], ["40"]),
        ("The number of dead was lowered to ten, and the number of injured revised, to 44 from 47.", ["ten"], ["44"]),
        ("The collapse claimed 14 lives and left around 100 people injured.", ["14"], ["around 100"]),
        ("Officials put the death toll at between 40 and 50, with 1,200 wounded.", ["between 40 and 50"], ["1,200"]),
        ("Eleven people are listed as dead; nobody was injured in the boats.", ["Eleven"], ["nobody"]),
        ("Nine people are now known to have died, and two people were stabbed to death.", ["Nine", "two"], []),
        ("The deaths of 12 miners led to the arrest of four managers.", ["12"], []),
        ("One person was injured. No deaths have been reported.", ["No deaths"], ["One"]),
        ("Two soldiers and five rebels were killed, and three guards escaped.", ["Two", "five"], []),
    ],
)
def test_the_killed_are_told_from_the_injured(text: str, killed: list[str], injured: list[str]) -> None:
    assert (values(KILLED, text), values(INJURED, text)) == (killed, injured)


@pytest.mark.parametrize(
    "text",
    [
        "Two gunmen killed a judge in his car.",
        "20 soldiers searched the area where the bodies were found.",
        "A quake like that could kill 500 people, experts said.",
        "Flight 370 crashed on 12 March; Hall, 34, died at 9 p.m.",
        "12 people were questioned over deaths at the home.",
        "Two of the dead were children.",
        "The army denied that 30 people had been killed.",
        "1,200 people were killed or wounded in the fighting.",
        "The storm killed 40 cows and 300 sheep.",
        "The village of 900 people mourned.",
        "Three are missing and 40 were rescued.",
        "Five thousand four hundred people have died.",  # a number that is not understood is none
    ],
)
def test_a_number_that_counts_no_dead_is_no_toll(text: str) -> None:
    assert values(KILLED, text) == []


def test_some_of_the_dead_are_not_all_of_them() -> None:
    text = "Twelve people, including three children, were killed when the wall fell."
    assert values(KILLED, text) == ["Twelve"]
    assert values("How many children were killed?", text) == ["three"]


def test_only_who_is_asked_for_is_counted() -> None:
    text = "Police arrested 45 protesters; 12 officers were hurt, and 200 people fled their homes."
    assert values("How many protesters were arrested?", text) == ["45"]
    assert values("How many officers were injured?", text) == ["12"]
    assert values("How many people were displaced?", text) == ["200"]
    assert values("How many protesters were injured?", text) == []


def test_a_day_of_a_long_conflict_is_not_its_total() -> None:
    text = (
        "Troops took the suburbs of Tarn back on Monday in a crackdown that left around 100 people dead. "
        "The UN estimates that 5,400 people have been killed in Tarn."
    )
    day, total = stated(understand("How many people were killed in Tarn?"), read(text))
    assert (day.value, day.total, day.day) == ("around 100", False, date(2026, 3, 9))
    assert (total.value, total.total, total.speaker, total.day) == ("5,400", True, "UN", FRIDAY)


def test_the_day_on_which_a_ship_sank_makes_its_toll_no_part() -> None:
    (one,) = stated(
        understand("How many people died when the ferry sank?"),
        read("Seven people died when the ferry sank on Monday."),
    )
    assert one.total and one.day == FRIDAY


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Another 12 people were killed.", False),
        ("In the village of Orle alone, 12 people were killed.", False),
        ("Troops killed two soldiers and five rebels.", False),
        ("30 people died in Orle and 12 in Tarn were killed.", False),
        ("The 1998 fire killed 12 people.", False),
        ("In all 12 people were killed.", True),
    ],
)
def test_a_part_is_no_total(text: str, total: bool) -> None:
    assert {one.total for one in stated(understand(KILLED), read(text))} == {total}


def test_the_day_is_the_one_that_the_text_gives_for_the_figure() -> None:
    asked_for = understand("How many people died in the earthquake?")
    (one,) = stated(asked_for, read("As of Monday, 240 people had died in the earthquake, officials in Tarn said."))
    assert one.day == date(2026, 3, 9) and one.speaker == "officials"
    (one,) = stated(asked_for, read("The toll of the quake rose to 260 on Wednesday."))
    assert one.day == date(2026, 3, 11)
    (one,) = stated(asked_for, read("The toll of the quake rose to 260 on Wednesday.", None))
    assert one.day is None


def test_each_clause_has_its_own_speaker() -> None:
    text = (
        "The blast injured nearly 40, police said on Tuesday, while hospital officials put the number of wounded at 52."
    )
    assert [one.speaker for one in stated(understand(INJURED), read(text))] == ["police", "hospital officials"]
    (one,) = stated(understand(KILLED), read("Activist groups say 13,000 people have been killed."))
    assert one.speaker == "activist groups"
    (one,) = stated(understand(KILLED), read("Some 13,000 people have been killed."))
    assert one.speaker == ""


def test_a_cost_is_no_budget_and_no_other_cost() -> None:
    text = "The budget for the terminal is $70 million. Ostrey wants an $86 million terminal, and the road will cost $5 million."
    assert values("How much will the terminal cost?", text) == ["$86 million"]
    assert values("What is the budget for the terminal?", text) == ["$70 million"]
    assert values("How much will the road cost?", text) == ["$5 million"]
    assert values("How much will the bridge cost?", text) == []


def test_a_range_of_money_is_one_figure() -> None:
    (one,) = stated(understand("How much will the wall cost?"), read("The wall will cost $2 to $3 million."))
    assert (one.value, one.amount, one.high, one.unit) == ("$2 to $3 million", 2e6, 3e6, "dollar")


def test_a_forecast_for_a_year_to_come_is_no_figure_of_old() -> None:
    (one,) = stated(
        understand("How many jobs would the mill bring?"), read("The mill would bring 85 full-time jobs by 2030.")
    )
    assert (one.value, one.noun, one.total) == ("85", "jobs", True)


def test_a_cost_for_each_day_is_no_total() -> None:
    (one,) = stated(
        understand("What did the strike cost the firm?"), read("The strike cost the firm $1.4 million a day.")
    )
    assert not one.total


def test_a_year_earlier_and_a_forecast_are_other_figures() -> None:
    text = (
        "Revenue at Orle Foods was $412 million, up 7.4 percent from $384 million a year earlier. "
        "The company expects revenue of $425 million."
    )
    assert values("How much revenue did Orle Foods have?", text) == ["$412 million"]


def test_each_candidate_has_a_share() -> None:
    text = "Mayor Ann Roth has the support of 38 percent of voters, Berg of 36 percent and the teacher Ida Lund of 18 percent."
    asked_for = "What did the poll put {} at?"
    assert [values(asked_for.format(name), text) for name in ("Roth", "Berg", "Lund")] == [
        ["38 percent"],
        ["36 percent"],
        ["18 percent"],
    ]
    behind = "The survey has 41 percent for Berg and 38 percent for Roth."
    assert [values(asked_for.format(name), behind) for name in ("Roth", "Berg")] == [["38 percent"], ["41 percent"]]


def test_people_are_told_apart_by_what_they_do() -> None:
    text = "Ticket scans show 146 people aboard, 139 passengers and seven crew, and not the 140 first given out."
    assert values("How many people were on board the ferry?", f"The ferry left at noon. {text}") == ["146"]
    assert values("How many people attended the debate?", text) == []
    assert values("How many people attended the debate?", "About 350 people attended the debate.") == ["About 350"]


def test_another_event_gives_no_figure() -> None:
    text = "The explosion in Orle killed 12 people."
    assert values("How many people were killed in the explosion?", text) == ["12"]
    assert values("How many people were killed in the blast?", text) == ["12"]
    assert values("How many people were killed in the flood?", text) == []
    assert values("How many people were killed in Tarn?", text) == []


def test_other_questions_ask_for_no_figure_here() -> None:
    for question in (
        "Who was killed?",
        "How old is the mayor?",
        "Why did the ferry sink?",
        "How much lower is the quota?",
    ):
        assert asked(understand(question)) is None
        assert values(question, "The blast killed 12 people, and the mayor, 40, wept.") == []


@given(st.integers(2, 99_999), st.integers(2, 99_999), st.sampled_from(["", "at least ", "nearly ", "more than "]))
def test_a_figure_is_a_slice_of_its_paragraph(killed: int, injured: int, bound: str) -> None:
    found = read(f"The blast killed {bound}{killed:,} people in Orle and injured {injured:,}.")
    (one,) = stated(understand(KILLED), found)
    assert found.passage.paragraph.text[one.start : one.end] == one.value == f"{bound}{killed:,}"
    assert one.amount == one.high == killed


@given(st.text(max_size=80), st.sampled_from([KILLED, "How much did the wall cost?", "What share did Roth get?"]))
def test_any_text_can_be_read(text: str, question: str) -> None:
    found = read(text or ".")
    for one in stated(understand(question), found):
        assert one.value == " ".join(found.passage.paragraph.text[one.start : one.end].split()) != ""


MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def test_figures_that_differ_stand_side_by_side_with_the_latest_marked() -> None:
    first = read("The UN said 5,400 people had been killed in Tarn.", MONDAY, name="a")
    second = read(
        "The UN says at least 9,000 people have been killed in Tarn. Activist groups say 13,000 were killed.",
        TUESDAY,
        name="b",
    )
    third = read("In Tarn 6,000 people were killed.", None, name="c")
    found = differing(understand("How many people were killed in Tarn?"), [third, second, first], lambda _: 1.0)
    assert [one.value for one in found] == ["5,400", "at least 9,000", "13,000", "6,000"]
    newest = latest(found)
    assert newest and newest.value == "at least 9,000"
    assert figures_sentence(found, lambda one: "abc".index(one.paragraph) + 1) == (
        "The figures differ: 5,400 (UN) [1], 9 March 2026; at least 9,000 (UN) [2] and 13,000 (activist groups) [2],"
        " 10 March 2026, are the latest; 6,000 [3], undated."
    )


def test_articles_that_agree_do_not_differ() -> None:
    said = [
        "The storm killed 5,400 people.",
        "5.4 thousand people died in the storm.",
        "About 5,400 people died in the storm.",
    ]
    evidence = [read(text, name=str(i)) for i, text in enumerate(said)]
    assert differing(understand("How many people died in the storm?"), evidence, lambda _: 1.0) == ()
    assert figures_sentence((), lambda one: 1) == ""


def test_a_days_own_toll_is_not_set_against_the_total() -> None:
    text = "On Monday 20 people were killed in fighting in Tarn. In all 5,400 people have died in Tarn since May."
    assert differing(understand("How many people were killed in Tarn?"), [read(text)], lambda _: 1.0) == ()


def figure(amount: int, bound: str) -> Stated:
    return Stated(f"{amount}", amount, amount, "", bound, 0, 1, "", MONDAY, True, "", "a")


@given(st.integers(1, 10**6))
def test_a_rounded_figure_agrees_with_the_exact_one(amount: int) -> None:
    rounded = round(amount / 100) * 100
    if rounded:
        assert agree(figure(rounded, "about"), figure(amount, ""))
    assert agree(figure(amount, "about"), figure(amount, ""))
    assert not agree(figure(amount, ""), figure(amount + 1, ""))


def test_nothing_is_latest_among_undated_figures() -> None:
    undated = stated(understand(KILLED), read("12 people were killed.", None))
    assert undated and latest(undated) is None and latest(()) is None


@pytest.mark.parametrize("coin", sorted(_COINS))
def test_a_coin_may_have_a_capital(coin: str) -> None:
    (small,), (large,) = (figures_of(f"It cost 40 {word} in all.") for word in (coin, coin.title()))
    assert (small.unit, small.end) == (large.unit, large.end)


def test_an_age_counts_nobody() -> None:
    assert [f.high for f in figures_of("Eight are dead, since a man of 38 had died on one of the wards.")] == [8]


def test_bodies_taken_from_the_ruins_add_to_the_dead_and_are_not_all_of_them() -> None:
    text = "The office put the number of people killed at 19, after five bodies were taken from the ruins."
    assert [one.value for one in stated(understand(KILLED), read(text)) if one.total] == ["19"]
