"""What the service counts and times, for Prometheus."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from assistant.service.local import LocalService
from assistant.types import Answer, Outcome, Readiness

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)


class Metrics:
    """The counters of one service. No label holds what was asked, an address or a key's secret.

    state   what the archive holds; None while it is being opened
    """

    def __init__(self, state: Callable[[], Readiness | None]) -> None:
        self._registry = CollectorRegistry()
        for collector in ProcessCollector, PlatformCollector, GCCollector:
            collector(registry=self._registry)
        self._registry.register(_Archive(state))
        self._requests = self._counter("http_requests", "Requests that were answered", "method", "route", "status")
        self._seconds = Histogram(
            "dateline_http_request_seconds",
            "Seconds until a response was complete, streams included",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._running = Gauge(
            "dateline_http_requests_running", "Requests that are being answered", registry=self._registry
        )
        self._answers = self._counter("answers", "Answers", "outcome", "model")
        self._answer_seconds = Histogram(
            "dateline_answer_seconds", "Seconds that an answer took", buckets=_SECONDS, registry=self._registry
        )
        self._pages = self._counter("pages", "Pages that were read to ingest them", "status")

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"dateline_{name}", meaning, labels, registry=self._registry)

    def request_begins(self) -> None:
        self._running.inc()

    def request_ends(self, method: str, route: str, status: int, seconds: float) -> None:
        """The route is a template of a path, so that there are as many values as routes."""
        self._running.dec()
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)

    def attached(self, service: LocalService) -> LocalService:
        """Count what a service says."""
        service.told = self._told
        return service

    def _told(self, said: Answer | Outcome) -> None:
        if isinstance(said, Outcome):
            self._pages.labels(said.status).inc()
        else:
            self._answers.labels(said.outcome, said.model).inc()
            self._answer_seconds.observe(sum(said.timings.values()) / 1000)

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)


class _Archive(Collector):
    """What the archive holds at the moment it is asked."""

    def __init__(self, state: Callable[[], Readiness | None]) -> None:
        self._state = state

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = self._state()
        yield _gauge("ready", "Whether the service can answer", state is not None)
        if state is not None:
            yield _gauge("articles", "Articles in the archive", state.articles)
            yield _gauge("passages", "Passages in the archive", state.passages)
            yield _gauge("outlets", "Outlets in the archive", state.outlets)
            yield _gauge("feeds_failing", "Subscriptions that fail", state.feeds_failing)
            if state.newest:
                age = time.time() - state.newest.timestamp()
                yield _gauge("newest_article_age_seconds", "Since the newest article was published", age)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dateline_{name}", meaning, value=float(value))
