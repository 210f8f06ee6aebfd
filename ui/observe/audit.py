"""A record of every answer: who asked what, when, and which paragraphs were cited. One JSON object a line."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from index import PilcrowError
from rag import Answer
from ui.observe.logs import request_id


def record(file: Path, caller: str, answer: Answer, collections: Mapping[int, str]) -> None:
    """Adds a line to the file, which only its owner can read. Raises PilcrowError where that cannot be done."""
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request_id": request_id.get(),
        "caller": caller,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "status": answer.status,
        "cited": [f"{collections[c.number]}/{c.paragraph.id}" for c in answer.citations],
        "fingerprint": answer.fingerprint,
    }
    data = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # In one piece: several workers write to the file.
            if os.write(handle, data) != len(data):
                raise OSError(0, "the disk is full")
        finally:
            os.close(handle)
    except OSError as error:
        raise PilcrowError(f"The record of answers {file} could not be written ({error.strerror}).") from None
