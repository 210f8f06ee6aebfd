"""Trains the reader: sources, planted errors, claims, examples, network, loop, export. Needs torch and ../shared."""

from rag.reader.runtime import keep_to_itself

keep_to_itself()
