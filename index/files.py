"""Which files a sync reads: every article under the given folders, and a sentence for what it cannot."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.articles import outlet_from_folder
from index.bylines import looks_like_outlet
from index.formats import ENDINGS, Unreadable, format_of, opened
from index.values import Failure, PilcrowError

_NO_OUTLETS = frozenset(
    {ending[1:] for ending in ENDINGS}
    | set(
        [
            "added",
            "archive",
            "archives",
            "articles",
            "attachments",
            "clippings",
            "corpus",
            "data",
            "documents",
            "downloads",
            "export",
            "exports",
            "feed",
            "feeds",
            "files",
            "inbox",
            "mail",
            "mails",
            "misc",
            "news",
            "newsletters",
            "old",
            "other",
            "pages",
            "press",
            "saved",
            "stories",
            "texts",
            "web",
            "word",
        ]
    )
)
"""Names of folders that say what kind of files they hold, and not who published them."""
SIDECARS = (".mapping.json", ".mapping.yaml", ".mapping.yml")
"""Endings of the files that say which column of the export beside them is what."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `outlet` is what its sub-folder calls the publisher, if it has one."""

    path: str
    outlet: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the given paths hold. `roots` are the folders listed; `unlisted` could not be opened."""

    files: tuple[Found, ...]
    failures: tuple[Failure, ...]
    roots: tuple[str, ...]
    unlisted: tuple[str, ...]
    others: int

    def covers(self, path: str) -> bool:
        """True when an article at `path` would have been listed if it were still there."""
        return any(_inside(path, root) for root in self.roots) and not any(
            _inside(path, folder) for folder in self.unlisted
        )


def list_files(paths: str | Path | Iterable[str | Path]) -> Listing:
    """Every readable-looking article under `paths`, sorted, each once. Hidden files are left out.

    Links are followed, but never round in a circle. Raises PilcrowError when no path is given.
    """
    if isinstance(paths, str | Path):
        paths = [paths]
    walk = _Walk()
    given = [Path(os.path.abspath(p)) for p in paths]
    if not given:
        raise PilcrowError("No folder or file was named; say which articles to index.")
    # The outermost folder first: it is the one whose sub-folders are outlets.
    for path in sorted(dict.fromkeys(given), key=lambda p: len(p.parts)):
        walk.start(path)
    return Listing(
        files=tuple(walk.files[p] for p in sorted(walk.files)),
        failures=tuple(walk.failures),
        roots=tuple(walk.roots),
        unlisted=tuple(walk.unlisted),
        others=walk.others,
    )


def printable(path: str | Path) -> str:
    """A path for a sentence: line breaks and control characters in the name made visible."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in os.fspath(path))


class _Walk:
    def __init__(self) -> None:
        self.files: dict[str, Found] = {}
        self.failures: list[Failure] = []
        self.roots: list[str] = []
        self.unlisted: list[str] = []
        self.others = 0
        self.real: dict[str, str] = {}

    def start(self, path: Path) -> None:
        if path.is_dir():
            if any(_inside(str(path), root) for root in self.roots):
                return
            self.roots.append(str(path))
            before = len(self.files)
            failed = len(self.failures)
            self._folder(path, path, frozenset())
            if len(self.files) == before and len(self.failures) == failed:
                # An empty folder is more often a disk that is not there than a wish to forget everything.
                self.unlisted.append(str(path))
                self._fail(path, f"holds no article; put {_endings()} files into it")
        elif path.is_file():
            if _may_hold_articles(path):
                self._file(path, path.parent)
            else:
                self._fail(path, f"is of a format that is not read; use {_endings()}")
        elif path.is_symlink():
            self._fail(path, "is a link that leads nowhere or in a circle; remove it or mend it")
        else:
            self._fail(path, "does not exist; check the spelling")

    def _folder(self, folder: Path, root: Path, above: frozenset[tuple[int, int]]) -> None:
        try:
            here = folder.stat()
            if (here.st_dev, here.st_ino) in above:
                self._fail(
                    folder,
                    "is a link back to a folder that holds it, so it was not followed; remove the link",
                )
                return
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.unlisted.append(str(folder))
            self._fail(
                folder,
                f"could not be opened ({(error.strerror or str(error)).lower()}); check its permissions",
            )
            return
        inside = above | {(here.st_dev, here.st_ino)}
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if is_folder:
                if not _belongs_to_a_page(path):
                    self._folder(path, root, inside)
            elif entry.name.lower().endswith(SIDECARS):
                continue
            elif _may_hold_articles(path):
                self._file(path, root)
            elif entry.is_symlink() and not path.exists():
                self.unlisted.append(str(path))
                self._fail(path, "is a link that leads nowhere; mend it, or remove it to have its articles removed")
            else:
                self.others += 1

    def _file(self, path: Path, root: Path) -> None:
        try:
            str(path).encode("utf-8")
        except UnicodeEncodeError:
            self._fail(path, "has a name that is not valid UTF-8; rename it")
            return
        real = os.path.realpath(path)
        if self.real.setdefault(real, str(path)) == str(path):
            self.files[str(path)] = Found(str(path), _outlet(path, root))

    def _fail(self, path: Path, why: str) -> None:
        shown = printable(str(path).encode("utf-8", "backslashreplace").decode())
        self.failures.append(Failure(str(path), f"{shown} {why}."))


def _outlet(path: Path, root: Path) -> str:
    """The outlet that the nearest folder below the root names; dated folders ("2026-03") name none."""
    below = [p for p in path.parents if p != root and _inside(str(p), str(root))]
    named = next(
        (p for p in below if not p.name.replace("-", "").isdigit() and p.name.lower() not in _NO_OUTLETS), None
    )
    if named:
        return outlet_from_folder(named)
    itself = outlet_from_folder(root)
    return itself if looks_like_outlet(itself) else ""


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _may_hold_articles(path: Path) -> bool:
    """By the ending, and by what a file holds where that tells nothing."""
    if path.suffix.lower() in ENDINGS:
        return True
    try:
        with opened(path) as file:
            return format_of(file, path.name) not in ("", "text", "odt", "rtf", "gzip", "tar")
    except (Unreadable, OSError):
        return False


def _belongs_to_a_page(folder: Path) -> bool:
    """True for the folder of pictures and scripts that a browser saves beside a page."""
    stem = folder.name.removesuffix("_files")
    return stem != folder.name and any((folder.parent / f"{stem}{end}").exists() for end in (".html", ".htm", ".xhtml"))


def _endings() -> str:
    return ", ".join(ENDINGS)
