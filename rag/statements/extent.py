"""How far what is said reaches, before an attribution, behind it, or on both sides."""

from __future__ import annotations

import re

from rag.statements.lexicon import (
    BARE,
    BETWEEN,
    BOUNDARIES,
    COORDINATES,
    DETERMINERS,
    FINITE,
    NOT_SAID,
    OPENERS,
    STANCES,
)
from rag.statements.tokens import Sentence, Token, trim, within_marks
from rag.statements.who import who
from rag.values import Span

_NAMES = r"(?:[A-Z][\w.'’&-]*\s?|(?:and|of|for|the|&)\s(?=[A-Z]))+"
_OCCASION = re.compile(
    r"\s*(?:(?:late|early|later|earlier|again)\s+)*(?:"
    r"(?:on\s+)?(?:late\s+|early\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|evening|night|afternoon))?"
    r"|today|yesterday|tonight|last\s+(?:week|month|year|night))"
    r"|in\s+(?:an?|the|its|his|her|their|remarks)(?:\s+[\w-]+){0,3}?\s*"
    r"(?:statement|interview|speech|letter|report|briefing|tweet|post|filing|memo|message|address|e-?mail|note)"
    rf"(?:\s+(?:with|to|from|by|on|for|in)\s+{_NAMES})?"
    r"|(?:at|during|after|to)\s+(?:an?|the)(?:\s+[\w-]+){0,2}?\s*"
    rf"(?:conference|hearing|meeting|briefing|inquiry|rally|trial)(?:\s+in\s+{_NAMES})?"
    r"|earlier|later|here)\b\s*,?|\s*,\s*(?:however|meanwhile|though|too)\s*,"
)
_ADDRESSEE = re.compile(
    r"\s*(?:(?:him|her|them|us|me|(?:the\s+)?reporters|journalists|lawmakers|investors|shareholders|parliament|jurors|supporters|analysts"
    r"|viewers)\b"
    r"|(?:investigators|prosecutors|this (?:newspaper|magazine|paper))\b"
    r"|(?:an?|the|his|her|their)(?:\s+[\w-]+){0,4}?\s+(?:session|conference|inquiry|court|hearing|meeting|council|committee"
    r"|jury|judge|newspaper|agency|crowd|audience|rally|paper|commission|panel|police|briefing|seminar|forum|board|assembly"
    rf"|parliament|press|media|station|subcommittee)\b(?:\s+(?:in|of)\s+{_NAMES})?"
    rf"|(?:the\s+|an?\s+)?(?=[A-Z]){_NAMES}(?:(?:newspaper|television|radio|magazine|reporters|news\s+agency)\b)?)(?=\W|\b)"
)
_TO_DO = re.compile(r"\s*(?:not\s+)?to\s+[a-z]+")
_DATELINE = re.compile(r"(?:[A-Z][\w.'’]*[ ,]*){1,6}(?:\d{1,2},?\s*)?(?:\([^()]{2,40}\)\s*)?(?:--|[–—]|\s-)\s+")
_THAT = re.compile(r"\s*,?\s*that\b")
_THAT_SOON = re.compile(r"[^,;:\"“”.]{0,70}?\bthat\b")
_ADDING = re.compile(r",\s*adding(?:\s+that)?\s+")
_ENDS = re.compile(r"\s*(?:[.,]|$|(?:after|at|in|on|during|by|when|while|before|from)\b)")


def trails(sentence: Sentence, first: int, verb: int) -> bool:
    """Whether an attribution with its subject at `first` stands behind what is said, or between two pieces of it."""
    ahead, behind = sentence.tokens[first - 1], sentence.at(verb + 1)
    if first < 1 or (ahead.kind != "quote" and ahead.text != ","):
        return False
    if ahead.kind == "quote":
        return re.search(r"[,.?!—–-][\"”’'\s]*$", ahead.text) is not None
    if first > 1 and sentence.tokens[first - 2].kind == "quote":
        return True
    before = [w for w in sentence.tokens[: first - 1] if w.kind == "word"]
    opens = not before or before[0].low in OPENERS
    end = sentence.tokens[verb].end
    next_word = sentence.at(verb + 2)
    if before and behind and behind.text == "," and next_word and next_word.low in FINITE:
        return True  # "New pumps, he said, would be bought"
    if sentence.tokens[verb].low in ("told", "tells"):
        to = _ADDRESSEE.match(sentence.text, end)
        rest = sentence.text[past_occasions(sentence.text, to.end()) : sentence.end] if to else "-"
        return len(before) > 2 and not opens and _ENDS.match(rest) is not None
    if (
        behind is None
        or behind.text == "."
        or behind.low in ("as", "while", "when")
        or (behind.text == "," and not _OCCASION.match(sentence.text, end))
    ):
        return len(before) > 2
    after = past_occasions(sentence.text, end)
    parenthetical = sentence.text[end:after].rstrip().endswith(",")
    return not opens and after > end and (parenthetical or len(before) > 2)


def said_around(sentence: Sentence, upto: int, after: int, *, articles: bool) -> tuple[tuple[Span, ...], bool]:
    """What is said before `upto` and behind `after`, between which the attribution stands; and whether it is quoted.

    Behind the attribution an article begins what is said only where `articles`: "said Hale, a roofer".
    """
    text, start = sentence.text, clause_start(sentence)
    quotes = [w for w in sentence.tokens if w.kind == "quote"]
    before = [w for w in quotes if w.start <= upto]
    own = any(w.kind == "word" for w in sentence.tokens if start <= w.start < upto)
    if before and not own:
        said = [within_marks(w) for w in quotes if w.start <= upto or _goes_on(sentence, w)]
    elif before and before[-1].end >= upto - 2 and _whole_sentence(before[-1]):
        said = [within_marks(w) for w in before]
    else:
        said = [trim(text, start, upto)]
    if adding := _ADDING.search(text, after, sentence.end):
        said.append(trim(text, adding.end(), sentence.end))
    elif own or not before:
        comma = past_occasions(text, after)
        comma -= text[:comma].endswith(",")
        place = next((k for k, w in enumerate(sentence.tokens) if w.start >= comma), len(sentence.tokens))
        sign, behind = sentence.at(place), sentence.at(place + 1)
        stop = NOT_SAID | COORDINATES | (frozenset() if articles else DETERMINERS)
        goes_on = sign and sign.text == "," and behind and behind.kind == "word" and behind.low not in stop
        if sign and behind and goes_on and not behind.low.endswith("ing"):
            said.append(trim(text, sign.end, clause_end(sentence, place)))
    return tuple(span for span in said if span[0] < span[1]), bool(before) and not own


def said_behind(sentence: Sentence, verb: int) -> tuple[tuple[Span, ...], bool, bool]:
    """What is said behind a verb that leads it, whether it is quoted, and whether it is an order: "told them to leave".

    Nothing where the verb says nothing: "claims" needs a "that" or a quotation.
    """
    text, word = sentence.text, sentence.tokens[verb]
    start = _past_addressee(text, word)
    if start < 0:
        return (), False, False
    start = past_occasions(text, start)
    roundabout = text[start : start + 4].strip() in (
        "in",
        "on",
        "at",
        "to",
        "in a",
        "in t",
        "on t",
        "to t",
        "at a",
        "at t",
    )
    that = (_THAT_SOON if word.low not in BARE or roundabout else _THAT).match(text, start)
    if that and re.match(r"\s*[\w\"“]", text[that.end() :]):
        start = that.end()  # not "denied that."
    stop = clause_end(sentence, verb)
    rest = [w for w in sentence.tokens if start <= w.start < stop]
    while rest and rest[0].kind == "sign":
        rest.pop(0)
    if not rest or (word.low not in BARE and not that and rest[0].kind != "quote"):
        return (), False, False
    quotes = [w for w in rest if w.kind == "quote"]
    led = rest[0].kind == "quote" and _capital(rest[0]) and text[: rest[0].start].rstrip()[-1:] in ",:"
    if quotes and (led or all(w.kind != "word" for w in rest)):
        return tuple(within_marks(w) for w in quotes), True, False
    order = word.low in ("told", "tells") and _TO_DO.match(text, start) is not None
    return (trim(text, rest[0].start, stop),), False, order


def clause_start(sentence: Sentence) -> int:
    """Where the sentence's first clause begins, behind a dateline and a "But"."""
    dateline = _DATELINE.match(sentence.text, sentence.start, sentence.end)
    start = dateline.end() if dateline else sentence.start
    words = [w for w in sentence.tokens if w.start >= start]
    return words[1].start if len(words) > 1 and words[0].low in ("but", "and") else start


def clause_end(sentence: Sentence, place: int) -> int:
    """Where what is said from this place on ends: at the sentence's end, or before ", but Strand denied …"."""
    every = sentence.tokens
    subordinate = every[0].low in COORDINATES | {"as", "when"}
    for k in range(place + 2, len(every)):
        joins = every[k].low in COORDINATES or every[k].text == ";" or (every[k].text == "," and subordinate)
        if (joins or (every[k].low == "and" and every[k - 1].text == ",")) and _speaks_next(sentence, k + 1):
            return every[k - 1].start if every[k - 1].text == "," else every[k].start
    return sentence.end


def past_occasions(text: str, end: int) -> int:
    """Where the words that tell when and where it was said are over: "on Tuesday", "in a statement"."""
    while (found := _OCCASION.match(text, end)) and found.end() > end:
        end = found.end()
    return end


def _past_addressee(text: str, verb: Token) -> int:
    """Where whoever was told or asked has been named; -1 where that cannot be made out."""
    end = verb.end
    if verb.low not in ("told", "tells", "asked", "urged", "warned"):
        return end
    to = _ADDRESSEE.match(text, end)
    if to and (verb.low != "warned" or re.match(r"\s*(?:that|in|on)\b|\s*[,:]", text[to.end() :])):
        return to.end()
    if verb.low not in ("told", "tells") or _THAT_SOON.match(text, end):
        return end
    order = re.search(r"\sto\s[a-z]", text[end : end + 60])
    return end + order.start() if order else -1


def _speaks_next(sentence: Sentence, start: int) -> bool:
    for verb in range(start + 1, min(start + 10, len(sentence.tokens))):
        if sentence.tokens[verb].kind == "word" and sentence.tokens[verb].text in STANCES:
            words = sentence.tokens[start:verb]
            while words and words[-1].low in BETWEEN:
                words = words[:-1]
            plain = all(w.kind == "word" and w.low not in BOUNDARIES for w in words)
            return plain and who(words, sentence.text) is not None
    return False


def _goes_on(sentence: Sentence, quote: Token) -> bool:
    ahead = sentence.at(sentence.place(quote) - 1)
    return ahead is not None and ahead.kind == "sign"


def _whole_sentence(quote: Token) -> bool:
    return quote.text[-2:-1] in ",.?!" and len(quote.text.split()) > 3 and _capital(quote)


def _capital(quote: Token) -> bool:
    return quote.text.lstrip("\"“‘' ")[:1].isupper()
