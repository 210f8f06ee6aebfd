"""Plain text into paragraphs: exact offsets, whatever parts them."""

import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import LONGEST_PARAGRAPH, readable
from index.formats.extract import Block
from index.formats.text import read_text, split
from tests.conftest import extracted

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=90), max_size=12)


def paragraphs(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text)]


@given(st.text() | LINES.map("\n".join) | LINES.map("\n\n".join))
def test_every_visible_character_lies_in_exactly_one_paragraph(text: str) -> None:
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered


@given(st.text())
def test_paragraphs_begin_and_end_with_visible_characters(text: str) -> None:
    assert all(p == p.strip() != "" for p in paragraphs(text))


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("One is here.\n\n  \nTwo is there.\n") == ["One is here.", "Two is there."]


def test_single_newlines_part_paragraphs_where_there_are_no_blank_lines() -> None:
    text = "The first paragraph is a long line that goes on well beyond any page's width, and further, and ends.\nThe second."
    assert len(paragraphs(text)) == 2


def test_a_hard_wrapped_paragraph_stays_one() -> None:
    wrapped = (
        "The harbour office said on Monday that the old quay would be closed\n"
        "for repairs until the end of May, and that all the boats moored there\n"
        "would have to find another berth by the weekend.\n"
        "\n"
        "Fishermen were told by letter. Some of them said that the letter had\n"
        "come too late, and that no other berth was to be had at this time of\n"
        "the year.\n"
    )
    assert len(paragraphs(wrapped)) == 2


def test_short_lines_after_a_wrapped_paragraph_are_their_own() -> None:
    text = (
        "word " * 13
        + "\n"
        + "word " * 13
        + "\n"
        + "word " * 13
        + "\nEnd.\nNext starts here with a long line again as before.\n"
    )
    assert paragraphs(text)[-1].startswith("Next starts")


def test_offsets_fit_the_repaired_text() -> None:
    extract = extracted(read_text, "Caf\u00c3\u00a9 owner\u00e2\u20ac\u2122s plea\r\n\r\nShe said no.\r\n".encode())
    assert [extract.text[b.start : b.end] for b in extract.blocks] == ["Café owner’s plea", "She said no."]


@given(
    st.lists(
        st.sampled_from(["The quay was calm. ", "x" * 700, "word " * 90, "  \u00a0 ", "“No,” she said. ", "a b "]),
        max_size=120,
    )
)
def test_an_endless_paragraph_is_cut_into_readable_ones_and_nothing_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    whole = Block(len(text) - len(text.lstrip()), max(len(text.rstrip()), len(text) - len(text.lstrip())))
    pieces = list(readable(text, whole))
    assert all(
        0 < p.end - p.start <= LONGEST_PARAGRAPH and text[p.start : p.end].strip() == text[p.start : p.end]
        for p in pieces
    )
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))
    assert "".join("".join(text[p.start : p.end].split()) for p in pieces) == "".join(text.split())


def test_an_endless_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    text = "The quay was calm and the gulls were many. " * 2000
    pieces = list(readable(text.rstrip(), Block(0, len(text.rstrip()))))
    assert len(pieces) == 15 and all(text[p.start : p.end].endswith("many.") for p in pieces)


PROSE = (
    "The ferry to Karsholt will not sail again this year, the company said, because nobody could be found to mend it.",
    "It is the third time.",
    "Passengers were told on the quay. Some of them had been waiting since the morning, and one had sold his car.",
    "The mayor called it a scandal; the company called it the weather, and the harbour office did not call anybody back.",
)


def indented(texts: tuple[str, ...], width: int, indent: str) -> str:
    return "\n".join(textwrap.fill(t, width, initial_indent=indent, break_on_hyphens=False) for t in texts)


@pytest.mark.parametrize("width", [55, 65, 72, 80])
@pytest.mark.parametrize("indent", [" ", "   ", "     "])
@pytest.mark.parametrize(
    "head", ["", "A headline that is longer than the lines below it are wide, as many headlines are\n\nBy Ann Poe\n\n"]
)
def test_paragraphs_told_by_an_indent_alone_are_parted_there(width: int, indent: str, head: str) -> None:
    found = paragraphs(head + indented(PROSE * 2, width, indent))
    assert [" ".join(p.split()) for p in found[-8:]] == list(PROSE * 2)
    assert len(found) == 8 + 2 * bool(head)


@given(st.lists(st.integers(52, 70), min_size=30, max_size=30))
def test_lines_of_uneven_length_go_on_until_the_next_indent(widths: list[int]) -> None:
    """Some wires wrap where they please."""
    lines: list[str] = []
    for text in PROSE * 2:
        words = text.split()
        rows = ["   "]
        for word in words:
            if len(rows[-1]) + len(word) > widths[len(lines) + len(rows) - 1]:
                rows.append("")
            rows[-1] += ("" if not rows[-1].strip() else " ") + word
        lines += rows
    assert [" ".join(p.split()) for p in paragraphs("\n".join(lines))] == list(PROSE * 2)


def test_an_item_that_hangs_under_its_bullet_is_one_paragraph() -> None:
    text = (
        "The council decided on three things, all of them after midnight,\n"
        "and on none of them as the mayor had wished it to decide that day:\n"
        "- the berth will be made longer by some forty feet, which costs\n"
        "  less than a new ferry would have, as the harbour office found\n"
        "- nobody will be dismissed before the summer of the coming year,\n"
        "  unless he asks for it himself and can name someone to follow him\n"
    )
    assert [p[:7] for p in paragraphs(text)][-2:] == ["- the b", "- nobod"]


def test_indented_lines_of_a_table_stay_apart() -> None:
    text = (
        "    Shr 34 cts vs 1.19 dlrs\n    Net 807,000 vs 2,858,000\n    Assets 510.2 mln vs 479.7 mln\n    Six mths\n"
    )
    assert len(paragraphs(text)) == 4


def test_a_block_that_is_set_in_as_a_whole_parts_nothing_else() -> None:
    verse = "\n\n    A line of verse that is set in from the left\n    and its second line, of the same kind too\n\n"
    text = textwrap.fill(PROSE[0], 60) + verse + textwrap.fill(PROSE[2], 60) + "\n"
    assert [" ".join(p.split()) for p in (paragraphs(text)[0], paragraphs(text)[-1])] == [PROSE[0], PROSE[2]]
