"""The same calls give the same, whether the archive is opened here or a service is asked over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.service.client import Client
from assistant.service.errors import as_error
from assistant.service.local import LocalService
from assistant.service.protocol import Service
from assistant.service.runs import report_of
from assistant.types import AskRequest, CollectionChange, FeedRequest, Filter, RetentionRequest
from assistant.types.jobs import RetryJob
from ingest.errors import ArchiveBusy, DatelineError, NotFound, SourceError
from ingest.types import Member
from tests.assistant.conftest import LOCAL_URL, WITH_TOKEN, an_app

CALLS: dict[str, Callable[[Service], Awaitable[object]]] = {
    "articles": lambda service: service.articles(text="dam", limit=2),
    "outlets": lambda service: service.outlets(),
    "outcomes": lambda service: service.outcomes(status="added"),
    "sources": lambda service: service.sources(),
    "feeds": lambda service: service.feeds(),
    "collections": lambda service: service.collections(),
    "retention": lambda service: service.retention(),
    "jobs": lambda service: service.jobs("failed", limit=3),
    "readiness": lambda service: service.readiness(),
    "examine": lambda service: service.examine(),
    "search": lambda service: service.search("crack in the dam", Filter(outlets=("Valley Gazette",)), 3, "newest"),
}
OF_A_CONVERSATION: list[Callable[[Service], Awaitable[object]]] = [
    lambda service: service.conversation("talk"),
    lambda service: service.conversation("talk", before=2, limit=1),
    lambda service: service.conversations(text="ferry", limit=3),
    lambda service: service.rename_conversation("talk", "The strike"),
    lambda service: service.export_conversation("talk", "markdown"),
]
OF_AN_ARTICLE: dict[str, Callable[[Service, str], Awaitable[object]]] = {
    "article": lambda service, one: service.article(one),
    "versions": lambda service, one: service.versions(one),
    "related": lambda service, one: service.related(one),
    "difference": lambda service, one: service.difference(one),
    "remove": lambda service, one: service.remove(one),
}


@pytest.fixture
async def app(tmp_path: Path, newsroom: Path) -> AsyncIterator[FastAPI]:
    made = an_app(tmp_path / "archive", newsroom)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def there(app: FastAPI) -> AsyncIterator[Client]:
    http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=LOCAL_URL, headers=WITH_TOKEN)
    client = Client(http)
    await client.outlets()  # it waits for a service that warms up
    yield client
    await client.close()


@pytest.fixture
def here(app: FastAPI, there: Client) -> LocalService:
    service: LocalService = app.state.lifespan.service
    return service


async def test_what_is_read_is_the_same(here: Service, there: Client) -> None:
    for name, call in CALLS.items():
        assert await call(there) == await call(here), name
    [dam] = (await here.articles(text="dam")).articles
    for name in ("article", "versions", "related"):
        assert await OF_AN_ARTICLE[name](there, dam.article_id) == await OF_AN_ARTICLE[name](here, dam.article_id)


async def test_answers_and_conversations_are_the_same(here: Service, there: Client) -> None:
    asked = AskRequest(question="When did the ferry strike in Port Ellery end?", conversation_id="talk")
    first, second = await here.ask(asked), await there.ask(asked)
    assert first.text == second.text
    for call in OF_A_CONVERSATION:
        assert await call(there) == await call(here)
    await there.delete_conversation("talk")
    assert (await here.conversations()).total == 0
    streamed = [event.event async for event in there.events(asked)]
    assert streamed == [event.event async for event in here.events(asked)]


@pytest.mark.parametrize("name", OF_AN_ARTICLE)
async def test_what_is_not_there_is_the_same_error(here: Service, there: Client, name: str) -> None:
    for service in (here, there):
        with pytest.raises(NotFound):
            await OF_AN_ARTICLE[name](service, "nobody")


async def test_what_is_noted_here_is_read_there(here: Service, there: Client) -> None:
    await there.add_feeds(FeedRequest(addresses=("https://wire.example/feed",)))
    assert [one.address for one in await here.feeds()] == ["https://wire.example/feed"]
    await there.remove_feed("https://wire.example/feed")
    assert await here.feeds() == ()
    [source] = await there.sources()
    limit = await there.set_retention(RetentionRequest(kind="source", value=source.address, days=90))
    assert await here.retention() == (limit,)
    await there.end_retention("source", source.address)
    assert await here.retention() == ()
    members = (Member(kind="source", value=source.address),)
    await there.change_collection(CollectionChange(name="news", add=members))
    assert await here.articles(collection="News", limit=2) == await there.articles(collection="News", limit=2)
    assert (await here.articles(collection="News", limit=2)).total == 3
    for service in (here, there):
        with pytest.raises(NotFound, match="there is no collection typo"):
            await service.articles(collection="typo")
    await there.forget_source(source.address)
    assert await here.sources() == ()


async def test_runs_end_with_a_report_or_with_why_not(here: Service, there: Client, tmp_path: Path) -> None:
    bus = b'{"title": "Bus", "text": "A night bus will run from December on."}'
    for service, first in ((here, True), (there, False)):
        report = await report_of(service.ingest_upload(bus, "bus.json"))
        assert (report.counts["added"], report.counts["unchanged"]) == (first, not first)
        assert (await report_of(service.reindex())).counts["unchanged"] == 3
        assert (await report_of(service.retry())).outcomes == ()
        with pytest.raises(SourceError):
            await report_of(service.ingest([str(tmp_path / "nowhere")]))
        await service.stop()


async def test_jobs_are_steered_from_there_as_from_here(here: LocalService, there: Client) -> None:
    begun = await here.queue.begin(RetryJob(does="retry"))
    over = [job async for job in here.queue.follow(begun.id)][-1]
    assert await there.job(begun.id) == await here.job(begun.id) == await there.cancel_job(begun.id) == over
    assert (await there.retry_job(begun.id)).state == "waiting"
    await there.forget_job(begun.id)
    assert (await here.jobs()).total == 0
    for call in (there.job, there.cancel_job, there.retry_job, there.forget_job):
        with pytest.raises(NotFound):
            await call(begun.id)


def test_an_error_that_crossed_the_wire_is_of_the_class_that_has_its_code() -> None:
    assert type(as_error("source", "x")) is SourceError
    assert type(as_error("archive_busy", "x")) is ArchiveBusy
    assert type(as_error("unheard_of", "x")) is DatelineError
