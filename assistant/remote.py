"""The running service of an archive, for the command line: what `Desk` offers, over HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.difference import Difference
from assistant.failures import as_error, error_of
from assistant.runs import Emit, Stop
from assistant.served import service_note
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    Failed,
    FeedCheckRequest,
    FeedRequest,
    Filter,
    Finished,
    IngestEvent,
    KeptSource,
    Outcome,
    OutcomeList,
    Progressed,
    Readiness,
    Related,
    Report,
    SearchOrder,
    SearchResults,
    SourceKind,
    SourceRequest,
    Subscription,
    Took,
    Version,
)
from assistant.wire import EventData, EventTooLarge, article_path, problem_of
from ingest.errors import DatelineError
from ingest.sources.kind import absolute
from ingest.types import ListOrder, Status

if TYPE_CHECKING:
    from ingest.doctor import Finding

Value = TypeVar("Value", bound=BaseModel)

_EVENTS: TypeAdapter[IngestEvent] = TypeAdapter(IngestEvent)
_VERSIONS: TypeAdapter[tuple[Version, ...]] = TypeAdapter(tuple[Version, ...])
_SOURCES: TypeAdapter[tuple[KeptSource, ...]] = TypeAdapter(tuple[KeptSource, ...])
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

    def ask(self, request: AskRequest) -> Answer:
        return self._value(Answer, "POST", "/ask", json=request.model_dump(mode="json"))

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

    def article(self, article_id: str, version: str | None = None) -> Article:
        params = {"version": version} if version else {}
        return self._value(Article, "GET", article_path(article_id), params=params)

    def versions(self, article_id: str) -> tuple[Version, ...]:
        response = self._send("GET", f"{article_path(article_id)}/versions")
        with _translated():
            return _VERSIONS.validate_json(response.content)

    def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        given = {"status": status, "since": since and since.isoformat(), "limit": limit, "offset": offset}
        params = {name: value for name, value in given.items() if value is not None}
        return self._value(OutcomeList, "GET", "/outcomes", params=params)

    def related(self, article_id: str) -> Related:
        return self._value(Related, "GET", f"{article_path(article_id)}/related")

    def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        params = {name: digest for name, digest in (("from", earlier), ("to", later)) if digest}
        return self._value(Difference, "GET", f"{article_path(article_id)}/diff", params=params)

    def examine(self) -> list[Finding]:
        from ingest.doctor import Finding

        response = self._send("GET", "/doctor")
        with _translated():
            return TypeAdapter(list[Finding]).validate_json(response.content)

    def remove(self, article_id: str) -> None:
        self._send("DELETE", article_path(article_id))

    def take_in(
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

    def reindex(self, *, full: bool, emit: Emit, stop: Stop) -> Report:
        return self._follow("/reindex", {"full": full}, emit, stop)

    def sources(self) -> tuple[KeptSource, ...]:
        response = self._send("GET", "/sources")
        with _translated():
            return _SOURCES.validate_json(response.content)

    def forget_source(self, address: str) -> None:
        self._send("DELETE", "/sources", params={"address": absolute(address)})

    def retry(self, *, emit: Emit, stop: Stop) -> Report:
        return self._follow("/retry", {}, emit, stop)

    def feeds(self) -> tuple[Subscription, ...]:
        return self._feeds("GET", "/feeds")

    def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        return self._feeds("POST", "/feeds", json=request.model_dump(mode="json"))

    def remove_feed(self, address: str) -> None:
        self._send("DELETE", "/feeds", params={"address": address})

    def check_feeds(self, request: FeedCheckRequest, *, emit: Emit, stop: Stop) -> Report:
        return self._follow("/feeds/check", request.model_dump(mode="json"), emit, stop)

    def _feeds(self, method: str, path: str, **options: Any) -> tuple[Subscription, ...]:
        response = self._send(method, path, **options)
        with _translated():
            return _SUBSCRIPTIONS.validate_json(response.content)

    def _follow(self, path: str, body: object, emit: Emit, stop: Stop) -> Report:
        """Hand on events until the report; once told to stop, leave, and the service ends at an article boundary."""
        began, outcomes = time.monotonic(), list[Outcome]()
        with self._events(path, body) as events:
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
                raise DatelineError("the service broke off in the middle", "run it again to go on")
        return Report(outcomes=tuple(outcomes), seconds=time.monotonic() - began, interrupted=True)

    @contextmanager
    def _events(self, path: str, body: object) -> Iterator[Iterator[IngestEvent]]:
        accept = {"Accept": "text/event-stream"}
        with _translated(), self._http.stream("POST", path, json=body, headers=accept) as response:
            if response.is_error:
                response.read()
                raise _refusal(response)
            data = EventData()
            yield (_EVENTS.validate_json(event) for chunk in response.iter_bytes() for event in data.feed(chunk))

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
        raise DatelineError("the service answered in another form", "is it of the same version?") from exc
    except httpx.HTTPError as exc:
        raise DatelineError(f"the service broke off ({type(exc).__name__})", "is it still running?") from exc
