"""What an article denies that comes near to a question which nothing answers: the question may take it for granted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.sentences import sentences
from rag.abstain.premise import Denial
from rag.abstain.words import Word, around, share, stands, stems_near, weighed
from rag.conversation.frame import frame
from rag.question import Question
from rag.reader.words import Rarity
from rag.values import Evidence

_DENIES = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|nothing|without|[a-z]+n['’]t|den(?:y|ies|ied|ying)|refus(?:e[ds]?|ing)"
    r"|reject(?:s|ed|ing)?|rul(?:e[ds]?|ing) out|remain(?:s|ed)?|stay(?:s|ed|ing)?|still|withdr(?:ew|awn|aws?)|fals(?:e|ely)|untrue"
    r"|fail(?:s|ed)? to|unhurt|unharmed|alive|acquitted|cleared|dropped|shelved|scrapped|abandoned|averted|postponed|cancell?ed"
    r"|called off)\b",
    re.IGNORECASE,
)
"""Words by which something is told not to be so, or to be as it was, or not to come about."""
_AT_LENGTH = re.compile(r"den|reject|rul", re.IGNORECASE)
"""Those that deny all that follows; the others deny what follows at once: "has not been charged"."""
_OF_ALL = re.compile(
    r"remain|stay|still|dropped|shelved|scrapped|abandoned|averted|postponed|cancel|called off", re.IGNORECASE
)
"""Those that are said of the whole sentence, which must then be about what is asked, and of what stands beside them."""
_UNTOLD = re.compile(
    r"\W*(?:yet |immediately |publicly )?(?:sa(?:y|id|ying)|tell|told|know|known|name|named|naming|give|given|disclosed?|specif(?:y|ied)"
    r"|explain(?:ed)?|reveal(?:ed)?|identif(?:y|ied)|clear)\b(?! (?:that|of)\b)",
    re.IGNORECASE,
)
"""Behind a "not": who says nothing denies nothing."""
_SAYS_THAT = re.compile(r"\W*(?:say|said|mean|show|prove|suggest|conclude|believe|think)s? that\b", re.IGNORECASE)
_TAKES_NOTHING = re.compile(
    r"^\W*(?:what|which|who)(?:['’]s| is| are| was| were) (?:the|his|her|its|their) (?!reasons?\b|causes?\b|motives?\b)"
    r"|^\W*how old (?:is|are)\b|\bcalled\W*$",
    re.IGNORECASE,
)
"""Who asks for a name, an age or what there is of a thing takes nothing for granted but the thing."""
_AT_ONCE, _BESIDE = 5, 6
_TELLING = 0.5
"""Of the weight of the word that tells most: a word that tells less than this share of it is not what is denied."""
_ASKING = stems_near("cause reason motive")
"""What is asked for, and so is no part of what is taken for granted: "What caused the leak?" takes it that there was one."""
_HALF = 0.5
ENOUGH = 1.0
"""How near the sentence must come: half of the question's words in it, and half in what stands around it."""


def doubted(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> Denial | None:
    """The sentence that denies something in most of the question's words; None where none comes near enough.

    For a question that nothing answers: whether the denied thing is what it takes for granted, the asker sees. Mere
    keywords ("Official death toll?") take nothing for granted.
    """
    if not frame(question.text) or _TAKES_NOTHING.search(question.text):
        return None
    found = max(_denials(question, evidence, rarity), key=lambda one: one[0], default=None)
    return found[1] if found and found[0] >= ENOUGH else None


def _denials(question: Question, evidence: Sequence[Evidence], rarity: Rarity) -> Iterator[tuple[float, Denial]]:
    """Each sentence that denies something of the question's, with how near it comes: the share of the words in it, and around it."""
    words = [word for word in weighed(question, rarity) if word.stem not in _ASKING]
    plain = [word for word in words if not word.named]
    for one in evidence:
        text = one.passage.paragraph.text
        for start, end in sentences(text):
            own = stems_near(text[start:end])
            if _denied(text[start:end], plain or words):
                near = share(words, own) + share(words, own | around(one.passage))
                yield near, Denial("", one, start, end, surely=False)


def _denied(sentence: str, asked: Sequence[Word]) -> bool:
    """Whether one of the words asked about is itself denied: not in "They were not theirs", whatever else is told there."""
    most = max((word.weight for word in asked), default=0.0)
    telling = [word for word in asked if word.weight >= _TELLING * most]
    for match in _DENIES.finditer(sentence):
        if match[0] == "No" and match.start():  # the No campaign
            continue
        behind = sentence[match.end() :]
        if _OF_ALL.match(match[0]):
            beside = " ".join((*sentence[: match.start()].split()[-_BESIDE:], *behind.split()[:_BESIDE]))
            if share(asked, stems_near(sentence)) >= _HALF and any(stands(w, stems_near(beside)) for w in asked):
                return True
            continue
        if _UNTOLD.match(behind):
            continue
        if not _AT_LENGTH.match(match[0]):
            behind = " ".join(_SAYS_THAT.sub("", behind, count=1).split()[:_AT_ONCE])
        if any(stands(word, stems_near(behind)) for word in telling):
            return True
    return False
