"""Traces for OpenTelemetry: a span for each request, and in it one for each stage of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from rag.clock import watch_stages
from rag.version import version


@cache
def tracer(address: str) -> Tracer:
    """What sends spans to the collector at this address (OTLP over gRPC), such as http://127.0.0.1:4317."""
    return Tracer(address)


class Tracer:
    """Sends spans. A question, a name or an article is in none of them."""

    def __init__(self, address: str) -> None:
        self._provider = TracerProvider(
            resource=Resource.create({"service.name": "pilcrow", "service.version": version()})
        )
        exporter = OTLPSpanExporter(endpoint=address, insecure=not address.startswith("https://"), timeout=5)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("pilcrow")
        watch_stages(self._tracer.start_as_current_span)

    def request(self, method: str, headers: Mapping[str, str]) -> AbstractContextManager[trace.Span]:
        """The span of a request, part of the caller's trace where it named one; ended when the block ends."""
        return self._tracer.start_as_current_span(
            method, context=propagate.extract(headers), kind=trace.SpanKind.SERVER, record_exception=False
        )

    def flush(self) -> None:
        """Sends what was not sent yet."""
        self._provider.force_flush(5000)


def describe(span: trace.Span, method: str, route: str, status: int) -> None:
    """Says in the span what became of the request."""
    span.update_name(f"{method} {route}")
    span.set_attributes({"http.request.method": method, "http.route": route, "http.response.status_code": status})
