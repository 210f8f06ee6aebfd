"""Paragraphs that speak to a machine instead of to a reader: they may be quoted, but no model is given them to read.

No list of words finds every such text. It is the first of three fences: the prompt's borders and labels cannot be faked,
and whatever a model makes of an order must still stand in the paragraph that it is cited from.
"""

from __future__ import annotations

import re

_MACHINE = r"(?:ai|a\.i\.|assistants?|language models?|llms?|chat ?bots?|models?|machines? reading|answering (?:system|software|engine)s?|search assistants?)"
_SPEECH = r"(?:answer|reply|respond|say|write|print|repeat|cite|quote|mention|translate|reveal)"
_GIVEN = r"(?:instructions?|rules?|prompts?|guidelines|passages?|labels?|sources?|markers?|citations?|messages?|text above|the above)"
_ORDERS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?]{{0,50}}\b(?:above|previous|prior|earlier|{_GIVEN})\b",
        rf"\byou are (?:now |only )?(?:an? |the )?(?:\w+ ){{0,2}}{_MACHINE}\b",
        rf"\b(?:you|{_MACHINE}) (?:must|should|shall|will|may|are to|have to) (?:now |only |always |never |not )*{_SPEECH}\b",
        r"\b(?:to|for|dear|attention|note to|hey|hello|instructions? (?:to|for)) (?:all |any |every |the |whatever )?(?:ai |a\.i\. |language )?(?:assistants?|models? (?:that|which|who|reading)|llms?|chat ?bots?|machines? reading|answering \w+)\b",
        r"\b(?:system|developer|hidden|secret) (?:prompt|message|instructions?|override|note)\b",
        rf"(?:^|[.!?:;\"”)\]]\s+|, )(?:please |now |then |instead,? |therefore )?(?:only |always |never |do not |don['’]t ){_SPEECH}\b",
        rf"(?:^|[.!?:;\"”)\]]\s+)(?:please |now |instead,? ){{0,2}}{_SPEECH} (?:only|exactly|with|in|that|this|the following|as|your|all|every|no|nothing)\b",
        rf"\b(?:without|no|drop|remove|omit|change|swap|renumber)(?: any| all| the| your| further)? (?:{_GIVEN}|sources? are needed)\b",
        r"\b(?:source|passage|label|document) ?#?\d{1,4} ?[:\])]",
        r"<\|[^<>\n]{1,30}\|>|</?(?:system|assistant|user|think|tool\w*|instructions?|start_of_turn|end_of_turn)>|\[/?(?:inst|sys|system|assistant|user)\]|\btool_call|\bfunction_call|\"(?:role|tool|name|arguments)\"\s*:",
        r"\b(?:base64|rot13)\b|\b[A-Za-z0-9+/]{40,}={0,2}(?=\W|$)",
        r"\{(?:passages|labels|question|border|history)\}",
        r"(?:^|[.!?\"”)\]]\s+)(?:system|assistant|user|human|ai) ?[:–-] ",
    )
)


def gives_orders(text: str) -> bool:
    """True for a text that tells whoever answers what to say, cite or leave out, or that imitates a chat's signs."""
    return any(order.search(text) for order in _ORDERS)
