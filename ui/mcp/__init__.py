"""Pilcrow for language models' programs, over the Model Context Protocol."""
