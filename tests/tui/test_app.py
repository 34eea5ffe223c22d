"""The screen comes first; the service comes behind it."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from assistant.service.client import Client
from tests.tui.screen import SIZE, ask, chat, see, shown, type_in, until
from tests.tui.service import QUAKE, FakeService, article
from tui.app import DatelineApp

HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "fastapi", "openvino", "sqlalchemy", "numpy", "tantivy")


class Unreachable(Exception):
    message = "The archive is in use by process 4711."
    hint = "Stop it first."


async def test_the_first_screen_takes_typing_while_the_service_starts() -> None:
    never = asyncio.Event()

    async def connect() -> Client:
        await never.wait()
        raise AssertionError

    app = DatelineApp(connect)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "starting the service …")
        await type_in(pilot, "hello")
        assert app.chat.prompt.text == "hello"


async def test_a_question_sent_early_waits_in_sight_and_is_answered_when_the_service_is_ready() -> None:
    service, go_on = FakeService(warm=False), asyncio.Event()

    async def connect() -> Client:
        await go_on.wait()
        return await service.connect()

    async with DatelineApp(connect).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "waiting for the service")
        assert not service.sent("/ask/stream")
        go_on.set()
        await see(pilot, "warming up … loading the model")
        service.warm = True
        await see(pilot, QUAKE)


async def test_the_status_line_says_what_the_archive_holds() -> None:
    async with chat(FakeService()).run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "1 article from 2 outlets · newest 1 November 2026 · model: extractive")


async def test_a_failure_to_connect_is_shown_with_its_hint_and_f5_tries_again() -> None:
    service, tries = FakeService(), [Unreachable()]

    async def connect() -> Client:
        if tries:
            raise tries.pop()
        return await service.connect()

    async with DatelineApp(connect).run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "in use by process 4711. - Stop it first.")
        await see(pilot, "F5 tries again")
        await ask(pilot)
        await see(pilot, "waiting for the service")
        await pilot.press("f5")
        await see(pilot, QUAKE)


async def test_a_service_that_dies_while_the_chat_runs_is_named_and_found_again() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "1 article")
        service.dead = True
        await ask(pilot, "First?")
        await see(pilot, "cannot be reached")
        await see(pilot, "F5 tries again")
        service.dead = False
        await ask(pilot, "Second?")
        await see(pilot, "waiting for the service")
        await pilot.press("f5")
        await see(pilot, QUAKE)


async def test_while_the_service_is_down_nothing_but_questions_waits_for_it() -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        service.dead = True
        await ask(pilot, "Second?")
        await see(pilot, "F5 tries again")
        await pilot.press("f2")
        await see(pilot, "✗ the service cannot be reached - press F5 to connect again")
        await pilot.press("escape", "1")
        await see(pilot, "citation [1], 1 of 2")
        assert QUAKE in " ".join(shown(pilot.app).split())


async def test_the_status_line_follows_an_archive_that_changes_elsewhere() -> None:
    service = FakeService()
    app = DatelineApp(service.connect, look_every=0.05)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "1 article from")
        service.articles["storm"] = article(id="storm")
        await see(pilot, "2 articles from")


async def test_the_successor_of_a_service_that_died_is_found_without_a_key() -> None:
    service, successor = FakeService(), FakeService()
    successor.articles["storm"] = article(id="storm")
    alive = [successor, service]

    async def connect() -> Client:
        return await alive.pop().connect()

    async with DatelineApp(connect, look_every=0.05).run_test(size=SIZE, notifications=True) as pilot:
        await see(pilot, "1 article from")
        service.dead = True
        await see(pilot, "2 articles from")


@pytest.mark.parametrize("keys", [(), ("f2",), ("ctrl+o",), ("1",)], ids=["chat", "articles", "sources", "reader"])
async def test_f1_shows_the_keys_on_every_screen_and_puts_them_away(keys: tuple[str, ...]) -> None:
    app = chat(FakeService())
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, "as of")
        await pilot.press(*keys)
        await until(pilot, lambda: len(app.screen_stack) == 1 + len(keys))
        await pilot.press("f1")
        await see(pilot, "~ partly supported")
        await pilot.press("f1")
        await until(pilot, lambda: len(app.screen_stack) == 1 + len(keys))


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (300, 90)])
async def test_any_size_of_terminal_is_survived(size: tuple[int, int]) -> None:
    service = FakeService()
    async with chat(service).run_test(size=SIZE, notifications=True) as pilot:
        await ask(pilot)
        await see(pilot, QUAKE)
        await pilot.resize_terminal(*size)
        await pilot.press("1")
        await pilot.pause()
        await pilot.resize_terminal(*SIZE)
        await until(pilot, lambda: QUAKE[:20] in shown(pilot.app))


def test_the_chat_loads_nothing_heavy() -> None:
    code = f"import sys, tui.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
