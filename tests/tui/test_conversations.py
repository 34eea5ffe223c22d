"""The chat lists earlier conversations, and goes on with the one that is chosen."""

from __future__ import annotations

from pathlib import Path

import httpx

from assistant.service.client import Client
from assistant.types import AskRequest
from tests.assistant.conftest import LOCAL_URL, WITH_TOKEN, an_app
from tests.tui.screen import ask, see, shown, until
from tui.app import DatelineApp

STRIKE = "When did the ferry strike in Port Ellery end?"


async def test_a_conversation_is_listed_resumed_and_deleted(tmp_path: Path, newsroom: Path) -> None:
    app = an_app(tmp_path / "archive", newsroom)
    async with app.router.lifespan_context(app):

        async def connect() -> Client:
            transport = httpx.ASGITransport(app)
            return Client(httpx.AsyncClient(transport=transport, base_url=LOCAL_URL, headers=WITH_TOKEN))

        client = await connect()
        await client.ask(AskRequest(question=STRIKE, conversation_id="strike"))
        resumed = DatelineApp(connect, conversation_id="strike")
        async with resumed.run_test(size=(100, 40)) as pilot:
            await see(pilot, "seventeen days")
        chat = DatelineApp(connect)
        async with chat.run_test(size=(100, 40), notifications=True) as pilot:
            await see(pilot, "3 articles")
            await pilot.press("f3")
            await see(pilot, "1 conversation · enter resumes one")
            await pilot.press("enter")
            await see(pilot, "seventeen days")
            assert STRIKE in shown(pilot.app)
            await ask(pilot, "And the raise?")
            await until(pilot, lambda: chat.chat.conversation.latest and chat.chat.conversation.latest.answer)
            await pilot.press("f3")
            await see(pilot, "2 questions")
            await pilot.press("d")
            await see(pilot, "Delete this conversation?")
            await pilot.press("y")
            await see(pilot, "0 conversations")
        assert (await client.conversations()).total == 0
        await client.close()
