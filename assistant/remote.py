"""The running service of an archive: what `Desk` asks and writes, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.failures import as_error, error_of
from assistant.runs import Emit, Stop
from assistant.served import service_note
from assistant.types import (
    Answer,
    ArticleList,
    AskRequest,
    Failed,
    FeedCheckRequest,
    FeedRequest,
    Filter,
    Finished,
    IngestEvent,
    ListOrder,
    Outcome,
    Progressed,
    Readiness,
    Report,
    SearchOrder,
    SearchResults,
    SourceKind,
    SourceRequest,
    StreamEvent,
    Subscription,
    Took,
)
from assistant.wire import EventData, EventTooLarge, article_path, problem_of
from ingest.archive.manifest import Manifest
from ingest.errors import DatelineError
from ingest.source_kind import absolute

if TYPE_CHECKING:
    from assistant.settings import Settings
    from ingest.archive.doctor import Finding

Value = TypeVar("Value", bound=BaseModel)
Event = TypeVar("Event")

_INGESTING: TypeAdapter[IngestEvent] = TypeAdapter(IngestEvent)
_ANSWERING: TypeAdapter[StreamEvent] = TypeAdapter(StreamEvent)
_SUBSCRIPTIONS: TypeAdapter[tuple[Subscription, ...]] = TypeAdapter(tuple[Subscription, ...])
# A chat model may think for a minute, and a batch of articles may be embedded between two events.
_PATIENT = httpx.Timeout(5.0, read=600.0)
_WARM_UP_SECONDS = 120.0
_HEALTH_SECONDS = 2.0


class Remote:
    """Calls on a running service, as this machine's user."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ignored(self, settings: Settings) -> Iterator[str]:
        """The settings of this process that the service, which has its own, does not follow."""
        if settings.model and settings.model != (used := self.readiness().model):
            yield f"DATELINE_MODEL={settings.model} was not used, but {used}"
        if settings.reader == "none" and (used := self.readiness().reader) != "none":
            yield f"DATELINE_READER=none was not used, but {used}"
        if settings.embedder != "bundled":
            manifest = Manifest.load(settings.data)
            made_with = manifest.embedder if manifest else ""
            if not made_with.startswith(f"{settings.embedder}/"):
                yield f"DATELINE_EMBEDDER={settings.embedder} was not used, but {made_with}"

    def ask(self, request: AskRequest) -> Answer:
        return self._value(Answer, "POST", "/ask", json=request.model_dump(mode="json"))

    def events(self, request: AskRequest) -> Iterator[StreamEvent]:
        """The answer as it comes about: any number of events, then one Done or Failed."""
        with self._events("/ask/stream", request.model_dump(mode="json"), _ANSWERING) as events:
            yield from events

    def search(self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance") -> SearchResults:
        params = {"q": query, "limit": limit, "outlet": list(filters.outlets), "order": order}
        days = {"since": filters.since, "until": filters.until}
        return self._value(SearchResults, "GET", "/search", params=params | {k: str(v) for k, v in days.items() if v})

    def readiness(self) -> Readiness:
        return self._value(Readiness, "GET", "/ready")

    def articles(
        self, *, text: str = "", outlet: str = "", order: ListOrder = "published", limit: int = 50, offset: int = 0
    ) -> ArticleList:
        params = {"q": text, "outlet": outlet, "order": order, "limit": limit, "offset": offset}
        return self._value(ArticleList, "GET", "/articles", params=params)

    def examine(self) -> list[Finding]:
        from ingest.archive.doctor import Finding

        response = self._send("GET", "/doctor")
        with _translated():
            return TypeAdapter(list[Finding]).validate_json(response.content)

    def remove(self, article_id: str) -> None:
        self._send("DELETE", article_path(article_id))

    def ingest(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: tuple[str, ...] = (),
        emit: Emit,
        stop: Stop,
    ) -> Report:
        given = tuple(map(absolute, sources))
        request = SourceRequest(sources=given, kind=kind, captured_at=captured, map=mapping)
        return self._follow("/sources", request.model_dump(mode="json"), emit, stop)

    def ingest_upload(
        self,
        content: bytes,
        name: str,
        *,
        captured: datetime | None = None,
        mapping: tuple[str, ...] = (),
        emit: Emit,
        stop: Stop,
    ) -> Report:
        """The service tells of it only at the end."""
        given = {"name": name, "captured_at": captured and captured.isoformat(), "map": list(mapping)}
        params = {key: value for key, value in given.items() if value}
        return self._value(Report, "POST", "/articles", params=params, content=content)

    def reindex(self, *, full: bool, emit: Emit, stop: Stop) -> Report:
        return self._follow("/reindex", {"full": full}, emit, stop)

    def forget_source(self, address: str) -> None:
        self._send("DELETE", "/sources", params={"address": absolute(address)})

    def retry(self, *, emit: Emit, stop: Stop) -> Report:
        return self._follow("/retry", {}, emit, stop)

    def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        response = self._send("POST", "/feeds", json=request.model_dump(mode="json"))
        with _translated():
            return _SUBSCRIPTIONS.validate_json(response.content)

    def remove_feed(self, address: str) -> None:
        self._send("DELETE", "/feeds", params={"address": address})

    def check_feeds(self, request: FeedCheckRequest, *, emit: Emit, stop: Stop) -> Report:
        return self._follow("/feeds/check", request.model_dump(mode="json"), emit, stop)

    def _follow(self, path: str, body: object, emit: Emit, stop: Stop) -> Report:
        """Hand on events until the report; once told to stop, leave, and the service ends at an article boundary."""
        began, outcomes = time.monotonic(), list[Outcome]()
        with self._events(path, body, _INGESTING) as events:
            for event in events:
                match event:
                    case Finished():
                        return event.report
                    case Failed():
                        raise error_of(event)
                    case Took():
                        outcomes.append(event.outcome)
                        emit(event.outcome)
                    case Progressed():
                        emit(event.progress)
                if stop():
                    break
            else:
                raise DatelineError("the service stopped in the middle", "run it again to continue")
        return Report(outcomes=tuple(outcomes), seconds=time.monotonic() - began, interrupted=True)

    @contextmanager
    def _events(self, path: str, body: object, kind: TypeAdapter[Event]) -> Iterator[Iterator[Event]]:
        accept = {"Accept": "text/event-stream"}
        with _translated(), self._http.stream("POST", path, json=body, headers=accept) as response:
            if response.is_error:
                response.read()
                raise _refusal(response)
            data = EventData()
            yield (kind.validate_json(event) for chunk in response.iter_bytes() for event in data.feed(chunk))

    def _value(self, kind: type[Value], method: str, path: str, **options: Any) -> Value:
        response = self._send(method, path, **options)
        with _translated():
            return kind.model_validate_json(response.content)

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer, once the service has warmed up."""
        patience = time.monotonic() + _WARM_UP_SECONDS
        while True:
            with _translated():
                response = self._http.request(method, path, **options)
            if not response.is_error:
                return response
            error = _refusal(response)
            if error.code != "not_ready" or time.monotonic() > patience:
                raise error
            time.sleep(0.1)


def find_service(folder: Path) -> Remote | None:
    """The service that owns the archive in a folder; None when none answers there."""
    note = service_note(folder)
    if note is None or note.url is None:
        return None
    # Straight to this machine: proxy settings of the environment are not meant for it.
    http = httpx.Client(base_url=note.url, timeout=_PATIENT, trust_env=False)
    if not _is_dateline(http):
        http.close()
        return None
    http.headers.update({"Authorization": f"Bearer {note.token}"} if note.token else {})
    return Remote(http)


def _is_dateline(http: httpx.Client) -> bool:
    """Asked without the token, which only a service that says it is one shall see."""
    try:
        return bool(http.get("/health", timeout=_HEALTH_SECONDS).json()["service"] == "dateline")
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return False


def _refusal(response: httpx.Response) -> DatelineError:
    problem = problem_of(response.status_code, response.content)
    return as_error(problem.code, problem.message, problem.hint)


@contextmanager
def _translated() -> Iterator[None]:
    """What goes wrong on the wire, as an error of ours."""
    try:
        yield
    except (ValidationError, EventTooLarge) as exc:
        raise DatelineError(
            "the reply of the service cannot be read", "check that both are the same version of Dateline"
        ) from exc
    except httpx.HTTPError as exc:
        raise DatelineError(
            f"the connection to the service broke ({type(exc).__name__})", "check that it still runs"
        ) from exc
