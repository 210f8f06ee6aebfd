"""Exports: a row of JSON lines, a JSON list, CSV, TSV or Parquet is an article."""

from index.formats.table.articles import read_table
from index.formats.table.mapping import Mapping

__all__ = ["Mapping", "read_table"]
