"""Steps of answering that a program which asks by way of LangChain can follow."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

Value = TypeVar("Value")


async def step(name: str, work: Callable[[], Awaitable[Value]], given: str) -> Value:
    """What `work` comes to. To the callbacks of LangChain's caller, where there is one, it is a run on `given`."""
    if not _is_followed():
        return await work()
    from langchain_core.runnables import RunnableLambda

    async def done(_given: str) -> Value:
        return await work()

    return await RunnableLambda(done, name=name).ainvoke(given)


def _is_followed() -> bool:
    """Whether this runs inside a Runnable. Nobody pays for LangChain's import who does not use it."""
    if "langchain_core.runnables.config" not in sys.modules:
        return False
    from langchain_core.runnables.config import var_child_runnable_config

    return var_child_runnable_config.get() is not None
