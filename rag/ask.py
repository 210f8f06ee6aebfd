"""The answer to a question in one call, from a library named by its folder."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index import Filters, Library, PilcrowError
from index.settings import settings
from rag.answer import Answerer
from rag.values import Answer


def answer(
    question: str,
    *,
    library: str | Path | Library | None = None,
    history: Sequence[Answer] = (),
    since: date | str | None = None,
    until: date | str | None = None,
    as_of: date | str | None = None,
    sources: Iterable[str] = (),
    llm: Any = None,
) -> Answer:
    """The answer to `question` from the articles of a library, every sentence cited and checked.

    `library` is an open Library or a folder; a folder is opened once and kept open. `history` holds
    the earlier answers, oldest first. `since` and `until` keep articles published between the two days,
    `as_of` leaves out later ones (dates, or texts such as "2026-03-09"); `sources` keeps these outlets. `llm`, a
    language model of LlamaIndex, writes the answer; by default the one that the settings name does, and with False, or
    where they name none, the articles speak for themselves.
    Raises PilcrowError, whose message says what to do, where there is no library or no question.
    """
    named = (sources,) if isinstance(sources, str) else tuple(sources)
    filters = Filters(since=_day(since), until=_day(until), as_of=_day(as_of), sources=named)
    asked = answerer(library)
    return (asked if llm is None else Answerer(asked.library, llm=llm)).answer(
        question, history=history, filters=filters
    )


def answerer(library: str | Path | Library | None = None) -> Answerer:
    """The Answerer of a library, made at first use and kept."""
    if isinstance(library, Library):
        return Answerer(library)
    folder = Path(library or settings().library).expanduser().resolve()
    with _opening:
        kept = _answerers.get(folder)
        # A folder that was deleted and made again holds another file under the same name.
        if kept is None or kept[0] != _file(folder):
            if kept:
                del _answerers[folder]
                kept[1].library.close()
            opened = Answerer(Library.open(folder, create=False))
            kept = _answerers[folder] = (_file(folder), opened)
        return kept[1]


def _file(folder: Path) -> tuple[int, int]:
    """Which file the truth is; (0, 0) where there is none."""
    try:
        status = (folder / "library.db").stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


_answerers: dict[Path, tuple[tuple[int, int], Answerer]] = {}
_opening = threading.Lock()


def _day(given: date | str | None) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            raise PilcrowError(f"{given!r} is not a date; write it as year-month-day, such as 2026-03-09.") from None
    return given
