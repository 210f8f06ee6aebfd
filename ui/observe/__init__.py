"""Seeing inside a server: logs with request ids, metrics, traces, and a record of every answer. All off unless set."""
