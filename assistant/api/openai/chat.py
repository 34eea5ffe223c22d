"""POST /v1/chat/completions: a chat whose last question is answered from the archive."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic_core import to_json
from starlette.responses import StreamingResponse

from assistant.api.ask import answered
from assistant.api.described import STREAMED
from assistant.api.openai.events import Events, begun, frame, streamed
from assistant.api.openai.failure import Failure, failure_of
from assistant.api.openai.given import MODEL, ChatRequest, require_model
from assistant.api.openai.telling import Telling, UrlCitation
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.types import Answer, Done, Failed, Stated
from ingest.types import Frozen

router = APIRouter(tags=["OpenAI-compatible"])


class Annotation(Frozen):
    """A citation, as the protocol has it."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Usage(Frozen):
    """Tokens of a chat model that were used. Without a chat model there are none."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class AssistantMessage(Frozen):
    """The answer, with a mark such as [1] after each sentence, and what the marks stand for."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: tuple[Annotation, ...]


class Choice(Frozen):
    """The one answer."""

    index: Literal[0] = 0
    message: AssistantMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatCompletion(Frozen):
    """A chat, completed.

    usage     null where a chat model wrote the answer: its tokens are not counted
    dateline  the whole answer, as POST /ask gives it
    """

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: tuple[Choice, ...]
    usage: Usage | None
    dateline: Answer


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: STREAMED,
    400: {"model": Failure, "description": "The request is not valid."},
    404: {"model": Failure, "description": "There is no such model."},
}


@router.post("/v1/chat/completions", response_model=ChatCompletion, responses=_RESPONSES)
async def create_chat_completion(
    asked: ChatRequest, service: TheService, lifespan: TheLifespan, http: Request
) -> ChatCompletion | StreamingResponse:
    """Answer the last question of a chat, as a server of the OpenAI protocol; with `stream` as server-sent events."""
    require_model(asked.model)
    request = asked.question()
    making = _Making(Telling(str(http.base_url)))
    if not asked.stream:
        return making.whole(await answered(request, service, lifespan, http))
    events = await begun(lifespan.until_closing(service.events(request)))
    return streamed(making.frames(events, usage=bool(asked.stream_options and asked.stream_options.include_usage)))


@dataclass
class _Making:
    """A completion, made whole or chunk by chunk."""

    telling: Telling
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, answer: Answer) -> ChatCompletion:
        self.telling.finished(answer)
        message = AssistantMessage(content=self.telling.text, annotations=self._annotations(answer))
        choices = (Choice(message=message),)
        return ChatCompletion(
            id=self.id, created=self.created, choices=choices, usage=usage_of(answer), dateline=answer
        )

    async def frames(self, events: Events, *, usage: bool) -> AsyncIterator[str]:
        """The text as it comes, its citations, the reason why it ends, the usage if it was asked for, and the end."""
        yield self._frame(self._choice({"role": "assistant", "content": ""}))
        async with aclosing(events):
            async for event in events:
                match event:
                    case Stated():
                        if piece := self.telling.stated(event):
                            yield self._frame(self._choice({"content": piece}))
                    case Failed():
                        yield frame(failure_of(event).model_dump_json())
                        return
                    case Done(answer=answer):
                        for data in self._last(answer):
                            yield self._frame(data)
                        if usage:
                            used = usage_of(answer)
                            yield self._frame({"choices": [], "usage": used and used.model_dump()})
        yield frame("[DONE]")

    def _last(self, answer: Answer) -> list[dict[str, Any]]:
        rest = self.telling.finished(answer)
        annotations = [one.model_dump() for one in self._annotations(answer)]
        told = [self._choice({"content": rest})] if rest else []
        cited = self._choice({"annotations": annotations})
        end = {**self._choice({}, "stop"), "dateline": answer.model_dump(mode="json")}
        return [*told, cited, end]

    def _annotations(self, answer: Answer) -> tuple[Annotation, ...]:
        return tuple(Annotation(url_citation=one) for one in self.telling.citations(answer))

    def _choice(self, delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        return {"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]}

    def _frame(self, data: dict[str, Any]) -> str:
        head = {"id": self.id, "object": "chat.completion.chunk", "created": self.created, "model": MODEL}
        return frame(to_json({**head, **data}).decode())


def usage_of(answer: Answer) -> Usage | None:
    """None where it is unknown."""
    return Usage() if answer.model == "extractive" else None
