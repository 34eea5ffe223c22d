"""A service with canned answers, spoken to over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from assistant.service.client import Client
from assistant.types import (
    Answer,
    Article,
    ArticleList,
    ArticleSummary,
    AsOf,
    Carrier,
    Citation,
    Done,
    Failed,
    Filter,
    Finished,
    Headline,
    IngestEvent,
    Outcome,
    PageDone,
    Progress,
    Progressed,
    Readiness,
    Receipt,
    Related,
    Report,
    Sources,
    Stated,
    Statement,
    StreamEvent,
    Understood,
)

Events = Sequence[StreamEvent] | Sequence[IngestEvent]

QUAKE = "The harbour of Port Ellis stayed shut on Tuesday after the quake."
FERRY = "Ferry crews expect to sail again by Friday, the port's director said."
FILLER = "Residents went about their day while inspectors walked the piers and took notes. " * 4
TEXT = "\n\n".join([*[FILLER] * 20, f"At noon the news was plain. {QUAKE} Nobody was hurt.", *[FILLER] * 20])


def article(**changes: Any) -> Article:
    values = {
        "id": "quake",
        "title": "Quake shuts harbour of Port Ellis",
        "text": TEXT,
        "outlet": "Coast Courier",
        "url": "https://courier.example/quake",
        "authors": ("Ada Finch",),
        "published": datetime(2026, 10, 27, 12, 5, tzinfo=UTC),
        "published_precision": "minute",
    }
    return Article.model_validate(values | changes)


def citation(number: int = 1, of: Article | None = None, text: str = QUAKE, **changes: Any) -> Citation:
    of = of or article()
    start = of.text.find(text)
    values = {
        "article_id": of.id,
        "version": of.digest,
        "start": start,
        "end": start + len(text),
        "text": text,
        "number": number,
        "outlet": of.outlet,
        "title": of.title,
        "url": of.url,
        "published": of.published,
        "published_precision": of.published_precision,
    }
    return Citation.model_validate(values | changes)


def answer(question: str, *pairs: tuple[Statement, Citation], **changes: Any) -> Answer:
    moment = datetime(2026, 10, 27, tzinfo=UTC)
    values = {
        "question": question,
        "standalone": question,
        "text": " ".join(statement.text for statement, _ in pairs),
        "outcome": "answered",
        "statements": tuple(statement for statement, _ in pairs),
        "citations": tuple({cited.number: cited for _, cited in pairs}.values()),
        "filters": Filter(),
        "as_of": AsOf(newest=moment, oldest=moment) if pairs else None,
        "independent_sources": len(pairs),
        "receipt": None,
        "conversation_id": "talk-1",
        "model": "extractive",
    }
    return Answer.model_validate(values | changes)


def answered(
    question: str = "Is the harbour open?", of: Article | None = None, *, second: str = "quake", **changes: Any
) -> list[StreamEvent]:
    """The events of an answer with two statements, supported and partly; `second` is the article of the second."""
    quake = Statement(text=QUAKE, citations=(1,))
    ferry = Statement(text=FERRY, citations=(2,), support="partly", reason="the day is not in the passage")
    copy = Carrier(article_id="copy", outlet="Inland Post", title="Harbour shut")
    one = citation(1, of, copies=(copy,), **changes)
    two = citation(
        2, article_id=second, text="At noon the news was plain.", published=None, published_said="two hours ago"
    )
    near = Headline(article_id="quake", outlet="Coast Courier", title="Quake shuts harbour of Port Ellis")
    return [
        Understood(standalone=question, filters=Filter()),
        Sources(headlines=(near,)),
        Stated(statement=quake, citations=(one,)),
        Stated(statement=ferry, citations=(two,)),
        Done(answer=answer(question, (quake, one), (ferry, two))),
    ]


def refusal(question: str = "Who won the cup?", **changes: Any) -> Answer:
    """An answer that says why there is none; `changes` are those of its receipt."""
    near = Headline(article_id="quake", outlet="Coast Courier", title="Quake shuts harbour of Port Ellis")
    values = {
        "reason": "no article speaks of a cup",
        "articles_searched": 10,
        "passages_searched": 34,
        "filters": Filter(outlets=("Coast Courier",)),
        "nearest": (near,),
        "hint": "Ingest sports pages.",
    }
    return answer(question, outcome="refused", receipt=Receipt.model_validate(values | changes))


def refused() -> list[StreamEvent]:
    return [Done(answer=refusal())]


def nearest(question: str = "Who shut the harbour?") -> list[StreamEvent]:
    near = Statement(text=QUAKE, citations=(1,), nearest=True)
    receipt = refusal().receipt
    whole = answer(question, outcome="nearest", receipt=receipt, statements=(near,), citations=(citation(),))
    return [Stated(statement=near, citations=(citation(),)), Done(answer=whole)]


def ingested(*, pages: int = 3, interrupted: bool = False) -> list[IngestEvent]:
    outcomes = [
        Outcome(status="added", source="/news/a.txt", title="A"),
        Outcome(status="unchanged", source="/news/b.txt", title="B"),
        Outcome(status="failed", source="/news/c.html", reason="no text could be read"),
    ]
    progress = [Progressed(progress=Progress(done=done, total=pages, place="/news/a.txt")) for done in range(pages)]
    return [
        *progress,
        *(PageDone(outcome=outcome) for outcome in outcomes),
        Finished(report=Report(outcomes=outcomes, interrupted=interrupted)),
    ]


def sse(event: StreamEvent | IngestEvent) -> bytes:
    return f"event: {event.event}\ndata: {event.model_dump_json()}\n\n".encode()


class FakeService:
    """Answers like the API. What a test wants otherwise, it sets; `requests` is what was asked."""

    def __init__(self, *, warm: bool = True) -> None:
        self.answers: list[Sequence[StreamEvent]] = []
        self.intake: Sequence[IngestEvent] = ingested()
        self.articles = {"quake": article()}
        self.orders: list[str] = []
        self.related: dict[str, Related] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self.go_on = asyncio.Event()
        self.go_on.set()
        self.hold_after: int | None = None
        self.closed_streams = 0
        self.dead = False
        self.warm = warm

    def http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.handle), base_url="http://service.test")

    async def connect(self) -> Client:
        return Client(self.http())

    def sent(self, path: str) -> list[Any]:
        return [body for _, requested, body in self.requests if requested == path]

    async def handle(self, request: httpx.Request) -> httpx.Response:
        if self.dead:
            raise httpx.ConnectError("connection refused", request=request)
        body = json.loads(request.content) if request.content else dict(request.url.params)
        self.requests.append((request.method, request.url.path, body))
        match request.method, request.url.path.split("/")[1:]:
            case "GET", ["ready"]:
                return self._ready()
            case "POST", ["ask", "stream"]:
                return self._stream(self.answers.pop(0) if self.answers else answered(body["question"]))
            case "POST", ["sources", "stop"]:
                self.go_on.set()
                return httpx.Response(204)
            case "POST", ["sources"] | ["reindex"]:
                return self._stream(self.intake)
            case "GET", ["articles"]:
                return self._list(body.get("q", ""), body["order"])
            case "GET", ["articles", article_id, "related"]:
                return self._related(article_id)
            case method, ["articles", article_id]:
                return self._article(method, article_id)
        return _error(404, "not_found", "No such page.")

    def _ready(self) -> httpx.Response:
        readiness = Readiness(
            ready=self.warm,
            step="" if self.warm else "loading the model",
            articles=len(self.articles),
            outlets=2,
            newest=datetime(2026, 11, 1, 9, tzinfo=UTC),
            version="1",
        )
        return httpx.Response(200 if self.warm else 503, content=readiness.model_dump_json())

    def _related(self, article_id: str) -> httpx.Response:
        return httpx.Response(200, content=self.related.get(article_id, Related(versions=1)).model_dump_json())

    def _article(self, method: str, article_id: str) -> httpx.Response:
        if article_id not in self.articles:
            return _error(404, "not_found", "No article of that id.")
        if method == "DELETE":
            del self.articles[article_id]
            return httpx.Response(204)
        return httpx.Response(200, content=self.articles[article_id].model_dump_json())

    def _list(self, words: str, order: str) -> httpx.Response:
        self.orders.append(order)
        found = [each for each in self.articles.values() if words.casefold() in each.title.casefold()]
        page = ArticleList(total=len(found), articles=tuple(_summary(each) for each in found))
        return httpx.Response(200, content=page.model_dump_json())

    def _stream(self, events: Events) -> httpx.Response:
        return httpx.Response(200, stream=_Events(self, events), headers={"content-type": "text/event-stream"})


class _Events(httpx.AsyncByteStream):
    """A stream that can be held, and that notes when it is closed, at its end or before."""

    def __init__(self, service: FakeService, events: Events) -> None:
        self._service = service
        self._events = events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for number, event in enumerate(self._events):
            if number == self._service.hold_after:
                await self._service.go_on.wait()
            await asyncio.sleep(0)
            yield sse(event)

    async def aclose(self) -> None:
        self._service.closed_streams += 1


def _summary(each: Article) -> ArticleSummary:
    return ArticleSummary(
        article_id=each.id,
        outlet=each.outlet,
        title=each.title,
        published=each.published,
        passages=4,
        versions=1,
        added=datetime(2026, 11, 1, tzinfo=UTC),
    )


def _error(status: int, code: str, message: str, hint: str = "") -> httpx.Response:
    return httpx.Response(
        status, json={"error": {"code": code, "message": message, "hint": hint, "request_id": "r-1"}}
    )


def failing(message: str = "The model is down.", hint: str = "Try later.") -> list[Failed]:
    return [Failed(code="provider", message=message, hint=hint)]
