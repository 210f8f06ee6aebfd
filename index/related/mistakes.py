"""What a newsroom owns up to: each mistake told in a paragraph, with the words that were wrong and those that are right.

"We wrote on 4 May that …; it is …", "41, and not 14, as we had it", "Our report gave … as …. It is …". Under a label
("Correction:", "Sorry:"), or in a column of corrections, fewer words will do. What somebody else says, in quotation
marks, is masked: an official who corrects himself is no newspaper's correction, and a toll that rose is none either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.dates import MONTHS
from index.number_words import TENS, UNITS
from index.related.wording import LONGEST, PIECE, Span
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


_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTH = "|".join(f"{month[:3]}[a-z]*" for month in MONTHS)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b\.?|(?:{_MONTH})\.? \d{{1,2}}\b|(?:{_DAYS})\b)(?:,? \d{{4}}\b)?", re.I
)
_OUTPUT = rf"(?:{PIECE[:-1]}|issue|bulletin|edition|profile|photograph|picture|map|chart|list|notebook|broadcast|programme)s?)"
_BADLY = r"(?:\w+ly |had |have |also )*"
_STRICT = (
    r"(?:said|wrote|reported|called|told you|gave|named|described|stated|printed|identified|quoted|spelled|spelt|misstated"
    r"|misreported|misnamed|misidentified|misquoted|put (?=[^.;]{1,80} (?:at|as|in)\b)|made (?:it|him|her|them)\b|had (?:it|him|her|them)\b)"
)
_LOOSE = (
    rf"(?:{_STRICT}|had|made|put|placed|listed|showed|dated|gave|overstated|understated|mislabel\w+|misspel\w+|misattributed|misdated"
    r"|(?:was|were) (?:said|called|named|quoted|described|given|placed|put|identified|listed|shown|made|dated|stated|reported))"
)
_UNBROKEN = r"(?:[^.;]|(?<=\b[A-Z][a-z][a-z])\.|(?<=\bSept)\.)"
_US = r"(?:we|this (?:newspaper|paper|station|magazine|programme|website|site|column))(?:'ve|'d)?"
_OWNING = re.compile(
    rf"(?<!\bas )\b{_US} {_BADLY}{_STRICT}\b|\b(?:in )?our (?:[\w'-]+ ){{0,3}}?{_OUTPUT}\b{_UNBROKEN}{{0,160}}?\b{_LOOSE}\b"
    rf"|\b(?:and )?so did we\b|\bby us\b|\bwe (?:copied|repeated|printed|followed)\b",
    re.I,
)
"""The newsroom speaks of what it printed, label or no label."""
_PRINTED = re.compile(
    rf"\b(?:an?|the|in|last|that|\w+'s?) (?:[\w'-]+ ){{0,4}}?{_OUTPUT}\b{_UNBROKEN}{{0,200}}?\b{_LOOSE}\b|^\W*it also {_LOOSE}\b"
    rf"|\b{_US} {_BADLY}{_LOOSE}\b",
    re.I,
)
"""What was printed, be it ours or another's: in a correction that says it is one."""
_AS_WE = re.compile(
    rf",? (?:as|like|which is what|that) (?:{_US}|our \w+|an? (?:caption|headline|{PIECE[3:-1]})|(?:was|were|is) (?:\w+ )?(?:stated|reported|said|printed|given|written) in our)\b"
    rf"|,? (?:as )?(?:first |earlier |previously |originally |wrongly )?(?:stated|reported|printed) (?:earlier|here|by us|in our|last \w+|on \w+day)\b",
    re.I,
)
_CONTRAST = re.compile(
    r"(?:,|\band\b|\bbut\b|\s[—–-])\s+(?:and |but )?not (?!only|yet|just|least|that|to|so\b|because|been)(?P<wrong>[^,;.:()]*(?:[.,:]\d[^,;.:()]*)*)"
    r"|,? (?:rather than|instead of) (?P<other>[^,;.:()]*(?:[.,:]\d[^,;.:()]*)*)",
    re.I,
)
_LABEL = re.compile(
    r"^[\W_]*(?:(?:and|an?|one|two|three|four|some|our|more|first|now|also|but)\s+)*(?:"
    r"(?:corrections?|clarifications?|corrected|correcting|errat(?:um|a)|retraction)\b(?: (?:and|&) \w+| (?:from|to|of|on|by|for)\b[^.:]{0,70}| ?\([^)]{1,40}\)|, [^.:]{1,60})?\s*(?:[:.–—]|-\s)"
    r"|(?:apology|apologies|sorry|pardon us)\b[^.:,]{0,60}[:.,–—]|for the record\s*[:,]"
    r"|(?:to|putting|setting|put) (?:put |set )?(?:(?:it|this|that|things|one thing|the record) )?(?:right|straight)\b[^.:]{0,40}[:.]"
    r"|(?:our|my) (?:mistake|error|slip|fault)s?\b[^.:]{0,40}[:.]"
    r"|we(?:'ve| have| must| need to| should)?\s[^.:]{0,40}\b(?:wrong|mistakes?|errors?|slips?|put right|set right|set straight|correct|correction)\b[^.:]{0,60}[:.]"
    r")",
    re.I,
)
_COLUMN = re.compile(
    r"^\W*(?:(?:our )?corrections?|clarifications?|corrections? (?:and|&) (?:clarifications?|apologies)|for the record|apolog(?:y|ies)|errat(?:um|a)"
    r"|(?:setting|putting) (?:it|things|the record) (?:straight|right)|(?:what )?we got (?:it )?wrong)\b(?:\W*$|\s*[:—–(,]|\s-\s|\s(?:for|to)\b)",
    re.I,
)
_NEWER = re.compile(
    r"\b(?:now|meanwhile|rise[ns]?|rose|risen|fell|fallen|climbed|grown?|grew|yesterday|today|since then)\b", re.I
)
"""What has changed since is news, no correction, where nothing says that it is one."""
_LEANS = re.compile(
    r"^\W*(?:(?:in fact|actually|rather)\W+)?(?:it|he|she|they|his|her|its|their|there|that|this|the (?:right |correct |true |actual )?(?:[\w'-]+ ){1,4}?(?:is|was|are|were))(?:'s|\b)",
    re.I,
)
_SPELLED = {**UNITS, **TENS}
_NUMBER = re.compile(
    rf"(?<![\w.])(?:[$£€]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?(?![\d])|\b(?P<word>{'|'.join(_SPELLED)})\b", re.I
)
_OPENING = re.compile(rf"^\s*(?:(?:on|in|at|last|this)\b[^,;.]{{0,40}}?\bthat\b\s*|that\b\s*|(?:on )?{_DATE.pattern}\s*)?", re.I)
_FAR = math.log(50)
_SCALE = re.compile(r"[ -](hundred|thousand|million|billion|trillion)\b", re.I)
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_OF_SPELLING = re.compile(r" (?:figures?|digits?|letters?|names?|things|mistakes|errors|readers|corrections)\b")
_DAY_NAME = re.compile(rf"(?:{_DAYS}|{'|'.join(MONTHS)}|(?:{_MONTH})\.?)", re.I)
_UNIT = re.compile(
    r"(?: per cent\b| ?%| (?:metric |square |cubic )?(?!and\b|or\b|in\b|on\b|of\b|the\b|not\b|to\b|as\b|at\b|by\b|for\b|from\b|with\b|is\b|was\b|were\b|are\b)[a-z]+\b(?: (?:an|per|a) hour\b| old\b)?)"
)
_NAME = re.compile(r"\b[A-Z][\w'-]*(?:\.? (?:of |the |de |van )?[A-Z][\w'-]*)*")
_CLAUSES = re.compile(r";\s+|:\s+(?=(?:it|he|she|they|the)\b)|\s[—–]\s|,? (?:(?:when|whereas|but|and),? )?(?:in (?:fact|reality)|actually),? ", re.I)
_ASIDE = re.compile(r",\s(?:who|whom|which(?! is what)(?! (?:we|this (?:news)?paper)\b)|where|whose)\b[^,;.]*(?:,|(?=[;.]|$))")
_QUOTED = re.compile(r"\"[^\"]{0,600}\"|“[^”]{0,600}”|(?<!\w)‘[^’]{0,300}’(?!\w)")


def is_column(title: str) -> bool:
    """Whether an article of this headline is a column of corrections, or a correction by itself."""
    return _COLUMN.search(title) is not None


def may_own_up(text: str) -> bool:
    """Whether a longer text holds words of a newsroom that owns up to something; most do not, and need no closer look."""
    plain = text.replace("’", "'")
    return _LABELLED.search(plain) is not None or _OWNING.search(plain) is not None or _AS_WE.search(plain) is not None


def is_of_another(text: str) -> bool:
    """Whether a note speaks of what was printed on another day or in another piece, and not of the article it stands in."""
    plain = text[:LONGEST].replace("’", "'")
    return not _HERE.search(plain) and bool(_DATE.search(plain)) and bool(_OWNING.search(plain) or _PRINTED.search(plain))


_HERE = re.compile(rf"\bthis {PIECE}\b|\b(?:earlier|previous|original|first) (?:\w+ )?(?:versions?|headline|text)\b", re.I)
_LABELLED = re.compile(r"\b(?:corrections?|clarifications?|errat(?:um|a)|sorry|apologies|apology|mistakes?|put right|set right|straight)\b", re.I)


@lru_cache(maxsize=4096)
def mistakes(text: str, *, labelled: bool = False) -> tuple[Mistake, ...]:
    """The mistakes that a paragraph owns up to, in order; `labelled` where it stands under a headline that says so."""
    plain = text[:LONGEST].replace("’", "'")
    for aside in (_QUOTED, _ASIDE):
        plain = aside.sub(lambda said: " " * len(said[0]), plain)
    if not labelled and not _HINT.search(plain):
        return ()
    return tuple(_found(text, plain, labelled=labelled))


_HINT = re.compile(
    r"\b(?:we|our|us|this (?:news)?paper)\b|correct|clarif|errat|sorry|apolog|right|straight|\brecord\b|earlier version", re.I
)


def _found(text: str, plain: str, *, labelled: bool) -> Iterator[Mistake]:
    # What stands in one pair of brackets is no single sentence.
    inside = (1, len(text) - 1) if text[:1] + text[-1:] in ("()", "[]") else (0, len(text))
    spans = [(inside[0] + a, inside[0] + b) for a, b in sentences(text[slice(*inside)]) if inside[0] + b <= len(plain)]
    free = 0
    at = 0
    while at < len(spans):
        begin, end = spans[at]
        sentence = plain[begin:end]
        if label := _LABEL.match(sentence):
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
    owned = _OWNING.search(sentence) or (_PRINTED.search(sentence) if labelled else None)
    if (contrast := _CONTRAST.search(sentence)) and (labelled or owned or _AS_WE.search(sentence)):
        name = "wrong" if contrast["wrong"] is not None else "other"
        start = begin + contrast.start(name)
        stop = _before_as(plain, start, begin + contrast.end(name))
        left = (_after_frame(owned, begin, contrast.start()) if owned else begin, begin + contrast.start())
        if start < stop and left[0] < left[1]:
            wrong, right = _exchanged(plain, (start, stop), left, parallel=True)
            return Mistake(spans[at][0], end, (start, stop), left, wrong or (start, stop), right)
    if not owned:
        return None
    clauses = _clauses(plain, (begin, end))
    here = next(n for n, span in enumerate(clauses) if begin + owned.start() < span[1])
    said = (min(begin + owned.end(), clauses[here][1] - 1), clauses[here][1])
    if re.search(r"so did we|by us|we (?:copied|repeated|printed|followed)", owned[0], re.I):
        said = (clauses[here][0], begin + owned.start())
    said = _trimmed(plain, said)
    after = list(clauses[here + 1 :])
    for number in range(at + 1, min(at + 3, len(spans))):
        after += _clauses(plain, spans[number])
    before = [*clauses[:here], *([spans[at - 1]] if at - 1 >= free and begin == spans[at][0] else [])]
    ours = " our " in f" {owned[0].lower()}"
    for mended, sure in _likely(plain, said, after, before, within=len(clauses) - here - 1, ours=ours):
        contrasted = _CONTRAST.search(plain[slice(*mended)])
        wrong, right = _exchanged(plain, said, mended)
        if contrasted and not wrong:
            name = "wrong" if contrasted["wrong"] is not None else "other"
            wrong = (mended[0] + contrasted.start(name), mended[0] + contrasted.end(name))
            mended = (mended[0], mended[0] + contrasted.start())
            _, right = _exchanged(plain, wrong, mended, parallel=True)
            said = wrong
        if not labelled and (not sure or _NEWER.search(plain[slice(*mended)])):
            continue
        return Mistake(min(spans[at][0], mended[0]), max(end, mended[1]), said, mended, wrong, right)
    return None


def _after_frame(owned: re.Match[str], begin: int, before: int) -> int:
    return begin + owned.end() if owned.end() < before else begin


def _likely(
    plain: str, said: Span, after: list[Span], before: list[Span], *, within: int, ours: bool
) -> Iterator[tuple[Span, bool]]:
    """The clauses that may put right what was said, the likeliest first, and whether its form says so."""
    numbers = bool(_numbers(plain, said))
    ranked = []
    for order, (clause, later) in enumerate([*((c, True) for c in after), *((c, False) for c in before)]):
        wrong, right = _exchanged(plain, said, clause)
        leans = later and _LEANS.search(plain[slice(*clause)]) is not None
        own = bool(_numbers(plain, clause))
        if numbers and not own:
            continue
        paired = bool(wrong and right)
        beside = order < within and _alike(plain, said, clause)
        sure = paired or beside or (leans and ours)
        next_to = order < within or not later
        far = _distance(plain, wrong, right) if wrong and right else 0.0
        ranked.append((not paired, far > _FAR, not leans, not next_to, order, clause, sure))
    yield from ((clause, sure) for *_, clause, sure in sorted(ranked))


def _alike(plain: str, said: Span, clause: Span) -> bool:
    """Whether what is said twice is worded alike: "one loaf a week; the plan gives them one loaf a day"."""
    one, other = (set(re.findall(r"\w{3,}", plain[slice(*at)].lower())) for at in (said, clause))
    return len(one & other) > 1


def _distance(plain: str, wrong: Span, right: Span) -> float:
    """How far one figure is from the other, as a logarithm: a slip of the hand does not go far."""
    values = [_numbers(plain, at) for at in (wrong, right)]
    one, other = (math.log(max(v[0][2], 1e-9)) if v else 0.0 for v in values)
    return abs(one - other) if all(values) else 0.0


def _clauses(plain: str, span: Span) -> list[Span]:
    cuts = [span[0], *(span[0] + cut.end() for cut in _CLAUSES.finditer(plain[slice(*span)])), span[1]]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if plain[a:b].strip()]


def _trimmed(plain: str, span: Span) -> Span:
    start, end = span
    text = plain[start:end]
    start += len(text) - len(_OPENING.sub("", text))
    return (start, max(start, start + len(plain[start:end].rstrip(" .;,"))))


def _before_as(plain: str, start: int, end: int) -> int:
    as_we = _AS_WE.search(plain, start - 1, end + 40)
    end = min(end, as_we.start()) if as_we else end
    return start + len(plain[start:end].rstrip(" .;,*_"))


def _exchanged(plain: str, said: Span, mended: Span, *, parallel: bool = False) -> tuple[Span | None, Span | None]:
    """The words of each that were exchanged: figures where there are any, else names, else what stands behind the same word."""
    wrongs, rights = _numbers(plain, said), _numbers(plain, mended)
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
        return (w[0], w[1]), (r[0], _with_unit(plain, r[1], mended[1]))
    if parallel:
        words = plain[slice(*said)].split()
        same = re.compile(rf"\b{re.escape(words[0])}\s+", re.I) if words and words[0].islower() else None
        places = [*same.finditer(plain, *mended)] if same else []
        if places and len(words) > 1:
            place = places[-1]
            start = place.start() if words[0] in ("a", "an", "the") else place.end()
            right = _trimmed(plain, (start, mended[1]))
            return said, right if right[0] < right[1] else None
    ours, theirs = _names(plain, said), _names(plain, mended)
    held = {plain[slice(*name)].lower() for name in ours}
    new = [name for name in theirs if plain[slice(*name)].lower() not in held]
    gone = [n for n in ours if plain[slice(*n)].lower() not in {plain[slice(*name)].lower() for name in theirs}]
    if new and gone:
        return gone[-1], new[-1] if parallel else new[0]
    return None, None


def _numbers(plain: str, span: Span) -> list[tuple[int, int, float]]:
    """(start, end, value) of each number there, those of dates only where there are no others."""
    dates = [match.span() for match in _DATE.finditer(plain, *span)]
    found = []
    for match in _NUMBER.finditer(plain, *span):
        value = float(match["digits"].replace(",", "").rstrip(".") or 0) if match["digits"] else float(_SPELLED[match["word"].lower()])
        end = match.end() - len(match[0]) + len(match[0].rstrip(","))
        if scale := _SCALE.match(plain, end, span[1]):
            value, end = value * _SCALES[scale[1].lower()], scale.end()
        if match["word"] and match["word"].lower() == "one" and not scale:
            continue
        if not _OF_SPELLING.match(plain, end):
            found.append((match.start(), end, value))
    free = [one for one in found if not any(a <= one[0] < b for a, b in dates)]
    return free or found


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


_FUNCTION = frozenset("the a an in on at his her its their our we it he she they our and but that this to".split())


def _begins(plain: str, at: int) -> bool:
    return not plain[:at].strip() or plain[:at].rstrip()[-1] in ".!?:;*_("
