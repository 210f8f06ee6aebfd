"""Words that announce a new topic: "By the way, …", "On another matter: …"."""

from __future__ import annotations

import re

_KINDS = r"(?:matter|subject|topic|question|note|thing|story|point)"
_ANEW = re.compile(
    r"\W*(?:by the way|(?:something|somebody|someone) (?:else|different)"
    rf"|(?:on )?an?(?:other| different| new) {_KINDS}|(?:on )?(?:different|new|other|next) {_KINDS}"
    r"|changing the subject|to change the subject)\s*[:,;.–—-]\s*(?=\w)",
    re.IGNORECASE,
)


def begins_anew(question: str) -> bool:
    """Whether a question says that it leaves the topic of the conversation."""
    return _ANEW.match(question) is not None


def anew(question: str) -> str:
    """The question without the words that announce a new topic."""
    found = _ANEW.match(question)
    rest = question[found.end() :] if found else question
    return rest[:1].upper() + rest[1:] if found else rest
