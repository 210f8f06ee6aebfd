"""How the API is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """How the API is served. Plain values, so that they can be handed to every worker."""

    collections: dict[str, Path]
    host: str = "127.0.0.1"
    keys: Path | None = None
    a_minute: int = 0
    origins: tuple[str, ...] = ()
