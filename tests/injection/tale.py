"""One row of the tables: an article, what it is about, and what is hidden in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tale:
    """A news text with an order in it, about one of the stories. See `tests.injection.Attack`."""

    story: str
    kind: str
    file: str
    order: str
    wants: tuple[str, ...]
    text: str
    hidden: tuple[str, ...] = ()
