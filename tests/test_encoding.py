"""Bytes into text: what was broken is repaired, what was chosen stays, what is no text is refused."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.formats.encoding import decode
from index.formats.extract import Unreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_one_text_in_any_encoding(encoding: str) -> None:
    text = "“We’re in the café,” Zoë said — and left for Málaga. “It was über late,” he said."
    assert decode(text.encode(encoding)) == text


def test_mojibake_is_repaired_and_curly_quotes_are_kept() -> None:
    assert decode("It\u00e2\u20ac\u2122s “late”".encode()) == "It’s “late”"


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Zs"])))
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00", bytes(range(256)) * 20, b"a\x00b\x00c"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    assert "\x00" not in text and "\r" not in text
    text.encode("utf-8")


def test_noise_is_refused() -> None:
    with pytest.raises(Unreadable):
        decode(os.urandom(4096))


def test_terminal_escapes_do_not_survive() -> None:
    assert "\x1b" not in decode(b"plain \x1b[31mred\x1b[0m text\x07")


@pytest.mark.parametrize("text", ["ßª»", "\x08ßª»", "\uaaf7à¦º"])
def test_a_repair_makes_no_character_that_no_alphabet_has(text: str) -> None:
    assert decode(text.encode()).replace("\x08", "") == text.replace("\x08", "")
