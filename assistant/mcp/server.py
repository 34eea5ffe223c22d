"""The archive as a server of the Model Context Protocol, whatever carries it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError
from pydantic_core import to_json

from assistant.mcp import resources
from assistant.mcp.pages import page
from assistant.mcp.tools import Tool, offered
from assistant.service.protocol import Service
from assistant.version import version
from ingest.errors import DatelineError, NotFound
from ingest.misfit import misfits
from ingest.types import Frozen

log = logging.getLogger("dateline")

Reach = Callable[[], Awaitable[Service]]
# Whether the HTTP request that carries a call may use a guarded tool with these arguments; asked only over HTTP.
Admits = Callable[[Any, Frozen], bool]
Context = ServerRequestContext[Any, Any]

_UNEXPECTED = "an unexpected error - see the log of the service"
_NO_KEY = (
    "this needs the service's token or a key with the write scope, or with the admin scope for files on its machine"
    " - send it as Authorization: Bearer"
)


def make_server(reach: Reach, *, writes: bool, admits: Admits = lambda _request, _arguments: True) -> Server[Any]:
    """A server of the tools and resources.

    reach   gives the service that is asked; called for each request
    writes  whether the tools that change the archive are offered
    admits  whether a request may use a guarded tool
    """
    serving = _Serving(reach, offered(writes=writes), admits)
    return Server(
        "dateline",
        title="Dateline",
        version=version(),
        instructions=page("mcp.txt"),
        on_list_tools=serving.list_tools,
        on_call_tool=serving.call_tool,
        on_list_resources=serving.list_resources,
        on_list_resource_templates=serving.list_templates,
        on_read_resource=serving.read_resource,
    )


class _Serving:
    def __init__(self, reach: Reach, tools: dict[str, Tool], admits: Admits) -> None:
        self._reach, self._tools, self._admits = reach, tools, admits

    async def list_tools(self, _context: Context, _params: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in self._tools.values()])

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """The result of a tool; what fails is told in it, so that the agent can read what to do."""
        tool = self._tools.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, self._unknown(params.name))
        try:
            arguments = tool.arguments.model_validate_json(to_json(params.arguments or {}))
            if tool.guarded and not self._admits(context.request, arguments):
                return _failed(_NO_KEY)
            result = await tool.run(await self._reach(), arguments, context.session.report_progress)
        except ValidationError as exc:
            return _failed(misfits(exc.errors()))
        except DatelineError as exc:
            return _failed(str(exc))
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # Chroma's panics are no Exception
            log.exception("the tool %s failed", tool.name)
            return _failed(_UNEXPECTED)
        return _told(result)

    def _unknown(self, name: str) -> str:
        if name in offered(writes=True):
            return f"the tool {name} changes the archive, and this server only reads; it is started with --write"
        return f"there is no such tool; there are: {', '.join(self._tools)}"

    async def list_resources(
        self, _context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """The state of the archive and its articles, a page at a time, the latest first."""
        offset = _offset(params.cursor if params else None)
        try:
            listed = await (await self._reach()).articles(limit=resources.PAGE, offset=offset)
        except DatelineError as exc:
            raise MCPError(types.INTERNAL_ERROR, str(exc)) from exc
        found = [_ARCHIVE] if not offset else []
        for one in listed.articles:
            uri = resources.ARTICLES + one.article_id
            about = {"name": one.article_id, "title": one.title, "description": resources.label(one)}
            found.append(types.Resource(uri=uri, mime_type=resources.MARKDOWN, **about))
        then = offset + resources.PAGE
        return types.ListResourcesResult(resources=found, next_cursor=str(then) if then < listed.total else None)

    async def list_templates(self, _context: Context, _params: object) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=_TEMPLATES)

    async def read_resource(
        self, _context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        uri = str(params.uri)
        try:
            text = await resources.text_of(await self._reach(), uri)
        except DatelineError as exc:
            code = types.INVALID_PARAMS if isinstance(exc, NotFound) else types.INTERNAL_ERROR
            raise MCPError(code, str(exc), {"uri": uri}) from exc
        contents = types.TextResourceContents(uri=uri, mime_type=resources.MARKDOWN, text=text)
        return types.ReadResourceResult(contents=[contents])


_ARCHIVE = types.Resource(
    uri=resources.ARCHIVE,
    name="archive",
    title="The archive",
    description="How many articles there are, and of when.",
    mime_type=resources.MARKDOWN,
)
_TEMPLATES = [
    types.ResourceTemplate(
        uri_template=resources.ARTICLES + "{article_id}",
        name="article",
        title="An article",
        description="An article in full.",
        mime_type=resources.MARKDOWN,
    ),
    types.ResourceTemplate(
        uri_template=resources.CONVERSATIONS + "{conversation_id}",
        name="conversation",
        title="A conversation",
        description="The questions of a conversation with their answers and what these cite.",
        mime_type=resources.MARKDOWN,
    ),
]


def _described(tool: Tool) -> types.Tool:
    hints = types.ToolAnnotations(
        read_only_hint=tool.reads, destructive_hint=tool.removes, idempotent_hint=True, open_world_hint=tool.web
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.result.model_json_schema(mode="serialization"),
        annotations=hints,
    )


def _told(result: Frozen) -> types.CallToolResult:
    """As a value for programs, and the same as text for clients that read no values, without what is unknown."""
    text = types.TextContent(type="text", text=result.model_dump_json(exclude_none=True))
    return types.CallToolResult(content=[text], structured_content=result.model_dump(mode="json"))


def _failed(why: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=why)], is_error=True)


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdecimal() or len(cursor) > 9:
        raise MCPError(types.INVALID_PARAMS, "the cursor is none that this server gave")
    return int(cursor)
