"""The one door between these files and the readers: a file's articles as a sync of its folder keeps them."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from index import Library
from index.values import Article
from tests.conftest import HashEncoder


def read_file(path: Path) -> list[Article]:
    """The articles in the file at `path`, as a sync of the whole corpus keeps them."""
    return _synced(_corpus(path)).get(str(path), [])


def _corpus(path: Path) -> Path:
    """The outermost folder below the temporary one: other files of an outlet settle its dates."""
    return next((p for p in path.parents if (p / "outlets").is_dir()), path.parent)


@cache
def _synced(folder: Path) -> dict[str, list[Article]]:
    held: dict[str, list[Article]] = {}
    kept = tempfile.TemporaryDirectory()
    # What is read does not hang on what vectors mean.
    with kept, Library.open(Path(kept.name) / "library", encoder=HashEncoder()) as library:
        # Each format's folder for itself, as an outlet's is: its name is no outlet's.
        report = library.sync(sorted(inner for inner in folder.iterdir() if inner.is_dir()))
        print(*(str(failure) for failure in report.failures), *report.notes, sep="\n")
        for listed in library.articles():
            article = library.article(listed.id)
            if article:
                held.setdefault(article.file, []).append(article)
    return held
