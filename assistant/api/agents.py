"""What the service offers to agents: the Model Context Protocol at /mcp, and pages that say how it is used."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.api.admission.admission import holds_key
from assistant.api.admission.scopes import needed_to_ingest
from assistant.api.errors import NotReady
from assistant.api.guard import BODY_LIMIT
from assistant.api.serving.lifespan import Lifespan
from assistant.mcp.arguments import IngestArguments
from assistant.mcp.pages import page
from ingest.types import Frozen

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from assistant.service.protocol import Service

router = APIRouter(tags=["service"])

_PATH = "/mcp"
_WARM_UP_SECONDS = 120.0
_POLL_SECONDS = 0.1


class McpEndpoint:
    """The streamable HTTP transport, without sessions: a service that is restarted loses no agent.

    The protocol's library is loaded with the first request, so that the service starts without it.
    """

    def __init__(self, lifespan: Lifespan, *, writes: bool) -> None:
        self._lifespan, self._writes = lifespan, writes
        self._starting = asyncio.Lock()
        self._over = asyncio.Event()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def route(self) -> Route:
        return Route(_PATH, self, methods=["POST"], include_in_schema=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._starting:
            if self._manager is None:
                self._manager = await self._started()
        await self._manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        self._over.set()
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running

    async def _started(self) -> StreamableHTTPSessionManager:
        manager = await asyncio.to_thread(self._made)
        started = asyncio.Event()

        async def run() -> None:  # begun and ended in one task, as its task group asks for
            async with manager.run():
                started.set()
                await self._over.wait()

        self._running = asyncio.create_task(run())
        await started.wait()
        return manager

    def _made(self) -> StreamableHTTPSessionManager:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from assistant.mcp.server import make_server

        server = make_server(self._service, writes=self._writes, admits=_admits)
        return StreamableHTTPSessionManager(server, stateless=True, max_request_body_size=BODY_LIMIT)

    async def _service(self) -> Service:
        """The service, once it has warmed up. Raises why its archive cannot be opened."""
        for _ in range(int(_WARM_UP_SECONDS / _POLL_SECONDS)):
            with suppress(NotReady):
                return self._lifespan.service
            await asyncio.sleep(_POLL_SECONDS)
        return self._lifespan.service


def _admits(request: Any, arguments: Frozen) -> bool:
    """Whether an agent holds a key with which it may write; being a program of this user is not enough."""
    sources = arguments.sources if isinstance(arguments, IngestArguments) else ()
    return holds_key(request.scope, needed_to_ingest(sources))


class MarkdownResponse(PlainTextResponse):
    media_type = "text/markdown"


@router.get("/llms.txt", response_class=PlainTextResponse)
async def llms_txt() -> str:
    """What the service offers, for agents (llmstxt.org)."""
    return page("llms.txt")


@router.get("/SKILL.md", response_class=MarkdownResponse)
async def skill() -> str:
    """How to ask and how to pass an answer on, as a skill for agents (agentskills.io)."""
    return page("SKILL.md")
