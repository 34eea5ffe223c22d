"""The steps behind requests, sent to an OpenTelemetry collector in the background."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from assistant.traced import Amount
from assistant.version import version
from ingest.errors import SettingsError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

_SENT_WITHIN_SECONDS = 1.0  # what is left when the service ends


class Tracing:
    """Sends a trace of each request to a collector.

    The provider is its own: what libraries tell OpenTelemetry, which may hold questions, goes nowhere.
    """

    def __init__(self, collector: str) -> None:
        """Raises SettingsError where the packages are missing."""
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        except ImportError as exc:
            raise SettingsError("traces need OpenTelemetry's exporter", "pip install 'dateline[otel]'") from exc
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        service = Resource.create({"service.name": "dateline", "service.version": version()})
        self._provider = TracerProvider(resource=service, shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=f"{collector.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("dateline")

    def request(self, headers: Mapping[str, str]) -> RequestStep:
        """The first step of a trace; a part of the caller's trace where its `traceparent` names one."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        caller = TraceContextTextMapPropagator().extract(headers)
        return RequestStep(self._tracer, self._tracer.start_span("request", caller, SpanKind.SERVER))

    def close(self) -> None:
        """Send what is left, if the collector takes it soon."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(_SENT_WITHIN_SECONDS)


class RequestStep:
    """A request, or a step of one, as a span of OpenTelemetry."""

    def __init__(self, tracer: Tracer, span: Span) -> None:
        self._tracer, self._span = tracer, span

    def child(self, name: str) -> Self:
        from opentelemetry.trace import set_span_in_context

        return type(self)(self._tracer, self._tracer.start_span(name, set_span_in_context(self._span)))

    def note(self, **amounts: Amount) -> None:
        self._span.set_attributes({f"dateline.{name}": amount for name, amount in amounts.items()})

    def answered(self, method: str, route: str, status: int) -> None:
        """Name it in the words of OpenTelemetry's semantic conventions for HTTP."""
        self._span.update_name(f"{method} {route}")
        self._span.set_attributes({"http.request.method": method, "http.route": route})
        self._span.set_attribute("http.response.status_code", status)

    def failed(self, kind: str) -> None:
        from opentelemetry.trace import StatusCode

        self._span.set_status(StatusCode.ERROR)
        self._span.set_attribute("error.type", kind)

    def end(self) -> None:
        self._span.end()
