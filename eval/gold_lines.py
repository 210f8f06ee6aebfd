"""A gold question as a line of JSON: read, refused where it does not fit, and written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from eval.gold import KINDS, Gold, GoldQuestion, GoldValue
from index import Filters
from rag.alike import folded

_LISTS = ("answers", "evidence", "wrong", "values", "days")
_OWN = {
    "values": ("figures",),
    "latest": ("figures",),
    "says": ("who-said",),
    "days": ("timeline",),
    "premise": ("false-premise",),
    "reason": ("unanswerable",),
    "missing": ("partial",),
    "opinion": ("opinion",),
    "found": ("quote",),
    "outlet": ("quote",),
    "day": ("quote",),
}
"""Fields that belong to some kinds only."""
_NEEDED = {"figures": "values", "timeline": "days", "partial": "missing", "opinion": "opinion", "quote": "found"}
"""What a question of a kind cannot be judged without."""
_CHOICES = {
    "says": ("", "yes", "no", "untold"),
    "reason": ("", "topic", "fact", "dates"),
    "found": ("", "exact", "altered", "supported", "none"),
}
_TEXTS = ("latest", "says", "standalone", "reason", "missing", "found", "outlet", "follows", "within")


def question_from(record: Any, line: int = 0) -> GoldQuestion:
    """A gold question from its JSON object. Raises ValueError, KeyError or TypeError where it does not fit."""
    if not isinstance(record, dict):
        raise TypeError("it is no object in braces")
    for name in _LISTS:
        if not isinstance(record.get(name, []), list):
            raise TypeError(f"{name} is not a list")
    if not isinstance(record.get("opinion", True), bool):
        raise TypeError("opinion is neither true nor false")
    question = GoldQuestion(
        id=_text(record, "id"),
        kind=_text(record, "kind"),
        question=_text(record, "question"),
        answers=tuple(map(str, record.get("answers", ()))),
        evidence=tuple(map(_gold, record.get("evidence", ()))),
        wrong=tuple(map(str, record.get("wrong", ()))),
        filters=Filters(_day(record, "since"), _day(record, "until"), _day(record, "as_of")),
        asked_on=_day(record, "asked_on"),
        about=_article(record.get("about", "")),
        changed=bool(record.get("changed", False)),
        values=tuple(map(_value, record.get("values", ()))),
        days=tuple(day for each in record.get("days", ()) if (day := _day({"days": each}, "days"))),
        premise=_gold(record["premise"]) if record.get("premise") else None,
        opinion=record.get("opinion"),
        day=_day(record, "day"),
        line=line,
        **{name: str(record.get(name, "")) for name in _TEXTS},
    )
    _check(question)
    return question


def _check(question: GoldQuestion) -> None:
    """Raises ValueError where the fields do not fit the kind, or each other."""
    kind = question.kind
    if kind not in KINDS:
        raise ValueError(f"the kind {kind!r} is unknown (known are {', '.join(KINDS)})")
    told = {name for name in _OWN if getattr(question, name) not in ("", (), None)}
    alien = next((name for name in _OWN if name in told and kind not in _OWN[name]), None)
    if alien:
        raise ValueError(f"a question of the kind {kind} has no {alien}")
    if kind in _NEEDED and _NEEDED[kind] not in told:
        raise ValueError(f"a question of the kind {kind} needs {_NEEDED[kind]}")
    for name, known in _CHOICES.items():
        if getattr(question, name) not in known:
            raise ValueError(f"{name} is {getattr(question, name)!r} and not one of {', '.join(filter(None, known))}")
    if not all(text.strip() for text in (*question.answers, *question.wrong, *(v.value for v in question.values))):
        raise ValueError("an accepted answer is empty")
    if any(not quote.strip() for _, quote in question.places):
        raise ValueError("a quote is empty")
    if not question.answerable and question.evidence:
        raise ValueError(f"a question of the kind {kind} has no evidence")
    if (question.found == "none") == bool(question.evidence) and kind == "quote":
        raise ValueError("words that are found have evidence, and others have none")
    if question.standalone and not question.follows:
        raise ValueError("what stands in full needs no standalone form")
    if question.latest and all(folded(question.latest) != folded(v.value) for v in question.values):
        raise ValueError(f"the latest, {question.latest!r}, is none of the values")
    if kind == "timeline" and len(question.days) != len(question.evidence):
        raise ValueError(f"there are {len(question.evidence)} events and {len(question.days)} days")
    for name, days in (("days", question.days), ("values", tuple(v.day for v in question.values if v.day))):
        if list(days) != sorted(days):
            raise ValueError(f"the {name} are not in the order of time")
    if question.filters.since and question.filters.until and question.filters.since > question.filters.until:
        raise ValueError("since lies after until")


def _gold(item: Mapping[str, Any]) -> Gold:
    return Gold(tuple((str(e["article"]), str(e["quote"])) for e in (item, *item.get("or", ()))))


def _value(item: Mapping[str, Any]) -> GoldValue:
    return GoldValue(str(item["value"]), _gold(item), _day(item, "day"), str(item.get("speaker", "")))


def _article(about: Any) -> str:
    return str(about["article"] if isinstance(about, dict) else about)


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record[name]
    if not isinstance(value, str | int) or not str(value).strip():
        raise ValueError(f"{name} is empty or no text: {value!r}")
    return str(value)


def _day(record: Mapping[str, Any], name: str) -> date | None:
    value = record.get(name)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is no date such as 2026-03-09: {value!r}") from None


def question_record(question: GoldQuestion) -> dict[str, Any]:
    """The question as plain values for JSON; `question_from` reads it back."""
    record = {
        "id": question.id,
        "kind": question.kind,
        "question": question.question,
        "answers": list(question.answers),
        "evidence": list(map(_gold_record, question.evidence)),
        "wrong": list(question.wrong),
        "about": question.about,
        "changed": question.changed,
        "values": [
            {"value": v.value, "day": _iso(v.day), "speaker": v.speaker, **_gold_record(v.gold)}
            for v in question.values
        ],
        "days": list(map(_iso, question.days)),
        "premise": _gold_record(question.premise) if question.premise else None,
        **{name: getattr(question, name) for name in _TEXTS},
        **{name: _iso(getattr(question.filters, name)) for name in ("since", "until", "as_of")},
        "asked_on": _iso(question.asked_on),
        "day": _iso(question.day),
    }
    return {k: v for k, v in record.items() if v} | ({} if question.opinion is None else {"opinion": question.opinion})


def _gold_record(item: Gold) -> dict[str, Any]:
    first, *others = ({"article": article, "quote": quote} for article, quote in item.places)
    return first | ({"or": others} if others else {})


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
