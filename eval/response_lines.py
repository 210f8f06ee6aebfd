"""A response as a line of JSON: read, refused where it does not fit, and written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from eval.response import Cited, Given, Response, Said
from index import PilcrowError


def to_record(response: Response) -> dict[str, Any]:
    """The response as plain values for JSON; what is empty is left out."""
    record: dict[str, Any] = {
        "id": response.id,
        "sentences": list(map(_said_record, response.sentences)),
        "lead": response.lead,
        "reason": response.reason,
        "lacks": response.lacks,
        "premise": response.premise and _said_record(response.premise),
        "values": [
            {"value": v.value} | ({"citation": _cited_record(v.cited)} if v.cited else {}) for v in response.values
        ],
        "latest": response.latest,
        "notices": list(response.notices),
        "short": response.short,
        "confidence": response.confidence,
        "best": response.best and _cited_record(response.best),
        "retrieved": None if response.retrieved is None else list(map(_cited_record, response.retrieved)),
        "seconds": response.seconds,
        "in_full": response.in_full and to_record(response.in_full),
    }
    kept = ("id", "sentences", "retrieved")
    return {k: v for k, v in record.items() if v is not None and (k in kept or v not in ("", []))}


def _said_record(said: Said) -> dict[str, Any]:
    told = {
        "speaker": said.speaker,
        "emphasis": said.emphasis,
        "day": said.day.isoformat() if said.day else "",
        "opinion": said.opinion,
    }
    return {"text": said.text, "citations": list(map(_cited_record, said.citations))} | {
        k: v for k, v in told.items() if v
    }


def _cited_record(c: Cited) -> dict[str, Any]:
    return {k: v for k, v in (("file", c.file), ("quote", c.quote), ("start", c.start), ("end", c.end)) if v or v == 0}


def from_record(record: Mapping[str, Any]) -> Response:
    """A response from its JSON object. Raises ValueError, KeyError or TypeError where it does not fit."""
    best, premise, in_full = (record.get(name) for name in ("best", "premise", "in_full"))
    return Response(
        id=_text(record["id"]),
        sentences=tuple(map(_said, _list(record["sentences"]))),
        lead=_text(record.get("lead", "")),
        reason=_text(record.get("reason", "")),
        lacks=_text(record.get("lacks", "")),
        premise=_said(premise) if premise else None,
        values=tuple(map(_given, _list(record.get("values", [])))),
        latest=_text(record.get("latest", "")),
        notices=tuple(map(_text, _list(record.get("notices", [])))),
        short=_text(record.get("short", "")),
        confidence=_share(record.get("confidence")),
        best=_cited(best) if best else None,
        retrieved=None if record.get("retrieved") is None else tuple(map(_cited, _list(record["retrieved"]))),
        seconds=None if record.get("seconds") is None else float(record["seconds"]),
        in_full=from_record(in_full) if in_full else None,
    )


def read_responses(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, JSON object) of every line of a file. Raises PilcrowError naming the line that is no object."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PilcrowError(f"{path} could not be read ({error}); it must be a UTF-8 file of JSON lines.") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise ValueError("it is no object in braces")
            except ValueError as error:
                raise PilcrowError(f"Line {number} of {path} is not a JSON object: {error}.") from None
            yield number, record


def _said(record: Any) -> Said:
    day = record.get("day")
    return Said(
        _text(record["text"]),
        tuple(map(_cited, _list(record.get("citations", [])))),
        _text(record.get("speaker", "")),
        _text(record.get("emphasis", "")),
        date.fromisoformat(day) if day else None,
        record.get("opinion", False) is True,
    )


def _given(record: Any) -> Given:
    cited = record.get("citation")
    return Given(_text(record["value"]), _cited(cited) if cited else None)


def _cited(record: Any) -> Cited:
    if not isinstance(record, Mapping):
        raise TypeError("a citation is an object with a file and a quote or offsets")
    start, end = record.get("start"), record.get("end")
    if not all(x is None or (isinstance(x, int) and not isinstance(x, bool)) for x in (start, end)):
        raise TypeError("start and end are whole numbers")
    return Cited(_text(record["file"]), _text(record.get("quote", "")), start, end)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return value


def _share(value: Any) -> float | None:
    if value is not None and not 0 <= float(value) <= 1:
        raise ValueError("confidence is a number from 0 to 1")
    return None if value is None else float(value)
