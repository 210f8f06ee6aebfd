"""Answers to plain values and back. The keys are a contract: see CHANGELOG.md."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from index import Article, Notice, Paragraph, Passage, PilcrowError
from index.values import NoticeKind, Sure
from rag.values import Answer, Citation, Claim, Conflict, Lack, Shape, Span, Status, Verdict


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Print(_Record):
    """What tells one article from another."""

    article_id: str
    path: str
    url: str
    title: str
    source: str
    published: date | None


class _Source(_Record):
    """A paragraph with what a reader must know of its article. What has a default is missing in older records."""

    article_id: str
    path: str
    url: str
    title: str
    source: str
    published: date | None
    paragraph_id: str
    paragraph: int
    paragraph_text: str
    published_from: str = ""
    published_sure: Sure = "unknown"
    updated: date | None = None
    type: str = ""
    story: str = ""
    version: int = 0
    page: int = 0


class _Day(_Record):
    text: str
    start: int
    end: int
    first: date
    last: date
    approximate: bool


class _Notice(_Source):
    kind: NoticeKind
    wrong: str
    right: str
    applied: bool | None


class _Citation(_Source):
    number: int
    start: int
    end: int
    quote: str
    days: list[_Day] = []
    also_in: list[_Print] = []
    notices: list[_Notice] = []


class _Claim(_Record):
    text: str
    verdict: Verdict
    speaker: str | None
    emphasis: Span | None
    citations: list[int]
    faults: list[str] = []
    day: date | None = None


class _Rejected(_Record):
    text: str
    verdict: Verdict
    faults: list[str] = []


class _Conflict(_Record):
    about: str
    values: list[tuple[str, int]]
    latest: int | None = None


class SavedAnswer(_Record):
    """An answer as `to_dict` writes it."""

    question: str
    standalone_question: str
    status: Status
    reason: str
    lead: str = ""
    lacks: Lack = ""
    premise: _Claim | None = None
    shape: Shape = ""
    text: str
    claims: list[_Claim]
    citations: list[_Citation]
    conflicts: list[_Conflict]
    rejected: list[_Rejected]
    closest: list[_Source]
    engine: str
    remark: str = ""
    fingerprint: str
    timings: dict[str, float]


def to_dict(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON values. Law: ``to_dict(from_dict(d)) == d``."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status,
        "reason": answer.reason,
        "lead": answer.lead,
        "lacks": answer.lacks,
        "premise": _claim(answer.premise) if answer.premise else None,
        "shape": answer.shape,
        "text": answer.text,
        "claims": [_claim(claim) for claim in answer.claims],
        "citations": [
            {
                "number": c.number,
                **_source(c.article, c.paragraph),
                "start": c.start,
                "end": c.end,
                "quote": c.quote,
                "days": [
                    {
                        "text": c.quote[d.start : d.end],
                        "start": d.start,
                        "end": d.end,
                        "first": d.first.isoformat(),
                        "last": d.last.isoformat(),
                        "approximate": d.approximate,
                    }
                    for d in c.days
                ],
                "also_in": [_print(article) for article in c.also],
                "notices": [
                    {
                        **_source(n.article, n.paragraph),
                        "kind": n.kind,
                        "wrong": n.wrong,
                        "right": n.right,
                        "applied": n.applied,
                    }
                    for n in c.notices
                ],
            }
            for c in answer.citations
        ],
        "conflicts": [
            {"about": c.about, "values": [list(value) for value in c.values], "latest": c.latest}
            for c in answer.conflicts
        ],
        "rejected": [{"text": c.text, "verdict": c.verdict, "faults": list(c.faults)} for c in answer.rejected],
        "closest": [_source(p.article, p.paragraph) for p in answer.closest],
        "engine": answer.engine,
        "remark": answer.remark,
        "fingerprint": answer.fingerprint,
        "timings": dict(answer.timings),
    }


def from_dict(record: dict[str, Any]) -> Answer:
    """The answer that `to_dict` wrote. Articles come back without their texts, passages without scores.

    Raises PilcrowError where a field is missing, unknown or of the wrong kind, where a quote is not
    the slice that its offsets name, where a claim cites a number that is not listed, or where text, status or
    the list of citations are not what the claims give.
    """
    try:
        read = SavedAnswer.model_validate(record)
        citations = {c.number: _citation(c) for c in read.citations}
        said = [*read.claims, *([read.premise] if read.premise else [])]
        unlisted = [n for c in said for n in c.citations if n not in citations]
        if unlisted:
            raise ValueError(f"a claim cites [{unlisted[0]}], which is not listed")
        claims = tuple(_claimed(c, citations) for c in read.claims)
        premise = _claimed(read.premise, citations) if read.premise else None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        what = ": ".join(part for part in (place, first["msg"]) if part)
        raise PilcrowError(f"This is not a saved answer: {what}.") from None
    except ValueError as error:
        raise PilcrowError(f"This is not a saved answer: {str(error).rstrip('.')}.") from None
    answer = Answer(
        question=read.question,
        standalone_question=read.standalone_question,
        claims=claims,
        reason=read.reason,
        lead=read.lead,
        lacks=read.lacks,
        premise=premise,
        shape=read.shape,
        conflicts=tuple(Conflict(c.about, tuple(c.values), c.latest) for c in read.conflicts),
        rejected=tuple(Claim(c.text, (), c.verdict, faults=tuple(c.faults)) for c in read.rejected),
        closest=tuple(
            Passage(_paragraph(s), _article(s), rank, score=0.0, similarity=0.0)
            for rank, s in enumerate(read.closest, 1)
        ),
        engine=read.engine,
        remark=read.remark,
        fingerprint=read.fingerprint,
        timings=tuple(read.timings.items()),
    )
    if not _agrees(to_dict(answer), record):
        raise PilcrowError("This is not a saved answer: its text, status or citations do not follow from its claims.")
    return answer


def _agrees(told: Any, record: Any) -> bool:
    """True where the record says the same, but for keys that records did not have when it was written."""
    if isinstance(told, dict) and isinstance(record, dict):
        return record.keys() <= told.keys() and all(_agrees(told[key], record[key]) for key in record)
    if isinstance(told, list) and isinstance(record, list):
        return len(told) == len(record) and all(map(_agrees, told, record))
    return bool(told == record)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "verdict": claim.verdict,
        "speaker": claim.speaker,
        "emphasis": list(claim.emphasis) if claim.emphasis else None,
        "citations": [c.number for c in claim.citations],
        "faults": list(claim.faults),
        "day": claim.day.isoformat() if claim.day else None,
    }


def _claimed(read: _Claim, citations: dict[int, Citation]) -> Claim:
    return Claim(
        text=read.text,
        citations=tuple(citations[number] for number in read.citations),
        verdict=read.verdict,
        speaker=read.speaker,
        emphasis=read.emphasis,
        faults=tuple(read.faults),
        day=read.day,
    )


def _print(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "path": article.path,
        "url": article.url,
        "title": article.headline,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
    }


def _source(article: Article, paragraph: Paragraph) -> dict[str, Any]:
    return {
        **_print(article),
        "published_from": article.published_from,
        "published_sure": article.published_sure,
        "updated": article.updated.isoformat() if article.updated else None,
        "type": article.type,
        "story": article.story,
        "version": article.version,
        "paragraph_id": paragraph.id,
        "paragraph": paragraph.number,
        "paragraph_text": paragraph.text,
        "page": paragraph.page,
    }


def _article(read: _Source | _Print) -> Article:
    known = {"id": read.article_id} | {n: getattr(read, n) for n in ("path", "url", "title", "source", "published")}
    if isinstance(read, _Source):
        known |= {
            n: getattr(read, n) for n in ("published_from", "published_sure", "updated", "type", "story", "version")
        }
    return Article(**known)


def _paragraph(read: _Source) -> Paragraph:
    text = read.paragraph_text
    return Paragraph(read.paragraph_id, read.article_id, read.paragraph, "body", 0, len(text), text, read.page)


def _citation(read: _Citation) -> Citation:
    notices = tuple(
        Notice(n.kind, n.paragraph_text, _article(n), _paragraph(n), (read.paragraph_id,), n.wrong, n.right, n.applied)
        for n in read.notices
    )
    also = tuple(map(_article, read.also_in))
    citation = Citation(read.number, _article(read), _paragraph(read), read.start, read.end, also, notices)
    if citation.quote != read.quote:
        raise ValueError(f"citation {read.number} does not quote its paragraph")
    return citation
