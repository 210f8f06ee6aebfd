"""Pronouns and pointing words of a question, filled in from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.search import stop_words
from rag.conversation.antecedent import Pronoun, antecedent, fits
from rag.conversation.frame import frame
from rag.conversation.mentions import AUXILIARY, mentions_in, owned_in
from rag.conversation.pointing import pointed_at
from rag.conversation.words import GROUPS
from rag.question import names_in
from rag.values import Answer

_FORMS: dict[str, tuple[Pronoun, bool]] = {
    "he": ("he", False),
    "him": ("he", False),
    "his": ("he", True),
    "himself": ("he", False),
    "she": ("she", False),
    "her": ("she", False),
    "hers": ("she", True),
    "they": ("they", False),
    "them": ("they", False),
    "their": ("they", True),
    "theirs": ("they", True),
    "it": ("it", False),
    "its": ("it", True),
}
_PRONOUN = re.compile(rf"(?<![\w'’-])(?:{'|'.join(_FORMS)})(?![\w’'-])(?! who\b)", re.IGNORECASE)
"""A pronoun; "she who lost" says itself who is meant."""
_THE_ONE = re.compile(
    r"\bthe (?:(?P<he>man|boy|guy)|woman|girl|lady)\b(?=['’]s|\W*$| (?:do|doing|say|get|go|now)\b)", re.IGNORECASE
)
"""Stands for somebody named before, and says no more than a pronoun."""
_ANYBODY = re.compile(
    r"\bthey (?:arrest|detain|charge|catch|jail|release|sentence|convict|fine|bury|elect|rescue|hospitali[sz]e)\b",
    re.IGNORECASE,
)
"""Whoever does such things: "Where did they arrest him?"."""
_OF_THEM = re.compile(r"\b(?:of|among|between) (?:them|those|these)\b(?! \w+ (?:who|that|which)\b)", re.IGNORECASE)
_FURTHER_CLAUSE = re.compile(
    r" that (?=\w)|,? (?:and|but) (?=(?:(?:by|in|on|at|for|to|from) )?(?:who|what|when|where|why|how|which)\b)",
    re.IGNORECASE,
)
_OWN_SUBJECT = re.compile(rf"\b{AUXILIARY} (?!there\b|\w+(?:ed|en|ing)\b)[a-z]\w{{3,}} ", re.IGNORECASE)
"""A bare noun that does something: "How do companies hire their staff?"."""
_SEVERAL = re.compile(r"\b(?:how many|who|people|they|them)\b", re.IGNORECASE)
"""Those whose own "their" may be: "Who lost their home?"."""
_WHICH_SEVERAL = re.compile(r"\bwhich (?:[a-z][\w’'-]* )?[a-z][\w-]*s (?!of\b)", re.IGNORECASE)
"""Those asked for, who do something to what is theirs: "Which towns lost their bridges?"."""
_HELPED = re.compile(rf"\b{AUXILIARY} $", re.IGNORECASE)
"""Straight behind it stands the subject: in "Which towns did their leaders visit?" it is not the towns."""
_INSIDE = re.compile(r" (?:in|of|on|at|under|from) $")
_SUBJECT_AT = re.compile(
    rf"(?:^|[,;]|\b(?:{AUXILIARY}|that|if|when|while|because|whether|where|how|why|what|who|and|but|since|after|before)) ?$",
    re.IGNORECASE,
)
_EMPTY_IT = re.compile(
    r"\b(?:is|was|will|does|did|would|has|had|could|can|be) it (?:be )?(?:true|possible|likely|clear|known|legal|safe|fair|easy|hard"
    r"|difficult|necessary|important|take|cost (?:him|her|them|[A-Z])|matter|rain|snow|come|that|said|about|time|because|only)\b"
    r"|\b(?:is|was) it (?:\w+ that\b|(?:all )?(?:the |an? )?(?:[\w’'-]+ ){1,3}(?:doing|fault|idea|decision)\b)"
    r"|\bwhose (?:[\w’'-]+ ){1,3}(?:is|was) it\b|\bbr(?:ing|ought) it up\b|\btime (?:is|was) it\b|\bit (?:is|was|be|seems?) (?:that|said|possible|true)\b",
    re.IGNORECASE,
)


def fill(question: str, history: Sequence[Answer]) -> str:
    """The question with its pronouns, "there" and "that day" filled in, as far as the conversation tells who is meant."""
    return _of_them(_people(_the_one(pointed_at(question, history), history), history), history)


def _the_one(question: str, history: Sequence[Answer]) -> str:
    """ "How old is the man?" asks about the one who was named."""
    found = _THE_ONE.search(question)
    name = antecedent("he" if found["he"] else "she", history) if found else None
    if not found or not name or not names_in(name):
        return question
    return question[: found.start()] + name + question[found.end() :]


def _people(question: str, history: Sequence[Answer]) -> str:
    """Each pronoun's first place filled in: behind it the name stands near enough for the others."""
    filled: dict[Pronoun, str] = {}
    empty = [m.span() for pattern in (_EMPTY_IT, _ANYBODY) for m in pattern.finditer(question)]
    done, at = "", 0
    for match in _PRONOUN.finditer(question):
        pronoun, possessive = _FORMS[match[0].lower()]
        if pronoun in filled or any(start <= match.start() < end for start, end in empty):
            continue
        before = question[: match.start()]
        possessive = possessive or (match[0].lower() == "her" and _owns(question[match.end() :]))
        is_object = not possessive and not _SUBJECT_AT.search(before)
        counted = any(m.end() == match.end() for m in _OF_THEM.finditer(question))  # see _of_them
        if counted or _owned(before, pronoun, possessive=possessive, is_object=is_object):
            continue
        name = antecedent(pronoun, history, subject=not is_object, taken=tuple(filled.values()))
        if name:
            filled[pronoun] = name
            led = question[at : match.start()]
            done += _agreeing(led, name) if pronoun == "they" else led
            done += _possessive(name, led) if possessive else name
            at = match.end()
    text = done + question[at:]
    return text[:1].upper() + text[1:] if question[:1].isupper() else text


def _owned(before: str, pronoun: Pronoun, *, possessive: bool, is_object: bool) -> bool:
    """Whether somebody in the same question is meant by the pronoun: "Did Assad and his family leave?".

    The subject of the same clause is never its object: in "Did the mayor meet her?" she is not the mayor. In "What did the
    bridge cost, and who paid for it?" it is the bridge.
    """
    if possessive and pronoun in ("they", "it") and _OWN_SUBJECT.search(before):
        return True
    if possessive and pronoun == "they" and (_SEVERAL.search(before) or _which_own(before)):
        return True
    begins = max((m.start() for m in _FURTHER_CLAUSE.finditer(before)), default=-1)
    clause = begins if is_object else len(before)
    inside = _INSIDE.search(before) if possessive else None
    held = inside.start() if inside else len(before)  # "a fine in its contract" has no contract
    return any(fits(m, pronoun) for m in mentions_in(before) if m.start < clause and m.end < held)


def _which_own(before: str) -> bool:
    return _WHICH_SEVERAL.search(before) is not None and not _HELPED.search(before)


def _owns(behind: str) -> bool:
    word = re.match(r" ([\w'’-]+)", behind)
    return word is not None and word[1].lower() not in stop_words()


def _possessive(name: str, before: str) -> str:
    """The name as an owner; "of his" takes it as it is."""
    if before.endswith("of "):
        return name
    several = name.endswith("s") and name.split()[-1].islower()
    return f"{name}'" if several else f"{name}'s"


def _agreeing(before: str, name: str) -> str:
    """The words before "they" with their last verb in the singular where the name is one: "were they" of a council."""
    head = name.split()[-1]
    several = (head.endswith("s") and not head.isupper()) or head in GROUPS
    singular = {"were": "was", "are": "is", "have": "has", "do": "does"}
    last = re.search(r"\b(were|are|have|do) $", before, re.IGNORECASE)
    if several or not last:
        return before
    form = singular[last[1].lower()]
    return before[: last.start()] + (form.capitalize() if last[1][0].isupper() else form) + " "


def _of_them(question: str, history: Sequence[Answer]) -> str:
    """ "How many of them were children?" asks about those whom the last question counted."""
    found = _OF_THEM.search(question)
    if not found:
        return question
    last = frame(history[-1].standalone_question)
    if last and last.wh.lower() == "how many" and last.noun and not last.noun.startswith("of "):
        be = last.aux.lower() in ("was", "were", "is", "are")
        told = last.rest if be else "" if last.aux else f"who {last.rest}"
        who = f"the {last.noun} {told}".rstrip()
    else:
        before = history[-1].standalone_question
        who = next((m.text for m in (*owned_in(before), *mentions_in(before)) if m.kind == "group"), "")
    return question[: found.end() - len(found[0].split()[-1])] + who + question[found.end() :] if who else question
