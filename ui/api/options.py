"""How the API is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ui.web.pace import Pace


@dataclass(frozen=True, slots=True)
class Options:
    """How the API is served, in values that can be handed to every worker.

    `pace` counts the requests of all of them; without one each process counts by itself.
    """

    collections: dict[str, Path]
    host: str = "127.0.0.1"
    keys: Path | None = None
    a_minute: int = 0
    origins: tuple[str, ...] = ()
    pace: Pace | None = None
