"""The endings of files that may hold articles."""

ENDINGS = tuple(
    [
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".xhtml",
        ".mhtml",
        ".mht",
        ".pdf",
        ".docx",
        ".doc",
        ".epub",
        ".eml",
        ".mbox",
        ".rss",
        ".atom",
        ".xml",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".parquet",
        ".warc",
        ".zip",
        ".tar",
        ".tgz",
        ".gz",
    ]
)
"""Endings of files that may hold articles. Others are looked into as well: what a file holds decides."""
