"""Doers: who only tells of something in the source is not said to have done it.

"Activist groups say 13,000 have been killed" once came back from a model as "activist groups have killed 13,000".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.names import same_name
from rag.verify.clauses import related, same_stem
from rag.verify.hedges import REPORTED
from rag.verify.quotes import without_quotations
from rag.verify.values import Fault, Source

_TELLS = r"(?:says?|said|claims?|claimed|estimates?|estimated|reports?|reported|adds?|added|counts?|counted)\b"
_BEFORE = re.compile(rf"(?P<head>[\w.’'-]+)(?:,[^,.;\"“”]{{1,60}},)? (?:has |have |had |also |now |then )?{_TELLS}")
_AFTER = re.compile(r"(?:\b(?:said|says|added)|\b[Aa]ccording to)(?: the| an?)? (?P<head>(?:[\w.’'-]+ ){0,2}[\w.’'-]+)")
_ITSELF = re.compile(r"\b(?:it|its|he|she|his|her|they|their|we|our|I|my|who|which)\b")
_OPENING = re.compile(r"(?:(?:The|A|An|Some|Two|Several|Both) )?((?:[\w.’'-]+ ){1,3})(?=\w)")
_DOES = re.compile(
    r"(?:is|are|was|were|has|have|had|did|will|would|can|could|\w+ed|shot|made|took|gave|won|lost|led|left|held|began|fell"
    r"|rose|sent|brought|built|bought|sold|cut|hit|set|met|ran|struck|broke|shut|fought)\b"
)


def doer_faults(sentence: str, sources: Sequence[Source]) -> Iterator[Fault]:
    """A fault where the sentence opens with whoever only tells of it in the source, and lets them do something else.

    Somebody who tells what they themselves did ("the authority said it had closed the road") is no such case.
    """
    own = without_quotations(sentence)
    subject = _subject(own)
    if not subject or REPORTED.search(own):
        return
    best = related(own, [source.quote or source.text for source in sources])
    for one in best:
        plain = without_quotations(one)
        heads = [head for form in (_BEFORE, _AFTER) for m in form.finditer(plain) for head in m["head"].split()[-1:]]
        for head in heads:
            if _is(head, subject) and not _ITSELF.search(plain) and _only_tells(head, plain, best):
                yield Fault("speaker", subject, f"In the cited paragraph {subject} only tells of this.")
                return


def _subject(sentence: str) -> str:
    """The one to three words before the sentence's verb; "" where it does not open with its subject."""
    opening = _OPENING.match(sentence)
    words = opening[1].split() if opening else []
    begin = opening.start(1) if opening else 0
    for count in range(1, len(words) + 1):
        behind = sentence[begin + len(" ".join(words[:count])) :].lstrip()
        if _DOES.match(behind):
            return " ".join(words[:count])
    return ""


def _is(head: str, phrase: str) -> bool:
    """Whether the phrase ends in the same word, or is another name for it."""
    one, other = same_stem(head.lower()), same_stem(phrase.split()[-1].lower())
    return bool(one == other or same_name(head, phrase))


def _only_tells(head: str, plain: str, best: Sequence[str]) -> bool:
    """Whether the word stands nowhere in these sentences but as the one who tells."""
    told = sum(str(m["head"]).split()[-1] == head for form in (_BEFORE, _AFTER) for m in form.finditer(plain))
    stands = [len(re.findall(rf"\b{re.escape(head)}\b", one)) for one in best]
    return sum(stands) <= told
