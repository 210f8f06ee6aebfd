"""Prose by a model, what comes back: whole sentences and their labels, however the words were cut."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.prose.markers import Sentences

LABELS = ("417", "512", "938")


def read(text: str, size: int = 0, *, cut: bool = False) -> tuple[list[tuple[str, tuple[str, ...], int]], Sentences]:
    reader = Sentences(LABELS)
    found = []
    for at in range(0, len(text), size or max(1, len(text))):
        found += reader.feed(text[at : at + (size or len(text))])
    return [(s.text, s.labels, s.unknown) for s in found + reader.close(cut=cut)], reader


@pytest.mark.parametrize(
    "marker",
    [
        "[417]",
        " [417]",
        "(417)",
        "【417】",
        "[Source 417]",
        "[417†L1-3]",
        "^417^",
        "⁴¹⁷",
        " [^417]",
        " (Source 417)",
        "[ 417 ]",
        "［417］",
        " [passage: 417]",
        "[417, p. 3]",
        "<sup>[417]</sup>",
        " [417](http://a.invalid/x)",
        " **[417]**",
        " [４１７]",
        " Source: [417]",
        "\n[417]\n",
        " [417, Canal Post, 4 March 2026]",
    ],
)
def test_a_marker_in_any_form_belongs_to_the_sentence_before_it(marker: str) -> None:
    assert read(f"It rained.{marker} It snowed. [512]")[0] == [("It rained.", ("417",), 0), ("It snowed.", ("512",), 0)]


@pytest.mark.parametrize(
    ("said", "text", "names", "unknown"),
    [
        ("Nine died [417].", "Nine died.", ("417",), 0),
        ("Nine [512] died [417], she said [512].", "Nine died, she said.", ("512", "417"), 0),
        ("Nine died. [417][512]", "Nine died.", ("417", "512"), 0),
        ("Nine died. [417], [512] and [938].", "Nine died.", ("417", "512", "938"), 0),
        ("Nine died. [417, 1]", "Nine died.", ("417",), 1),
        ("Nine died. [1] [Source 7]", "Nine died.", (), 2),
        ("Nine died (2019), of 12 (45) [2019].", "Nine died (2019), of 12 (45).", (), 1),
        ("Nine died ([417]).", "Nine died.", ("417",), 0),
        ("Nine died (see [417] and [512]).", "Nine died.", ("417", "512"), 0),
        ("According to [417], nine died.", "Nine died.", ("417",), 0),
        ("Nine died, according to Source 417.", "Nine died.", ("417",), 0),
        ("[417] reports that nine died.", "Nine died.", ("417",), 0),
        ("Source 417: Nine died.", "Nine died.", ("417",), 0),
        ("417: Nine died.", "Nine died.", ("417",), 0),
        ("Answer: **Nine** `died`. [417]", "Nine died.", ("417",), 0),
        ("Based on the passages provided, nine died. [417]", "Nine died.", ("417",), 0),
        ("Sure, here is the answer: Nine died. [417]", "Nine died.", ("417",), 0),
        ("It covers 12 m² of [the mayor's] land. [417]", "It covers 12 m² of [the mayor's] land.", ("417",), 0),
        ("Nine died. [417] <think>Is it [512]?", "Nine died.", ("417",), 0),
        ("<think>Perhaps [512]. Yes.</think>\n\nNine died. [417]", "Nine died.", ("417",), 0),
        ("Nine died. [41", "Nine died.", (), 0),
        ("Nine died. [Source 417", "Nine died.", (), 0),
        ("See ![seal](http://a.invalid/?q=secret) and [this](http://a.invalid/).", "See seal and this.", (), 0),
        ("[4\u200b1\u200b7] Nine died.", "Nine died.", ("417",), 0),
    ],
)
def test_markers_and_chatter_leave_a_plain_sentence(said: str, text: str, names: tuple[str, ...], unknown: int) -> None:
    for size in (0, 1, 3):
        assert read(said, size)[0] == [(text, names, unknown)]


def test_a_list_becomes_sentences_and_headings_and_sources_are_left_out() -> None:
    found, reader = read(
        "## The storm\n\nHere are the points:\n\n- **Nine** died [417]\n- Ten fled.\n  (Source 938)\n1. It rained. [512]\n\n**The vote**\n\n"
        "[417] It passed.\n\nSources:\n[417] Canal Post, 4 March\n"
    )
    assert found == [
        ("Nine died", ("417",), 0),
        ("Ten fled.", ("938",), 0),
        ("It rained.", ("512",), 0),
        ("It passed.", ("417",), 0),
    ]
    assert reader.dropped == 4


def test_a_sentence_that_uses_a_label_as_a_figure_is_dropped_and_counted() -> None:
    found, reader = read("The toll was 417. They paid $512 million. They lost 1,417 cows. [938]")
    assert found == [("They lost 1,417 cows.", ("938",), 0)] and reader.dropped == 2


def test_what_was_said_before_is_left_out_and_going_round_in_circles_is_noticed() -> None:
    found, reader = read("It rained. [417] It snowed. It rained. [512] It hailed.")
    assert [text for text, *_ in found] == ["It rained.", "It snowed.", "It hailed."]
    assert reader.repeats == 1 and not reader.loops
    assert read("It rained. It snowed. " * 3)[1].loops
    assert read("and the rain " * 300)[1].loops


def test_a_sentence_comes_out_as_soon_as_the_next_has_begun() -> None:
    reader = Sentences(LABELS)
    assert reader.feed("It rained.") == [] == reader.feed(" [417") == reader.feed("] It")
    assert [s.text for s in reader.feed(" ")] == ["It rained."]
    assert [s.text for s in reader.feed("snowed.") + reader.close()] == ["It snowed."]


def test_the_sentence_in_which_a_model_was_stopped_is_dropped() -> None:
    assert read("It rained. [417] Then it", cut=True)[0] == [("It rained.", ("417",), 0)]
    assert read("It rained. [417] Then it", cut=True)[1].dropped == 1
    assert read("It rained. Then it snowed.", cut=True)[0][-1][0] == "Then it snowed."


@pytest.mark.parametrize(
    "text",
    [
        "He met Dr. Keane of the U.S. Senate at 5 p.m. Tuesday.",
        "“We lost. We go on,” she said.",
        "The cost is 4.2 million crowns.",
        "The storm came late\non Monday night.",
    ],
)
def test_what_is_one_sentence_stays_one(text: str) -> None:
    assert [found[0] for found in read(text + " [417] Then it ended.")[0]] == [" ".join(text.split()), "Then it ended."]


parts = st.sampled_from(
    [
        "It rained. ",
        "Nine died",
        " she said",
        ". ",
        "[417]",
        "[512, 1]",
        "(938)",
        "(2019)",
        "Source 417: ",
        "【417】",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "**",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<think>",
        "</think>",
        "<",
        "^417^",
        "⁴¹⁷",
        "¹",
        "m² ",
        "\u200b",
        "417",
        "417. ",
        "“",
        "”",
        '"',
        "Dr. ",
        "and ",
        ", ",
        "Sources:\n",
        "## Head\n",
        "```",
        "Sure! ",
        "Answer: ",
        "Question: why\n",
        "![x](http://a.invalid) ",
        "。",
        "the ",
        "!",
        "_",
        "According to [417], ",
        "x" * 120,
    ]
)


@given(st.lists(parts, max_size=25).map("".join), st.integers(1, 9))
def test_how_the_text_is_cut_makes_no_difference(text: str, size: int) -> None:
    (whole, one), (cut, other) = read(text), read(text, size)
    assert cut == whole
    assert (one.repeats, one.dropped, one.loops) == (other.repeats, other.dropped, other.loops)


@given(st.lists(parts, max_size=25).map("".join))
def test_no_label_and_no_numbered_bracket_is_ever_shown(text: str) -> None:
    for said, names, _ in read(text)[0]:
        assert not re.search(
            r"(?<![\d])(?<!\d[.,])(?:417|512|938)(?!\d|[.,]\d)|[\[【［][^\w\[\]【】［］]*\d+[^\w\[\]【】［］]*[\]】］]|\ue000|http",
            said,
        ), said
        assert set(names) <= set(LABELS) and len(set(names)) == len(names)
        assert said == " ".join(said.split()) != ""


def test_a_megabyte_is_read_in_a_moment_and_noise_costs_no_more_than_its_length() -> None:
    prose = " ".join(
        f"Seven people left when ferry {n} came in on a Wednesday evening, the office said. [417]"
        for n in range(1000, 12000)
    )[: 10**6]
    start = time.process_time()
    found, _ = read(prose, 5000)
    assert len(found) > 9000
    assert time.process_time() - start < 4
    for noise in ("[", "(", "<", "a", " ", "(((x ", "[4 ", "A. ", '" A. '):
        start = time.process_time()
        read(noise * (100_000 // len(noise)))
        assert time.process_time() - start < 2, noise
