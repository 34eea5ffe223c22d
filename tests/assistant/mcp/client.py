"""An MCP client as a program of its own, for either major version of the SDK.

It reads what to do as JSON, `{"command": […]}` or `{"url": …, "headers": …}` with `"calls": [[tool, arguments], …]`
and `"read": [uri, …]`, and prints what came of it as JSON. `"modern": true` has it
speak the protocol of 2026-07-28.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from importlib.metadata import version
from typing import Any

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

MAJOR = int(version("mcp").split(".")[0])


async def opened(order: dict[str, Any], stack: AsyncExitStack) -> Any:
    if order.get("modern"):
        from mcp.client import Client

        where = transport(order)
        return await stack.enter_async_context(Client(where, mode="2026-07-28"))
    streams = await stack.enter_async_context(transport(order))
    session = await stack.enter_async_context(ClientSession(streams[0], streams[1]))
    await session.initialize()
    return session


def transport(order: dict[str, Any]) -> Any:
    if "command" in order:
        return stdio_client(StdioServerParameters(command=order["command"][0], args=order["command"][1:]))
    from mcp.client import streamable_http

    if MAJOR == 1:
        return vars(streamable_http)["streamablehttp_client"](order["url"], headers=order.get("headers"))
    import httpx2

    http = httpx2.AsyncClient(headers=order.get("headers"))
    return streamable_http.streamable_http_client(order["url"], http_client=http)


def plain(value: Any) -> Any:
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


async def main(order: dict[str, Any]) -> dict[str, Any]:
    told: list[str] = []

    async def hear(_progress: float, _total: float | None, message: str | None) -> None:
        told.append(message or "")

    async with AsyncExitStack() as stack:
        session = await opened(order, stack)
        found = {
            "major": MAJOR,
            "tools": plain(await session.list_tools())["tools"],
            "resources": plain(await session.list_resources())["resources"],
            "templates": plain(await session.list_resource_templates())["resourceTemplates"],
        }
        results = []
        for name, arguments in order.get("calls", []):
            try:
                results.append(plain(await session.call_tool(name, arguments, progress_callback=hear)))
            except Exception as exc:  # the protocol's own errors
                results.append({"refused": str(exc)})
        read = []
        for uri in order.get("read", []):
            try:
                read.append(plain(await session.read_resource(uri))["contents"][0]["text"])
            except Exception as exc:
                read.append({"refused": str(exc)})
        return {**found, "results": results, "read": read, "told": told}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
