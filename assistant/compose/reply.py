"""What a chat model replies, piece by piece, up to a proper end and within a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from assistant.compose.faults import explain
from assistant.errors import AnswerCut, ProviderTimeout
from assistant.traced import traced

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

MAX_BYTES = 64 * 1024
AGAIN = "ask again"
_WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "completed", "complete", "eos", "eos_token"})
_REASONS = ("finish_reason", "stop_reason", "done_reason", "stopReason", "status")


class ChatModelComposer:
    """What composers on a LangChain chat model have in common. No tool is bound to it: all it can do is write.

    name      shown as the answer's model
    deadline  seconds for one whole answer
    """

    strict = False

    def __init__(self, model: BaseChatModel, *, name: str, deadline: float = 60.0) -> None:
        self.name = name
        self._model = model
        self._deadline = deadline
        self._waits = False  # whether the model writes reasoning of which only the end is marked


async def pieces(model: BaseChatModel, prompt: Sequence[BaseMessage], until: float) -> AsyncGenerator[str, None]:
    """The reply's text as it comes, until that time of the loop; closing this closes the connection.

    Raises ProviderError unless the reply came to a proper end.
    """
    stream = cast("AsyncGenerator[AIMessageChunk, None]", model.astream(list(prompt)))
    size, reason, told = 0, "", False
    with traced("model", leaf=True):
        async with aclosing(stream):
            while (chunk := await _next(stream, until, begun=size > 0)) is not None:
                piece = str(chunk.text)
                size += len(piece.encode(errors="replace"))
                if size > MAX_BYTES:
                    raise AnswerCut("the answer was cut off: the chat model does not stop writing", AGAIN)
                reason = _reason(chunk) or reason
                told = told or "model_provider" in chunk.response_metadata
                yield piece
        _require_end(reason, told=told)


async def _next(stream: AsyncIterator[AIMessageChunk], until: float, *, begun: bool) -> AIMessageChunk | None:
    """The next chunk, None at the end; whatever goes wrong is a ProviderError."""
    try:
        async with asyncio.timeout_at(until):
            return await anext(stream, None)
    except Exception as exc:
        error = explain(exc)
        if begun and not isinstance(error, ProviderTimeout):
            raise AnswerCut("the answer was cut off on its way from the chat model", AGAIN) from exc
        raise error from exc


def _reason(chunk: AIMessageChunk) -> str:
    """Why the model stopped, as the providers name it; empty while it goes on."""
    said = (chunk.response_metadata.get(name) for name in _REASONS)
    return next((value for value in said if isinstance(value, str) and value != "in_progress"), "")


def _require_end(reason: str, *, told: bool) -> None:
    """A stream that ends without a reason, from a provider that has reasons, has lost its end on the way."""
    if reason.lower() in _WHOLE or (not reason and not told):
        return
    why = f"it ended with {reason[:40]!r}" if reason else "its end did not arrive"
    raise AnswerCut(f"the answer was cut off: {why}", AGAIN)
