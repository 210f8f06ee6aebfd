"""Whom a pronoun means: the conversation's names and noun phrases, the latest that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from index.search import content_words
from rag.conversation.gender import called
from rag.conversation.mentions import AUXILIARY, Kind, Mention, kind_of_name, kind_of_noun, mentions_in, owned_in
from rag.conversation.words import TIMES
from rag.dateline import behind_dateline
from rag.question import understand
from rag.values import Answer, Claim

Pronoun = Literal["he", "she", "they", "it"]
SURE, PERHAPS = 2, 1
_LASTS = 2
"""For so many turns something without a name may be meant by a pronoun."""

_ABOUT_SOMEBODY = re.compile(
    r"\W*(?i:who(?:m|se)?(?: else)?) (?:(?:did|does|do|will|would|has|had|have|can|could|should)\b|(?:is|was|are|were) [A-Z])"
)
"""Asks whom somebody did something to, or who a named person is: that person is the one spoken of."""
_COUNTED = re.compile(r"\W*how many (?!people\b)(?P<noun>[a-z][\w'’-]+)\b", re.IGNORECASE)
_PEOPLE = re.compile(rf"\W*how many people (?P<do>(?!{AUXILIARY})\w[^?]*?)\W*$", re.IGNORECASE)
_TOPIC = re.compile(
    r"\W*(?:what (?:is|are|was|were)|tell me (?:more )?about|what about) (?:the (?:\w+ ){1,2}of )?"
    r"(?P<topic>[a-z-]+(?: [a-z-]+){0,2})\W*$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\W*what (?:is|was|are|were) the (?:\w+ ){1,2}of ", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\W*(?:which|what) (?!(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could)\b)[a-z]", re.IGNORECASE
)
"""Asks for one of a kind: what is spoken of then is the one in the answer."""
_WHO_IS = re.compile(r"\W*who (?:is|was|are|were) $", re.IGNORECASE)
_IS_SUBJECT = re.compile(rf"\b{AUXILIARY} (?:the )?$", re.IGNORECASE)
"""What stands right behind the auxiliary: "what did the judges find"."""
_IN_PHRASE = re.compile(
    r"\b(?:in|at|on|of|near|off|over|under|from|to|for|with|by|after|before|during)(?: the| an?)? $", re.IGNORECASE
)
_FORMS = {"he": "he|him|his", "she": "she|her"}
_TWO_NAMES = re.compile(r"^(?:the|an?) [a-z].* [A-Z][\w.'’-]* [A-Z][\w.'’-]*$")
_FITS: dict[Pronoun, dict[Kind, int]] = {
    "they": {"group": SURE, "body": SURE, "place": PERHAPS, "unknown": PERHAPS, "person": 0, "thing": 0},
    "it": {"thing": SURE, "body": SURE, "place": SURE, "unknown": PERHAPS, "group": 0, "person": 0},
}


def fits(mention: Mention, pronoun: Pronoun) -> int:
    """How well a mention fits a pronoun: SURE, PERHAPS or 0."""
    if pronoun in ("he", "she"):
        if mention.gender not in ("", pronoun):
            return 0
        if mention.kind == "thing" and mention.named and _TWO_NAMES.match(mention.text):
            return PERHAPS  # "the shepherd Anselm Roue": nobody can list all that people are
        return {"person": SURE, "unknown": PERHAPS}.get(mention.kind, 0)
    if mention.kind == "person" and mention.named and pronoun == "they" and " " in mention.text and not mention.gender:
        return PERHAPS  # two capitals may be a team or a firm
    return _FITS[pronoun][mention.kind]


def antecedent(
    pronoun: Pronoun, history: Sequence[Answer], *, subject: bool = True, taken: Sequence[str] = ()
) -> str | None:
    """The words for whom or what a pronoun means; None where nothing fits. `taken` are meant by other pronouns.

    What fits surely goes before what may fit, then the latest turn. Names that an answer merely holds are left out,
    as long as it is not the one person in it and nobody else was spoken of: an answer is about those it was asked
    about, those in bold, and who speaks.
    """
    personal = pronoun in ("he", "she")
    if personal and _speaks_of(pronoun, history[-1].question):
        if same := _meant_before(pronoun, history[-1]):
            return same
        if re.search(rf"\b{pronoun}\b", history[-1].standalone_question, re.IGNORECASE):
            return None  # whom nobody knew then, nobody whom the answer happens to name is now
    if personal:
        taken = (*taken, *_meant_by({"he": "she", "she": "he"}[pronoun], history))
    for needed in (SURE, PERHAPS):
        for age, turn in enumerate(reversed(history)):
            spoken_of = _people(turn) if personal else _things(turn, pronoun, subject=subject, direct_only=bool(taken))
            for mention in spoken_of:
                lasting = mention.named or age < _LASTS
                fit = lasting and fits(mention, pronoun) >= needed and mention.text not in taken
                if fit and (not personal or _may_be(mention, pronoun, history)):
                    return mention.text
    told = [
        m for claim in history[-1].claims for m in mentions_in(claim.text) if m.start >= behind_dateline(claim.text)
    ]
    people = [m for m in told if fits(m, pronoun) == SURE and _may_be(m, pronoun, history)] if personal else []
    named = [m for m in people if m.named and (m.gender or called(m.head, history) == pronoun)]
    one = {m.head: m.text for m in named} or {m.text: m.text for m in people if not m.named}
    return one.popitem()[1] if len(one) == 1 else None


def _may_be(mention: Mention, pronoun: Pronoun, history: Sequence[Answer]) -> bool:
    """Whether the articles do not call whoever is named by the other pronoun."""
    return not mention.named or called(mention.head, history) in ("", pronoun)


def _speaks_of(pronoun: str, question: str) -> bool:
    return re.search(rf"\b(?:{_FORMS[pronoun]})\b", question, re.IGNORECASE) is not None


def _meant_by(pronoun: str, history: Sequence[Answer]) -> list[str]:
    """Whom a pronoun meant in the conversation: whoever it was is not meant by the other one."""
    turns = [turn for turn in history if _speaks_of(pronoun, turn.question)]
    return [m.text for turn in turns for m in mentions_in(turn.standalone_question) if m.text not in turn.question]


def _meant_before(pronoun: Pronoun, turn: Answer) -> str:
    """Whom the same pronoun meant in the question just before: whoever was put in its place there; "" for nobody."""
    put_in = [m for m in mentions_in(turn.standalone_question) if m.named and m.text not in turn.question]
    return next((m.text for m in put_in if fits(m, pronoun)), "")


def _people(turn: Answer) -> list[Mention]:
    """Who was asked about, speakers first, and who the answer says where it was asked who somebody is."""
    asked, told = _asked(turn), _told(turn.claims[:1])
    voices = {m.head for m in told if turn.claims[0].speaker}
    named = sorted((m for m in asked if m.named), key=lambda m: m.head not in voices)
    nouns = [m for m in asked if not m.named]
    question = turn.standalone_question
    asks_who = understand(question).asks == "who" and not _ABOUT_SOMEBODY.match(question)
    if asks_who or (not named and len({m.text for m in told}) == 1):
        return [*_told(turn.claims), *named, *nouns]
    return [*named, *(m for m in told if m.head in voices), *nouns]


def _things(turn: Answer, pronoun: Pronoun, *, subject: bool, direct_only: bool) -> list[Mention]:
    """What was asked about, the subject first for a subject, else last; what stands in a mere "in …" or "of …" behind.

    In "the cost of the bridge" it is the bridge that is asked about. With `direct_only` what is neither subject nor
    object is left out.
    """
    question, asked = turn.standalone_question, [m for m in _asked(turn) if m.head not in TIMES]
    told = [m for m in _told(turn.claims[:1]) if m.kind != "person"]
    aside = [m for m in asked if _IN_PHRASE.search(question[: m.start])]
    direct = [*owned_in(question), *(m for m in asked if m not in aside)]
    direct.sort(key=lambda m: not _IS_SUBJECT.search(question[: m.start]))
    if not subject:
        direct.reverse()
    if _ASKS_WHICH.match(question):
        direct = [*(m for m in told if m.kind in ("body", "unknown", "thing") and m.named), *direct]
    if pronoun == "they":
        counted = _COUNTED.match(question)
        noun = counted["noun"].lower() if counted else ""
        several = [Mention(f"the {noun}", 0, 0, kind_of_noun(noun), noun, False)] if noun else []
        if subject and (people := _PEOPLE.match(question)):
            several = [Mention(f"the people who {people['do']}", 0, 0, "group", "people", False)]
        direct = [*several, *_joined(asked, question), *direct]
        aside = [m for m in aside if m.kind not in ("place", "unknown")]  # "… in Ruritania" only says where
    if direct_only:
        fitting = [m for m in direct if fits(m, pronoun) and not question[: m.start].endswith("about ")]
        return fitting or [m for m in aside if m.named]
    return [*aside, *direct, *told] if _ATTRIBUTE.match(question) else [*direct, *aside, *told]


def _joined(asked: Sequence[Mention], question: str) -> list[Mention]:
    """Two names with "and" between them, as one group: "the US and Russia"."""
    pairs = [(a, b) for a, b in pairwise(asked) if question[a.end : b.start] == " and " and a.named and b.named]
    return [replace(a, text=f"{a.text} and {b.text}", end=b.end, kind="group") for a, b in pairs]


def _asked(turn: Answer) -> list[Mention]:
    """The mentions of the question; first, where it is all about one, a bare noun: "What is inflation?"."""
    question = turn.standalone_question
    found = [replace(m, kind=_kind_in(m, turn)) for m in mentions_in(question)]
    topic = _TOPIC.match(question)
    if topic and content_words(topic["topic"]) and not any(m.end > topic.start("topic") for m in found):
        head = topic["topic"].split()[-1].lower()
        found.insert(0, Mention(topic["topic"], *topic.span("topic"), kind_of_noun(head), head, False))
    return found


def _told(claims: Sequence[Claim]) -> list[Mention]:
    """The names that these sentences of an answer are about: who speaks in each, and those in its bold part."""
    return [mention for claim in claims for mention in _told_in(claim)]


def _told_in(claim: Claim) -> list[Mention]:
    start, end = claim.emphasis or (0, 0)
    start = max(start, behind_dateline(claim.text))
    bold = [m for m in mentions_in(claim.text) if m.named and m.start < end and start < m.end]
    # The word that opens a sentence has its capital in any case.
    found = [m for m in bold if m.start or " " in m.text or m.kind != "unknown"]
    if claim.speaker:
        kind = kind_of_name(claim.speaker)
        head = claim.speaker.lower().split()[-1].rstrip(".")
        found.append(Mention(claim.speaker, 0, 0, "person" if kind == "unknown" else kind, head, True))
    return found


def _kind_in(mention: Mention, turn: Answer) -> Kind:
    """The mention's kind; a lone name's as the answer and the articles cited write it: "Mayor Strand", "Strand said"."""
    before = turn.standalone_question[: mention.start]
    if not mention.named:
        return "person" if _WHO_IS.match(before) else mention.kind
    if mention.kind not in ("unknown", "person"):
        return mention.kind
    if " " in mention.text:
        return mention.kind if mention.gender else _kind_as_written(mention, [c.article.text for c in turn.citations])
    texts = [claim.text for claim in turn.claims] + [c.paragraph.text for c in turn.citations]
    kinds = [m.kind for text in texts for m in mentions_in(text) if m.named and m.head == mention.head]
    return next((kind for kind in kinds if kind != "unknown"), mention.kind)


def _kind_as_written(mention: Mention, texts: Sequence[str]) -> Kind:
    """What two capitals stand for, as the articles have it: "in Nether Weir" is a place, and "the storm" Storm Olga."""
    first = mention.text.split()[0].lower()
    placed = re.compile(rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|across) {re.escape(mention.text)}\b(?!['’]s)")
    called_so = re.compile(rf"\b(?:[Tt]he|an?) {re.escape(first)}\b")
    if any(placed.search(text) for text in texts):
        return "place"
    return kind_of_noun(first) if any(called_so.search(text) for text in texts) else mention.kind
