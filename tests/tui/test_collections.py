"""Questions of the chat can be limited to a collection."""

from __future__ import annotations

import io
from pathlib import Path

import httpx

from assistant.service.client import Client
from assistant.types import AskRequest, CollectionChange
from ingest.types import Member
from tests.assistant.conftest import LOCAL_URL, WITH_TOKEN, an_app
from tests.tui.screen import ask, see
from tui import plain_chat
from tui.app import DatelineApp

STRIKE = "When did the ferry strike in Port Ellery end?"


async def test_a_collection_is_searched_until_that_is_ended(tmp_path: Path, newsroom: Path) -> None:
    app = an_app(tmp_path / "archive", newsroom)
    async with app.router.lifespan_context(app):

        async def connect() -> Client:
            transport = httpx.ASGITransport(app)
            return Client(httpx.AsyncClient(transport=transport, base_url=LOCAL_URL, headers=WITH_TOKEN))

        client = await connect()
        await client.ask(AskRequest(question=STRIKE))  # from here on it is ready
        [dam] = [one for one in (await client.articles()).articles if "dam" in one.title]
        await client.change_collection(
            CollectionChange(name="Dam", add=(Member(kind="article", value=dam.article_id),))
        )
        async with DatelineApp(connect).run_test(size=(100, 40), notifications=True) as pilot:
            await see(pilot, "3 articles")
            await ask(pilot, "/in nowhere")
            await see(pilot, "there is no collection nowhere")
            await ask(pilot, "/in dam")
            await see(pilot, "Questions search only the")
            await ask(pilot, STRIKE)
            await see(pilot, "collection Dam")
            await pilot.press("f2")
            await see(pilot, "1 article in the collection Dam, newest first")
            await pilot.press("escape")
            await ask(pilot, "/in")
            await see(pilot, "Questions search all articles.")
            await pilot.press("f2")
            await see(pilot, "3 articles, newest first")
            await pilot.press("escape")
            await ask(pilot, STRIKE)
            await see(pilot, "seventeen days")
        output = io.StringIO()
        lines = io.StringIO(f"/in nowhere\n/in dam\n{STRIKE}\n/in\n{STRIKE}\n")
        assert await plain_chat.run(client, lines, output) == 1
        within, without = output.getvalue().split("Questions search all articles.")
        assert "error: there is no collection nowhere" in within
        assert ("seventeen days" in within, "seventeen days" in without) == (False, True)
        await client.close()
