"""Looking at the screen as a person does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from tests.tui.service import FakeService
from tests.waiting import PATIENCE
from tui.app import DatelineApp
from tui.widgets.prompt import Prompt

SIZE = (80, 24)
WIDE = (120, 36)


def shown(app: App[Any]) -> str:
    """The characters on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.screen.size))


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait until the condition holds, and say what was on the screen where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain; the screen:\n{shown(pilot.app)}"
        await asyncio.sleep(0.01)
        await pilot.pause()


async def see(pilot: Pilot[Any], text: str) -> None:
    """Wait until the text is on the screen, wherever its lines are broken."""
    await until(pilot, lambda: text in " ".join(shown(pilot.app).split()))


async def type_in(pilot: Pilot[Any], text: str) -> None:
    await pilot.press(*({" ": "space", "?": "question_mark", "/": "slash"}.get(each, each) for each in text))


async def ask(pilot: Pilot[Any], question: str = "Is the harbour open?") -> None:
    """Put a question on the line and send it; `type_in` is for where the keys themselves matter."""
    pilot.app.screen.query_one(Prompt).insert(question)
    await pilot.press("enter")


def chat(service: FakeService) -> DatelineApp:
    return DatelineApp(service.connect)
