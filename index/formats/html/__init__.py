"""Web pages: the article's own paragraphs, and what the page says of itself."""

from index.formats.html.article import html_extract, read_html

__all__ = ["html_extract", "read_html"]
