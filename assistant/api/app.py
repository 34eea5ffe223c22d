"""The service as an ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from assistant.api import (
    agents,
    articles,
    ask,
    collections,
    conversations,
    errors,
    feeds,
    health,
    jobs,
    keys,
    outcomes,
    page,
    search,
    sources,
)
from assistant.api.access import Access
from assistant.api.described import complete
from assistant.api.guard import BODY_LIMIT, Guard
from assistant.api.methods import Methods
from assistant.api.observing.metrics import Metrics
from assistant.api.observing.observed import Observed
from assistant.api.observing.tracing import Tracing
from assistant.api.openai import chat, models, responses
from assistant.api.serving.ending import Bounded
from assistant.api.serving.lifespan import Lifespan
from assistant.service.local import LocalService
from assistant.service.wire import ErrorBody
from assistant.version import version
from ingest.database.keys import Keys
from ingest.errors import DatelineError

_DESCRIPTION = (
    "Answers questions about the news from your own articles. Every statement names the passage that supports it."
)


def create_app(
    open_service: Callable[[], LocalService],
    access: Access,
    *,
    failed: Callable[[DatelineError], None] = lambda _exc: None,
    mcp_write: bool = False,
    tracing: Tracing | None = None,
) -> FastAPI:
    """The application over an archive that is opened in the background once it starts.

    failed     told of the error when the archive cannot be opened
    mcp_write  whether /mcp offers the tools that change the archive, to those who have a key for it
    tracing    where the traces of requests go, if anywhere
    """
    metrics = Metrics(lambda: state.holdings)
    state = Lifespan(lambda: metrics.attached(open_service()), failed)
    endpoint = agents.McpEndpoint(state, writes=mcp_write)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        state.warm_up()
        # The threads that answering works in, so that the archive is not closed under one of them.
        asyncio.get_running_loop().set_default_executor(state.threads)
        watching = [asyncio.create_task(one) for one in (feeds.watch(state), state.ending.watch(), state.go_on())]
        yield
        for one in watching:
            one.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await endpoint.close()
        await run_in_threadpool(state.close)
        if tracing:
            await run_in_threadpool(tracing.close)

    app = _Guarded(
        access,
        title="Dateline",
        description=_DESCRIPTION,
        version=version(),
        lifespan=lifespan,
        max_body_size=BODY_LIMIT,
        routes=page.routes(),
        responses={422: {"model": ErrorBody, "description": "The request is not valid."}},
        generate_unique_id_function=_operation_id,
    )
    app.state.lifespan, app.state.metrics, app.state.tracing = state, metrics, tracing
    routers = (ask.router, search.router, conversations.router, collections.router, articles.router)
    compatible = (chat.router, responses.router, models.router)
    ingesting = (*sources.routers, *feeds.routers, jobs.router, outcomes.router)
    for router in (*routers, *compatible, *ingesting, health.router, agents.router, keys.router):
        app.include_router(router)
    app.router.routes.append(endpoint.route)
    errors.install(app)
    return app


class _Guarded(FastAPI):
    """An application behind the guard: even what the framework's own layers refuse passes it on the way back.

    It describes what all routes have in common, too.
    """

    def __init__(self, access: Access, **options: Any) -> None:
        self._access = access
        super().__init__(**options)

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            complete(super().openapi(), without_key=self._access.is_local)
        return super().openapi()

    def build_middleware_stack(self) -> ASGIApp:
        routed = Methods(super().build_middleware_stack(), self.router.routes)
        bounded = Bounded(routed, self.state.lifespan.ending)
        guarded = Observed(Guard(bounded, self._access, self._keys), self.state.metrics, self.state.tracing)
        if not self._access.origins:
            return guarded
        return CORSMiddleware(
            guarded,
            allow_origins=sorted(self._access.origins),
            allow_methods=["GET", "POST", "PATCH", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID", "Mcp-Protocol-Version", "X-Request-ID"],
            expose_headers=["Retry-After", "X-Request-ID"],
        )

    def _keys(self) -> Keys:
        return Keys(self.state.lifespan.service.archive.store.engine)


def _operation_id(route: APIRoute) -> str:
    return route.name
