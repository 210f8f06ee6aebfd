"""What was published, and how to find it: articles, paragraphs, search.

    from index import Library
"""

from index.library import Library
from index.values import Article, Failure, Filters, Paragraph, Passage, PilcrowError, SyncReport

__all__ = [
    "Article",
    "Failure",
    "Filters",
    "Library",
    "Paragraph",
    "Passage",
    "PilcrowError",
    "SyncReport",
]
