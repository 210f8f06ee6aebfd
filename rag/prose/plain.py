"""Article text as it may stand in a prompt: one line of plain words that no model takes for its own signs."""

from __future__ import annotations

import re

from rag.values import without_markers

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("<＜﹤", "‹"),
        **dict.fromkeys(">＞﹥", "›"),
        **dict.fromkeys("［【〔", "["),
        **dict.fromkeys("］】〕", "]"),
    }
)
"""Angle brackets are what nearly all chat templates are made of; a reader takes the single quotation mark for the same."""
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Characters that count as letters or accents and show nothing; whole orders have been written in them."""
_TEMPLATE_WORD = re.compile(r"\[(/?[A-Za-z]\w*_\w*|/?[a-z]?[A-Z]{3,}|\|[^\[\]|]{1,30}\|)\]")
"""[INST], [/INST], [SYSTEM_PROMPT], [gMASK], [|Human|]: control words in square brackets."""
_NUMBERED = re.compile(r"\[([^\[\]a-zA-Z]{0,20}(?:[A-Za-z]{1,9}[ :#.]{1,3})?\^?#?\d[^\[\]]{0,40})\]")
"""[417, 512], [Source 417], [417†L1-3]: what an answer's markers look like, beyond the plain [7]."""
_ROLE = re.compile(
    r"(^\W{0,20}|[.!?:;#*\"”)\]›]\s{0,5})(system|assistant|user|human|ai|developer|tool|instructions?|response)"
    r"(\W{0,3}?)[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_HASHES = re.compile(r"#{2,}\s*")


def plain(text: str) -> str:
    """The text on one line, and nothing in it that a model could take for a marker, a template's sign or a role.

    What a reader sees stays: angle brackets become the single quotation marks that look like them, bracketed
    numbers and control words get round brackets, "System:" at a sentence's start a dash, invisible characters go.
    """
    text = visible(text).translate(_SIGNS)
    text = _HASHES.sub("", _ROLE.sub(r"\1\2\3 –", text))
    text = _NUMBERED.sub(r"(\1)", _TEMPLATE_WORD.sub(r"(\1)", without_markers(text)))
    return " ".join(text.split())


def visible(text: str) -> str:
    """The text without control, zero-width, direction and other characters that show nothing; white space stays."""
    return "".join(c for c in _UNSEEN.sub("", text) if c.isprintable() or c.isspace())
