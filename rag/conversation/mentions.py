"""What a text speaks of: the names and noun phrases in it, and which pronouns could mean them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from index.search import stop_words
from rag.conversation.words import (
    BODIES,
    COUNTRIES,
    GROUPS,
    HE,
    HER_NAMES,
    HIS_NAMES,
    PLACES,
    PLACES_FIRST,
    ROLES,
    SHE,
    STATES,
    SURNAMES_TOO,
    TITLES,
)
from rag.question import names_in
from rag.speakers import SPEECH

Kind = Literal["person", "group", "body", "place", "thing", "unknown"]
AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might|must)(?:n['’]t)?\b(?! that\b)"
)
"""A word that opens a question or stands behind its question word."""

_WORD = r"(?!\w+['’]t\b)[a-z][\w'’-]*"
_PHRASE = re.compile(rf"(?<![\w'’])(?P<article>the|a|an) (?=(?P<words>{_WORD}(?: {_WORD}){{0,3}}))")
_OWNED = re.compile(
    rf"(?<![\w'’])(?P<owner>(?:[Tt]he )?[A-Z][\w.’'-]*(?: (?:& )?[A-Z][\w.-]*)*)['’]s (?=(?P<words>{_WORD}(?: {_WORD}){{0,3}}))"
)
_OF = re.compile(r" of (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*")
_AFTER_AUXILIARY = re.compile(rf"(?P<what>\b(?:what|who|which)(?: else)? )?\b(?P<aux>{AUXILIARY}) $", re.IGNORECASE)
_VERB_ENDS = re.compile(
    r"\w{2,}ed|sank|fell|rose|broke|began|won|lost|left|came|went|took|struck|hit|happened|ran|met|made|said|done|been|gone"
)
"""Forms that end a clause ("when the ferry sank"), and no noun phrase."""
_BASE_FORM = re.compile(
    r"begin|start|end|open|close|happen|die|sink|cost|win|lose|resign|leave|stay|arrive|fall|rise|reopen|remain|live|vote"
)
_ADJECTIVE = re.compile(
    r"new|old|former|first|last|prime|main|big|large|small|local|national|royal|chief|\w+(?:est|ish|al|ic)"
)
"""What stands before it is a noun and no verb: "did the new bridge …"."""
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|outside|across|around|off)(?: the)? $", re.IGNORECASE)
_PERSON_BEHIND = re.compile(rf",? (?:who|whose|aged|\d{{1,2}},)|,? (?:{SPEECH.pattern})")
_STATE_BEHIND = re.compile(
    r"['’]s (?:government|parliament|president|prime minister|capital|army|navy|ministry|central bank|king|queen|economy|coast"
    r"|(?:interior|foreign|defen[cs]e|finance|health|justice) minist(?:er|ry))\b"
)
_LED_BY = re.compile(r"\b(?:[Tt]he|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) $")
_TRADE = re.compile(r"\w{6,}ing$|\w{3,}(?:com|tech|corp|soft|bank)$")
"""How the names of firms end: "Merrin Stevedoring"."""
_NOUN_BEHIND = re.compile(rf" ({'|'.join(sorted(ROLES | BODIES | GROUPS | PLACES))})\b(?!['’])")
_NUMBER_BEHIND = re.compile(r" \d{1,4}\b(?![,.]\d|[%-]| (?:of|in|to|or|and|per)\b| [a-z]\w+(?:s|people|men|women)\b)")
"""A number that is part of a name: "Flight 93"."""
_BARE_GROUP = re.compile(rf"(?<![\w'’-])(?:{'|'.join(sorted(GROUPS - STATES - {'people'}))})(?![\w'’-])")
"""People who act without an article: "police", "prosecutors"."""
_KINDS: tuple[tuple[Kind, frozenset[str]], ...] = (
    ("person", ROLES),
    ("group", GROUPS),
    ("body", BODIES),
    ("place", PLACES),
)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `text[start:end]` that name somebody or something. `head` is the noun that they are about, in lower case."""

    text: str
    start: int
    end: int
    kind: Kind
    head: str
    named: bool

    @property
    def gender(self) -> str:
        """ "he" or "she" where a word of it tells, else ""."""
        words = self.text.lower().replace(".", "").split()
        told = next((g for w in words for g, known in (("he", HE), ("she", SHE)) if w in known), "")
        first = next((w for w in words if w not in TITLES), "") if self.named else ""
        return told or ("he" if first in HIS_NAMES else "she" if first in HER_NAMES else "")


@lru_cache(maxsize=2048)
def mentions_in(text: str) -> tuple[Mention, ...]:
    """The names and the noun phrases with an article in a text, in order."""
    found = list(_names(text))
    for match in _PHRASE.finditer(text):
        words = _noun_phrase(text, match)
        end = match.start("words") + len(words)
        name = next((m for m in found if m.start == end + 1 and not m.text.startswith("the ")), None)
        if words and not any(m.start < end and match.start() < m.end for m in found):
            head = words.split()[-1].lower()
            if name:  # "the ferry Lady Corrine", "the mayor Nora Strand"
                found.remove(name)
                end, kind = name.end, kind_of_noun(head)
                found.append(Mention(text[match.start() : end], match.start(), end, kind, head, True))
            else:
                kind = kind_of_noun(head)
                of = _OF.match(text[end:]) if kind in ("person", "body", "group") else None
                whole = f"the {words}{of[0] if of else ''}"
                found.append(Mention(whole, match.start(), end + len(of[0] if of else ""), kind, head, False))
    for match in _BARE_GROUP.finditer(text):
        if not any(m.start < match.end() and match.start() < m.end for m in found):
            found.append(Mention(match[0], match.start(), match.end(), "group", match[0], False))
    return tuple(sorted(found, key=lambda m: m.start))


def owned_in(text: str) -> tuple[Mention, ...]:
    """What somebody named has or is: "Hale's first bid", "Carrow's dockers"."""
    found = []
    for match in _OWNED.finditer(text):
        if words := _noun_phrase(text, match):
            head, end = words.split()[-1].lower(), match.start("words") + len(words)
            found.append(Mention(text[match.start() : end], match.start(), end, kind_of_noun(head), head, True))
    return tuple(found)


def kind_of_noun(noun: str) -> Kind:
    """What a common noun in lower case stands for."""
    kind = next((kind for kind, words in _KINDS if noun in words), None)
    several = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return kind or ("group" if several else "thing")


def kind_of_name(name: str, text: str = "", start: int = 0) -> Kind:
    """What a name stands for: by its own words, else by the words around it in the text; "unknown" where none tells."""
    words = name.lower().removeprefix("the ").replace("’", "'").split()
    plain = [w.rstrip(".") for w in words]
    behind = text[start + len(name) :]
    if " ".join(plain) in COUNTRIES:
        return "place"
    if plain[0] in TITLES and len(plain) > 1 and not name.startswith("the "):
        return "person"
    if len(plain) <= 3 and plain[0] in HIS_NAMES | HER_NAMES:
        return "person"
    if len(plain) == 2 and plain[1] in SURNAMES_TOO and not name.startswith("the "):
        return "unknown"
    if (
        "&" in plain
        or BODIES.intersection(plain)
        or _ACRONYM.fullmatch(name.removeprefix("the "))
        or _TRADE.search(plain[-1])
    ):
        return "body"
    if _STATE_BEHIND.match(behind):
        return "place"
    led = _PLACE_BEFORE.search(text[:start]) and not behind.startswith(("'s", "’s"))
    if plain[0] in PLACES_FIRST or plain[-1] in PLACES or led:
        return "place"
    if " and the " in name or name.startswith("the "):
        return "group" if plain[-1].endswith("s") else "thing"
    if _PERSON_BEHIND.match(behind):
        return "person"
    return "person" if 2 <= len(words) <= 4 and not {"of", "and"}.intersection(words) else "unknown"


def _names(text: str) -> list[Mention]:
    found = []
    for name in map(_without_office, _with_partners(names_in(text), text)):
        at = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        if at and not name.startswith(("I'", "I’")):
            led = _LED_BY.search(text[: at.start()])
            start = led.start() if led else at.start()
            whole = (led[0].replace("The", "the") if led else "") + name
            if number := _NUMBER_BEHIND.match(text[at.end() :]):
                found.append(Mention(whole + number[0], start, at.end() + number.end(), "thing", name.lower(), True))
                continue
            noun = _NOUN_BEHIND.match(text[at.end() :]) if whole.startswith("the ") else None
            if noun:  # "the Merrin County coroner"
                end = at.end() + len(noun[0])
                found.append(Mention(whole + noun[0], start, end, kind_of_noun(noun[1]), noun[1], True))
                continue
            last = name.lower().split()[-1].rstrip(".")
            found.append(Mention(whole, start, at.end(), kind_of_name(whole, text, start), last, True))
    return found


def _without_office(name: str) -> str:
    """The person alone of "Viktor Asche of Blue Strait Lines"; any other name as it is: "Bank of England"."""
    who, of, _ = name.partition(" of ")
    known = ROLES | TITLES | BODIES | GROUPS | PLACES
    person = of and " " in who and kind_of_name(who) == "person" and who.lower().split()[-1].rstrip(".") not in known
    return who if person else name


def _with_partners(names: Sequence[str], text: str) -> list[str]:
    """The names, "Hale" and "Sons" made one where they stand as "Hale & Sons"."""
    joined: list[str] = []
    for name in names:
        whole = f"{joined[-1]} & {name}" if joined else ""
        joined[-1:] = [whole] if whole and whole in text else [*joined[-1:], name]
    return joined


def _noun_phrase(text: str, match: re.Match[str]) -> str:
    """The words of a phrase up to its noun: "the union demand" is a subject and a verb behind "did", or behind "when"."""
    words: list[str] = []
    for word in match["words"].split():
        if word.lower() in stop_words() or SPEECH.fullmatch(word):
            break
        words.append(word)
    behind = text[match.start("words") + len(" ".join(words)) :].lstrip()
    if len(words) > 1 and _BASE_FORM.fullmatch(words[-1]) and not behind.strip(" ?"):
        words.pop()
    elif len(words) > 1 and not re.match(r"of\b|[A-Z]", behind) and not _ADJECTIVE.fullmatch(words[-2]):
        led, last = _AFTER_AUXILIARY.search(text[: match.start()]), words[-1]
        does = led and not led["aux"].lower().startswith(("is", "are", "was", "were", "ha"))
        ends = led and (last.endswith("ing") or (not behind.strip(" ?") and not led["what"]))
        if does or ends or _VERB_ENDS.fullmatch(last):
            words.pop()
    return " ".join(words)
