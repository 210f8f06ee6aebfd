"""The present state: which questions ask for it, which report tells it best, and as of which day it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index import Article, Passage
from index.dates.written import in_words
from index.sentences import sentences
from index.values import EVIDENCE_KINDS
from rag.names import holds
from rag.question import Question
from rag.reader import Thresholds
from rag.values import Evidence

_NEARLY = 0.6
"""The share of the best one's relevance from which a newer report leads: one that spoke of somebody else did, with less."""


_MOST = 3
"""How many paragraphs the latest on somebody is told in."""


def asks_for_the_latest(text: str) -> bool:
    """True where a question asks for the present state: "Is the bridge open?", "Who is the mayor?", "so far"."""
    if _LATEST.search(text):
        return True
    if _TIMELESS.search(text):
        return False
    return (_STILL.search(text) is not None and _PAST.search(text) is None) or _STATE.search(text) is not None


def answering(evidence: Sequence[Evidence], enough: Thresholds) -> list[Evidence]:
    """The evidence that answers: as likely, and as relevant beside the best, as the reader's thresholds ask for."""
    best = max((e.relevance for e in evidence), default=0.0)
    return [e for e in evidence if e.answers >= enough.answers and e.relevance >= enough.also * best]


def newest_first(evidence: Sequence[Evidence], enough: Thresholds) -> tuple[Evidence, ...]:
    """The evidence with what answers nearly as well as the best in front, the newest report first; the rest as it was.

    Undated reports that answer come behind the dated ones; of one day what was added later leads, then the more relevant.
    """
    best = max((e.relevance for e in evidence), default=0.0)
    leading = [e for e in answering(evidence, enough) if e.relevance >= _NEARLY * best]
    leading.sort(key=lambda e: (_told_on(e.passage.article) or date.min, _is_update(e), e.relevance), reverse=True)
    return (*leading, *(e for e in evidence if e not in leading))


def latest_on(question: Question, passages: Sequence[Passage], evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What the newest report on somebody or something tells, where "the latest on" it is asked for; else nothing.

    A report is on those whom its headline or first paragraph names; of it the first paragraph and the next ones that name them are told.
    """
    if not _LATEST_ON.search(question.text) or not question.names:
        return ()
    on = [
        p for p in passages if p.article.published and all(holds(_opening(p.article), name) for name in question.names)
    ]
    newest = max(on, key=lambda p: (p.article.published, -p.rank), default=None)
    if newest is None:
        return ()
    read = {e.passage.paragraph.id: e for e in evidence}
    told = [
        p
        for p in newest.article.paragraphs
        if p.kind in EVIDENCE_KINDS and all(holds(p.text, n) for n in question.names)
    ]
    whole = [read.get(p.id) or Evidence(replace(newest, paragraph=p), 0.0, 0.0, (0, len(p.text))) for p in told[:_MOST]]
    return tuple(replace(e, sentence=sentences(e.passage.paragraph.text)[0], answer=None) for e in whole)


def _opening(article: Article) -> str:
    return f"{article.title}. {next((p.text for p in article.paragraphs if p.kind == 'body'), '')}"


def _is_update(found: Evidence) -> bool:
    """Whether the paragraph was added to its article later."""
    return _UPDATE.match(found.passage.paragraph.text) is not None


def as_of_words(article: Article) -> str:
    """As of which day an article tells a state, such as "as of 12 June 2012"; "undated" where that is not known.

    A later change of the page is told beside it, and does not take its place: it may have been to a comma.
    """
    day, changed = _told_on(article), article.updated
    if not day:
        return "undated"
    later = f", updated {in_words(changed)}" if changed and changed > day else ""
    return f"as of {in_words(day)}{later}"


def _told_on(article: Article) -> date | None:
    return article.published or article.updated


_LATEST_ON = re.compile(
    r"\b(?:latest|newest|recent|last)(?: news| reports?| word)? (?:on|about|of|from|with)\b|\bwhat(?:['’]s| is) new (?:on|about|with)\b",
    re.I,
)
_UPDATE = re.compile(r"\W*(?:UPDATE|Update)(?:D|d)?\b\W")
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|currently|at (?:the moment|present)|right now|so far|to date|up to now|until now"
    r"|as (?:things|it|matters) stands?|these days|recently|lately|in recent (?:days|weeks|months))\b|(?<![\w-])now(?=\s*(?:[?.,!]|\Z))"
    r"|\b(?:is|are|has|have|does|do|who|what)\s(?:[\w’'-]+\s){0,4}?now\b|\bas of (?:now|today)\b|\bcurrent (?!affairs)",
    re.IGNORECASE,
)
_STILL = re.compile(r"\b(?:still|remains?|no longer|any ?more|yet|ongoing)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|did|had|said|told|would)\b", re.IGNORECASE)
_TIMELESS = re.compile(
    r"^\W*(?:why|how (?:do|does|far|tall|long|old|big|large|wide|deep|high|heavy|fast)\b)|\bis it true\b|\bever\b"
    r"|\b(?:do|does)\s(?:[\w’'-]+\s){1,6}?(?:say|mention|tell|mean|describe|explain|call|name|report|write|stand for|think|believe)\b"
    r"|\b(?:names?|nickname|meaning|definition|age|purpose|reason|cause) of\b|\bused to\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:"
    r"(?:is|are|has|have|isn['’]t|aren['’]t|hasn['’]t|haven['’]t)\b"
    r"|(?:do|does)\b.{1,60}\b(?:have|own|lead|control|support|back|oppose|hold|run|want|remain)\b"
    r"|how (?:many|much)\b(?! (?:was|were|did|had)\b)(?:(?!\b(?:was|were|did|had)\b).)*?\b(?:is|are|has|have|remain)\b"
    r"|(?:who|which (?:\w+ )?\w+) (?:leads|heads|runs|owns|holds|controls|chairs|represents|governs|commands|supports|backs|opposes)\b"
    r"|who(?: is|['’]s| are) (?:the|in charge|running|leading|winning|ahead)\b|who has the\b"
    r"|what(?: is|['’]s| are) (?:the|his|her|its|their|[A-Z]\w+['’]s) (?:[\w’'-]+ ){0,3}?(?:toll|number|count|status|state|situation|rate|price|score|"
    r"position|outlook|forecast|level|plan|plans|condition|balance|total)\b"
    r"|when (?:is|are|do|does|will)\b|where (?:is|are) (?:the|he|she|they|it)\b|what (?:is|are) happening\b)",
    re.IGNORECASE,
)
