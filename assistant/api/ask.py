"""Questions, their answers whole or as they come."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant.api.serving.lifespan import Lifespan, TheLifespan, TheService, left
from assistant.question.said import said
from assistant.service.protocol import Service
from assistant.service.streams import last_of
from assistant.types import Answer, AskRequest, Done

router = APIRouter(tags=["asking"])

_EXAMPLES = {
    "a question": {"value": {"question": "Who won the by-election in Lisk North?"}},
    "a narrower one": {
        "value": {
            "question": "What was said about the ferry strike?",
            "filters": {"outlets": ["Harbour Post"], "since": "2026-10-01"},
            "top_k": 5,
        }
    },
    "a follow-up": {"value": {"question": "And when did it end?", "conversation_id": "4f1c09aa21b7"}},
}


def _asked(request: Annotated[AskRequest, Body(openapi_examples=_EXAMPLES)], service: TheService) -> AskRequest:
    """The request, with a question that says something. Refused before it is begun where too many wait already."""
    service.questions.require()
    return request.model_copy(update={"question": said(request.question)})


Asked = Annotated[AskRequest, Depends(_asked)]


async def answered(request: AskRequest, service: Service, lifespan: Lifespan, http: Request) -> Answer:
    """Wait for the answer, as long as the one who asked waits. Raises what answering ended with."""
    return (await last_of(lifespan.until_closing(service.events(request), gone=left(http)), Done)).answer


@router.post("/ask")
async def ask(request: Asked, service: TheService, lifespan: TheLifespan, http: Request) -> Answer:
    """Answer a question from the archive. Every statement names the passages that support it.

    A question that the archive cannot answer is refused, with a receipt of what was searched.
    """
    return await answered(request, service, lifespan, http)


@router.post("/ask/stream", response_class=EventSourceResponse)
async def ask_stream(request: Asked, service: TheService, lifespan: TheLifespan) -> AsyncIterator[ServerSentEvent]:
    """Answer a question as server-sent events.

    They are understood, sources, any number of statement, and one done or error at the end.
    """
    async for event in lifespan.until_closing(service.events(request)):
        yield ServerSentEvent(data=event, event=event.event)
