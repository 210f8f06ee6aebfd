"""Windows: what is read of a long paragraph covers all of it, and every token stands where its offsets say."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import bundled_weights
from rag.reader.windows import HEADER, OVERLAP, QUERY, WINDOW, Text, Windows

WINDOWS = Windows(bundled_weights() / "tokenizer.json")
PROSE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=80)
LONG = " ".join(f"On day {n} the harbour office counted {n * 7} boats." for n in range(120))


@given(PROSE, PROSE, st.one_of(PROSE, st.just(LONG)))
@settings(max_examples=80, deadline=None)
def test_offsets_lie_in_the_paragraph_and_rise(query: str, header: str, paragraph: str) -> None:
    for window in WINDOWS.cut([Text(query, header, paragraph)]):
        assert all(0 <= start < end <= len(paragraph) for start, end in window.offsets)
        assert [s for s, _ in window.offsets] == sorted(s for s, _ in window.offsets)
        assert len(window.ids) == window.first + len(window.offsets) + 1


def test_neighbouring_windows_overlap_and_together_cover_the_paragraph() -> None:
    windows = WINDOWS.cut([Text("How many boats?", "", LONG)])
    assert len(windows) > 3
    for one, other in itertools.pairwise(windows):
        assert len(set(one.offsets) & set(other.offsets)) >= OVERLAP
    held = {offset for w in windows for offset in w.offsets}
    letters = {i for start, end in held for i in range(start, end)}
    assert all(i in letters for i, c in enumerate(LONG) if not c.isspace())


@pytest.mark.parametrize("long", ["query", "header", "paragraph"])
def test_no_window_is_longer_than_the_network_was_trained_for(long: str) -> None:
    parts = {"query": "Who?", "header": "", "paragraph": "Nobody came."} | {long: "word " * 5000}
    for window in WINDOWS.cut([Text(**parts)]):
        assert len(window.ids) <= QUERY + HEADER + WINDOW + 4


def test_a_long_question_keeps_its_end_and_a_long_header_too() -> None:
    query, header = "word " * 500 + "who drowned", "word " * 500 + "harbour"
    (window,) = WINDOWS.cut([Text(query, header, "Nobody.")])
    (short,) = WINDOWS.cut([Text("who drowned", "harbour", "Nobody.")])
    assert window.ids[QUERY - 1 : QUERY + 1] == short.ids[1:3]
    assert window.ids[QUERY + HEADER + 1] == short.ids[4]


def test_a_text_without_words_has_one_empty_window() -> None:
    (window,) = WINDOWS.cut([Text("", "", " ")])
    assert window.offsets == ()


def test_texts_keep_their_numbers() -> None:
    texts = [Text("Who?", "", LONG), Text("Who?", "", "Ann."), Text("Who?", "", LONG)]
    numbers = [w.text for w in WINDOWS.cut(texts)]
    assert numbers == sorted(numbers) and set(numbers) == {0, 1, 2}
