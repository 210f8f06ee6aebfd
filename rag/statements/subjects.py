"""Subjects: how far the words reach that name whoever speaks, before a verb and behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.statements.lexicon import (
    BOUNDARIES,
    DAYS,
    DEPENDENT,
    DETERMINERS,
    DOCUMENTS,
    FINITE,
    MONTHS,
    NO_SUBJECT_BEHIND,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    STANCES,
)
from rag.statements.lexicon import words as words_of
from rag.statements.tokens import Sentence, Token
from rag.statements.who import Who, who
from rag.values import Span

_REACH = 16
_APPOSITIVE = 25
"""How many words a subject, and what stands between commas behind it, may have."""
_NAME_ENDINGS = words_of("co sons company partners brothers associates")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever speaks, and from which to which place the words stand, an appositive behind the verb's side included."""

    who: Who
    first: int
    last: int

    def span(self, sentence: Sentence) -> Span:
        """Where the words stand in the paragraph."""
        return sentence.tokens[self.first].start, sentence.tokens[self.last].end


def subject_before(sentence: Sentence, last: int) -> Subject | None:
    """The subject whose last word stands at `last`; None where nobody is named there who could speak."""
    first = _backward(sentence, last)
    ahead = sentence.at(first - 1)
    words = sentence.tokens[first : last + 1]
    if not words or (ahead and ahead.low in NO_SUBJECT_BEHIND) or (len(words) > 1 and words[-1].low in PRONOUNS):
        return None
    if ahead and ahead.text == "and" and (two := _joint(sentence, _backward(sentence, first - 2), first - 1, last)):
        return two
    one = who(words, sentence.text, strict=ahead is not None and ahead.low in DEPENDENT)
    return Subject(one, first, last) if one else None


def apposed_before(sentence: Sentence, comma: int) -> Subject | None:
    """The subject with an appositive that ends at this comma: "Adela Quist, the director of the line, denied"."""
    opening = [k for k in range(1, comma) if sentence.tokens[k].text == ","]
    unnamed = None
    for k in reversed(opening[-3:]):
        first = _backward(sentence, k - 1)
        words = sentence.tokens[first:k]
        apposed = sentence.tokens[k + 1 : comma]
        # Whoever is somebody "who", speaks: "A lodger, who had heard the crash, said".
        one = who(words, sentence.text, strict=apposed[0].low != "who") if words and apposed else None
        if one and one.kind != "pronoun" and _apposes(apposed):
            found = Subject(_described(one, apposed, sentence.text), first, k - 1)
            if found.who.speaker:
                return found
            unnamed = unnamed or found
    return unnamed


def relative_before(sentence: Sentence, verb: int) -> Subject | None:
    """The subject that opens the sentence with a clause of its own behind it: "A clerk who had read the file because … said"."""
    last = next((k - 1 for k in range(1, verb) if sentence.tokens[k].low == "who"), -1)
    between = sentence.tokens[last + 1 : verb]
    if last < 0 or len(between) > _APPOSITIVE or any(w.kind != "word" for w in between):
        return None
    first = _backward(sentence, last)
    words = sentence.tokens[first : last + 1]
    one = who(words, sentence.text) if words and sentence.at(first - 1) is None else None
    if one is None or one.kind not in ("role", "people", "person"):
        return None
    return Subject(_described(one, between, sentence.text, " "), first, verb - 1)


def subject_behind(sentence: Sentence, first: int, *, strict: bool = False, goes_on: bool = False) -> Subject | None:
    """The subject whose first word stands at `first`, as in "said Hale, a roofer"; None where nobody is named.

    Where the sentence `goes_on` with what is said, an appositive has a comma behind it as well.
    """
    last = _forward(sentence, first)
    words = sentence.tokens[first : last + 1]
    one = who(words, sentence.text, strict=strict) if words else None
    behind = sentence.at(last + 1)
    if one is None or one.kind == "pronoun":
        return None
    if behind and behind.text == "and" and (two := _joint(sentence, first, last + 1, _forward(sentence, last + 2))):
        return two
    if one.kind == "body" or behind is None or (behind.text != "," and behind.low != "who"):
        return Subject(one, first, last)
    start = last + 2 if behind.text == "," else last + 1
    stop = next(
        (k for k in range(start, len(sentence.tokens)) if sentence.tokens[k].kind != "word"), len(sentence.tokens)
    )
    apposed = sentence.tokens[start:stop]
    after = sentence.at(stop)
    open_end = goes_on and (after is None or after.text != ",")
    anew = not _apposes(apposed) or apposed[0].low in BOUNDARIES - RELATIVE or apposed[0].low.endswith("ing")
    if anew or open_end:
        return Subject(one, first, last)
    return Subject(_described(one, apposed, sentence.text), first, stop - 1)


def _described(one: Who, apposed: Sequence[Token], text: str, link: str = ", ") -> Who:
    """Whoever is named, with an appositive as role, or under the name that the appositive gives: "the judge, Ann Hale,"."""
    named = who(apposed, text) if one.kind == "role" and apposed[0].capital else None
    if named and named.kind in ("person", "name"):
        return replace(named, role=one.role)
    if one.kind == "body" or apposed[0].low in (PREPOSITIONS | BOUNDARIES | {"speaking", "asked"}) - RELATIVE:
        return one
    return replace(one, role=f"{one.role}{link}{text[apposed[0].start : apposed[-1].end]}".strip(", "))


def _apposes(words: Sequence[Token]) -> bool:
    """Whether the words between two commas tell of the one before them; a clause of its own does not."""
    if not words or len(words) > _APPOSITIVE or words[0].kind != "word" or any(w.kind == "quote" for w in words):
        return False
    clause = next(
        (k for k, w in enumerate(words) if w.low in RELATIVE | {"that", "because", "when", "while", "as"}), len(words)
    )
    return not any(w.low in FINITE for w in words[:clause])


def _joint(sentence: Sentence, first: int, link: int, last: int) -> Subject | None:
    """Two who speak together, "Ann Hale and Ivo Strand", or a name with "and" in it; None where they do not."""
    left, right = sentence.tokens[first:link], sentence.tokens[link + 1 : last + 1]
    if not left or not right:
        return None
    text = sentence.text
    if right[0].low in _NAME_ENDINGS:
        name = Token(text[left[-1].start : right[0].end], left[-1].start, right[0].end, "word")
        named = who([*left[:-1], name, *right[1:]], text)
        return Subject(named, first, last) if named else None
    one, other = who(left, text, strict=True), who(right, text, strict=True)
    if one is None or other is None or "pronoun" in (one.kind, other.kind):
        return None
    both = re.sub(r"^The\s", "", text[left[0].start : right[-1].end])
    if other.kind in ("role", "people"):
        return Subject(Who("", both, "people", one.anonymous or other.anonymous), first, last)
    return Subject(Who(both, "", "body" if other.kind == "body" else "people"), first, last)


def _backward(sentence: Sentence, last: int) -> int:
    """The place of the first word that may belong to a subject which ends at `last`; `last` + 1 for none."""
    first = last + 1
    while first > 0 and last - first < _REACH and not _ends(sentence, first - 1):
        first -= 1
    return first


def _ends(sentence: Sentence, place: int) -> bool:
    word, ahead = sentence.tokens[place], sentence.at(place - 1)
    noun = ahead is not None and (ahead.low in DETERMINERS or ahead.possessive)
    return word.kind != "word" or word.low in BOUNDARIES or (word.text in STANCES and not noun)


def _forward(sentence: Sentence, first: int) -> int:
    """The place of the last word that may belong to a subject which begins at `first`; `first` - 1 for none."""
    last = first - 1
    while last + 1 < len(sentence.tokens) and last - first < _REACH:
        word, ahead = sentence.tokens[last + 1], sentence.tokens[last] if last >= first else None
        verb = word.text in STANCES and word.low.removesuffix("s") not in DOCUMENTS
        if word.kind != "word" or word.low in BOUNDARIES or verb:
            break
        if ahead and (word.low in DAYS or (word.low in MONTHS and word.capital) or _begins_anew(word, ahead)):
            break
        last += 1
    return last


def _begins_anew(word: Token, ahead: Token) -> bool:
    """Whether a preposition behind a subject begins something else: a place, an occasion, an addressee."""
    if word.low not in PREPOSITIONS - {"of", "for", "close", "familiar"} or ahead.low in DOCUMENTS | {
        "close",
        "familiar",
    }:
        return False
    return word.low not in ("with", "from", "at") or ahead.capital
