"""Trains the reader: sources, planted errors, claims, examples, network, loop, export. Needs torch and ../shared."""
