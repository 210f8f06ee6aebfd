"""One sentence: who says what in it, and by which verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.statements.extent import clause_end, clause_start, said_around, said_behind, trails
from rag.statements.lexicon import (
    BETWEEN,
    BOUNDARIES,
    CLAIMS,
    DAYS,
    DETERMINERS,
    LEADS,
    NOT_SAID,
    PREPOSITIONS,
    STANCES,
)
from rag.statements.subjects import Subject, apposed_before, relative_before, subject_before, subject_behind
from rag.statements.tokens import Sentence, Token, trim, within_marks
from rag.statements.values import Stance
from rag.statements.who import Who, who
from rag.values import Span

_CALLS = frozenset("called calls described describes dubbed dubs branded brands labelled labeled".split())
_THEIRS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_SPEAKS_OF = frozenset(("spoke of", "speaks of", "talked of"))
_ASIDE = frozenset("as by off up out down in on over locally back".split())
_ITS_OWN = frozenset("this these those her".split())
_PAST = re.compile(
    r"(?:[a-z]{2,}ed|met|went|told|said|left|took|gave|made|won|lost|sold|spoke|wrote|came|led|held|saw|ran|set|put|cut|hit|flew|stood"
    r"|sat|paid|drew|threw|rose|fell|became|began|kept|sent|felt|found|heard|brought|bought|broke|chose|drove|read|rode|swore|tore|wore)\Z"
)
"""A verb in the past, as far as its form tells: "Amazon workers walked" has none behind the name."""
_LONGEST_OBJECT = 12
"""How many words may stand between such a verb and the quotation that tells what it is called."""
_NOT_LY = frozenset(("family", "ally", "reply", "assembly"))
_QUOTED_AS = re.compile(
    r"(?:\b(?:is|was|were|are|has been|have been)\s+(?:[a-z]+ly\s+)?quoted(?:\s+by\s[^,\"“]{2,60}?)?"
    r"|\bquoted\s(?P<whom>[^,\"“]{2,80}?))\s+as\s+saying(?:\s+that\b)?"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whoever speaks with a verb of speech, where the subject stands, and the spans of what is said; `direct` if quoted."""

    who: Who
    verb: str
    stance: Stance
    subject: Span
    said: tuple[Span, ...]
    direct: bool


def attributions(sentence: Sentence) -> tuple[Attribution, ...]:
    """Every attribution of a sentence, in order; what is reported within another's words is left out."""
    found = [*_according(sentence), *_quoted_as(sentence)]
    for place, token in enumerate(sentence.tokens):
        if token.kind == "word" and token.text in STANCES:
            one = (
                _apposed(sentence, place)
                or _inverted(sentence, place)
                or _ordinary(sentence, place)
                or _relative(sentence, place)
                or _goes_on(sentence, place)
            )
            found += [one] if one else []
        elif token.kind == "word" and token.text in _CALLS | _SPEAKS_OF and (one := _calling(sentence, place)):
            found.append(one)
    # Whoever stands outside speaks: what trails a clause covers all of it, what leads covers all that follows.
    found = sorted((one for one in found if one.said), key=lambda a: (a.said[0][0] > a.subject[0], a.subject[0]))
    kept: list[Attribution] = []
    for one in found:
        if not any(_holds(k, one) for k in kept):
            kept.append(one)
    kept += _claims(sentence)
    return tuple(sorted(kept, key=lambda a: a.subject[0]))


def _holds(one: Attribution, other: Attribution) -> bool:
    """Whether the other is part of what is said with the first; two verbs of one subject are not."""
    if one.subject == other.subject:
        return any(start <= other.said[0][0] < end for start, end in one.said)
    return any(start <= other.subject[0] < end for start, end in (one.subject, *one.said))


def _inverted(sentence: Sentence, verb: int) -> Attribution | None:
    """The verb before its subject: ‘"It broke," said Hale’, "It broke, said Hale"."""
    word, ahead = sentence.tokens[verb], sentence.at(verb - 1)
    if ahead is None or word.low in ("told", "tells"):
        return None
    before = sentence.at(verb - 2)
    quoted = ahead.kind == "quote" or (ahead.text == "," and before is not None and before.kind == "quote")
    if not quoted and not (ahead.text == "," and word.low in LEADS):
        return None
    subject = subject_behind(sentence, verb + 1)
    if subject is None:
        return None
    behind = sentence.at(subject.last + 1)
    if not quoted and behind and behind.kind == "word" and behind.low in BOUNDARIES - {"as", "when", "after"}:
        return None  # "…, a unit of Fenn, said the new rules will …"
    span = subject.span(sentence)
    said, direct = said_around(sentence, ahead.start, span[1], articles=False)
    return Attribution(subject.who, word.text, STANCES[word.text], span, said, direct)


def _apposed(sentence: Sentence, verb: int) -> Attribution | None:
    """An appositive between the subject and the verb: "Adela Quist, the director of the line, denied that"."""
    comma = verb - 1
    while comma >= 0 and _between(sentence, comma):
        comma -= 1
    ahead, before = sentence.at(comma), sentence.at(comma - 1)
    if ahead is None or before is None or ahead.text != "," or before.kind == "quote":
        return None
    subject = apposed_before(sentence, comma)
    return _told(sentence, subject, verb) if subject else None


def _ordinary(sentence: Sentence, verb: int) -> Attribution | None:
    """The subject right before its verb, before or behind what is said."""
    behind = sentence.at(verb + 1)
    if behind and behind.low == "by":
        return None  # "claimed by several states"
    last = verb - 1
    if sentence.tokens[verb].low == "say" and [w.low for w in sentence.tokens[max(0, verb - 2) : verb]] == ["on", "to"]:
        last = verb - 4  # "went on to say"
    while last >= 0 and _between(sentence, last):
        last -= 1
    subject = subject_before(sentence, last) if last >= 0 else None
    ahead = sentence.at(subject.first - 1) if subject else None
    if subject is None or (ahead and ahead.text in STANCES):
        return None
    return _told(sentence, subject, verb)


def _relative(sentence: Sentence, verb: int) -> Attribution | None:
    """A clause of the subject's own between it and the verb, without commas: "A clerk who asked not to be named said"."""
    behind = sentence.at(verb + 1)
    subject = relative_before(sentence, verb) if sentence.tokens[verb].low in LEADS and behind else None
    return _told(sentence, subject, verb) if subject else None


def _goes_on(sentence: Sentence, verb: int) -> Attribution | None:
    """A further verb of the name that opens the sentence: "Hale welcomed the offer and warned that …".

    Not "refused to step down and admit that": the verb is a finite one; nor "beat Strand and claimed the medal".
    """
    word, behind = sentence.tokens[verb], sentence.at(verb + 1)
    finite = word.low.endswith(("ed", "s")) or word.low in ("said", "told", "wrote")
    leads = word.low in ("said", "told") or (behind and (behind.kind == "quote" or behind.low == "that"))
    subject = _opening(sentence, verb) if finite and leads else None
    return _told(sentence, subject, verb) if subject else None


def _calling(sentence: Sentence, verb: int) -> Attribution | None:
    """ "Hale called the offer “a joke”": what is called so, and how, in the marks that show whose word it is.

    Not "called off the “Ada” tour", and not "Renn, described by Strand as “a liar”": there it is Strand's word.
    """
    near = sentence.tokens[verb + 1 : verb + 2 + _LONGEST_OBJECT]
    quote = next((k for k, w in enumerate(near) if w.kind == "quote"), -1)
    if quote < 0:
        return None
    if sentence.tokens[verb].text in _SPEAKS_OF:
        return _called(sentence, verb, near[0], near[quote])
    words, after = near[:quote], sentence.at(verb + 2 + quote)
    if not words or words[0].low in PREPOSITIONS | _ASIDE or words[0].low.endswith("ly"):
        return None
    if any(w.kind == "sign" or w.low in BOUNDARIES - {"as"} or w.text in STANCES for w in words):
        return None
    bare = [w.low for w in words if w.low not in DETERMINERS]
    if not (bare or words[0].low in _ITS_OWN) or (bare and bare[-1] in PREPOSITIONS) or (after and after.low == "by"):
        return None
    return _called(sentence, verb, words[0], near[quote])


def _called(sentence: Sentence, verb: int, first: Token, quote: Token) -> Attribution | None:
    """What stands from the first word behind such a verb to the quotation, with whoever says it so."""
    last = verb - 1
    while last >= 0 and _between(sentence, last):
        last -= 1
    ahead = sentence.at(last)
    apposed = apposed_before(sentence, last) if ahead and ahead.text == "," else None
    subject = apposed or (subject_before(sentence, last) if last >= 0 else None) or _opening(sentence, verb)
    if subject is None:
        return None
    said = trim(sentence.text, first.start, quote.end)
    return Attribution(subject.who, sentence.tokens[verb].text, "says", subject.span(sentence), (said,), False)


def _opening(sentence: Sentence, verb: int) -> Subject | None:
    """The name that opens the sentence and is the subject of its first verb, where this one stands behind an "and"."""
    link = verb - 1
    while link >= 0 and _between(sentence, link):
        link -= 1
    joint = sentence.at(link)
    first = sentence.place(next(w for w in sentence.tokens if w.start >= clause_start(sentence)))
    if joint is None or joint.low not in ("and", "but") or first >= link:
        return None
    if not sentence.tokens[first].capital or sentence.tokens[first].low in PREPOSITIONS:
        return None
    last = first
    while last + 1 < link and sentence.tokens[last + 1].capital:
        last += 1
    subject, behind = None, sentence.tokens[last + 1]
    if behind.text == ",":
        subject = subject_behind(sentence, first, goes_on=True)
    elif one := who(sentence.tokens[first : last + 1], sentence.text):
        subject = Subject(one, first, last)
    if subject is None or not subject.who.speaker or subject.who.kind not in ("person", "name", "body"):
        return None
    start = subject.last + 2 if behind.text == "," else subject.last + 1
    between = sentence.tokens[start:link]
    plain = all(w.kind != "sign" and (w.capital or w.low not in BOUNDARIES) for w in between)
    return subject if plain and between and _PAST.match(between[0].text) else None


def _told(sentence: Sentence, subject: Subject, verb: int) -> Attribution:
    word, span = sentence.tokens[verb], subject.span(sentence)
    stance = STANCES[word.text]
    if subject.first and trails(sentence, subject.first, verb):
        said, direct = said_around(sentence, sentence.tokens[subject.first - 1].start, word.end, articles=True)
    else:
        said, direct, order = said_behind(sentence, verb)
        stance = "asks" if order else stance
    return Attribution(subject.who, word.text, stance, span, said, direct)


def _between(sentence: Sentence, place: int) -> bool:
    """Whether the word may stand between a subject and its verb: "also", "repeatedly", "on Tuesday"."""
    word, behind = sentence.tokens[place], sentence.at(place + 1)
    adverb = word.low in BETWEEN or (word.low.endswith("ly") and not word.capital and word.low not in _NOT_LY)
    return adverb or _is_day(word) or (word.low == "on" and behind is not None and _is_day(behind))


def _is_day(word: Token) -> bool:
    return word.capital and word.low in DAYS


def _according(sentence: Sentence) -> Iterator[Attribution]:
    """ "According to Hale, …", "…, according to Hale, …"."""
    text = sentence.text
    for place, word in enumerate(sentence.tokens[:-2]):
        to = sentence.tokens[place + 1]
        if (word.low, to.low) != ("according", "to"):
            continue
        start = clause_start(sentence)
        opens = word.start <= start
        subject = subject_behind(sentence, place + 2, strict=True, goes_on=opens)
        if subject is None:
            continue
        behind, next_word = sentence.at(subject.last + 1), sentence.at(subject.last + 2)
        said = [] if opens else [trim(text, start, word.start)]
        if opens and behind:
            said = [trim(text, behind.start, clause_end(sentence, subject.last))]
        elif behind and behind.text == "," and next_word and next_word.low not in NOT_SAID:
            said.append(trim(text, behind.end, sentence.end))
        kept = tuple(span for span in said if span[0] < span[1])
        yield Attribution(subject.who, text[word.start : to.end], "says", subject.span(sentence), kept, False)


def _claims(sentence: Sentence) -> Iterator[Attribution]:
    """ "She rejected a claim by the union that …", "Her theory is that …": a noun for what is said, and whose it is.

    That it was said is told by the newsroom itself, even where somebody else rejects it.
    """
    for place, word in enumerate(sentence.tokens[:-2]):
        if word.kind != "word" or word.low not in CLAIMS:
            continue
        link, that = sentence.tokens[place + 1], sentence.at(place + 2)
        if link.low in ("by", "from"):
            subject = subject_behind(sentence, place + 2, strict=True)
            last = subject.last if subject else place
            that = sentence.at(last + 1)
        elif link.low in ("is", "was"):
            subject, last = _owner(sentence, place), place + 1
        else:
            continue
        if subject and that and that.low == "that":
            said = trim(sentence.text, that.end, clause_end(sentence, last))
            if said[0] < said[1]:
                yield Attribution(subject.who, word.text, CLAIMS[word.low], subject.span(sentence), (said,), False)


def _owner(sentence: Sentence, noun: int) -> Subject | None:
    """Whose claim it is: "his claim", "Hale's claim"."""
    owner = sentence.at(noun - 1)
    if owner is None or not (owner.low in _THEIRS or owner.possessive):
        return None
    if owner.low in _THEIRS:
        return Subject(Who(_THEIRS[owner.low], "", "pronoun"), noun - 1, noun - 1)
    plain = replace(owner, text=re.sub(r"['’]s?$", "", owner.text))
    named = who([plain], sentence.text) if owner.capital else None
    return Subject(replace(named, speaker=plain.text), noun - 1, noun - 1) if named and named.speaker else None


def _quoted_as(sentence: Sentence) -> Iterator[Attribution]:
    """ "Hale was quoted as saying …", "the paper quoted Hale as saying …": Hale speaks."""
    text, every = sentence.text, sentence.tokens
    for match in _QUOTED_AS.finditer(text, sentence.start, sentence.end):
        rest = [w for w in every if w.start >= match.end()]
        if match["whom"]:
            words = [w for w in every if match.start("whom") <= w.start < match.end("whom")]
            named, span = who(words, text), match.span("whom")
        else:
            last = max((k for k, w in enumerate(every) if w.end <= match.start()), default=-1)
            subject = subject_before(sentence, last) if last >= 0 else None
            named, span = (subject.who, subject.span(sentence)) if subject else (None, match.span())
        if named is None or not rest:
            continue
        quotes = [within_marks(w) for w in rest if w.kind == "quote"]
        direct = bool(quotes) and all(w.kind != "word" for w in rest)
        said = tuple(quotes) if direct else (trim(text, match.end(), sentence.end),)
        yield Attribution(named, "quoted as saying", "says", span, said, direct)
