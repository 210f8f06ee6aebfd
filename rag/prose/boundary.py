"""Whether a sentence that is still being written ends before the next word."""

from __future__ import annotations

import re

from index.sentences import sentences

_ENDS = re.compile(r"[.!?…。！？][\"”’»)\]]*$")
_OPENERS = "\"“”„«‘'([*_"
_PAIRED = str.maketrans("", "", '"“”„«»‘()[]')
_TAIL = 120
"""Characters before a stop that tell an abbreviation from the end of a sentence."""
_LONGEST_QUOTE = 700
"""Characters after which a quotation mark that was never closed no longer holds a sentence together."""


def ended(text: str) -> bool:
    """True where the text stops as a sentence does; it may be an abbreviation all the same."""
    return _ENDS.search(text[-12:].rstrip()) is not None


def begins(word: str, text: str) -> bool:
    """Whether this word begins another sentence after the text, which has `ended`.

    Brackets and quotation marks around either are left aside: one half of a pair would hide the stop.
    """
    opens = word.lstrip(_OPENERS)
    if not opens or opens[0].islower():
        return False
    tail = text.rstrip()[-_TAIL:].translate(_PAIRED).strip()
    spans = sentences(f"{tail} {opens}")
    return len(spans) > 1 and spans[-1][0] == len(tail) + 1


def quoting(text: str) -> bool:
    """True inside quotation marks that are still open: sentences in one quotation stay together."""
    if len(text) > _LONGEST_QUOTE:
        return False
    closed = text.count("”") + (text.count("“") if "„" in text else 0)
    opened = text.count("„") if "„" in text else text.count("“")
    return text.count('"') % 2 == 1 or opened > closed or text.count("«") > text.count("»")
