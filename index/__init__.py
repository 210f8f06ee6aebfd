"""What was published, and how to find it: articles, paragraphs, search.

from index import Library
"""

from index.library import Library
from index.values import (
    Article,
    CheckReport,
    Failure,
    Filters,
    Notice,
    Paragraph,
    Passage,
    PilcrowError,
    SyncReport,
)

__all__ = [
    "Article",
    "CheckReport",
    "Failure",
    "Filters",
    "Library",
    "Notice",
    "Paragraph",
    "Passage",
    "PilcrowError",
    "SyncReport",
]
