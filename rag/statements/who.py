"""Who speaks, from the words that name them: a name, a role, a body, a pronoun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.statements.lexicon import (
    BODIES,
    DAYS,
    DETERMINERS,
    DOCUMENTS,
    MONTHS,
    NAME_PARTICLES,
    OFFICES,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    SOURCES,
    TITLES,
)
from rag.statements.lexicon import words as words_of
from rag.statements.tokens import Token

_NEVER_NAMES = words_of("i we you that this there what who which nobody none nothing someone anyone")
_OPENERS = words_of(
    "but and so yet however meanwhile also then later still now instead separately earlier again thus only even"
)
_FREE = words_of("former late then ex acting outgoing veteran fellow old young mr")
"""Words that may stand before a name without telling a role."""
_AGENT = re.compile(r"(?:[a-z]{3,}(?:ers?|ors?|ists?|ians?|men|man|women|woman)|[a-z]+(?:ants|ents))$")
_WITHHELD = re.compile(
    r"anonym|(?:not|n['’]t) to be (?:named|identified)|(?:declin|refus)\w+ to (?:be (?:named|identified)|give (?:his|her|their) name)"
    r"|not (?:authori[sz]ed|allowed|permitted) to (?:speak|comment|talk|discuss)|(?:did|does|do) not want (?:his|her|their) names?\b|(?:not|n['’]t) be (?:named|identified)|(?:unnamed|unidentified)",
    re.IGNORECASE,
)
_OF_SOME = words_of("one another both")
"""Someone of several who were named before: "one of the two said"."""
_DESCRIBING = PEOPLE | TITLES | BODIES | _FREE
Kind = Literal["person", "name", "body", "role", "people", "pronoun"]


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever speaks. `kind`: a "person" or a body by name, a "name" that may be either, a "role" of one or of several
    "people" without a name, or a "pronoun"."""

    speaker: str
    role: str
    kind: Kind
    anonymous: bool = False


def withheld(text: str) -> bool:
    """Whether the words say that a name is kept back."""
    return _WITHHELD.search(text) is not None


def who(words: Sequence[Token], text: str, *, strict: bool = False) -> Who | None:
    """Whoever the words name; None where they are no name and no noun for somebody who speaks.

    Any short noun with an article may speak ("the lodger said"), but not where `strict`.
    """
    words = _without_opening(words)
    if not words:
        return None
    if len(words) == 1 and words[0].low in PRONOUNS:
        return Who(words[0].low, "", "pronoun")
    cut = next((i for i, w in enumerate(words) if i and w.low in PREPOSITIONS and not w.capital), len(words))
    head, rest = words[:cut], words[cut:]
    if not head:
        return None
    names = _last_names(head)
    if not names:
        return _noun(head, rest, text, strict)
    if rest and rest[0].low == "of" and _joins(names, rest):
        taken = _name_after_of(rest)
        names, rest = [*names, *rest[:taken]], rest[taken:]
        if rest and rest[0].kind == "word" and not rest[0].capital and rest[0].low not in PREPOSITIONS:
            # "Bank of Carrow economist Ann Hale", "Bank of Carrow officials"
            return who(rest, text) if any(w.low in PEOPLE or _singular(w.low) in PEOPLE for w in rest[:3]) else None
    return _named(head[: len(head) - _length(head, names)], names, rest, text)


def _length(head: Sequence[Token], names: Sequence[Token]) -> int:
    return sum(1 for w in names if w in head)


def _without_opening(words: Sequence[Token]) -> Sequence[Token]:
    """The words without "But", "On Tuesday", "Late on March 3" before them."""
    while words:
        first, second = words[0], words[1] if len(words) > 1 else words[0]
        dated = first.low in ("on", "in", "late", "early", "by") and _is_date(second)
        if not (first.low in _OPENERS or dated or _is_date(first) or (first.text.isdigit() and second.capital)):
            break
        words = words[1:]
    return words


def _is_date(word: Token) -> bool:
    named = word.capital and (word.low in DAYS or word.low in MONTHS - {"may"})
    return named or word.low in ("on", "today", "yesterday") or re.fullmatch(r"(?:19|20)\d\d", word.text) is not None


def _last_names(head: Sequence[Token]) -> list[Token]:
    """The run of capitalised words at the end, without a word that has its capital from the sentence's beginning."""
    run: list[Token] = []
    for i in range(len(head) - 1, -1, -1):
        word = head[i]
        inside = bool(run) and (word.text[0].isdigit() or word.low in NAME_PARTICLES)
        if not (word.capital or word.text == "&" or inside) or word.low in DETERMINERS:
            break
        if word.possessive and run:
            break  # "Hale's Carrow Line" is no part of Hale's name, but tells whose
        run.insert(0, word)
    if run and len(run) == len(head) == 1 and _common(run[0].low) and run[0].low not in TITLES - BODIES:
        return []
    while run and not run[0].capital:
        run.pop(0)
    if run and run[0].low in _NEVER_NAMES:
        return []
    return [] if not run or run[-1].possessive else run


def _common(low: str) -> bool:
    """Whether it is a common noun for whoever speaks: "Police", "Officials" at the beginning of a sentence."""
    one = _singular(low)
    return bool({low, one} & (BODIES | PEOPLE | DOCUMENTS))


def _singular(low: str) -> str:
    for ending, instead in (("spokesmen", "spokesman"), ("women", "woman"), ("men", "man"), ("ies", "y"), ("s", "")):
        if low.endswith(ending) and not low.endswith("ss"):
            return low.removesuffix(ending) + instead
    return low


def _joins(names: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether "of" goes on with the name: "Bank of Carrow", "Secretary of State", not "Ann Hale of the Coast Guard"."""
    after = rest[2] if len(rest) > 2 and rest[1].low == "the" else rest[1] if len(rest) > 1 else None
    known = names[-1].low in TITLES or names[-1].low in BODIES or _singular(names[-1].low) in BODIES | PEOPLE
    return after is not None and after.capital and known


def _name_after_of(rest: Sequence[Token]) -> int:
    i = 2 if rest[1].low == "the" else 1
    while i < len(rest) and (rest[i].capital or rest[i].text == "&"):
        i += 1
    return i


def _named(before: Sequence[Token], names: Sequence[Token], rest: Sequence[Token], text: str) -> Who | None:
    """Whoever bears the name, with the words before it as their role."""
    plain = [w for w in before if w.low not in DETERMINERS]
    if plain and not (plain[-1].possessive or plain[-1].low in _DESCRIBING or _AGENT.match(plain[-1].low)):
        return None  # "the storm surprised Hale"
    if plain and plain[-1].possessive and _kind((), (), names) == "body":
        before, names = (), (*before, *names)  # "Russia's Defence Ministry"
    title, own = _without_title(names)
    whole = _slice((*before, *names, *rest), text)
    lone = len(own) == 1 and bool(before) and before[-1].low == "the"  # "The Comptroller"
    if not own or (own[-1].low in PEOPLE and (lone or len(own) > 1) and not _inner_of(names)):
        if names[-1].low in PEOPLE:  # "the Foreign Minister", "the Carrow Mayor"
            return Who("", _lower_article(whole), "role")
        title, own = (), names
    role = [*(before if before and before[-1].low not in DETERMINERS else before[:-1]), *title]
    described = " ".join(filter(None, (_slice(role, text), _slice(rest, text))))
    return Who(_slice(own, text), _lower_article(described), _kind(before, title, own))


def _without_title(names: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The words before the name proper, "Foreign Minister" or "Secretary of State", and the name."""
    of = _inner_of(names)
    if of and names[of - 1].low in TITLES and len(names) - of > 3:
        return names[:-2], names[-2:]
    lead = next((i for i, w in enumerate(names) if w.low not in TITLES | OFFICES), len(names))
    split = max((i + 1 for i, w in enumerate(names[:lead]) if w.low in TITLES), default=0)
    if not of:
        split = max((i + 1 for i, w in enumerate(names[:-1]) if w.low in PEOPLE | TITLES), default=split)
    if len(names) - split > 2 and re.fullmatch(r"[A-Z]{2,4}", names[split].text):
        split += 1  # "MP Ann Hale"
    return ((), names) if _kind((), (), names[split:]) == "body" else (names[:split], names[split:])


def _inner_of(names: Sequence[Token]) -> int:
    """At which place of a name its "of" stands, 0 for none."""
    return next((i for i, w in enumerate(names) if w.text == "of"), 0)


def _kind(before: Sequence[Token], title: Sequence[Token], own: Sequence[Token]) -> Kind:
    if any(w.low in BODIES or _singular(w.low) in BODIES for w in own) or any(w.text == "&" for w in own):
        return "body"
    if title or any(w.low in PEOPLE for w in before):
        return "person"
    described = bool(before) and (before[-1].low in ("the", "a") or before[-1].low in BODIES)
    if described or (own and re.fullmatch(r"(?:[A-Z]\.?){2,6}", own[-1].text)):
        return "body"
    return "person" if len(own) > 1 and all(w.capital for w in own) else "name"


def _noun(head: Sequence[Token], rest: Sequence[Token], text: str, strict: bool) -> Who | None:
    """A role or a body without a name."""
    last = head[-1].low
    one = _singular(last)
    whole = _slice((*head, *rest), text)
    determined = head[0].low in DETERMINERS or head[0].possessive or head[0].text.isdigit()
    if (
        last in _NEVER_NAMES
        or len(head) > 8
        or last in DETERMINERS - {"one", "some", "many", "several", "others", "both"}
    ):
        return None
    if one in SOURCES or re.match(r"people (?:familiar|close|with knowledge|briefed)", whole):
        return Who("", _lower_article(whole), "people", anonymous=True)
    if one in DOCUMENTS:
        return _behind_document(head, rest, text)
    if last in BODIES or one in BODIES:
        plain = _slice(head, text)
        return Who(_lower_article(plain), "", "body")
    if last in _OF_SOME and rest and rest[0].low == "of":
        return Who("", _lower_article(whole), "role", withheld(whole))
    if one in PEOPLE or (_AGENT.match(last) and (determined or last.endswith(("s", "men")))):
        return Who("", _lower_article(whole), "people" if last != one or last == "people" else "role", withheld(whole))
    if (
        determined
        and not strict
        and len(head) <= 3
        and not last.endswith("ing")
        and head[0].low in ("the", "a", "an", "his", "her", "their", "another")
    ):
        return Who("", _lower_article(whole), "role", withheld(whole))
    return None


def _behind_document(head: Sequence[Token], rest: Sequence[Token], text: str) -> Who:
    """Whose statement it is where the words tell, otherwise the document itself."""
    owner = next((i for i, w in enumerate(head) if w.possessive), None)
    if owner is not None:
        plain = re.sub(r"['’]s?$", "", head[owner].text)
        bare = replace(head[owner], text=plain, end=head[owner].start + len(plain))
        behind = who([*head[:owner], bare], text)
    else:
        behind = who(rest[1:], text) if rest and rest[0].low in ("from", "by") else None
    return behind or Who(_lower_article(_slice(head, text)), "", "body")


def _slice(words: Sequence[Token], text: str) -> str:
    return (
        re.sub(r"[<>]|\s+", lambda m: " " if m[0].isspace() else "", text[words[0].start : words[-1].end])
        if words
        else ""
    )


def _lower_article(phrase: str) -> str:
    """The phrase as it would stand within a sentence: "The ministry" and "Police" without capitals."""
    first, _, rest = phrase.partition(" ")
    plain = first.lower() in DETERMINERS or (_common(first.lower()) and not rest[:1].isupper())
    return f"{first.lower()} {rest}".strip() if plain else phrase
