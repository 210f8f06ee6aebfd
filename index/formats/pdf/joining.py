"""Lines of a PDF made one text again: words put together that were parted at a line's end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from unicodedata import normalize

from index.formats.pdf.lines import INITIAL
from index.formats.pdf.order import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")


def vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands in these lines, in small letters."""
    return Counter(word.lower() for line in lines for word in _WORD.findall(_inner(line.text)))


def text_of(group: Iterable[Line], words: Counter[str]) -> str:
    """The lines as one, words put together again that were parted at a line's end."""
    parts: list[str] = []
    for line in group:
        if parts:
            parts[-1] = _led_to(parts[-1], line.text, words)
        parts.append(line.text)
    text = "".join(parts)
    if INITIAL in text:
        cap, rest = text.split(INITIAL, 1)
        word = _WORD.match(rest)
        alone = cap[-1:] in ("A", "I", "O") and word and words[word[0].lower()] > words[(cap[-1] + word[0]).lower()]
        text = cap + (" " if alone else "") + rest.replace(INITIAL, "")
    return " ".join(normalize("NFC", text.replace("\xad", "")).split())


def _inner(text: str) -> str:
    """A line without its first and last word, of which half may stand elsewhere."""
    return text.split(" ", 1)[-1].rpartition(" ")[0] if text.count(" ") > 1 else ""


def _led_to(one: str, other: str, words: Counter[str]) -> str:
    """A line with what stands between it and the next: a blank, nothing, or nothing and no hyphen."""
    if one.endswith("\xad") or (one.endswith(("—", "/")) and not one[-2:-1].isspace()):
        return one
    left, right = one[:-1].rpartition(" ")[2], other.partition(" ")[0]
    if not one.endswith(("-", "‐", "‑")) or left[-1:] in ("", "-") or right in ("and", "or", "to", "nor"):
        return one + " "
    ending, opening = re.search(r"[^\W\d_]+$", left[-40:]), re.match(r"[^\W_]+", right)
    if not ending or not opening or not right[0].islower() or set("-‐‑") & set(left + right.strip("-‐‑")):
        return one
    parts = ending[0].lower(), opening[0].lower()
    hyphened = words["-".join(parts)] or words["‐".join(parts)]
    both_are_words = all(len(part) >= 4 and words[part] for part in parts)
    return one if not words["".join(parts)] and (hyphened or both_are_words) else one[:-1]
