"""What stands between brackets: markers in the forms that models write, or prose."""

from __future__ import annotations

import re
from collections.abc import Collection

KEYWORD = r"(?:sources?|passages?|labels?|references?|refs?|citations?|cit[ei]s?|footnotes?|articles?|notes?|docs?|documents?|texts?)"
_JOIN = r"(?:\s*(?:,|;|&|/|\||-|–|and|,\s*and)\s*|\s+)"
_WORDED = re.compile(rf"\W*(?:see\s+)?{KEYWORD}\W*(?:no\.?|number)?\W*", re.IGNORECASE)
_LIST = re.compile(
    rf"\W*(?:(?:see\s+)?{KEYWORD}\W*(?:no\.?|number)?\W*)?\d+(?:{_JOIN}(?:{KEYWORD}\W*)?#?\^?\d+)*\W*", re.IGNORECASE
)
_PLACE = re.compile(r"(?:†.*|(?<=\d)\s*[:,@]\s*(?:L|lines?|pp?\.|¶)\s*\d.*)$", re.IGNORECASE)
"""What some models add to a number: 417†L1-3."""
UNFINISHED = re.compile(
    rf"[\[【［][^\w\[\]【】［］\n]{{0,3}}(?:{KEYWORD})?[\d ,;:#^†&-]{{0,60}}(?=\Z|\n|[\[【［])", re.IGNORECASE
)
"""A marker that was begun and never closed."""
_NUMBER = re.compile(r"\d+")


def in_square(content: str, labels: Collection[str]) -> list[str | None] | None:
    """The labels that square brackets hold, None for each number that is no label; None where they hold prose."""
    if not content.strip():
        return []
    numbers = _numbers(_PLACE.sub("", content))
    if _LIST.fullmatch(_PLACE.sub("", content)):
        return [n if n in labels else None for n in numbers]
    if any(n in labels for n in numbers):
        return [n for n in numbers if n in labels]
    return [None] if _WORDED.fullmatch(content) else None


def in_round(content: str, labels: Collection[str]) -> list[str | None] | None:
    """The same for round brackets, in which figures and years are prose unless a keyword or a label is among them."""
    numbers = _numbers(content)
    known = any(n in labels for n in numbers)
    if known or (_WORDED.match(content) and _LIST.fullmatch(content)):
        return in_square(content, labels)
    return None


def number(digits: str) -> str:
    """A number in plain digits, whatever script it was written in."""
    return str(int(digits))


def _numbers(content: str) -> list[str]:
    return [number(found) for found in _NUMBER.findall(content)]
