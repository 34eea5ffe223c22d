"""What the server says of mistakes, of articles in parts, and page by page; over the protocol, in this process."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from assistant.mcp.server import make_server
from assistant.service.local import LocalService
from assistant.service.runs import report_of
from assistant.settings import Settings
from assistant.types import CollectionChange
from ingest.archive.archive import Archive
from ingest.types import Member
from tests.fakes import HashEmbedder


@pytest.fixture
async def service(tmp_path: Path, newsroom: Path) -> AsyncIterator[LocalService]:
    folder = tmp_path / "archive"
    opened = LocalService(Settings(data=folder), Archive.open(folder, HashEmbedder()))
    await report_of(opened.ingest([str(newsroom)]))
    yield opened
    await opened.close()


def connected(service: LocalService) -> Client:
    async def reach() -> LocalService:
        return service

    return Client(make_server(reach, writes=True))


async def said(agent: Client, tool: str, **arguments: Any) -> str:
    """What a tool says where it fails."""
    result = await agent.call_tool(tool, arguments)
    assert result.is_error
    [content] = result.content
    return str(content.text)  # type: ignore[union-attr]


async def test_a_mistake_is_told_so_that_an_agent_can_mend_it(service: LocalService) -> None:
    async with connected(service) as agent:
        assert "question" in await said(agent, "ask", question="")
        assert "is after until" in await said(agent, "ask", question="What?", since="2026-12-01", until="2026-11-01")
        assert "there is no collection" in await said(agent, "ask", question="What?", collection="None such")
        assert "there is no collection" in await said(agent, "list_articles", collection="None such")
        assert "wrong: there is no such field" in await said(agent, "search", query="dam", wrong=1)
        assert "there is no article nope" in await said(agent, "read_article", article_id="nope")
        assert "give sources, articles, or both" in await said(agent, "ingest")
        assert "is not a web address" in await said(agent, "feeds", add=["file:///etc/passwd"])


async def test_an_unknown_tool_or_resource_is_refused(service: LocalService) -> None:
    async with connected(service) as agent:
        with pytest.raises(MCPError, match="there are: ask, search"):
            await agent.call_tool("delete_everything", {})
        for uri in ("dateline://articles/../../etc/passwd", "file:///etc/passwd", "dateline://conversations/none"):
            with pytest.raises(MCPError, match="there is no"):
                await agent.read_resource(uri)


async def test_the_articles_of_a_collection_are_listed(service: LocalService) -> None:
    [dam] = (await service.articles(text="Aldermoss")).articles
    member = Member(kind="article", value=dam.article_id)
    await service.change_collection(CollectionChange(name="dam", add=(member,)))
    async with connected(service) as agent:
        listed = await agent.call_tool("list_articles", {"collection": "Dam"})
        assert [one["article_id"] for one in listed.structured_content["articles"]] == [dam.article_id]


async def test_an_article_is_read_in_parts(service: LocalService) -> None:
    async with connected(service) as agent:
        [dam] = (await service.articles(text="Aldermoss")).articles
        whole = (await service.article(dam.article_id)).text
        result = await agent.call_tool("read_article", {"article_id": dam.article_id, "start": 10, "end": 30})
        part = result.structured_content
        assert (part["article"]["text"], part["start"], part["end"]) == (whole[10:30], 10, 30)
        assert part["length"] == len(whole)
        beyond = await agent.call_tool("read_article", {"article_id": dam.article_id, "start": 10**6})
        assert beyond.structured_content["article"]["text"] == ""
        assert beyond.structured_content["start"] == len(whole)


def note(number: int) -> str:
    text = f"Berth {number} of the harbour is closed for repairs until the spring, the harbour office said on Monday."
    return json.dumps({"title": f"Berth {number} is closed", "text": text})


async def test_the_articles_are_resources_page_by_page(service: LocalService) -> None:
    async with connected(service) as agent:
        notes = "\n".join(map(note, range(60)))
        await report_of(service.ingest_upload(notes.encode(), "notes.jsonl"))
        first = await agent.list_resources()
        second = await agent.list_resources(cursor=first.next_cursor)
        uris = [one.uri for one in (*first.resources, *second.resources)]
        assert len(uris) == len(set(uris)) == 64
        assert second.next_cursor is None
        with pytest.raises(MCPError, match="cursor"):
            await agent.list_resources(cursor="elsewhere")


async def test_a_question_is_kept_only_in_a_conversation_that_was_named(service: LocalService) -> None:
    async with connected(service) as agent:
        alone = await agent.call_tool("ask", {"question": "When did the ferry strike end?"})
        assert alone.structured_content["conversation_id"] is None
        kept = await agent.call_tool(
            "ask", {"question": "When did the ferry strike end?", "conversation_id": "strike"}
        )
        assert kept.structured_content["conversation_id"] == "strike"
        assert len((await service.conversation("strike")).turns) == 1
