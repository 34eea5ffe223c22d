"""Answers written by a chat model from offered evidence alone, streamed sentence by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from assistant.compose.draft import Draft, Evidence
from assistant.compose.faults import explain
from assistant.compose.material import best_half, messages
from assistant.compose.parse import DraftParser
from assistant.errors import AnswerCut, PromptTooLong, ProviderError, ProviderTimeout
from assistant.types import Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

MAX_BYTES = 64 * 1024
_WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "completed", "complete", "eos", "eos_token"})
_REASONS = ("finish_reason", "stop_reason", "done_reason", "stopReason", "status")
_AGAIN = "ask again"


class GenerativeComposer:
    """A Composer on any LangChain chat model. No tool is bound to it: all it can do is write.

    name      shown as the answer's model
    deadline  seconds for one whole answer
    """

    def __init__(self, model: BaseChatModel, *, name: str, deadline: float = 60.0) -> None:
        self.name = name
        self._model = model
        self._deadline = deadline
        self._waits = False  # whether the model writes reasoning of which only the end is marked

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        """Drafts as the model completes them; none where it says that the evidence does not answer.

        A prompt too long for the model is tried once more with the better half of the evidence. Closing the
        iterator closes the connection to the provider.

        Raises ProviderError: ProviderTimeout after the deadline, AnswerCut after the drafts of a cut answer.
        """
        until = asyncio.get_running_loop().time() + self._deadline
        try:
            async with aclosing(self._drafts(question, evidence, history, until)) as drafts:
                async for draft in drafts:
                    yield draft
            return
        except PromptTooLong:
            if len(evidence) < 2:
                raise
        async with aclosing(self._drafts(question, best_half(evidence), (), until)) as drafts:
            async for draft in drafts:
                yield draft

    async def _drafts(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn], until: float
    ) -> AsyncGenerator[Draft, None]:
        parser = DraftParser([item.key for item in evidence], waits=self._waits)
        try:
            async with aclosing(self._pieces(messages(question, evidence, history), until)) as pieces:
                async for piece in pieces:
                    for draft in parser.feed(piece):
                        yield draft
        except ProviderError:
            for draft in parser.finish(complete=False):
                yield draft
            raise
        for draft in parser.finish():
            yield draft
        self._waits = self._waits or parser.only_closes
        if not parser.answered:
            raise ProviderError("empty answer: the chat model wrote no sentence", _AGAIN)

    async def _pieces(self, prompt: list[BaseMessage], until: float) -> AsyncGenerator[str, None]:
        """The reply's text as it comes. Raises ProviderError unless it came to a proper end."""
        stream = cast("AsyncGenerator[AIMessageChunk, None]", self._model.astream(prompt))
        size, reason, told = 0, "", False
        async with aclosing(stream):
            while (chunk := await _next(stream, until, begun=size > 0)) is not None:
                piece = str(chunk.text)
                size += len(piece.encode(errors="replace"))
                if size > MAX_BYTES:
                    raise AnswerCut("the answer was cut off: the chat model does not stop writing", _AGAIN)
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
            raise AnswerCut("the answer was cut off on its way from the chat model", _AGAIN) from exc
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
    raise AnswerCut(f"the answer was cut off: {why}", _AGAIN)
