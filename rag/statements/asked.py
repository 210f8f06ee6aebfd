"""Questions about speech, taken apart: what somebody said, who said it, and whether somebody did."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.question import Question
from rag.reader.words import stem
from rag.statements import Stance
from rag.statements.lexicon import STANCES

_WHOM_LONGEST = 10
_KINDS = (
    ("what", re.compile(r"^\W*(?:and |but |so )?what (?:exactly )?(?:did|does|do|has|have|had|was|were) (.+)", re.I)),
    ("who", re.compile(r"^\W*(?:and |but |so )?(?:who|(?:which|what) [a-z]+)(?: else)? (.+)", re.I)),
    ("whether", re.compile(r"^\W*(?:and |but |so )?(?:did|does|do|has|have|had) (.+)", re.I)),
)
_REACTION = re.compile(
    r"^\W*(?:how (?:did|has|does) (?P<whom>.+?) (?:respond|react|comment|answer|repl)\w*|what (?:was|is) (?P<whose>.+?)['’]s? "
    r"(?:reaction|response|comment|answer|reply))\b(?P<rest>.*)",
    re.IGNORECASE,
)
_NOT_WHOM = re.compile(
    r"(?:he|she|they|it|you|we|I|people|anybody|anyone|somebody|someone|the (?:articles?|reports?|papers?|media))$",
    re.I,
)
_SKIP = re.compile(
    r"(?:not|n['’]t|ever|also|really|publicly|actually|has|have|had|to|is|was|once|later|then"
    r"|himself|herself|itself|themselves)$",
    re.I,
)
_NOT_VERB = re.compile(r"(?:the|an?|his|her|its|their|this|that|of|for)$|.*['’]s?$", re.I)
"""Behind these, or owning something itself, a word is a noun: "the state's engineer", "the claim"."""
_CALLS = re.compile(r"(?:call|describe|brand|label|dub)(?:s|d|ed|led)?$", re.I)
_LEADS_IN = re.compile(
    r"^\W*(?:that|about|of|on|regarding|concerning|over|to|when asked about|with regard to)\b\s*", re.I
)
_TOLD_WHOM = re.compile(r"^\s*(?:[\w.’'-]+\s+){1,6}?(?:that|about)\s+")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")


@dataclass(frozen=True, slots=True)
class SpeechAsked:
    """A question about speech. `whom` is who is asked about ("" where that is the question), `about` the rest of it:
    the topic of "what", the clause of "who" and "whether"."""

    kind: Literal["what", "who", "whether"]
    whom: str
    stance: Stance
    about: str


def speech_asked(question: Question) -> SpeechAsked | None:
    """What the question asks about speech; None where it asks something else, or of nobody in particular."""
    text = question.text.strip().rstrip("?!. ")
    reaction = _REACTION.match(text)
    if reaction:
        return _of("what", reaction["whom"] or reaction["whose"], "says", reaction["rest"])
    for kind, pattern in _KINDS:
        match = pattern.match(text)
        if match and (found := _asked(kind, match[1])):
            return found
    return None


def _asked(kind: str, rest: str) -> SpeechAsked | None:
    words = rest.split()
    for place, word in enumerate(words[: _WHOM_LONGEST + 1]):
        if _NOT_VERB.match(word) or (place and _NOT_VERB.match(words[place - 1])):
            continue
        stance = _stances().get(stem(word.lower().strip(",")))
        quoted = _QUOTED.search(rest, rest.find(word)) if _CALLS.match(word) else None
        behind = " ".join(words[place + 1 :])
        if stance is None and quoted:
            stance, behind = "says", quoted[1]  # "Did Hale call the offer “a joke”?"
        if stance is None:
            continue
        whom = [w for w in words[:place] if not _SKIP.match(w)]
        if word.lower() in ("tell", "told", "tells"):
            behind = _TOLD_WHOM.sub("", behind)
        if kind == "who":
            return SpeechAsked("who", "", stance, _LEADS_IN.sub("", behind)) if not whom and behind else None
        return _of("what" if kind == "what" else "whether", " ".join(whom), stance, behind)
    return None


def _of(kind: Literal["what", "whether"], whom: str, stance: Stance, rest: str) -> SpeechAsked | None:
    whom, about = whom.strip(" ,"), _LEADS_IN.sub("", rest).strip(" ,")
    if not whom or _NOT_WHOM.match(whom) or (kind == "whether" and not about):
        return None
    return SpeechAsked(kind, whom, stance, about)


@lru_cache(maxsize=1)
def _stances() -> dict[str, Stance]:
    """Stances by the stem of the verb: questions have other forms of it than reports."""
    return {stem(verb): stance for verb, stance in reversed(STANCES.items())} | {"tell": "says", "tweet": "says"}
