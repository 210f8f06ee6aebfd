"""Which words a correction exchanged: the figure, the day or the name that was wrong, and the one that is right."""

from __future__ import annotations

import math
import re

from index.dates import MONTHS
from index.number_words import TENS, UNITS
from index.related.owning import DATE, DAYS, MONTH
from index.related.wording import Span

_SPELLED = {**UNITS, **TENS}
_NUMBER = re.compile(
    rf"(?<![\w.])(?:[$£€]\s?)?(?P<digits>\d[\d,]*(?:[.:]\d+)?)(?:st|nd|rd|th)?(?![\d])|\b(?P<word>{'|'.join(_SPELLED)})\b",
    re.I,
)
FAR = math.log(50)
_SCALE = re.compile(r"[ -](hundred|thousand|million|billion|trillion)\b", re.I)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_OF_SPELLING = re.compile(r" (?:figures?|digits?|letters?|names?|things|mistakes|errors|readers|corrections)\b")
_DAY_NAME = re.compile(rf"(?:{DAYS}|{'|'.join(MONTHS)}|(?:{MONTH})\.?)", re.I)
_UNIT = re.compile(
    r"(?: per cent\b| ?%| (?:metric |square |cubic )?(?!and\b|or\b|in\b|on\b|of\b|the\b|not\b|to\b|as\b|at\b|by\b|for\b|from\b|with\b|is\b|was\b|were\b|are\b)[a-z]+\b(?: (?:an|per|a) hour\b| old\b)?)"
)
_NAME = re.compile(r"\b[A-Z][\w'-]*(?:\.? (?:of |the |de |van )?[A-Z][\w'-]*)*")
_FUNCTION = frozenset("the a an in on at his her its their our we it he she they our and but that this to".split())
_OPENING = re.compile(
    rf"^\s*(?:(?:on|in|at|last|this)\b[^,;.]{{0,40}}?\bthat\b\s*|that\b\s*|(?:on )?{DATE.pattern}\s*)?", re.I
)


def exchanged(plain: str, said: Span, mended: Span, *, parallel: bool = False) -> tuple[Span | None, Span | None]:
    """The words of each that were exchanged: figures where there are any, else names, else what stands behind the same word."""
    wrongs, rights = numbers(plain, said), numbers(plain, mended)
    if wrongs:
        pairs = [
            (abs(math.log(max(w[2], 1e-9)) - math.log(max(r[2], 1e-9))), -r[0] if parallel else r[0], w, r)
            for w in wrongs
            for r in rights
            if w[2] != r[2] and all(r[2] != other[2] for other in wrongs)
        ]
        if not pairs:
            return None, None
        *_, w, r = min(pairs)
        return _dated(plain, (w[0], w[1])), _dated(plain, (r[0], _with_unit(plain, r[1], mended[1])))
    if parallel:
        words = plain[slice(*said)].split()
        same = re.compile(rf"\b{re.escape(words[0])}\s+", re.I) if words and words[0].islower() else None
        places = [*same.finditer(plain, *mended)] if same else []
        if places and len(words) > 1:
            place = places[-1]
            start = place.start() if words[0] in ("a", "an", "the") else place.end()
            right = trimmed(plain, (start, mended[1]))
            return said, right if right[0] < right[1] else None
    ours, theirs = _names(plain, said), _names(plain, mended)
    held = {plain[slice(*name)].lower() for name in ours}
    new = [name for name in theirs if plain[slice(*name)].lower() not in held]
    gone = [n for n in ours if plain[slice(*n)].lower() not in {plain[slice(*name)].lower() for name in theirs}]
    if new and gone:
        return gone[-1], new[-1] if parallel else new[0]
    return None, None


def distance(plain: str, wrong: Span, right: Span) -> float:
    """How far one figure is from the other, as a logarithm: a slip of the hand does not go far."""
    values = [numbers(plain, at) for at in (wrong, right)]
    one, other = (math.log(max(v[0][2], 1e-9)) if v else 0.0 for v in values)
    return abs(one - other) if all(values) else 0.0


def numbers(plain: str, span: Span) -> list[tuple[int, int, float]]:
    """(start, end, value) of each number there, those of dates only where there are no others."""
    dates = [match.span() for match in DATE.finditer(plain, *span)]
    found = []
    for match in _NUMBER.finditer(plain, *span):
        value = (
            float(match["digits"].replace(",", "").replace(":", "."))
            if match["digits"]
            else float(_SPELLED[match["word"].lower()])
        )
        end = match.end() - len(match[0]) + len(match[0].rstrip(","))
        if scale := _SCALE.match(plain, end, span[1]):
            value, end = value * _SCALES[scale[1].lower()], scale.end()
        if match["word"] and match["word"].lower() == "one" and not scale:
            continue
        if not _OF_SPELLING.match(plain, end):
            found.append((match.start(), end, value))
    free = [one for one in found if not any(a <= one[0] < b for a, b in dates)]
    return free or found


def _dated(plain: str, span: Span) -> Span:
    """The whole date where the figure is its day."""
    whole = next((d.span() for d in DATE.finditer(plain) if d.start() <= span[0] < d.end()), span)
    return whole if whole[0] == span[0] else span


def _with_unit(plain: str, end: int, limit: int) -> int:
    unit = _UNIT.match(plain, end, limit)
    return unit.end() if unit else end


def _names(plain: str, span: Span) -> list[Span]:
    """The capitalised names there, without days and without a word that is large because it opens a sentence."""
    opening = span[0] + len(plain[slice(*span)]) - len(plain[slice(*span)].lstrip(" \"'*_("))
    found = []
    for match in _NAME.finditer(plain, *span):
        start = match.start()
        if start == opening and re.search(r"(?:^|[.:;!?*_)\s])\s*$", plain[:start]) and _begins(plain, start):
            first = re.match(r"\S+\s*", match[0])
            if not first or not match[0][first.end() :]:
                continue
            if match[0].split()[0].lower().removesuffix("'s") in _FUNCTION:
                start += first.end()
        if match[0] == "I" or _DAY_NAME.fullmatch(match[0]):
            continue
        found.append((start, match.end()))
    return found


def _begins(plain: str, at: int) -> bool:
    return not plain[:at].strip() or plain[:at].rstrip()[-1] in ".!?:;*_("


def trimmed(plain: str, span: Span) -> Span:
    """The place without the words that only lead to what was said, nor the marks that end it."""
    start, end = span
    text = plain[start:end]
    start += len(text) - len(_OPENING.sub("", text))
    return (start, max(start, start + len(plain[start:end].rstrip(" .;,"))))
