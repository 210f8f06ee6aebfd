"""Whether two paragraphs make the same statement, in all but the same words.

What an editor's hand may do to a paragraph leaves the statement as it was: spelling, house style, a
clause cut, an attribution moved. Another figure, day, name or negation makes another statement,
however alike the rest is: "12 were killed" and "14 were killed" are a story and its correction.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.dates import MONTHS
from index.number_words import TENS, UNITS

KEPT = 0.6
"""A paragraph that kept fewer of the words says too little to be called a copy of the longer."""
SHORT = 8
"""Paragraphs of fewer words are copies only when equal: one word more or less is a different statement."""
_ROOM = 10
"""Words of paragraph to one plain word lost: without "oper", "Oper shr profit 12 cts vs loss two cts" is another figure."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_REVERSALS = _set(
    "not no never none nobody nothing neither nor without hardly barely scarcely unlikely false falsely deny denies"
    " denied denying fail fails failed failing refuse refuses refused refusing reject rejects rejected rejecting"
    " if unless until except"
)
"""Words that must be in both paragraphs or in neither, whatever else was cut with them."""
_TURNS = _set(
    "may might could would should must will can alleged allegedly suspected accused reportedly apparently"
    " possibly probably perhaps former ex acting deputy vice attempted unconfirmed possible likely fake nearly almost about"
    " around over under more less fewer most least only up down before after against north south east west new old non anti"
    " all some many few half hundred hundreds thousand thousands million billion trillion percent"
)
"""Words of which one alone makes another statement of a sentence. A clause may be cut with one in it."""
_ATTRIBUTION = _set("said says say saying told tells added adds adding stated reported according announced wrote")
_LIGHT = _ATTRIBUTION - _set("according announced reported") | _set(
    "the a an that which who also and then is was are were be been has had have here reporters"
)
_MONTHS = frozenset(MONTHS)
_WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
_DAYS = (_WEEKDAYS | _MONTHS) - {"may"}
_SPELLED = (
    {word: str(n) for word, n in UNITS.items()}
    | {word: str(n) for word, n in TENS.items()}
    | {month[:3]: month for month in _MONTHS - {"march", "may"}}
    | {"sept": "september", "tues": "tuesday", "wed": "wednesday", "thurs": "thursday", "thu": "thursday"}
    | {"pct": "percent", "%": "percent", "mln": "million", "bln": "billion", "bn": "billion"}
    | {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
)
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[$£€¥%]")
_ENDS = re.compile(r'[.!?:"“”]')
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’ -]{2,40}?)(?:, [A-Z][\w.]{1,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s*(?:\([A-Z][A-Za-z ]{1,40}\))?\s*[—–-]{1,2}\s+|\s*\([A-Z][A-Za-z ]{1,40}\)\s*[—–-]{1,2}\s+"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A paragraph's words without what house style may change. `names[i]` is 1 for a word capitalised in mid-sentence.

    A million of them are held at once where a large library consists of copies: flags are bytes, words are shared.
    """

    words: tuple[str, ...]
    names: bytes
    capital: bytes
    place: str
    figures: frozenset[str]
    reversals: tuple[str, ...]


def fold(text: str) -> Folded:
    """The words to compare: one spelling, figures as digits, months and weekdays in full, no punctuation, no agency."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    dateline = _DATELINE.match(text)
    text = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), text[dateline.end() if dateline else 0 :])
    words: list[tuple[str, bool, bool]] = []
    above, end = "", 0
    for match in _WORD.finditer(text):
        gap, end = text[end : match.start()], match.end()
        opening = not words or _ENDS.search(gap) is not None
        for word in _spelling(match[0].lower()):
            if (word == "cent" and above == "per") or (word in _DAYS and above == "on"):
                words.pop()
            elif gap == "-" and above in TENS and match[0].lower() in UNITS and len(word) == 1:
                words.pop()
                word = str(TENS[above] + int(word))
            word = "percent" if word == "cent" and above == "per" else word
            large = match[0][0].isupper() and word not in _LIGHT
            words.append((word, large and not opening and word not in _DAYS, large))
        above = match[0].lower()
    plain = tuple(word for word, _, _ in words)
    return Folded(
        words=plain,
        names=bytes(name for _, name, _ in words),
        capital=bytes(large for _, _, large in words),
        place=(dateline["place"] or "").strip(" .").lower() if dateline else "",
        figures=frozenset(word for word in plain if word[0].isdigit()),
        reversals=tuple(sorted(word for word in plain if word in _REVERSALS)),
    )


def _letters(word: str) -> str:
    """The American spelling, roughly; what matters is that both spellings come out the same."""
    if len(word) > 5:
        word = re.sub(r"is(e|ed|es|ing|ations?|ers?)$", r"iz\1", word)
        word = re.sub(r"our(s|ed|ing|ite|able)?$", r"or\1", word)
        word = re.sub(r"tre(s?)$", r"ter\1", word)
    return word


@lru_cache(maxsize=65536)
def _spelling(word: str) -> tuple[str, ...]:
    if word in _SPELLED:
        return tuple(_SPELLED[word].split())
    if word[0].isdigit():
        return (word.replace(",", "").replace(":", "."),)
    if word.endswith("n't"):
        return ("not",) if word == "n't" else (word[:-3], "not")
    return (_letters(word.removesuffix("'s")).replace("'", "") if len(word) < 40 else word.replace("'", ""),)


def same_statement(one: str, other: str) -> bool:
    """True when the paragraphs are copies of one another, light editing apart.

    The shorter may lack words of the longer (up to two fifths), spell them otherwise and move its attribution.
    A figure, day, name or negation that is exchanged makes another statement, and so does any other word.
    """
    return same(*sorted((fold(one), fold(other)), key=fullest))


def fullest(folded: Folded) -> tuple[int, bool, tuple[str, ...]]:
    """The order in which paragraphs are held against one another: the most words first, then those with a dateline."""
    return -len(folded.words), not folded.place, folded.words


def same(long: Folded, short: Folded) -> bool:
    """As `same_statement`, of folded paragraphs of which the first is the fuller; the second may not add a place."""
    if short.place and short.place != long.place:
        return False
    if long.words == short.words:
        return bool(long.words)
    if len(short.words) < max(SHORT, KEPT * len(long.words)):
        return False
    if not short.figures <= long.figures or long.reversals != short.reversals:
        return False
    moved: list[Counter[str]] = []
    additions: list[slice] = []
    plain = 0
    for cut, added in _changes(long.words, short.words):
        lost, gained = _weighty(long.words[cut]), _weighty(short.words[added])
        if "".join(long.words[cut]) == "".join(short.words[added]) or not (lost or gained):
            continue
        if lost and gained:
            if not _misspelt(long, cut, short, added):
                return False
        elif gained:
            additions.append(added)
        elif _is_clause(long.words[cut]):
            if cut.start == 0 or cut.stop == len(long.words):
                moved.append(Counter(lost))
        elif _may_go(long, cut):
            plain += not any(long.names[cut])
        else:
            return False
    return plain * _ROOM <= len(short.words) and all(_may_come(short, added, moved) for added in additions)


def _weighty(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _LIGHT]


def _changes(long: Sequence[str], short: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """What stands between the words both have: a run of the one against a run of the other, either may be empty."""
    from rapidfuzz.distance import Indel

    i = j = 0
    for kept in Indel.opcodes(long, short):
        if kept.tag == "equal":
            if (i, j) != (kept.src_start, kept.dest_start):
                yield slice(i, kept.src_start), slice(j, kept.dest_start)
            i, j = kept.src_end, kept.dest_end
    if (i, j) != (len(long), len(short)):
        yield slice(i, len(long)), slice(j, len(short))


def _misspelt(long: Folded, cut: slice, short: Folded, added: slice) -> bool:
    """True when every word was exchanged for one that differs in a slip of the finger; a name never may."""
    if any(long.capital[cut]) or any(short.capital[added]):
        return False
    pairs = list(zip(_weighty(long.words[cut]), _weighty(short.words[added]), strict=False))
    even = len(_weighty(long.words[cut])) == len(_weighty(short.words[added]))
    return even and all(_slip(one, other) for one, other in pairs)


def _slip(one: str, other: str) -> bool:
    """One letter wrong, missing, doubled or exchanged with its neighbour, but not the first nor the last.

    First and last letters carry the opposite (import, export; employer, employee) and the plural.
    """
    from rapidfuzz.distance import OSA

    special = _TURNS | _REVERSALS | _DAYS | TENS.keys()
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one in special or other in special or (one + other)[0].isdigit():
        return False
    ends = one.removesuffix("s")[-1:] == other.removesuffix("s")[-1:] and one[-1] == other[-1]
    return one[0] == other[0] and ends and OSA.distance(one, other, score_cutoff=1) == 1


def _is_clause(words: Sequence[str]) -> bool:
    return len(words) >= 4 or any(word in _ATTRIBUTION for word in words)


def _may_go(long: Folded, cut: slice) -> bool:
    """True for a short run whose loss leaves the rest as it was: a first name, a title, a plain word."""
    if any(word[0].isdigit() or word in _TURNS for word in long.words[cut]):
        return False
    beside = long.names[cut.stop : cut.stop + 1] + long.names[max(cut.start - 1, 0) : cut.start]
    return not any(long.names[cut]) or any(beside)


def _may_come(short: Folded, added: slice, moved: list[Counter[str]]) -> bool:
    """True for an attribution that names nobody, or that moved from one end of the paragraph to the other.

    The longest of a group is what all others are held against: were they free to add a day or a name
    to it, two of them could contradict each other.
    """
    words = short.words[added]
    if not any(word in _ATTRIBUTION for word in words):
        return False
    facts = any(word[0].isdigit() or word in _TURNS or word in _DAYS for word in words) or any(short.capital[added])
    at_an_end = added.start == 0 or added.stop == len(short.words)
    return not facts or (at_an_end and Counter(_weighty(words)) in moved)
