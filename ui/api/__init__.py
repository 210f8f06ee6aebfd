"""Pilcrow for other programs: over HTTP, in OpenAI's protocol and in plain JSON."""
