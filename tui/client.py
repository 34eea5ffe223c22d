"""The service's API as typed calls."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.types import (
    Article,
    ArticleList,
    AskRequest,
    Done,
    Failed,
    Finished,
    IngestEvent,
    ListOrder,
    Readiness,
    Related,
    SourceRequest,
    StreamEvent,
)
from assistant.wire import EventData, EventTooLarge, article_path, problem_of
from tui.service import ServiceError

Value = TypeVar("Value", bound=BaseModel)
_ANSWERS: TypeAdapter[StreamEvent] = TypeAdapter(StreamEvent)
_INTAKES: TypeAdapter[IngestEvent] = TypeAdapter(IngestEvent)
# A model may think for minutes between two events, and the person can stop it at any time.
_PATIENT = httpx.Timeout(10.0, read=600.0)
_STREAM = {"Accept": "text/event-stream"}


class Client:
    """Calls on a running service; address, token and transport are those of `http`."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def ready(self) -> Readiness:
        """Whether questions can be answered; a service that still warms up answers too."""
        response = await self._send("GET", "/ready")
        if response.status_code not in (200, 503):
            raise _refusal(response)
        try:
            return Readiness.model_validate_json(response.content)
        except ValidationError as exc:
            raise _refusal(response) from exc

    def ask(self, request: AskRequest) -> AsyncIterator[StreamEvent]:
        """The events of an answer; the last one is `Done` or `Failed`."""
        return self._events("/ask/stream", request.model_dump(mode="json"), _ANSWERS)

    def ingest(self, sources: Sequence[str]) -> AsyncIterator[IngestEvent]:
        """Ingest files, folders and links; the last event is `Finished` or `Failed`."""
        try:
            request = SourceRequest(sources=tuple(sources))
        except ValidationError as exc:
            raise ServiceError(
                "Between 1 and 1000 sources can be ingested at once.", "Put the files into a folder and give that."
            ) from exc
        return self._events("/sources", request.model_dump(mode="json"), _INTAKES)

    def reindex(self, *, full: bool = False) -> AsyncIterator[IngestEvent]:
        """Read every remembered source again; `full` also rebuilds the indexes."""
        return self._events("/reindex", {"full": full}, _INTAKES)

    async def stop(self) -> None:
        """Ask the current ingest run to end at the next article boundary."""
        _checked(await self._send("POST", "/sources/stop"))

    async def article(self, article_id: str, version: str | None = None) -> Article:
        """One article, as it is or as it was in that version."""
        params = {"version": version} if version else {}
        return await self._get(article_path(article_id), params, Article)

    async def related(self, article_id: str) -> Related:
        """Its copies, the other articles of its story, and how many versions it has."""
        return await self._get(f"{article_path(article_id)}/related", {}, Related)

    async def articles(
        self, *, limit: int = 100, offset: int = 0, q: str = "", order: ListOrder = "published"
    ) -> ArticleList:
        """A page of the archive; `q` keeps the articles that hold these words."""
        params = {"limit": str(limit), "offset": str(offset), "order": order} | ({"q": q} if q else {})
        return await self._get("/articles", params, ArticleList)

    async def remove(self, article_id: str) -> None:
        """Forget an article with all its versions."""
        _checked(await self._send("DELETE", article_path(article_id)))

    async def close(self) -> None:
        await self._http.aclose()

    async def _get(self, path: str, params: Mapping[str, str], kind: type[Value]) -> Value:
        response = _checked(await self._send("GET", path, params=params))
        try:
            return kind.model_validate_json(response.content)
        except ValidationError as exc:
            raise _strange() from exc

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return await self._http.request(method, path, **options)
        except httpx.HTTPError as exc:
            raise _unreachable(exc) from exc

    async def _events(self, path: str, body: object, kind: TypeAdapter[Any]) -> AsyncIterator[Any]:
        data = EventData()
        async with self._stream(path, body) as response:
            async for chunk in response.aiter_bytes():
                for event in map(kind.validate_json, data.feed(chunk)):
                    yield event
                    if isinstance(event, Done | Finished | Failed):
                        return
        raise ServiceError("The service stopped in the middle of its reply.", "Try again.")

    @asynccontextmanager
    async def _stream(self, path: str, body: object) -> AsyncIterator[httpx.Response]:
        try:
            async with self._http.stream("POST", path, json=body, headers=_STREAM, timeout=_PATIENT) as response:
                if response.is_error:
                    await response.aread()
                yield _checked(response)
        except httpx.HTTPError as exc:
            raise _unreachable(exc) from exc
        except (ValidationError, EventTooLarge) as exc:
            raise _strange() from exc


def _checked(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    raise _refusal(response)


def _refusal(response: httpx.Response) -> ServiceError:
    problem = problem_of(response.status_code, response.content)
    return ServiceError(problem.message, problem.hint, code=problem.code)


def _unreachable(exc: httpx.HTTPError) -> ServiceError:
    if isinstance(exc, httpx.TimeoutException):
        return ServiceError("The service took too long to reply.", "Try again when it is less busy.", code="timeout")
    return ServiceError("The service cannot be reached.", "Press F5 to connect again.", code="unreachable")


def _strange() -> ServiceError:
    return ServiceError(
        "The service sent an unexpected reply.", "Check that the service and this chat are the same version."
    )
