"""What fetching may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from index.formats.extract import MAX_BYTES


def _agent() -> str:
    try:
        return f"Pilcrow/{version('pilcrow-qa')} (+reads robots.txt)"
    except PackageNotFoundError:
        return "Pilcrow/0 (+reads robots.txt)"


@dataclass(frozen=True, slots=True)
class Rules:
    """What fetching may do.

    `hosts`, where not empty, are the only ones asked ("example.org", or "example.org:8080" for one port).
    `allow_private` lets the hosts named there be on this machine or in this network; all others must be public.
    `seconds` is the whole time for one page, its redirects included, `most_bytes` its size unpacked, `pause` the
    seconds between two requests to a site. A site may ask for longer pauses, in robots.txt up to `longest_pause`
    seconds, with Retry-After up to `patience` seconds.
    """

    allow_private: bool = False
    hosts: tuple[str, ...] = ()
    seconds: float = 30.0
    most_bytes: int = MAX_BYTES
    pause: float = 1.0
    longest_pause: float = 30.0
    patience: float = 30.0
    agent: str = field(default_factory=_agent)
