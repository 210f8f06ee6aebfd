"""Where a library is kept: the truth in SQLite, the vectors for searching in Chroma."""
