"""Whether the kind of answer that a question asks for stands in a sentence: an age, a sum, a person, a cause …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.names import holds
from rag.question import Question, names_in
from rag.reader.exact import figures
from rag.reader.spans import answer_span
from rag.verify.dates import date_spans
from rag.verify.quantities import Quantity, quantities

_MONEY = frozenset(("dollar", "euro", "pound", "yen", "franc", "mark", "cent", "crown", "rupee", "peso"))
_LENGTH = frozenset(("mile", "foot", "yard", "inch", "metre", "kilometre", "centimetre"))
_TIME = frozenset(("time", "month"))
_MEASURES = (
    (r"\bhow much\b.*\b(?:cost|pays?|paid|spen[dt]|earn(?:ed)?|donated?|worth|owed?|money|sold? for|fined?)\b", _MONEY),
    (r"\b(?:what|which|whose|how (?:high|large|big) an?) (?!kind|sort|type)(?:\w+ ){0,3}(?:salary|price|fee|fine|cost|wage|ransom|bail"
     r"|deposit|dividend|compensation|revenue|profit|budget)\b(?! (?:increase|rise|cut))", _MONEY),
    (r"\bfor (?:what|which|how large a) sum\b|\bwhat sum\b", _MONEY),
    (r"\b(?:what|which) (?:percent|per cent|percentage|proportion)\b", frozenset(("percent", "part", "point"))),
    (r"\bhow (?:fast|quick)\b|\b(?:what|which|at what) speed\b", frozenset(("mph", "knot", "mile", "kilometre"))),
    (r"\bhow (?:far|tall|wide|deep)\b|\bhow high (?:is|are|was|were|did|does|will)\b", _LENGTH),
    (r"\bhow long (?:did|does|do|will|must|can|may)\b", _TIME),
)  # fmt: skip
"""What a number that answers is measured in, by the words of the question."""
_MEASURED = tuple((re.compile(pattern, re.IGNORECASE), units) for pattern, units in _MEASURES)
_OLD = re.compile(r"\bhow old\b|\bwhat age\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b\w+-year-olds?\b|\baged? (?:of )?\w+|\b\w+ years? (?:old|of age)\b|[,(] ?\d{1,3}[,.)]|\bborn\b"
    r"|\b(?:built|founded|established|opened) in\b|\b(?:his|her|their) (?:early |mid-|late )?(?:\d0s|\w+ties)\b"
    r"|-(?:year|month|century)-old\b|\bcentur(?:y|ies)\b|\bturn(?:s|ed)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\bhow (?:many|much|often|long)\b|\bwhat (?:number|sum|amount)\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\b(?:nobody|no|none|all|both|several|many|few|one|single|first|only|dozens|hundreds|thousands|most|a|an)\b", re.IGNORECASE)  # fmt: skip
_SOMEBODY = re.compile(
    r"\b(?:police|officials?|people|residents?|crew|staff|troops|rebels|militants?|protesters?|students?|judge|jury"
    r"|court|council|government|army|union|company|board|mayor|president|women|woman|m[ae]n|child(?:ren)?|patients?"
    r"|\w{3,}(?:ers|ors|ists|ians|ants|ents))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"\b(?:because|since|as|after|for|over|amid|following|so|due to|owing|thanks to|citing|cited?|blam\w+|reasons?|caus\w+"
    r"|fear\w*|lack\w*|concern\w*|need\w*|want\w*|mean[st]?|in order|result\w*|prompt\w*|force[sd]?|led|argu\w+|said"
    r"|to (?!the\b|an?\b|his\b|her\b|their\b|its\b)[a-z]+|by \w+ing|protest\w*|in response|therefore|thus)\b",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"\b(?:\d{4}s?|\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m|centur(?:y|ies)|spring|summer|autumn|fall|winter|morning|afternoon"
    r"|evening|night|dawn|noon|midnight|daily|weekly|monthly|annual\w*|\w+days?|weeks?|months?|years?|decades?|hours?"
    r"|minutes?|Jan\w*|Feb\w*|March|Mar|Apr\w*|May|June?|July?|Aug\w*|Sept?\w*|Oct\w*|Nov\w*|Dec\w*|soon|recently"
    r"|yesterday|today|tomorrow|tonight|once|when|after|before|until|during|age|era|time|date)\b",
    re.IGNORECASE,
)


def holds_kind(question: Question, sentence: str) -> bool:
    """Whether something of the kind that the question asks for stands in the sentence; True where it asks for no kind.

    It tells what cannot answer. A sentence that holds a sum of money need not hold the right one.
    """
    asks = question.asks
    if asks == "number":
        return _holds_number(question, sentence)
    if asks == "when":
        return _TIME_WORD.search(sentence) is not None
    if asks == "who" and _PERSON.search(question.text):
        return _SOMEBODY.search(sentence) is not None or bool(set(names_in(sentence)) - set(question.names))
    if asks == "why":
        return _CAUSE.search(sentence) is not None
    if asks == "said":
        return answer_span(question, sentence) is not None
    return True


def _holds_number(question: Question, sentence: str) -> bool:
    asked = question.text
    if _OLD.search(asked):
        return any(_is_of(question.names, sentence, match.start()) for match in _AGE.finditer(sentence))
    units = next((units for pattern, units in _MEASURED if pattern.search(asked)), None)
    times = date_spans(sentence)
    found = [q for q in quantities(sentence) if not q.ordinal and not any(a <= q.start < b for a, b in times)]
    if units is None:
        if not _COUNTS.search(asked):
            return True
        return bool(found or figures(sentence)) or _AMOUNT.search(sentence) is not None
    return any(_measured(quantity, units) for quantity in found)


def _measured(quantity: Quantity, units: frozenset[str]) -> bool:
    """Whether the figure is measured in one of the units; a bare large figure may be one of money ("23.4 mln")."""
    return quantity.unit in units or (units is _MONEY and not quantity.unit and quantity.value >= 1000)


def _is_of(names: Sequence[str], sentence: str, at: int) -> bool:
    """Whether what stands there may be somebody's age: their name stands before it, or no name does."""
    before = sentence[:at]
    return not names or not names_in(before) or any(holds(before, name) for name in names)
