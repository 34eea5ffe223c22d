"""The steps behind a request reach an OpenTelemetry collector, and nothing that was asked or read does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.assistant.processes import running_service
from tests.llm_server import ModelServer, Reply

pytestmark = pytest.mark.slow

CANARY = "canary91d0ce"
QUESTION = {"question": "When did the ferry strike in Port Ellery end?", "conversation_id": CANARY}
WRITTEN = "The ferry strike in Port Ellery ended on Friday after seventeen days."
TRACE = "0af7651916cd43dd8448eb211c80319c"


@dataclass
class Collector:
    """What was sent to it."""

    bodies: list[bytes] = field(default_factory=list)
    url: str = ""

    def spans(self) -> list[Any]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for one in requests
            for resource in one.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@contextmanager
def collecting() -> Iterator[Collector]:
    """A receiver of OTLP over HTTP on this machine."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            collector.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the screen of the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collector.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield collector
        server.shutdown()
        thread.join()


@contextmanager
def following(archive: Path, **settings: str) -> Iterator[httpx.Client]:
    """A client of a service, which ends in good order, and sends what is left."""
    with running_service(archive, env={**os.environ, **settings}) as (process, client):
        yield client
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0


def said(span: Any) -> dict[str, Any]:
    """Its attributes."""
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}


def test_a_question_is_followed_from_the_request_to_the_chat_model(newsroom_archive: Path) -> None:
    with collecting() as collector, ModelServer(Reply([WRITTEN])) as model:
        settings = {
            "DATELINE_OTLP_ENDPOINT": collector.url, "DATELINE_MODEL": "openai:scripted",
            "DATELINE_MODEL_BASE_URL": model.url, "DATELINE_MODEL_API_KEY": f"sk-{CANARY}",
        }  # fmt: skip
        with following(newsroom_archive, **settings) as client:
            traceparent = f"00-{TRACE}-b7ad6b7169203331-01"
            answer = client.post("/ask", json=QUESTION, headers={"traceparent": traceparent}).json()
            client.get("/articles/nothing-here", headers={"X-Request-ID": "mine-1"})
    assert answer["model"] == "openai:scripted"
    spans = {span.name: span for span in collector.spans() if span.trace_id.hex() == TRACE}
    parents = {
        "question": "POST /ask", "understand": "question", "evidence": "question", "compose": "question",
        "search": "evidence", "reading": "evidence", "model": "compose", "check": "compose",
    }  # fmt: skip
    names = {span.span_id: name for name, span in spans.items()}
    assert {name: names[spans[name].parent_span_id] for name in parents} == parents
    assert spans["POST /ask"].parent_span_id.hex() == "b7ad6b7169203331"
    assert all(span.start_time_unix_nano < span.end_time_unix_nano for span in spans.values())
    assert said(spans["POST /ask"])["http.response.status_code"] == 200
    assert said(spans["question"]) == {
        "dateline.outcome": answer["outcome"], "dateline.model": "openai:scripted", "dateline.sentences": 1,
    }  # fmt: skip
    assert said(spans["search"])["dateline.passages"] > 0
    assert said(spans["reading"])["dateline.sentences"] > 0
    assert said(spans["check"]) == {"dateline.verdict": "supported"}
    [missed] = [span for span in collector.spans() if span.name == "GET /articles/{article_id}"]
    assert said(missed)["dateline.request_id"] == "mine-1"


def test_nothing_that_was_asked_or_read_is_sent(newsroom_archive: Path) -> None:
    with collecting() as collector, following(newsroom_archive, DATELINE_OTLP_ENDPOINT=collector.url) as client:
        client.post("/ask", json={**QUESTION, "question": f"What is {CANARY}?"})
        client.post("/ask", json={"question": "What about it?", "filters": {"collection": CANARY}})
        client.post("/ask/stream", json=QUESTION)
        client.get("/search", params={"q": CANARY})
        client.get(f"/{CANARY}", headers={"Authorization": f"Bearer {CANARY}"})
        client.post("/articles", json={"title": CANARY, "text": CANARY * 9})
        token = client.headers["Authorization"].split()[1]
    names = Counter(span.name for span in collector.spans())
    assert names["question"] == 3
    assert names["GET none"] == 1
    kinds = [said(span).get("error.type") for span in collector.spans() if span.name == "question"]
    assert "NotFound" in kinds
    everything = b"".join(collector.bodies)
    for secret in (CANARY, token, "ferry", "seventeen", str(newsroom_archive)):
        assert secret.encode() not in everything, secret


def test_a_collector_that_does_not_answer_holds_up_nothing(newsroom_archive: Path) -> None:
    with following(newsroom_archive, DATELINE_OTLP_ENDPOINT="http://127.0.0.1:9") as client:
        assert client.post("/ask", json=QUESTION).json()["outcome"] == "answered"


def test_nothing_is_sent_where_only_the_environment_of_others_names_a_collector(newsroom_archive: Path) -> None:
    with collecting() as collector, following(newsroom_archive, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url) as client:
        assert client.post("/ask", json=QUESTION).status_code == 200
    assert collector.bodies == []


def test_the_exporter_is_loaded_only_where_it_is_asked_for() -> None:
    loaded = "any(name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter')) for name in sys.modules)"
    code = f"import sys, assistant.api.serving.server, assistant.answer; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_its_packages_the_service_says_what_to_install(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['opentelemetry.exporter'] = None; from assistant.__main__ import main; main()"
    environment: Mapping[str, str] = {**os.environ, "DATELINE_OTLP_ENDPOINT": "http://127.0.0.1:4318"}
    command = [sys.executable, "-c", hidden, "--data", str(tmp_path), "serve", "--port", "0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'dateline[otel]'" in done.stderr
