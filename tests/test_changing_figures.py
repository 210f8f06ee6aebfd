"""Figures that change: whose they are, what a bare one counts, which is a part, and when several are set side by side."""

from __future__ import annotations

from datetime import date

import pytest

from index import Article, Paragraph, Passage
from rag.figures import asked, differing, figures_sentence, stated
from rag.question import understand
from rag.values import Evidence

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 13)


def read(text: str, published: date | None = FRIDAY, *, title: str = "", name: str = "a", lead: str = "") -> Evidence:
    """The last paragraph of an article as a reader gives it, `lead` above it."""
    whole = f"{lead}\n{text}" if lead else text
    start = len(whole) - len(text)
    first = (Paragraph(f"{name}1", name, 1, "body", 0, len(lead), lead),) if lead else ()
    own = Paragraph(name, name, 2, "body", start, len(whole), text)
    article = Article(
        name, f"{name}.txt", title, "Ostrey Post", published=published, text=whole, paragraphs=(*first, own)
    )
    return Evidence(Passage(own, article, 1, 1.0, 0.5), 1.0, 0.9, (0, len(text)), None)


def values(question: str, text: str, **more: str) -> list[str]:
    return [one.value for one in stated(understand(question), read(text, **more)) if one.total]  # type: ignore[arg-type]


def side_by_side(question: str, *evidence: Evidence) -> list[str]:
    return [one.value for one in differing(understand(question), evidence, lambda _: 1.0)]


TWO_COUNTS = "The storm killed 31 people, the police said on Friday. The charity Halyard gives its own count as 44."


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("How many people has the storm killed, by the police count?", ["31"]),
        ("How many people has the storm killed, according to Halyard?", ["44"]),
        ("How many people has the storm killed?", ["31", "44"]),
    ],
)
def test_only_whose_figure_is_asked_for_gives_it(question: str, right: list[str]) -> None:
    assert values(question, TWO_COUNTS) == right


@pytest.mark.parametrize(
    "text",
    [
        "Two more bodies were found at dawn, which brought the number of dead in the storm to 46.",
        "Searchers found two bodies on Friday in the mill. The storm has now killed 46 people.",
    ],
)
def test_what_adds_to_a_toll_is_not_the_toll(text: str) -> None:
    assert values("How many people has the storm killed?", text) == ["46"]


def test_bodies_found_so_far_are_the_toll() -> None:
    assert values("How many people has the storm killed?", "Rescuers have now found 46 bodies after the storm.") == [
        "46"
    ]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (
            "The police put it at nine. The ferry line spoke of eight, and the parish knew of six.",
            ["nine", "eight", "six"],
        ),
        ("The harbour master holds at seven; the parish list had 11 names on it.", ["seven", "11"]),
        ("Seven people are now known to have lost their lives in the storm.", ["Seven"]),
    ],
)
def test_small_counts_are_told_by_those_who_give_them(text: str, right: list[str]) -> None:
    lead = "How many people the storm killed depends on whom one asks."
    found = stated(
        understand("How many people has the storm killed?"), read(text, lead=lead, title="The dead of the storm")
    )
    assert [one.value for one in found] == right


def test_an_office_may_list_the_injured_and_the_missing_in_one_breath() -> None:
    text = "After the storm the office listed 83 injured and 22 missing."
    assert values("How many people were injured in the storm?", text) == ["83"]
    assert values("How many people are missing after the storm?", text) == ["22"]


def test_the_place_may_stand_for_the_event_but_not_for_another_one() -> None:
    """The slide at Harl is told as the tip that came down there; the fire there is another matter."""
    question = "How many lives did the Harl landslide cost?"
    tip = read("The number of dead has come down to 23.", lead="The tip above Harl gave way on Tuesday.", name="b")
    fire = read("The number of dead has come up to five.", lead="The fire at the Harl mill is out.", name="c")
    told = [[one.value for one in stated(understand(question), found)] for found in (tip, fire)]
    assert told == [["23"], []]


def test_a_short_report_need_not_say_what_the_money_is_called() -> None:
    """Whose money the talms are, another report on the offer tells."""
    question = understand("How much is Ferrand offering for the brewery?")
    long = read("Ferrand has offered 240 million talms for the brewery.", MONDAY, name="b")
    short = read("Ferrand offered less for the brewery on Friday, 225 million talms.", name="c")
    beside = (long.passage.article,)
    assert [(one.value, one.unit) for one in stated(question, short, beside)] == [("225 million talms", "talm")]


def test_a_day_that_opens_a_sentence_is_when_the_figure_was_moved() -> None:
    text = "On 9 March the province had raised its offer to 6 per cent."
    (one,) = stated(understand("What pay rise was the province ready to offer?"), read(text))
    assert one.day == MONDAY


def test_people_are_not_counted_for_another_event_because_days_have_gone_by() -> None:
    text = "Sixteen days after the storm, 2,900 islanders still sleep in shelters."
    assert values("How many islanders still sleep in shelters?", text) == ["2,900"]


def test_a_count_of_those_aboard_is_no_toll() -> None:
    text = "Two more people were on the ferry that sank, which would bring the total to 148."
    assert values("How many people died when the ferry sank?", text, lead="Nine people died when the ferry sank.") == []


def test_nothing_changed_from_what_is_only_a_place() -> None:
    text = 'Nine villages were cut off by the flood. "That is 45 dead, from eight villages," she said.'
    assert values("How many villages were cut off by the flood?", text) == ["Nine"]


def test_a_figure_is_not_that_of_a_place_named_only_behind_it() -> None:
    text = "The agency put the number of dead at ten. The county left out three people who had drowned in Tarn."
    assert "ten" not in values("How many people drowned in Tarn?", text)


def test_a_bid_that_opened_is_the_first_and_the_others_stand_side_by_side() -> None:
    bids = (
        read("Calder Group offered $18 a share for Weir Pumps.", MONDAY, name="a"),
        read("Calder Group raised its offer for Weir Pumps to $21 a share from $18.", FRIDAY, name="b"),
    )
    assert side_by_side("How much per share has Calder Group offered for Weir Pumps?", *bids) == ["$18", "$21"]
    assert side_by_side("What was the opening offer per share of Calder Group for Weir Pumps?", *bids) == []


def test_prices_that_neither_day_nor_source_tells_apart_are_not_set_side_by_side() -> None:
    shops = (
        read("The roof of the chapel cost $40,000.", None, name="a"),
        read("The chapel's organ cost $90,000.", None, name="b"),
    )
    assert side_by_side("How much did the chapel cost?", *shops) == []


def test_the_same_value_told_again_stands_once_with_the_day_it_was_first_told() -> None:
    told = (
        read("The police said 31 people had been killed in the storm.", MONDAY, name="a"),
        read("The police said 31 people had been killed in the storm.", TUESDAY, name="b"),
        read("The police said 33 people had been killed in the storm.", FRIDAY, name="c"),
    )
    found = differing(understand("How many people were killed in the storm?"), told, lambda _: 1.0)
    assert [one.value for one in found] == ["31", "33"]
    assert figures_sentence(found, lambda one: "abc".index(one.paragraph) + 1) == (
        "The figures differ: 31 (police) [2] (already on 9 March 2026 [1]), 10 March 2026;"
        " 33 (police) [3], 13 March 2026, is the latest."
    )


def test_nobody_is_shown_as_none() -> None:
    told = (
        read("After the storm four people are missing.", MONDAY, name="a"),
        read("Nobody is missing after the storm any more.", FRIDAY, name="b"),
    )
    found = differing(understand("How many people are missing after the storm?"), told, lambda _: 1.0)
    assert figures_sentence(found, lambda one: "ab".index(one.paragraph) + 1) == (
        "The figures differ: four [1], 9 March 2026; none [2], 13 March 2026, is the latest."
    )


@pytest.mark.parametrize(
    "question",
    ["Who gave the death toll of the storm?", "What pay rise do the drivers demand?", "Where is the toll kept?"],
)
def test_what_asks_for_something_else_is_no_question_for_a_figure(question: str) -> None:
    assert asked(understand(question)) is None
