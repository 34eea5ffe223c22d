"""A running service over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from assistant.service.errors import DatelineError, Overdue, Unreachable, as_error
from assistant.service.owner import service_note
from assistant.service.protocol import Answering, Ingesting
from assistant.service.wire import EventData, EventTooLarge, article_path, conversation_path, job_path, problem_of
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    Collection,
    CollectionChange,
    Conversation,
    ConversationList,
    ConversationSummary,
    Done,
    ExportFormat,
    Failed,
    FeedCheckRequest,
    FeedRequest,
    Filter,
    Finished,
    IngestEvent,
    KeptSource,
    KeyRequest,
    Listing,
    OutcomeList,
    OutletList,
    Readiness,
    Related,
    Report,
    Retention,
    RetentionKind,
    RetentionRequest,
    SearchOrder,
    SearchResults,
    SourceKind,
    SourceRequest,
    StreamEvent,
    Subscription,
    Version,
)
from assistant.types.jobs import Job, JobList
from ingest.errors import SourceError
from ingest.misfit import misfits
from ingest.source_kind import absolute
from ingest.status import JobState, Status

if TYPE_CHECKING:
    from ingest.archive.doctor import Finding
    from ingest.identity.difference import Difference
    from ingest.key import Key, NewKey

Value = TypeVar("Value")
Event = TypeVar("Event")

_INGESTING: TypeAdapter[IngestEvent] = TypeAdapter(IngestEvent)
_ANSWERING: TypeAdapter[StreamEvent] = TypeAdapter(StreamEvent)
# A chat model may think for a minute, and a batch of articles may be embedded between two events.
_PATIENT = httpx.Timeout(10.0, read=600.0)
_LOOK_SECONDS = 30.0
_WARM_UP_SECONDS = 120.0
_HEALTH_SECONDS = 2.0


class Client:
    """Calls on a running service, which it waits for to warm up; address, token and transport are those of `http`.

    asks  fields of every question that leaves them open, such as its policy
    """

    def __init__(self, http: httpx.AsyncClient, asks: Mapping[str, Any] | None = None) -> None:
        self._http, self._asks = http, asks or {}

    @classmethod
    def at(cls, url: str, token: str = "", *, here: bool = False, asks: Mapping[str, Any] | None = None) -> Self:
        """The service at an address. One that is `here` is reached past the proxies of the environment."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return cls(httpx.AsyncClient(base_url=url, headers=headers, timeout=_PATIENT, trust_env=not here), asks)

    async def close(self) -> None:
        await self._http.aclose()

    # Asking

    async def ask(self, request: AskRequest) -> Answer:
        return await self._value(Answer, "POST", "/ask", json=self._asked(request))

    def events(self, request: AskRequest) -> Answering:
        return self._events("/ask/stream", self._asked(request), _ANSWERING)

    def _asked(self, request: AskRequest) -> dict[str, Any]:
        return {**self._asks, **request.model_dump(mode="json", exclude_none=True)}

    async def search(
        self, query: str, filters: Filter, limit: int, order: SearchOrder = "relevance"
    ) -> SearchResults:
        narrowed = {"outlet": list(filters.outlets), **filters.model_dump(mode="json", exclude={"outlets"})}
        params = {"q": query, "limit": limit, "order": order, **narrowed}
        return await self._value(SearchResults, "GET", "/search", params=params)

    # Conversations

    async def conversations(self, *, text: str = "", limit: int = 50, cursor: str | None = None) -> ConversationList:
        params = {"q": text, "limit": limit, "cursor": cursor}
        return await self._value(ConversationList, "GET", "/conversations", params=params)

    async def conversation(
        self, conversation_id: str, *, before: int | None = None, limit: int | None = None
    ) -> Conversation:
        params = {"before": before, "limit": limit}
        return await self._value(Conversation, "GET", conversation_path(conversation_id), params=params)

    async def rename_conversation(self, conversation_id: str, title: str) -> ConversationSummary:
        body = {"title": title}
        return await self._value(ConversationSummary, "PATCH", conversation_path(conversation_id), json=body)

    async def delete_conversation(self, conversation_id: str) -> None:
        await self._send("DELETE", conversation_path(conversation_id))

    async def export_conversation(self, conversation_id: str, form: ExportFormat) -> str:
        response = await self._send("GET", f"{conversation_path(conversation_id)}/export", params={"format": form})
        return response.content.decode()

    # Collections

    async def collections(self) -> tuple[Collection, ...]:
        return await self._value(tuple[Collection, ...], "GET", "/collections")

    async def change_collection(self, request: CollectionChange) -> Collection:
        return await self._value(Collection, "POST", "/collections", json=request.model_dump(mode="json"))

    async def remove_collection(self, name: str) -> None:
        await self._send("DELETE", "/collections", params={"name": name})

    # Retention

    async def retention(self) -> tuple[Retention, ...]:
        return await self._value(tuple[Retention, ...], "GET", "/retention")

    async def set_retention(self, request: RetentionRequest) -> Retention:
        return await self._value(Retention, "POST", "/retention", json=request.model_dump(mode="json"))

    async def end_retention(self, kind: RetentionKind, value: str) -> None:
        await self._send("DELETE", "/retention", params={"kind": kind, "value": value})

    # Reading

    async def readiness(self) -> Readiness:
        with _translated():
            response = await self._http.get("/ready", timeout=_LOOK_SECONDS)
        try:
            return Readiness.model_validate_json(response.content)
        except ValidationError as exc:
            raise _refusal(response) from exc

    async def examine(self, *, deep: bool = False) -> list[Finding]:
        from ingest.archive.doctor import Finding

        return await self._value(list[Finding], "GET", "/doctor", params={"deep": deep})

    async def articles(self, **wanted: Unpack[Listing]) -> ArticleList:
        params = {"q" if name == "text" else name: value for name, value in wanted.items()}
        return await self._value(ArticleList, "GET", "/articles", params=params)

    async def outlets(self) -> OutletList:
        return await self._value(OutletList, "GET", "/outlets")

    async def article(self, article_id: str, version: str | None = None) -> Article:
        return await self._value(Article, "GET", article_path(article_id), params={"version": version})

    async def versions(self, article_id: str) -> tuple[Version, ...]:
        return await self._value(tuple[Version, ...], "GET", f"{article_path(article_id)}/versions")

    async def related(self, article_id: str) -> Related:
        return await self._value(Related, "GET", f"{article_path(article_id)}/related")

    async def difference(self, article_id: str, earlier: str | None = None, later: str | None = None) -> Difference:
        from ingest.identity.difference import Difference

        params = {"from": earlier, "to": later}
        return await self._value(Difference, "GET", f"{article_path(article_id)}/diff", params=params)

    async def outcomes(
        self, *, status: Status | None = None, since: datetime | None = None, limit: int = 50, offset: int = 0
    ) -> OutcomeList:
        params = {"status": status, "since": since and since.isoformat(), "limit": limit, "offset": offset}
        return await self._value(OutcomeList, "GET", "/outcomes", params=params)

    async def sources(self) -> tuple[KeptSource, ...]:
        return await self._value(tuple[KeptSource, ...], "GET", "/sources")

    async def feeds(self) -> tuple[Subscription, ...]:
        return await self._value(tuple[Subscription, ...], "GET", "/feeds")

    # Writing

    async def remove(self, article_id: str) -> None:
        await self._send("DELETE", article_path(article_id))

    async def forget_source(self, address: str) -> None:
        await self._send("DELETE", "/sources", params={"address": absolute(address)})

    async def add_feeds(self, request: FeedRequest) -> tuple[Subscription, ...]:
        body = request.model_dump(mode="json")
        return await self._value(tuple[Subscription, ...], "POST", "/feeds", json=body)

    async def remove_feed(self, address: str) -> None:
        await self._send("DELETE", "/feeds", params={"address": address})

    # Jobs

    async def jobs(self, state: JobState | None = None, *, limit: int = 50, offset: int = 0) -> JobList:
        params = {"state": state, "limit": limit, "offset": offset}
        return await self._value(JobList, "GET", "/jobs", params=params)

    async def job(self, job_id: str) -> Job:
        return await self._value(Job, "GET", job_path(job_id))

    async def cancel_job(self, job_id: str) -> Job:
        return await self._value(Job, "POST", f"{job_path(job_id)}/cancel")

    async def retry_job(self, job_id: str) -> Job:
        return await self._value(Job, "POST", f"{job_path(job_id)}/retry")

    async def forget_job(self, job_id: str) -> None:
        await self._send("DELETE", job_path(job_id))

    # Keys for the service

    async def keys(self) -> tuple[Key, ...]:
        from ingest.key import Key

        return await self._value(tuple[Key, ...], "GET", "/keys")

    async def create_key(self, request: KeyRequest) -> NewKey:
        from ingest.key import NewKey

        return await self._value(NewKey, "POST", "/keys", json=request.model_dump(mode="json"))

    async def revoke_key(self, key_id: str) -> Key:
        from ingest.key import Key

        return await self._value(Key, "DELETE", f"/keys/{quote(key_id, safe='')}")

    # Ingesting

    def ingest(
        self,
        sources: Sequence[str],
        *,
        kind: SourceKind = "auto",
        captured: datetime | None = None,
        mapping: Sequence[str] = (),
    ) -> Ingesting:
        given = tuple(map(absolute, sources))
        try:
            request = SourceRequest(sources=given, kind=kind, captured_at=captured, map=tuple(mapping))
        except ValidationError as exc:
            message = f"the service does not take these sources: {misfits(exc.errors())}"
            raise SourceError(message, "between 1 and 1,000 are ingested at once; put files into a folder") from exc
        return self._events("/sources", request.model_dump(mode="json"), _INGESTING)

    async def ingest_upload(
        self, content: bytes, name: str, *, captured: datetime | None = None, mapping: Sequence[str] = ()
    ) -> Ingesting:
        """The service tells of it only at the end."""
        params = {"name": name, "captured_at": captured and captured.isoformat(), "map": list(mapping)}
        yield Finished(report=await self._value(Report, "POST", "/articles", params=params, content=content))

    def reindex(self, *, full: bool = False) -> Ingesting:
        return self._events("/reindex", {"full": full}, _INGESTING)

    def retry(self) -> Ingesting:
        return self._events("/retry", {}, _INGESTING)

    def check_feeds(self, request: FeedCheckRequest) -> Ingesting:
        return self._events("/feeds/check", request.model_dump(mode="json"), _INGESTING)

    async def stop(self) -> None:
        await self._send("POST", "/sources/stop")

    # The wire

    async def _value(self, kind: type[Value], method: str, path: str, **options: Any) -> Value:
        response = await self._send(method, path, **options)
        with _translated():
            return TypeAdapter(kind).validate_json(response.content)

    async def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        async with self._reply(method, path, **options) as response:
            await response.aread()
            return response

    async def _events(self, path: str, body: object, kind: TypeAdapter[Event]) -> AsyncGenerator[Event, None]:
        data = EventData()
        async with self._reply("POST", path, json=body, headers={"Accept": "text/event-stream"}) as response:
            async for chunk in response.aiter_bytes():
                for event in map(kind.validate_json, data.feed(chunk)):
                    yield event
                    if isinstance(event, Done | Finished | Failed):
                        return
        raise DatelineError("the service stopped in the middle", "run it again to continue")

    @asynccontextmanager
    async def _reply(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None, **options: Any
    ) -> AsyncIterator[httpx.Response]:
        """The reply, once the service has warmed up. Raises what the service refuses with."""
        given = {name: value for name, value in (params or {}).items() if value is not None}
        patience = time.monotonic() + _WARM_UP_SECONDS
        with _translated():
            while True:
                async with self._http.stream(method, path, params=given, **options) as response:
                    if response.is_success:
                        yield response
                        return
                    await response.aread()
                error = _refusal(response)
                if error.code != "not_ready" or time.monotonic() > patience:
                    raise error
                await asyncio.sleep(0.1)


async def find_service(folder: Path, asks: Mapping[str, Any] | None = None) -> Client | None:
    """The service that owns the archive in a folder; None when none answers there. `asks` as for Client."""
    note = service_note(folder)
    if note is None or note.url is None or not await _is_dateline(note.url):
        return None
    return Client.at(note.url, note.token or "", here=True, asks=asks)


async def _is_dateline(url: str) -> bool:
    """Asked without the token, which only a service that says it is one shall see."""
    try:
        async with httpx.AsyncClient(base_url=url, timeout=_HEALTH_SECONDS, trust_env=False) as http:
            return bool((await http.get("/health")).json()["service"] == "dateline")
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
    except httpx.ConnectError as exc:
        raise Unreachable("the service cannot be reached", "check that it still runs") from exc
    except httpx.TimeoutException as exc:
        raise Overdue("the service took too long to reply", "try again when it is less busy") from exc
    except httpx.HTTPError as exc:
        raise Unreachable(
            f"the connection to the service broke ({type(exc).__name__})", "check that it still runs"
        ) from exc
