"""What a newsroom owns up to: each mistake told in a paragraph, with the words that were wrong and those that are right.

"We wrote on 4 May that …; it is …", "41, and not 14, as we had it", "Our report gave … as …. It is …". Under a label
("Correction:", "Sorry:"), or in a column of corrections, fewer words will do. What somebody else says, in quotation
marks, is masked: an official who corrects himself is no newspaper's correction, and a toll that rose is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.related.exchanged import FAR, distance, exchanged, numbers, trimmed
from index.related.owning import (
    ADMITTED,
    ANYBODY,
    AS_WE,
    ASIDE,
    COLUMN,
    CONTRARY,
    CONTRAST,
    DATE,
    HERE,
    HINT,
    LABEL,
    LABELLED,
    NOT_BUT,
    OWNING,
    PRINTED,
    QUOTED,
    REGRETTED,
)
from index.related.wording import LONGEST, Span
from index.sentences import sentences


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake owned up to, from `start` to `end` of the text: offsets, as all that follows.

    `said` is the part that repeats the mistake and `mended` the one that puts it right. `wrong` and `right` are the
    very words that were exchanged, None where they cannot be told.
    """

    start: int
    end: int
    said: Span
    mended: Span
    wrong: Span | None = None
    right: Span | None = None


_NEWER = re.compile(
    r"\b(?:now|meanwhile|rise[ns]?|rose|risen|fell|fallen|climbed|grown?|grew|yesterday|today|since then)\b", re.I
)
"""What has changed since is news, no correction, where nothing says that it is one."""
_LEANS = re.compile(
    r"^\W*(?:(?:in fact|actually|rather)\W+)?(?:it|he|she|they|his|her|its|their|there|that|this|the (?:right |correct |true |actual )?(?:[\w'-]+ ){1,4}?(?:is|was|are|were))(?:'s|\b)",
    re.I,
)
_CLAUSES = re.compile(
    r";\s+|,\s+(?=(?:it|he|she|they)(?:'s|'re| is| was| are| were)\b)|:\s+(?=(?:it|he|she|they|the)\b)|\s[—–]\s|,? (?:(?:when|whereas|but|and),? )?(?:in (?:fact|reality)|actually),? ",
    re.I,
)


def is_column(title: str) -> bool:
    """Whether an article of this headline is a column of corrections, or a correction by itself."""
    return COLUMN.search(title) is not None


def may_own_up(text: str) -> bool:
    """Whether a longer text holds words of a newsroom that owns up to something; most do not, and need no closer look."""
    plain = text.replace("’", "'")
    return LABELLED.search(plain) is not None or OWNING.search(plain) is not None or AS_WE.search(plain) is not None


def is_of_another(text: str) -> bool:
    """Whether a note speaks of what was printed on another day or in another piece, and not of the article it stands in."""
    plain = text[:LONGEST].replace("’", "'")
    return not HERE.search(plain) and bool(DATE.search(plain)) and bool(OWNING.search(plain) or PRINTED.search(plain))


@lru_cache(maxsize=4096)
def mistakes(text: str, *, labelled: bool = False) -> tuple[Mistake, ...]:
    """The mistakes that a paragraph owns up to, in order; `labelled` where it stands under a headline that says so."""
    plain = text[:LONGEST].replace("’", "'")
    for aside in (QUOTED, ASIDE):
        plain = aside.sub(lambda said: " " * len(said[0]), plain)
    if not labelled and not HINT.search(plain):
        return ()
    return tuple(_found(text, plain, labelled=labelled))


def _found(text: str, plain: str, *, labelled: bool) -> Iterator[Mistake]:
    # What stands in one pair of brackets is no single sentence.
    inside = (1, len(text) - 1) if text[:1] + text[-1:] in ("()", "[]") else (0, len(text))
    labelled = labelled or REGRETTED.search(plain) is not None
    spans = [(inside[0] + a, inside[0] + b) for a, b in sentences(text[slice(*inside)]) if inside[0] + b <= len(plain)]
    free = 0
    at = 0
    while at < len(spans):
        begin, end = spans[at]
        sentence = plain[begin:end]
        if label := LABEL.match(sentence):
            labelled = True
            if label.end() >= len(sentence):  # the label is a sentence of its own
                free = at = at + 1
                continue
            begin += label.end()
            sentence = plain[begin:end]
        found = _mistake(plain, spans, at, begin, free, labelled=labelled)
        if found:
            last = max(n for n, span in enumerate(spans) if span[0] < found.end)
            if last + 1 < len(spans) and _goes_on(plain, found.said, spans[last + 1]):
                last += 1
            first = min(n for n, span in enumerate(spans) if span[1] > found.start)
            yield _stretched(found, spans, first, last)
            free = at = last + 1
        else:
            at += 1


def _goes_on(plain: str, said: Span, sentence: Span) -> bool:
    """Whether the next sentence says what is right in the words of the mistake: "… not its director. The director is Ada Hale"."""
    start, end = sentence
    opening = re.match(r"\W*The ([a-z][\w'-]*(?: [a-z][\w'-]*){0,3}) (?:is|was|are|were)\b", plain[start:end])
    words = set(re.findall(r"[a-z]{3,}", opening[1])) if opening else set()
    return bool(words & set(re.findall(r"[a-z]{3,}", plain[slice(*said)])))


def _stretched(found: Mistake, spans: list[Span], first: int, last: int) -> Mistake:
    return Mistake(spans[first][0], spans[last][1], found.said, found.mended, found.wrong, found.right)


def _mistake(plain: str, spans: list[Span], at: int, begin: int, free: int, *, labelled: bool) -> Mistake | None:
    """The mistake that sentence number `at` tells, from `begin` on; sentences before number `free` belong to others."""
    end = spans[at][1]
    sentence = plain[begin:end]
    owned = OWNING.search(sentence) or ADMITTED.search(sentence)
    if labelled and not owned:
        owned = PRINTED.search(sentence) or ANYBODY.search(sentence)
    if (amiss := CONTRARY.match(sentence)) and len(sentence) > amiss.end():
        return Mistake(spans[at][0], end, (begin, begin + amiss.end()), (begin + amiss.end(), end))
    if (contrast := CONTRAST.search(sentence)) and (labelled or owned or AS_WE.search(sentence)):
        name = "wrong" if contrast["wrong"] is not None else "other"
        start = begin + contrast.start(name)
        stop = _before_as(plain, start, begin + contrast.end(name))
        left = (_after_frame(owned, begin, contrast.start()) if owned else begin, begin + contrast.start())
        if start < stop and left[0] < left[1]:
            wrong, right = exchanged(plain, (start, stop), left, parallel=True)
            return Mistake(spans[at][0], end, (start, stop), left, wrong or (start, stop), right)
    if (turned := NOT_BUT.search(sentence)) and (labelled or owned or AS_WE.search(sentence)):
        said, mended = ((begin + a, begin + b) for a, b in (turned.span("wrong"), turned.span("right")))
        wrong, right = exchanged(plain, said, mended)
        return Mistake(spans[at][0], end, said, mended, wrong or said, right)
    if not owned:
        return None
    clauses = _clauses(plain, (begin, end))
    here = next(n for n, span in enumerate(clauses) if begin + owned.start() < span[1])
    said = (min(begin + owned.end(), clauses[here][1] - 1), clauses[here][1])
    if re.search(r"so did we|by us|we (?:copied|repeated|printed|followed)", owned[0], re.I):
        said = (clauses[here][0], begin + owned.start())
    said = trimmed(plain, said)
    if len(plain[slice(*said)].split()) < 2 and not numbers(plain, said):
        said = trimmed(plain, (clauses[here][0], begin + owned.end()))
    after = list(clauses[here + 1 :])
    for number in range(at + 1, min(at + 3, len(spans))):
        after += _clauses(plain, spans[number])
    before = [*clauses[:here], *([spans[at - 1]] if at - 1 >= free and begin == spans[at][0] else [])]
    anybody = labelled and owned.re is ANYBODY
    ours = owned.re is ADMITTED or " our " in f" {owned[0].lower()}"
    for mended, sure in _likely(plain, said, after, before, within=len(clauses) - here - 1, ours=ours):
        contrasted = CONTRAST.search(plain[slice(*mended)])
        wrong, right = exchanged(plain, said, mended)
        if contrasted and not wrong:
            name = "wrong" if contrasted["wrong"] is not None else "other"
            wrong = (mended[0] + contrasted.start(name), mended[0] + contrasted.end(name))
            mended = (mended[0], mended[0] + contrasted.start())
            _, right = exchanged(plain, wrong, mended, parallel=True)
            said = wrong
        if (not labelled or anybody) and (not sure or _NEWER.search(plain[slice(*mended)])):
            continue
        return Mistake(min(spans[at][0], mended[0]), max(end, mended[1]), said, mended, wrong, right)
    return None


def _after_frame(owned: re.Match[str], begin: int, before: int) -> int:
    return begin + owned.end() if owned.end() < before else begin


def _likely(
    plain: str, said: Span, after: list[Span], before: list[Span], *, within: int, ours: bool
) -> Iterator[tuple[Span, bool]]:
    """The clauses that may put right what was said, the likeliest first, and whether its form says so."""
    counted = bool(numbers(plain, said))
    ranked = []
    for order, (clause, later) in enumerate([*((c, True) for c in after), *((c, False) for c in before)]):
        if OWNING.search(plain[slice(*clause)]):
            continue
        wrong, right = exchanged(plain, said, clause)
        leans = later and _LEANS.search(plain[slice(*clause)]) is not None
        own = bool(numbers(plain, clause))
        if counted and not own:
            continue
        paired = bool(wrong and right)
        beside = order < within and _alike(plain, said, clause)
        sure = paired or beside or (leans and ours)
        next_to = order < within or not later
        far = distance(plain, wrong, right) if wrong and right else 0.0
        ranked.append((not paired, far > FAR, not leans, not next_to, order, clause, sure))
    yield from ((clause, sure) for *_, clause, sure in sorted(ranked))


def _alike(plain: str, said: Span, clause: Span) -> bool:
    """Whether what is said twice is worded alike: "one loaf a week; the plan gives them one loaf a day"."""
    one, other = (set(re.findall(r"\w{3,}", plain[slice(*at)].lower())) for at in (said, clause))
    return len(one & other) > 1


def _clauses(plain: str, span: Span) -> list[Span]:
    cuts = [span[0], *(span[0] + cut.end() for cut in _CLAUSES.finditer(plain[slice(*span)])), span[1]]
    return [(a, b) for a, b in pairwise(cuts) if plain[a:b].strip()]


def _before_as(plain: str, start: int, end: int) -> int:
    as_we = AS_WE.search(plain, start - 1, end + 40)
    end = min(end, as_we.start()) if as_we else end
    return start + len(plain[start:end].rstrip(" .;,*_"))
