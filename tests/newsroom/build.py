"""Writes the whole collection into a folder and says what is in it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.newsroom import book, crawl, dates, exports, feeds, mail, marked, office, plain, printed, web
from tests.newsroom.desk import Desk
from tests.newsroom.gold import Gold

SEED = 20_260_301
LONG_AGO = 1_546_398_245
"""2 January 2019 as a file's time; every other file keeps today's. Neither dates an article."""


def build(folder: Path) -> list[Gold]:
    """All files below `folder`, the same each time, and the gold of every article in them."""
    found: list[Gold] = []
    for number, room in enumerate((plain, marked, web, printed, office, book, mail, feeds, exports, crawl, dates)):
        # A die for each format, so that a file more in one changes nothing in the others.
        found += room.write(folder, Desk(SEED + number))
    found.append(_undated_copy(folder))
    for name in sorted({gold.file for gold in found})[::2]:
        os.utime(folder / name, (LONG_AGO, LONG_AGO))
    return found


def _undated_copy(folder: Path) -> Gold:
    """A Word file that has no date but those of its making."""
    return office.put(folder, "docx/undated.docx", Desk(SEED - 1), 3, dated=False)
