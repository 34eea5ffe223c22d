"""POST /v1/responses: a question, or a conversation that goes on, answered from the archive."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic_core import to_json
from starlette.responses import StreamingResponse

from assistant.api.ask import answered
from assistant.api.described import STREAMED
from assistant.api.errors import Refused
from assistant.api.openai.events import Events, begun, frame, streamed
from assistant.api.openai.failure import Failure
from assistant.api.openai.given import MODEL, Format, ResponseRequest, TextOptions, require_model
from assistant.api.openai.telling import Telling, UrlCitation
from assistant.api.serving.lifespan import TheLifespan, TheService
from assistant.service.protocol import Service
from assistant.types import Answer, Done, Failed, Stated
from ingest.errors import NotFound
from ingest.types import Frozen

router = APIRouter(tags=["OpenAI-compatible"])

Status = Literal["in_progress", "completed", "failed"]


class Annotation(UrlCitation):
    """A citation, as the protocol has it."""

    type: Literal["url_citation"] = "url_citation"


class OutputText(Frozen):
    """The answer, with a mark such as [1] after each sentence, and what the marks stand for."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: tuple[Annotation, ...] = ()
    logprobs: tuple[()] = ()


class OutputMessage(Frozen):
    """The message of the assistant."""

    id: str
    type: Literal["message"] = "message"
    role: Literal["assistant"] = "assistant"
    status: Literal["in_progress", "completed"] = "completed"
    content: tuple[OutputText, ...] = ()


class ResponseFailure(Frozen):
    """Why a response failed that had begun to stream."""

    code: str
    message: str


class Response(Frozen):
    """A response.

    id        for `previous_response_id` of a follow-up, if the answer is kept
    dateline  the whole answer, as POST /ask gives it
    """

    id: str
    object: Literal["response"] = "response"
    created_at: int
    status: Status
    error: ResponseFailure | None = None
    incomplete_details: None = None
    instructions: str | None = None
    metadata: dict[str, Any]
    model: str = MODEL
    output: tuple[OutputMessage, ...] = ()
    parallel_tool_calls: bool = False
    previous_response_id: str | None = None
    store: bool
    temperature: None = None
    text: TextOptions = TextOptions(format=Format())
    tool_choice: Literal["none"] = "none"
    tools: tuple[()] = ()
    top_p: None = None
    truncation: Literal["disabled"] = "disabled"
    usage: None = None
    dateline: Answer | None = None


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: STREAMED,
    400: {"model": Failure, "description": "The request is not valid."},
    404: {"model": Failure, "description": "There is no such model, or no such response to follow."},
}


@router.post("/v1/responses", response_model=Response, responses=_RESPONSES)
async def create_response(
    asked: ResponseRequest, service: TheService, lifespan: TheLifespan, http: Request
) -> Response | StreamingResponse:
    """Answer a question, as a server of the OpenAI protocol; with `stream` as server-sent events."""
    require_model(asked.model)
    request = asked.question()
    if asked.previous_response_id is not None:
        await _require_conversation(service, asked.conversation_id or "")
    if request.conversation_id is None:
        request = request.model_copy(update={"conversation_id": secrets.token_hex(6)})
    making = _Making(asked, str(request.conversation_id), Telling(str(http.base_url)))
    if not asked.stream:
        return making.whole(await answered(request, service, lifespan, http))
    return streamed(making.frames(await begun(lifespan.until_closing(service.events(request)))))


async def _require_conversation(service: Service, conversation_id: str) -> None:
    try:
        await service.conversation(conversation_id, limit=1)
    except NotFound as exc:
        hint = "only a response that was stored can be followed"
        raise Refused(404, "previous_response_not_found", "there is no such response", hint) from exc


@dataclass
class _Making:
    """A response, made whole or event by event."""

    asked: ResponseRequest
    conversation_id: str
    telling: Telling
    created: int = field(default_factory=lambda: int(time.time()))
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    sent: int = 0

    @property
    def _message_id(self) -> str:
        return f"msg_{self.nonce}"

    def whole(self, answer: Answer) -> Response:
        self.telling.finished(answer)
        return self._response("completed", answer)

    def _response(
        self, status: Status, answer: Answer | None = None, error: ResponseFailure | None = None
    ) -> Response:
        return Response(
            id=f"resp_{self.conversation_id}_{self.nonce}",
            created_at=self.created,
            status=status,
            error=error,
            instructions=self.asked.instructions,
            metadata=self.asked.metadata or {},
            output=(self._message(answer),) if answer else (),
            previous_response_id=self.asked.previous_response_id,
            store=self.asked.store is not False,
            dateline=answer,
        )

    def _message(self, answer: Answer) -> OutputMessage:
        return OutputMessage(id=self._message_id, content=(self._part(answer),))

    def _part(self, answer: Answer) -> OutputText:
        cited = tuple(Annotation(**one.model_dump()) for one in self.telling.citations(answer))
        return OutputText(text=self.telling.text, annotations=cited)

    async def frames(self, events: Events) -> AsyncIterator[str]:
        """The text as it comes, its citations, and the response at the end."""
        for kind in ("created", "in_progress"):
            yield self._frame(f"response.{kind}", response=self._response("in_progress"))
        opened = OutputMessage(id=self._message_id, status="in_progress")
        yield self._frame("response.output_item.added", output_index=0, item=opened)
        yield self._in_part("response.content_part.added", part=OutputText(text=""))
        async with aclosing(events):
            async for event in events:
                match event:
                    case Stated():
                        if piece := self.telling.stated(event):
                            yield self._delta(piece)
                    case Failed():
                        error = ResponseFailure(code="server_error", message=f"{event.message} ({event.code})")
                        yield self._frame("response.failed", response=self._response("failed", error=error))
                    case Done(answer=answer):
                        for last in self._last(answer):
                            yield last

    def _last(self, answer: Answer) -> Iterator[str]:
        if rest := self.telling.finished(answer):
            yield self._delta(rest)
        part = self._part(answer)
        for index, one in enumerate(part.annotations):
            yield self._in_part("response.output_text.annotation.added", annotation_index=index, annotation=one)
        yield self._in_part("response.output_text.done", text=part.text, logprobs=[])
        yield self._in_part("response.content_part.done", part=part)
        yield self._frame("response.output_item.done", output_index=0, item=self._message(answer))
        yield self._frame("response.completed", response=self._response("completed", answer))

    def _delta(self, piece: str) -> str:
        return self._in_part("response.output_text.delta", delta=piece, logprobs=[])

    def _in_part(self, kind: str, **fields: Any) -> str:
        return self._frame(kind, item_id=self._message_id, output_index=0, content_index=0, **fields)

    def _frame(self, kind: str, **fields: Any) -> str:
        data = to_json({"type": kind, "sequence_number": self.sent, **fields}).decode()
        self.sent += 1
        return frame(data, kind)
