"""What Prometheus counts: requests, answers, and how long each stage takes. No question, name or article is in it."""

from __future__ import annotations

import os
from functools import cache

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from rag import Answer

MANY = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which several workers count together."""
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """The counters of one process. Make it by `metrics`: a counter can be made once only."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pilcrow_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "pilcrow_request_seconds", "Time to answer a request.", ["route"], buckets=_SECONDS, registry=self._registry
        )
        self._answers = Counter("pilcrow_answers", "Answers given.", ["status", "engine"], registry=self._registry)
        self._stages = Histogram(
            "pilcrow_stage_seconds", "Time of a stage.", ["stage"], buckets=_SECONDS, registry=self._registry
        )
        self._cited = Counter("pilcrow_citations", "Citations given.", registry=self._registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        """Counts an answer."""
        self._answers.labels(answer.status, answer.engine).inc()
        self._cited.inc(len(answer.citations))
        for stage, seconds in answer.timings:
            self._stages.labels(stage).observe(seconds)

    def page(self) -> tuple[bytes, str]:
        """What Prometheus reads, of all workers together, and its media type."""
        registry = self._registry
        if MANY in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry), CONTENT_TYPE_LATEST


@cache
def metrics() -> Metrics:
    """This process's counters."""
    return Metrics()
