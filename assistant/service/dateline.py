"""Dateline for Python programs: an archive to ask, to search and to ingest into, whoever owns it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from os import PathLike, fspath
from typing import Any, Self, Unpack

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.messages import BaseMessage, HumanMessage, convert_to_messages
from langchain_core.prompt_values import PromptValue
from langchain_core.runnables import Runnable, RunnableConfig
from pydantic import ValidationError
from pydantic_core import to_json

from assistant.errors import QuestionError
from assistant.service.blocking import each, each_elsewhere, elsewhere, wait_for
from assistant.service.news_retriever import NewsRetriever
from assistant.service.opening import open_service, unfollowed
from assistant.service.protocol import Service
from assistant.service.runs import report_of
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    AskRequest,
    Filter,
    Listing,
    Report,
    SearchOrder,
    SearchResults,
    StreamEvent,
)
from ingest.embedding.embedder import Embedder
from ingest.errors import SettingsError, SourceError
from ingest.misfit import misfits
from ingest.source_kind import looks_like_link
from ingest.types import EVERYTHING

log = logging.getLogger("dateline")

Embeddings.register(Embedder)  # type: ignore[type-abstract]

AskInput = str | dict[str, Any] | AskRequest | PromptValue | Sequence[BaseMessage]
# A path or a link; or an article of its own: a LangChain document, or a record with the fields of POST /articles.
Source = str | PathLike[str] | Document | Mapping[str, Any]


class Dateline(Runnable[AskInput, Any]):
    """Answers questions through the service that owns the archive, or opens the archive in this process.

    `with Dateline.open(path) as news: news.ask("…")`. Without a path it opens the archive of the environment's
    settings; `open` also takes the address of a running service.

    It is a LangChain Runnable: `invoke` and `ainvoke` take a question, its fields or messages and give an Answer;
    `stream` and `astream` give the events of an answer. Raises what `Archive.open` raises.

    service   everything that can be asked of the archive, asynchronously
    """

    def __init__(self, settings: Settings | None = None, *, service: Service | None = None) -> None:
        self._open, self._closed = ExitStack(), False
        if service is not None:
            self._service = service
            self._open.callback(lambda: wait_for(service.close()))
            return
        used = settings or Settings.load()
        self._service = self._open.enter_context(open_service(used))
        for note in unfollowed(self._service, used):
            log.warning("%s", note)

    @property
    def service(self) -> Service:
        if self._closed:
            raise QuestionError("this Dateline is closed", "open it again")
        return self._service

    @classmethod
    def open(cls, place: str | PathLike[str] | None = None, *, token: str = "", **settings: Any) -> Self:
        """Open the archive in a folder, or use the service at an address.

        place     a folder, or http://HOST:PORT; by default the folder of the environment's settings
        token     what a service at an address asks for, if anything
        settings  for an archive opened here, in place of the environment's: model="openai:gpt-5"

        Raises SettingsError for a token with a folder, and for settings with an address.
        """
        address = None if place is None else fspath(place)
        if address is None or not looks_like_link(address):
            if token:
                raise SettingsError("a token is for the address of a service", "leave it out for a folder")
            return cls(Settings.load(data=address, **settings))
        if settings:
            named = ", ".join(settings)
            raise SettingsError(f"a running service has its own settings: {named}", "set them where it is started")
        from assistant.service.client import Client

        return cls(service=Client.at(address, token))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closed = True
        self._open.close()

    # Asking

    def ask(self, question: AskInput, **given: Any) -> Answer:
        """The answer to a question; what else is given are the fields of AskRequest: filters=…, top_k=5."""
        return wait_for(self.service.ask(as_request(question, **given)))

    def search(
        self, query: str, filters: Filter = EVERYTHING, limit: int = 10, order: SearchOrder = "relevance"
    ) -> SearchResults:
        """The best passage of each article, best or newest first."""
        return wait_for(self.service.search(query, filters, limit, order))

    def retriever(self, **options: Any) -> NewsRetriever:
        """A LangChain retriever on the same archive; the options are the fields of NewsRetriever."""
        return NewsRetriever(service=self.service, **options)

    # Articles

    def ingest(self, sources: Source | Iterable[Source]) -> Report:
        """Ingest files, folders, links, LangChain documents and records. Files, folders and links are remembered.

        The report names what failed. Raises SourceError for a path that does not exist.
        """
        given = [sources] if isinstance(sources, str | PathLike | Document | Mapping) else list(sources)
        places = [fspath(one) for one in given if isinstance(one, str | PathLike)]
        records = [one for one in given if not isinstance(one, str | PathLike)]
        reports = []
        if places:
            reports.append(wait_for(report_of(self.service.ingest(places))))
        if records:
            content = b"\n".join(map(_record, records))
            reports.append(wait_for(report_of(self.service.ingest_upload(content, "python.jsonl"))))
        return _together(reports)

    def articles(self, **wanted: Unpack[Listing]) -> ArticleList:
        """One page of the articles, the latest first. Raises NotFound for a collection that is not there."""
        return wait_for(self.service.articles(**wanted))

    def article(self, article_id: str, version: str | None = None) -> Article:
        """An article in full, as it is or as it was in a version. Raises NotFound."""
        return wait_for(self.service.article(article_id, version))

    def remove(self, article_id: str) -> None:
        """Remove an article with all its versions. Raises NotFound."""
        wait_for(self.service.remove(article_id))

    # As a Runnable

    @property
    def InputType(self) -> Any:  # noqa: N802
        return AskInput

    @property
    def OutputType(self) -> type[Answer]:  # noqa: N802
        return Answer

    def invoke(self, input: AskInput, config: RunnableConfig | None = None, **given: Any) -> Answer:  # noqa: A002
        answer: Answer = self._call_with_config(self._answer, input, config, **given)
        return answer

    async def ainvoke(self, input: AskInput, config: RunnableConfig | None = None, **given: Any) -> Answer:  # noqa: A002
        answer: Answer = await self._acall_with_config(self._aanswer, input, config, **given)
        return answer

    def stream(
        self,
        input: AskInput,  # noqa: A002
        config: RunnableConfig | None = None,
        **given: Any,
    ) -> Iterator[StreamEvent]:
        yield from self._transform_stream_with_config(iter([input]), self._events, config, **given)

    async def astream(
        self,
        input: AskInput,  # noqa: A002
        config: RunnableConfig | None = None,
        **given: Any,
    ) -> AsyncIterator[StreamEvent]:
        async def one() -> AsyncIterator[Any]:
            yield input

        async for event in self._atransform_stream_with_config(one(), self._aevents, config, **given):
            yield event

    def _answer(self, given: AskInput, run_manager: Any, config: RunnableConfig, **fields: Any) -> Answer:
        return wait_for(self.service.ask(_in_thread(as_request(given, **fields), config)))

    async def _aanswer(self, given: AskInput, run_manager: Any, config: RunnableConfig, **fields: Any) -> Answer:
        return await elsewhere(self.service.ask(_in_thread(as_request(given, **fields), config)))

    def _events(
        self, inputs: Iterator[AskInput], run_manager: Any, config: RunnableConfig, **fields: Any
    ) -> Iterator[StreamEvent]:
        for given in inputs:
            yield from each(partial(self.service.events, _in_thread(as_request(given, **fields), config)))

    async def _aevents(
        self, inputs: AsyncIterator[AskInput], run_manager: Any, config: RunnableConfig, **fields: Any
    ) -> AsyncIterator[StreamEvent]:
        async for given in inputs:
            request = _in_thread(as_request(given, **fields), config)
            async for event in each_elsewhere(partial(self.service.events, request)):
                yield event


def as_request(value: AskInput, **given: Any) -> AskRequest:
    """A question in any of the forms that LangChain's callers use; of messages, the last of a person.

    Raises QuestionError for one that cannot be asked.
    """
    match value:
        case AskRequest():
            fields = value.model_dump(exclude_unset=True)
        case str():
            fields = {"question": value}
        case PromptValue():
            fields = {"question": _last_said(value.to_messages())}
        case Mapping() if "messages" in value:
            fields = {**value, "question": _last_said(value["messages"])}
            del fields["messages"]
        case Mapping():
            fields = dict(value)
        case _:
            fields = {"question": _last_said(value)}
    try:
        return AskRequest.model_validate({**fields, **given})
    except ValidationError as exc:
        raise QuestionError(f"this cannot be asked: {misfits(exc.errors())}", "see AskRequest") from exc


def _last_said(messages: Sequence[Any]) -> str:
    """The text of the last message of a person."""
    said = [message for message in convert_to_messages(messages) if isinstance(message, HumanMessage)]
    return str(said[-1].text) if said else ""


def _in_thread(request: AskRequest, config: RunnableConfig) -> AskRequest:
    """The request in the conversation that LangChain's configuration names as its thread, if it names one."""
    thread = (config.get("configurable") or {}).get("thread_id")
    if thread is None or request.conversation_id:
        return request
    return as_request(request, conversation_id=str(thread))


def _record(given: object) -> bytes:
    """A line of JSON for an article that a program holds."""
    if not isinstance(given, Document | Mapping):
        hint = "give a path, a link, a LangChain document or a record such as {'title': …, 'text': …}"
        raise SourceError(f"{type(given).__name__} is no source of articles", hint)
    record = {**given.metadata, "text": given.page_content} if isinstance(given, Document) else given
    return to_json(record, fallback=str)


def _together(reports: Sequence[Report]) -> Report:
    return Report(
        outcomes=tuple(outcome for one in reports for outcome in one.outcomes),
        passages_embedded=sum(one.passages_embedded for one in reports),
        passages_waiting=reports[-1].passages_waiting if reports else 0,
        seconds=sum(one.seconds for one in reports),
        interrupted=any(one.interrupted for one in reports),
    )
