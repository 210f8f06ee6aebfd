"""PDF: the text of printed pages, paragraph by paragraph, with the place of each."""

from index.formats.pdf.article import read_pages, read_pdf

__all__ = ["read_pages", "read_pdf"]
