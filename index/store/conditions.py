"""Conditions in SQL that several queries share, over paragraphs `p` and articles `a`."""

from __future__ import annotations

from index.values import EVIDENCE_KINDS, Filters

CITABLE = f"p.kind IN ({', '.join(repr(k) for k in EVIDENCE_KINDS)})"
"""Paragraphs that may be cited."""
UNINDEXED = "NOT EXISTS (SELECT 1 FROM full_text f WHERE f.rowid = p.row)"
"""Paragraphs that are not in the full-text index."""


def where(filters: Filters) -> tuple[str, list[str]]:
    """The filters as a condition on articles `a`, with its values."""
    conditions, values = ["TRUE"], []
    for column_test, day in (
        ("a.published >= ?", filters.since),
        ("a.published <= ?", filters.until),
        ("(a.published IS NULL OR a.published <= ?)", filters.as_of),
    ):
        if day:
            conditions.append(column_test)
            values.append(day.isoformat())
    if filters.sources:
        conditions.append(f"a.source IN ({', '.join('?' * len(filters.sources))})")
        values += filters.sources
    if filters.articles:
        conditions.append(f"a.id IN ({', '.join('?' * len(filters.articles))})")
        values += filters.articles
    return " AND ".join(conditions), values
