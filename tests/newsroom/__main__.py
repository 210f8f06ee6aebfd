"""Prints how well the readers read the collection: python -m tests.newsroom [a folder to keep the files in]."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.newsroom.build import build
from tests.newsroom.reading import read_file
from tests.newsroom.score import failures, read_from, score, table


def main() -> None:
    """Builds the collection, reads it, prints the table and every failure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else made)
        golds = build(folder)
        report = score(golds, read_from(folder, read_file), date.today())
    print(table(report))
    print("\n".join(["", *failures(report)]))


if __name__ == "__main__":
    main()
