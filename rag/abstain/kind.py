"""Whether what was found is of the kind that is asked for: a number for "how old", a name for "what is it called"."""

from __future__ import annotations

import re

from rag.question import Question, names_in
from rag.reader.exact import days, figures
from rag.values import Evidence

_NOBODY = re.compile(
    r"(?:some|any|no)(?: ?one|body)(?:['’]s)?|others?|(?:an?|the|some|two|several) (?:un(?:known|named|identified))? ?(?:men|man|woman|people"
    r"|persons?)|he|she|it|they|(?:not|never)\b.*|[\d.,]+",
    re.IGNORECASE,
)
"""Says of no one who it is: "Somebody's painted a zebra crossing"."""
_NAME = re.compile(
    r"\b(?:(?:what|which)(?:['’]s| is| was| are| were)? (?:the )?names?\b|names? of\b|called\W*$)", re.IGNORECASE
)
_COUNT = re.compile(r"\bhow (?:many|much|old|long|far|high|tall|deep|wide|big|large|often)\b", re.IGNORECASE)
_AMOUNT = re.compile(
    r"\d|\b(?:one|an?|half|third|quarter|couple|few|several|dozens?|hundreds?|thousands?|millions?|most|all|none|no|nothing|every|each|once"
    r"|twice|both|double|until|till|since|indefinite(?:ly)?|forever|years?|months?|weeks?|days?|hours?|minutes?)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:today|yesterday|tomorrow|tonight|now|soon|later|earlier|ago|next|last|this|after|before|until|till|when|while|once|since|during"
    r"|by|immediately|never|already|still|morning|noon|afternoon|evening|night|midnight|dawn|dusk|spring|summer|autumn|fall|winter|christmas"
    r"|easter|weeks?|months?|years?|days?|hours?|minutes?|weekend|may)\b",
    re.IGNORECASE,
)


def of_kind(question: Question, found: Evidence) -> bool:
    """Whether the sentence found can answer such a question at all; True where the question tells no kind."""
    sentence = found.text
    said = found.passage.paragraph.text[slice(*found.answer)].strip(' .,;:"“”') if found.answer else ""
    if _NAME.search(question.text):
        return bool(set(names_in(sentence)) - set(question.names)) or bool(names_in(said))
    if question.asks == "who":
        return not _NOBODY.fullmatch(said)
    if re.match(r"\W*how old\b", question.text, re.IGNORECASE):
        return bool(figures(sentence))
    if _COUNT.search(question.text):
        return bool(figures(sentence)) or _AMOUNT.search(sentence) is not None
    if question.asks == "when":
        return bool(days(sentence)) or bool(figures(sentence)) or _TIME.search(sentence) is not None
    return True
