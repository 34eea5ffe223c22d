"""Dateline for Python programs: an archive to ask and to search, whoever owns it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any, Self

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.build import open_service, unfollowed
from assistant.news_retriever import NewsRetriever
from assistant.service.blocking import each, wait_for
from assistant.settings import Settings
from assistant.types import Answer, AskRequest, Filter, SearchOrder, SearchResults, StreamEvent
from ingest.types import EVERYTHING

log = logging.getLogger("dateline")


class Dateline(Runnable[Any, Any]):
    """Answers questions through the service that owns the archive, or opens the archive in this process.

    A LangChain Runnable: `invoke` and `ainvoke` take a question, a dictionary or an AskRequest and give an Answer;
    `stream` and `astream` give the events of an answer. Use it in a `with`, or close it. Without settings it takes
    those of the environment. Raises what `Archive.open` raises.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings.load()
        self._open = ExitStack()
        self._service = self._open.enter_context(open_service(self.settings))
        for note in unfollowed(self._service, self.settings):
            log.warning("%s", note)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._open.close()

    def search(
        self, query: str, filters: Filter = EVERYTHING, limit: int = 10, order: SearchOrder = "relevance"
    ) -> SearchResults:
        """The best passage of each article, best or newest first."""
        return wait_for(self._service.search(query, filters, limit, order))

    def retriever(self, **options: Any) -> NewsRetriever:
        """A LangChain retriever on the same archive; the options are the fields of NewsRetriever."""
        return NewsRetriever(service=self._service, **options)

    def invoke(self, input: Any, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002
        answer: Answer = self._call_with_config(self._answer, input, config)
        return answer

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002
        async def answered(given: Any) -> Answer:
            return await asyncio.to_thread(self._answer, given)

        answer: Answer = await self._acall_with_config(answered, input, config)
        return answer

    def stream(
        self,
        input: Any,  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> Iterator[StreamEvent]:
        yield from self._transform_stream_with_config(iter([input]), self._events, config)

    async def astream(
        self,
        input: Any,  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> AsyncIterator[StreamEvent]:
        async def given() -> AsyncIterator[Any]:
            yield input

        async for event in self._atransform_stream_with_config(given(), self._aevents, config):
            yield event

    def _events(self, inputs: Iterator[Any]) -> Iterator[StreamEvent]:
        for given in inputs:
            yield from each(partial(self._service.events, as_request(given)))

    async def _aevents(self, inputs: AsyncIterator[Any]) -> AsyncIterator[StreamEvent]:
        async for given in inputs:
            events = self._events(iter([given]))
            while (event := await asyncio.to_thread(next, events, None)) is not None:
                yield event

    def _answer(self, given: Any) -> Answer:
        return wait_for(self._service.ask(as_request(given)))


def as_request(value: str | dict[str, Any] | AskRequest) -> AskRequest:
    """A question in any of the forms that LangChain's callers use."""
    if isinstance(value, AskRequest):
        return value
    return AskRequest.model_validate({"question": value} if isinstance(value, str) else value)
