"""Questions that leave words out: "Why?", "And the injured?", "And in May?", filled from the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.conversation.frame import DATE, Frame, frame, opened, sentence
from rag.conversation.mentions import AUXILIARY, Mention, kind_of_name, kind_of_noun, mentions_in
from rag.conversation.words import ATTRIBUTES, ORDINALS, STATES
from rag.question import names_in
from rag.values import Answer

_WH = (
    r"why|when|where|how|(?:since|until) when|from where|how long|how often|by how (?:much|many)|for how long"
    r"|(?:at|by|in|on|with|to|from|for|of|under|against|about|until) (?:whom|what|when|which|whose)(?: [a-z]+){0,2}"
)
_BARE = re.compile(
    rf"(?P<wh>{_WH})(?: (?:exactly|precisely|though))?"
    r"(?: (?:was|is|did|does|has) (?:that|this|it|he|she|they)(?: (?:happen|happened|so))?)?$",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"(?:(?P<wh>who|what|where|when|why|how) else|any(?P<any>one|body|thing|where) else)$", re.IGNORECASE
)
_WHO_SAID = re.compile(
    r"(?:who|which \w+) (?P<verb>says?|said|claims?|claimed|reports?|reported|confirmed) (?:so|that|this|it)$"
    r"|(?P<says>says who)$|according to whom$",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?P<wh>how many|how much) (?P<rest>{AUXILIARY}.*)$", re.IGNORECASE)
_COUNTED = re.compile(r"how many (?P<noun>[\w'’-]+(?: [\w'’-]+)?)$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"^(?:(?:and|but|or|so)\b[, ]*)?(?:(?:what|how) about\b)?[, ]*", re.IGNORECASE)
_GOES_ON = re.compile(r"^(?:and|but|or|what about|how about)\b", re.IGNORECASE)
_FINITE = re.compile(
    rf"(?:^|\s)(?:{AUXILIARY}|said|says)|^(?:who|what|when|where|why|how|which|tell|give|list|explain)\b", re.IGNORECASE
)
_STATE = re.compile(rf"\b(?:{'|'.join(sorted(STATES))})\b", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|die)\b", re.IGNORECASE)
_LED = re.compile(
    r"(?P<preposition>in|on|at|about|for|from|to|with|by|against|of|near|under|over) (?P<what>.+)$", re.IGNORECASE
)
_OTHER = re.compile(r"the (?P<which>other|others|second|third|first|last|next|previous)(?: ones?)?$", re.IGNORECASE)
_SPEAKING = re.compile(r"\b(?:say|tell|think|decide|announce|demand|propose|do|promise|call)\b")
_BEFORE_THAT = re.compile(r"(before|after|since) (?:that|then)$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|that|this|these|those)\b", re.IGNORECASE)
_WHY_NOT = re.compile(r"why not (?P<what>.+)$", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"(?:(?:and|in) )*the (?:year|one) before$", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(?:last year|(?:1[5-9]|20)\d\d)\b(?!.*\b(?:last year|(?:1[5-9]|20)\d\d)\b)", re.IGNORECASE)
_LED_BY = re.compile(
    r"\W*(?:and|but|so|or|what about|how about|and what about)\b (?P<who>(?!(?:in|on|at|after|before|during|since|by|until|under|with|from|for|of|about) )(?:the |an? )?[\w.’'-]+(?: [\w.’'-]+){0,3}), "
    r"(?P<asks>(?:who|what|when|where|why|how|which)\b.*?\b)(?P<pronoun>he|she|they|it)(?P<rest>\b.*)$",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(
    r"(?<=\b)(?P<wh>who|what|where|when|why|how)['’]s(?P<done>(?= (?:been|got|become|\w{2,}ed)\b))?(?= \w)",
    re.IGNORECASE,
)
_HERS = re.compile(
    rf"\W*(?P<whose>his|her|its|their) (?P<what>(?!{AUXILIARY})[a-z][\w'’-]*(?: (?!{AUXILIARY})[a-z][\w'’-]*){{0,3}})\W*$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"['’]s?(?!\w)")
"""What makes an owner of a name."""
_BE = ("is", "was", "are", "were")
_NEGATED = (*_BE, "do", "does", "did", "has", "have", "had", "would", "could", "should")
_ACTS = ("person", "group", "body")
_MOST_WORDS = 6


def complete(question: str, history: Sequence[Answer]) -> str | None:
    """The question with what it leaves out, from the last one; None where it leaves nothing out, or nothing surely."""
    last = frame(history[-1].standalone_question)
    if last is None:
        return None
    text = opened(question).rstrip(" ?.!")
    return (
        _bare(text, last, history[-1])
        or _count(text, last)
        or _carried(question, last)
        or _fragment(question.strip().rstrip(" ?.!"), last)
    )


def led_by(question: str) -> str:
    """ "And the voters, what did they want?" asks what the voters wanted; any other question comes back unchanged."""
    found = _LED_BY.match(question)
    return sentence(f"{found['asks']}{found['who']}{found['rest']}") if found else question


def in_full(question: str) -> str:
    """ "Who's she?" asks who she is, and "Her age?" what her age is; any other question comes back unchanged."""
    if found := _HERS.match(question):
        return sentence("What is", found["whose"].lower(), found["what"])
    return _CONTRACTED.sub(lambda m: f"{m['wh']} {'has' if m['done'] else 'is'}", question, count=1)


def _bare(text: str, last: Frame, turn: Answer) -> str | None:
    """ "Why?", "Who else?", "Who said so?"."""
    if found := _BARE.match(text):
        return _asked_anew(found["wh"], last, turn)
    if (found := _WHY_NOT.match(text)) and last.adjunct and last.aux.lower() in _NEGATED:
        # "Why not before lunch?" behind "When did the strike begin?".
        return sentence("Why", f"{last.aux.lower()}n't", last.rest, found["what"])
    if _YEAR_BEFORE.match(text) and (told := _LAST_YEAR.search(str(last))):
        earlier = str(int(told[0]) - 1) if told[0].isdigit() else "the year before last"
        return sentence(str(last)[: told.start()], earlier, str(last)[told.end() :])
    if found := _ELSE.match(text):
        wh = found["wh"] or {"thing": "what", "where": "where"}.get((found["any"] or "").lower(), "who")
        if last.wh.lower().split()[:1] == [wh.lower()] and not last.noun:
            return sentence(f"{last.wh} else", last.aux, last.rest)
        return None
    # "Who said how many were killed" has the words in their old order; "who said where the ferry did sink" has not.
    in_order = last.wh and (not last.aux or (last.wh.lower() == "how many" and last.aux.lower() in _BE))
    if in_order and (found := _WHO_SAID.match(text)):
        verb = found["verb"] or ("says" if found["says"] else "said")
        return sentence("Who", verb, last.wh.lower(), last.noun, last.aux.lower(), last.rest)
    return None


def _asked_anew(wh: str, last: Frame, turn: Answer) -> str | None:
    if last.adjunct and last.aux:
        return last.ask(wh) if wh.lower() != last.wh.lower() else None
    if last.wh.lower() == "how many" and last.noun:
        if last.aux.lower() in (*_BE, "have", "had"):
            return sentence(wh, last.aux.lower(), "the", last.noun, last.rest)
        return sentence(wh, "was it that the", last.noun, last.rest) if not last.aux else None
    who = _said_in_bold(turn) if last.wh.lower() == "who" else ""
    does_it = last.aux.lower() in (*_BE, "has", "had", "will") and not re.match(r"(?:the|an?|[A-Z]\w+)\b", last.rest)
    if who and does_it:
        return sentence(wh, last.aux.lower(), who, last.rest)
    if who and not last.aux:
        return sentence(wh, "was it that", who, last.rest)
    if last.noun and last.aux and last.wh.lower() in ("what", "which", "whose"):
        # "On whose orders?" behind "Whose house did the police search in May?".
        before = last.rest.removesuffix(last.tail).rstrip()
        return sentence(wh, last.aux.lower(), before, "the", last.noun, last.tail)
    if last.wh.lower() == "what" and not last.noun and last.aux:
        verb = _SPEAKING.search(last.rest)
        if verb:
            return sentence(wh, last.aux.lower(), last.rest[: verb.end()], "that", last.rest[verb.end() :])
    return None


def _said_in_bold(turn: Answer) -> str:
    """The one name that the answer's bold part is, else ""."""
    claim = turn.claims[0] if turn.claims else None
    bold = claim.text[slice(*claim.emphasis)] if claim and claim.emphasis else ""
    names = [m.text for m in mentions_in(bold) if m.named]
    return names[0] if len(names) == 1 and len(names[0]) > len(bold) / 2 else ""


def _count(text: str, last: Frame) -> str | None:
    """ "How many were injured?" leaves out of what, and where."""
    if last.wh.lower() not in ("how many", "how much") or not last.noun:
        return None
    if found := _COUNT.match(text):
        tail = "" if found["rest"].count(" ") > 2 else last.tail
        return sentence(found["wh"], last.noun, found["rest"], tail)
    if found := _COUNTED.match(text):
        if _STATE.fullmatch(found["noun"]):
            return _with_state(found["noun"], last)
        return sentence(last.wh, found["noun"], last.aux, last.rest)
    return None


def _carried(question: str, last: Frame) -> str | None:
    """ "And what did the union say?" goes on with what stood behind the same verb: "… say about the lease?"."""
    asked = frame(question)
    if not asked or not asked.aux or asked.wh.lower() != last.wh.lower():
        return None
    if names_in(question) and not _GOES_ON.match(question):
        return None
    before, verb = asked.rest.rsplit(" ", 1) if " " in asked.rest else ("", "")
    behind = re.search(rf"\b{re.escape(verb)} (?P<rest>.+)$", last.rest) if verb else None
    if not behind or _PRONOUN.search(before):
        return None
    return sentence(asked.wh, asked.noun, asked.aux, asked.rest, behind["rest"])


def _fragment(text: str, last: Frame) -> str | None:
    """ "And the injured?", "What about Carrow?", "And in May?": a part put for the part of the last question like it."""
    words = _WHAT_ABOUT.sub("", text)
    if not _GOES_ON.match(text) or not words or len(words.split()) > _MOST_WORDS:
        return None
    whole = str(last)
    if DATE.fullmatch(words):
        return _with_date(words, whole)
    if found := _BEFORE_THAT.match(words):
        asked = list(DATE.finditer(whole))
        return _with_date(f"{found[1]} {_bare_date(asked[-1])}", whole) if asked else None
    if _FINITE.search(words):
        return None
    state = re.sub(r"^(?:the|those) ", "", words, flags=re.IGNORECASE)
    if _STATE.fullmatch(state):
        return _with_state(state, last)
    if found := _OTHER.match(words):
        return _other(found["which"], whole)
    if found := _LED.match(words):
        return _with_led(found["preposition"], found["what"], whole)
    return _with_like(words, whole, last)


def _with_date(date: str, whole: str) -> str:
    """The last time in the question replaced; "Tuesday" takes the preposition of the day for which it stands."""
    asked = list(DATE.finditer(whole))
    if not asked:
        return sentence(whole.rstrip("?"), date)
    old = asked[-1]
    led = f"{old['preposition']} " if old["preposition"] and re.match(r"\d|[A-Z]", date) else ""
    return sentence(whole[: old.start()], led + date, whole[old.end() :])


def _bare_date(found: re.Match[str]) -> str:
    return found[0].removeprefix(f"{found['preposition']} ")


def _with_state(state: str, last: Frame) -> str | None:
    """The dead for the injured: "How many people died when …" becomes "How many people were injured when …"."""
    state = "killed" if state.lower() == "dead" and last.aux else state
    if found := _STATE.match(last.rest) if last.aux else None:
        return sentence(last.wh, last.noun, last.aux, state, last.rest[found.end() :])
    found = _DIED.match(last.rest)
    if found and not last.aux and last.wh.lower() in ("how many", "who"):
        return sentence(last.wh, last.noun, "were" if last.noun else "was", state, last.rest[found.end() :])
    return None


def _other(which: str, whole: str) -> str | None:
    """The other of what the last question asked about by a noun: "the ferry" becomes "the other ferry"."""
    things = [m for m in mentions_in(whole) if m.text.startswith("the ")]
    wanted = [m for m in things if (m.kind == "group") == (which.lower() == "others")]
    if len(wanted) != 1:
        return None
    one = wanted[0]
    words = one.text.removeprefix("the ").split()
    noun = one.head if one.named else " ".join(words[1:] if words[0] in ORDINALS else words)
    return sentence(whole[: one.start], "the", which.lower().removesuffix("s"), noun, whole[one.end :])


def _with_led(preposition: str, what: str, whole: str) -> str | None:
    """A part with its preposition put for the one with the same; a place or a topic that was not told is added."""
    for mention in reversed(mentions_in(whole)):
        if re.search(rf"\b{preposition} $", whole[: mention.start], re.IGNORECASE):
            return sentence(whole[: mention.start], what, whole[mention.end :])
    added = preposition.lower() in ("in", "at", "on", "about", "near")
    return sentence(whole.rstrip("?"), preposition, what) if added else None


def _with_like(words: str, whole: str, last: Frame) -> str | None:
    """A name or noun put for the only one of its kind; people who are counted for those who were."""
    named = words[:1].isupper()
    head = re.sub(r"^(?:the|an?|its|their) ", "", words)
    kind = kind_of_name(words) if named else kind_of_noun(head.split()[-1])
    if last.wh.lower() == "how many" and last.noun and kind == "group" and not named:
        return sentence(last.wh, head if head == words else f"of {words}", last.aux, last.rest)
    present = mentions_in(whole)
    if kind != "person" and head.split()[-1] in ATTRIBUTES:
        return sentence("What about", words, "of", present[0].text) if len(present) == 1 else None
    only_name = named and len(present) == 1 and present[0].named
    alike = present if only_name else [m for m in present if _alike(m, kind, named)]
    # Of several that act the first is who does.
    if not alike or (len(alike) > 1 and kind not in (*_ACTS, "unknown")):
        return None
    old = alike[0]
    before, behind = whole[: old.start], whole[old.end :]
    if _OWNER.search(words):
        # "And Ruritania's?" is Ruritania behind "the price of Carrow", and Ruritania's behind "Carrow's price".
        words = _OWNER.sub("", words) if before.endswith(" of ") else words
        behind = _OWNER.sub("", behind, count=1) if _OWNER.match(behind) else behind
    return sentence(before, words, behind)


def _alike(mention: Mention, kind: str, named: bool) -> bool:
    if kind in _ACTS:
        return mention.kind in _ACTS
    if kind == "unknown":
        return mention.named
    return mention.kind == kind or (named == mention.named and {mention.kind, kind} <= {"place", "thing", "unknown"})
