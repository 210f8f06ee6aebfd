"""Where a report begins: behind the place, the day and the agency that some put first."""

from __future__ import annotations

import re

_DATELINE = re.compile(r"\s*[A-Z][A-Z.'’ /-]{2,40}(?:,[^—–\n]{1,40}?)?\s*(?:\([^)]{2,40}\))?\s*(?:[—–]|-{1,2})\s+")


def behind_dateline(text: str) -> int:
    """The offset behind "KARETH, May 7 (Wire) - " at the text's beginning; 0 where there is none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0
