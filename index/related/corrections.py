"""Corrections: the notes by which a newsroom mends an article, and which of its paragraphs they speak of.

A note is known by the way newsrooms write it: it opens with its label ("Correction:"), or it speaks of
"this article" and of an error in it. A person who corrects a remark, a market or a prison is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.related.statements import fold
from index.values import Article, Paragraph

NoteKind = Literal["correction", "clarification", "update", "retraction", "editor's note"]
Span = tuple[int, int]

_LONGEST = 1500
"""Characters of a paragraph that are looked at: a note is short, and says what it is at once."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in an article. `wrong_at` and `right_at` are where the note's text says what was wrong and what is right.

    `targets` are the ids of the paragraphs it speaks of, all of the article's for a retraction. `applied` is True
    where the text holds what is right, False where it still holds what is wrong, None where neither can be told.
    """

    paragraph_id: str
    kind: NoteKind
    targets: tuple[str, ...] = ()
    wrong: str = ""
    right: str = ""
    wrong_at: Span | None = None
    right_at: Span | None = None
    applied: bool | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that stands apart from the article it corrects, and what it says of it; "" where it does not.

    `date` and `page` are as written ("9 March", "Tuesday", "A4"). `wrong` and `right` are slices of `text`,
    the paragraph with the id `paragraph_id`.
    """

    paragraph_id: str
    text: str
    headline: str = ""
    date: str = ""
    page: str = ""
    wrong: str = ""
    right: str = ""


# What newsrooms write ----------------------------------------------------------------------------------------

_PIECE = r"(?:article|story|report|post|piece|column|page|headline|caption|obituary|interview|review|editorial|graphic|version|item)"
_THIS = rf"(?:this|our) (?:breaking |news |developing ){{0,2}}{_PIECE}"
_EARLIER = (
    rf"(?:earlier|previous|prior|original|first) (?:versions?|headline|text) (?:of|on|in) (?:this|our|the) {_PIECE}"
)
_BADLY = r"(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately|falsely)"
_SAID = (
    r"(?:said|stated|reported|gave|listed|put|named|identified|described|referred to|called|spelled|spelt|quoted"
    r"|suggested|implied|showed|attributed|held)"
)
_MISTOOK = r"mis(?:stated|identified|spelled|spelt|reported|named|described|label?led|dated|characteri[sz]ed|attributed|quoted)|overstated|understated"
_WITHDRAWN = r"(?:retracted|withdrawn|unpublished|taken down|removed from (?:our|the) (?:web ?site|site|archive))"
_CLOCK = r"(?:[,(]? ?(?:at )?(?:\d{1,2}[:.]\d\d|\d{1,2} ?[ap]\.?m)[^:—–]{0,40}|(?:,| ?\() ?[^:—–()]{1,40}\)?| \d[^:—–]{0,40})?"
_OPENS = r"^[\s*•\[(—–-]*"


def _label(words: str, ends: str = r":|\s?[—–]|\s-\s|\.\s*(?=[A-Z])") -> str:
    return rf"{_OPENS}(?:{words}){_CLOCK}\s*(?:{ends})"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


_RETRACTION = _any(
    _label(r"(?-i:R)etraction|RETRACTION|RETRACTED|(?-i:R)etracted|(?-i:W)ithdrawn"),
    rf"\b{_THIS},? (?:published [^,]{{1,40}}, )?(?:has been|have been|was|is) {_WITHDRAWN}\b(?! by)",
    rf"\b(?:we|the (?-i:[A-Z])[\w ]{{2,40}}) (?:have |has |hereby )?(?:retract(?:s|ed)?|withdr(?:aw|awn|ew)) {_THIS}",
)
_SELF = _any(
    rf"\b{_EARLIER}",
    r"\ban? (?:earlier|previous) (?:version|text) (?:said|stated|gave|had|attributed|misstated)\b",
    rf"\b{_THIS} (?:has been|was) (?:corrected|amended|clarified|changed (?:to|on|after)\b|(?:updated|edited) (?:on [^.]{{3,30}} )?to (?:correct|clarify|make clear))",
    rf"\b{_THIS} (?:originally|initially|previously|{_BADLY}) {_SAID}\b",
    rf"\b{_THIS} (?:{_MISTOOK}|gave the wrong|contained an error)\b",
    rf"\b(?:we|we have) (?:{_BADLY} {_SAID}|{_MISTOOK}|corrected)\b.*\b{_THIS}",
    rf"\bthe headline on {_THIS} (?:has been|was) (?:changed|corrected|amended)",
    rf"\b(?:because of|due to|owing to) an? (?:editing|reporting|production|transcription|typing|editor's) error\b.*\b{_THIS}",
    rf"\bwhen {_THIS} was first published, it {_SAID}\b",
    rf"\b(?:graphic|chart|map|photograph|caption)\b.{{0,40}}\b{_THIS}.{{0,60}}\b(?:wrong|incorrect|error)",
    rf"{_OPENS}(?:note:\s*)?(?:this version |(?:the )?company )?corrects\b(?! (?:him|her|it|them)sel)",
    r"^\(correcting\b",
    rf"{_OPENS}this version clarif",
    r"\(corrects [^()]{3,120}\)\s*$",
)
_CORRECTION = _any(
    _label(
        r"corrections?(?: and (?:apology|clarifications?))?|corrected|erratum|errata|corrigendum|amendment|corrects",
        r":|\s?[—–](?=\s?[A-Z])|\.\s(?=[A-Z])",
    ),
    rf"{_OPENS}a correction was made on\b",
    rf"{_OPENS}the {_PIECE} has been corrected\b",
)
_CLARIFICATION = _any(
    _label(r"(?:a )?clarification|clarifying|clarifies"),
    rf"\b{_THIS} (?:has been|was) (?:clarified|(?:amended|updated|changed|edited) to (?:clarify|make (?:it )?clear))",
    rf"{_OPENS}this version clarif",
)
_UPDATE = _any(
    _label(r"(?-i:U)pdate|UPDATED?|(?-i:U)pdated", r":|\s[—–]\s"),
    rf"{_OPENS}(?:{_PIECE} |last |first )?updated:? (?:at |on )?(?:\d|[a-z]+ \d)",
    rf"\b{_THIS} (?:has been|was|is being|will be|is|may be) (?:continually |regularly )?(?:updated|a developing)",
    rf"\bthis is a (?:developing|breaking)(?: news)? {_PIECE}",
    rf"{_OPENS}\(?(?:updates|adds|recasts|rewrites)\b (?:with|to|throughout|details?|comments?|quotes?|background|byline|closing|analyst)",
    rf"{_OPENS}(?:more details|more) (?:to follow|soon|to come)\W*$",
    r"\bcheck back for (?:more )?updates\b",
)
_EDITOR = _any(
    rf"{_OPENS}(?:(?:the )?editor(?:'s|s'|s)? note|note (?:to|for) (?:our )?(?:readers|editors)|an? (?:editor's )?note from the editors?|from the editors?|eds){_CLOCK}\s*(?::|\s?[—–]|\s-\s)",
)
_HINT = re.compile(
    r"correct|clarif|updat|retract|withdr|amend|errat|corrigend|editor|eds\b|note|record|version|headline|article|story|report"
    r"|this (?:page|post|piece|column|item|interview|review|obituary|graphic|caption)|developing|breaking|adds|recasts|rewrites|more ",
    re.IGNORECASE,
)
"""Nine paragraphs in ten hold none of these words and need no closer look."""
_FOR_THE_RECORD = re.compile(rf"{_OPENS}for the record{_CLOCK}\s*:", re.IGNORECASE)


def _kind(text: str) -> NoteKind | None:
    """What kind of note the paragraph is, None for one that is none. What a note says goes before its label."""
    text = text[:_LONGEST].replace("’", "'")
    if not _HINT.search(text) or text.lstrip()[:1] in "\"“'‘":
        return None
    if _RETRACTION.search(text):
        return "retraction"
    if _CLARIFICATION.search(text):
        return "clarification"
    if _CORRECTION.search(text) or _FOR_THE_RECORD.search(text) or _SELF.search(text):
        return "correction"
    if _EDITOR.search(text):
        return "editor's note"
    return "update" if _UPDATE.search(text) else None


# What was wrong and what is right ----------------------------------------------------------------------------

_STOP = r"(?=,(?!\d)|[;:()\[\]]|\s[—–]|\s(?:not|rather than|instead|when|because|but|due to|and (?:not|has|have|that|the))\b|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])[.!?](?!\d)|$)"


def _value(name: str) -> str:
    return rf"(?P<{name}>[^\s.,;:()].{{0,160}}?){_STOP}"


def _shapes(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_RIGHT_THEN = r"(?P<right>(?:[^\s,;:]+ ){0,7}?[^\s,;:]+)"
_VERB = r"\b(?:is|was|were|are|be|been|lasted|covered|covers|sank|has|had|to show|to say|name|holds|spelled|(?:clear|show|say|reflect) that [\w ]{1,40}?(?:is|was|were|begins|has))"
_BOTH = _shapes(
    rf"\bfrom {_value('wrong').split('(?=')[0]} to {_value('right')}",
    rf"\bto {_RIGHT_THEN} from {_value('wrong')}",
    rf"{_VERB} {_RIGHT_THEN},? (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
    rf"\b(?:he|she|it|in|on|at|by) {_RIGHT_THEN}, (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
    rf"\b(?P<right>(?:\d[\w.,]*(?: [\w%]+){{0,3}}?|(?-i:[A-Z]\w+(?: [A-Z]\w+){{0,3}}))),? (?:and )?(?:not|rather than|instead of) {_value('wrong')}",
)
_WRONG = _shapes(
    rf"\b(?:{_MISTOOK})\b[^.;]{{1,120}}? as {_value('wrong')}",
    rf"\b(?:{_BADLY} )?(?:identified|described|listed|named|gave|referred to)\b[^.;]{{1,120}}? (?:as|at) (?:being )?{_value('wrong')}",
    rf"\bput\b[^.;]{{1,80}}? at {_value('wrong')}",
    rf"\b{_BADLY} named [^.;]{{1,80}}? {_value('wrong')}",
    rf"\b(?:{_BADLY}|originally|initially|previously) (?:said|stated|reported|suggested|implied) (?:that )?{_value('wrong')}",
    rf"\b(?:{_EARLIER}|an? (?:earlier|previous) version|we|it) (?:also )?(?:said|stated|reported) (?:on this page )?(?:that )?{_value('wrong')}",
)
_RIGHT = _shapes(
    rf"\bshould (?:have (?:said|read|been)|read|say|be) (?:that )?{_value('right')}",
    rf"\b(?:the correct|correct) [\w ]{{2,30}}? (?:is|was) {_value('right')}",
    rf"\b(?:changed|corrected|amended) to (?:say|read|show|reflect|state) (?:that )?{_value('right')}",
    rf"[.;,] (?:in fact,? |actually,? )?(?:the (?:figure|number|name|date|age|total|amount|vote|year|price|sum)|he|she|it|they|there) (?:is|was|were|are|has been|has|had|will be|should be) (?:in fact |actually )?(?:made by |on )?{_value('right')}",
    rf"[.;] (?:in fact,? |actually,? )?(?:(?:the )?[\w']+(?: [\w']+){{0,3}}?) (?:is|was|were|are|has|sits|froze|resigned|happened|took place|survived by|appointed)\b (?:in fact )?(?:in |on |at )?{_value('right')}",
    rf"[.;] (?:he|she|it|they) \w+(?:ed|es|s|ze)? (?:in|on|at|by|for|to) {_value('right')}",
)


def _said(text: str) -> tuple[Span | None, Span | None]:
    """Where the note says what was wrong and what is right."""
    plain = text[:_LONGEST].replace("’", "'")
    for form in _BOTH:
        if found := form.search(plain):
            return found.span("wrong"), found.span("right")
    wrong = next((found.span("wrong") for form in _WRONG if (found := form.search(plain))), None)
    start = wrong[1] if wrong else 0
    right = next((found.span("right") for form in _RIGHT if (found := form.search(plain, start))), None)
    if right is None and wrong:
        right = next((found.span("right") for form in _RIGHT if (found := form.search(plain[: wrong[0]]))), None)
    return wrong, right


# What a note speaks of ---------------------------------------------------------------------------------------

_OFTEN = (
    "the a an of to in on at by for and or is was were are be been has had have it its that this not as with from he she"
    " they there who which his her their we our article story report version earlier previous correction clarification"
    " editor note said stated show incorrectly wrongly corrected amended changed misstated misspelled misidentified name"
    " correct first paragraph spelling figure number wrong error"
)
_COMMON = frozenset(_OFTEN.split())


def notes(paragraphs: Sequence[Paragraph]) -> tuple[Note, ...]:
    """The notes among an article's paragraphs, in order, each tied to the paragraphs it speaks of.

    An update changes nothing and speaks of no paragraph; a retraction speaks of all of them.
    """
    kinds = {p.id: kind for p in paragraphs if p.kind != "headline" and (kind := _kind(p.text))}
    others = [p for p in paragraphs if p.id not in kinds]
    return tuple(_note(p, kinds[p.id], others) for p in paragraphs if p.id in kinds)


def _note(note: Paragraph, kind: NoteKind, others: Sequence[Paragraph]) -> Note:
    if kind == "update":
        return Note(note.id, kind)
    if kind == "retraction":
        return Note(note.id, kind, tuple(p.id for p in others))
    wrong_at, right_at = _said(note.text)
    wrong, right = (note.text[slice(*at)] if at else "" for at in (wrong_at, right_at))
    targets, applied = tie(note.text, wrong, right, others)
    return Note(note.id, kind, targets, wrong, right, wrong_at, right_at, applied)


def _telling(text: str) -> frozenset[str]:
    return frozenset(fold(text).words) - _COMMON


def _key(value: str, other: str) -> frozenset[str]:
    """The words by which the value differs from the other: its figures where it has any, else all that tell."""
    telling = _telling(value) - _telling(other)
    return frozenset(word for word in telling if word[0].isdigit()) or telling


def tie(note: str, wrong: str, right: str, others: Sequence[Paragraph]) -> tuple[tuple[str, ...], bool | None]:
    """The paragraphs that hold what the note says is wrong (not applied) or right (applied), else the likest one."""
    words = {p.id: frozenset(fold(p.text).words) for p in others}
    only_wrong, only_right = _key(wrong, right), _key(right, wrong)
    about = _telling(note) - only_wrong - only_right
    often = Counter(word for held in words.values() for word in held)
    weight = {key: sum(1 / often[word] for word in about & held) for key, held in words.items()}
    for values, applied in ((only_wrong, False), (only_right, True)):
        if not values:
            continue
        holding = [key for key, held in words.items() if values <= held and _is_about(values, weight[key], weight)]
        if holding:
            return tuple(holding), applied
    best = max(weight, key=lambda key: weight[key], default=None)
    if best is None or weight[best] < 1:
        return (), None
    return (best,), None


def _is_about(values: frozenset[str], weight: float, weights: dict[str, float]) -> bool:
    """True for a paragraph that shares the note's subject; a figure alone stands in many for other reasons."""
    figures = all(word[0].isdigit() for word in values)
    return weight > 0 and (not figures or weight * 2 >= max(weights.values()))


# Corrections that stand apart --------------------------------------------------------------------------------

_APART = re.compile(
    r"^\W*(?:corrections?|clarifications?|corrections? (?:and|&) clarifications?|for the record|apology|retraction|errat(?:um|a)"
    r"|setting the record straight|we got it wrong)(?:\W*$|\s*[:—–(,]|\s-\s|\s(?:for|to)\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:an?|our|the|in|of) (?:[\w'-]+ ){{0,4}}?{_PIECE}\b(?=[^.]{{0,160}}\b(?:publish|appear|on|in|head|titl|page|misstat|mis|wrong|incorrect|said))",
    re.IGNORECASE,
)
_HEADLINED = re.compile(
    r"(?:head(?:lin)?ed|titled|entitled|headline|called|under the heading|report|article|story|,)\s*[,:]?\s*[(]?[\"“‘']([^\"“”]{8,200}?)[,.]?[\"”’'](?=[\s,.;)]|$)"
)
_DATE = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:,? \d{4})?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b(?:,? \d{4})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?='s|’s| edition| paper|\b))"
)
_PAGE = re.compile(r"\b(?:page|p\.?) ?([A-Z]?\d{1,3})\b|\b(?i:on (?:the )?((?:front|back) page))\b", re.IGNORECASE)


def corrects(article_title: str, paragraphs: Sequence[Paragraph]) -> Correction | None:
    """What an article says of another that it corrects; None for an article that corrects none.

    Of a column with several corrections the first is given; `each` gives them all.
    """
    return next(each(article_title, paragraphs), None)


def each(article_title: str, paragraphs: Sequence[Paragraph]) -> Iterator[Correction]:
    """Every correction in a column of corrections, as `corrects`, a paragraph each."""
    bodies = [p for p in paragraphs if p.kind == "body"]
    labelled = _APART.search(article_title) or (bodies and _CORRECTION.search(bodies[0].text[:200]))
    for p in bodies if labelled else ():
        text = p.text[:_LONGEST]
        headline, day, page = (form.search(text) for form in (_HEADLINED, _DATE, _PAGE))
        if not headline and not (_OTHER.search(text) and (day or page)):
            continue
        wrong_at, right_at = _said(text)
        yield Correction(
            p.id,
            p.text,
            headline[1] if headline else "",
            day[1] if day else "",
            (page[1] or page[2]) if page else "",
            text[slice(*wrong_at)] if wrong_at else "",
            text[slice(*right_at)] if right_at else "",
        )


def target(correction: Correction, candidates: Sequence[Article]) -> str | None:
    """The id of the article that a correction speaks of; None in doubt.

    A quoted headline decides. Otherwise the article must share the correction's rare words, twice as much as any
    other does; where one was published on the day that is named, only articles of that day are looked at.
    """
    from rapidfuzz import fuzz

    candidates = [a for a in candidates if all(p.text != correction.text for p in a.paragraphs)]
    if correction.headline:
        quoted = " ".join(fold(correction.headline).words)
        likeness = {a.id: fuzz.ratio(quoted, " ".join(fold(a.title).words)) for a in candidates}
        named = [key for key, like in likeness.items() if like >= 88]
        if named:
            best = max(likeness[key] for key in named)
            named = [key for key in named if likeness[key] == best]
            candidates = [a for a in candidates if a.id in named]
            if len(named) == 1:
                return named[0]
    of_the_day = [a for a in candidates if a.published and _is_day(correction.date, a.published)]
    return _likest(correction, of_the_day or candidates)


def _likest(correction: Correction, candidates: Sequence[Article]) -> str | None:
    about = _telling(correction.text)
    held = {a.id: about & _telling("\n".join((a.title, *(p.text for p in a.paragraphs)))) for a in candidates}
    often = Counter(word for words in held.values() for word in words)
    weight = {key: sum(1 / often[word] for word in words) for key, words in held.items()}
    ranked = sorted(weight, key=lambda key: -weight[key])
    if not ranked or len(held[ranked[0]]) < 4:
        return None
    return ranked[0] if len(ranked) == 1 or weight[ranked[0]] >= 2 * weight[ranked[1]] else None


def _is_day(written: str, published: date) -> bool:
    """True where "9 March", "March 9, 2026" or "Tuesday" can be the day of publication."""
    if written.endswith("day"):
        return f"{published:%A}" == written
    figures = re.findall(r"\d+", written)
    month = re.search(r"[A-Za-z]{3,}", re.sub(r"\d+(?:st|nd|rd|th)", "", written))
    if not figures or not month or month[0][:3] != f"{published:%b}":
        return False
    return int(figures[0]) == published.day and (len(figures) == 1 or int(figures[1]) == published.year)
