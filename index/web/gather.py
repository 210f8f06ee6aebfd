"""What a person wants from the web, fetched into the library's mirror."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.values import PilcrowError, Progress
from index.web.listing import MOST_PAGES
from index.web.mirror import Mirror, MirrorReport
from index.web.rules import Rules


@dataclass(frozen=True, slots=True)
class Reach:
    """How far fetching may go: pages taken for each address, and hosts of this network that may be asked.

    A host is written like "intranet.example" or, for one port of it, "intranet.example:8080".
    """

    most_pages: int = MOST_PAGES
    allow_private: tuple[str, ...] = ()


def is_address(place: str | Path) -> bool:
    """True for what is fetched, https://… or http://…, and is no file."""
    return isinstance(place, str) and place.lower().startswith(("https://", "http://"))


def gather(folder: Path, urls: Iterable[str], reach: Reach, progress: Progress | None = None) -> MirrorReport:
    """Brings the pages behind these addresses up to date in the mirror in `folder`; what became of them.

    A host of this network is asked only where an address names it: what a public site names never leads there.
    Raises PilcrowError while another process does the same.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            return _gathered(folder, urls, reach, progress)
    except Timeout:
        raise PilcrowError(
            f"Another process is fetching pages into {folder}; wait until it has finished, then try again."
        ) from None


def _gathered(folder: Path, urls: Iterable[str], reach: Reach, progress: Progress | None) -> MirrorReport:
    urls = tuple(urls)
    private = tuple(url for url in urls if _is_on(url, reach.allow_private))
    public = tuple(url for url in urls if url not in private)
    reports = []
    if public:
        reports.append(Mirror(folder).refresh(public, progress, reach.most_pages))
    if private:
        rules = Rules(allow_private=True, hosts=reach.allow_private)
        reports.append(Mirror(folder, rules).refresh(private, progress, reach.most_pages))
    return MirrorReport(
        new=sum(r.new for r in reports),
        changed=sum(r.changed for r in reports),
        unchanged=sum(r.unchanged for r in reports),
        gone=tuple(url for r in reports for url in r.gone),
        failures=tuple(failure for r in reports for failure in r.failures),
        notes=tuple(note for r in reports for note in r.notes),
    )


def _is_on(url: str, hosts: tuple[str, ...]) -> bool:
    site = urlsplit(url).netloc.lower()
    return bool({site, site.rpartition(":")[0]} & {host.lower() for host in hosts})
