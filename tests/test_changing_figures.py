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
