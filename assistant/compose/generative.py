"""Answers written by a chat model from offered evidence alone, streamed sentence by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from assistant.compose.draft import Draft
from assistant.compose.labels import Labels
from assistant.compose.material import best_half, messages
from assistant.compose.parse import DraftParser
from assistant.compose.reply import AGAIN, ChatModelComposer, pieces
from assistant.errors import PromptTooLong, ProviderError
from assistant.evidence.evidence import Evidence
from assistant.types import Turn


class GenerativeComposer(ChatModelComposer):
    """A Composer whose model chooses among all the evidence and cites it."""

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
        labels, answered = Labels(question, evidence), False
        try:
            async with aclosing(pieces(self._model, messages(question, evidence, history), until)) as reply:
                async for piece in reply:
                    for draft in labels.taken_off(parser.feed(piece)):
                        answered = True
                        yield draft
        except ProviderError:
            for draft in labels.taken_off(parser.finish(complete=False)):
                yield draft
            raise
        for draft in labels.taken_off(parser.finish()):
            answered = True
            yield draft
        self._waits = self._waits or parser.only_closes
        if not (answered or parser.declined):
            raise ProviderError("empty answer: the chat model wrote no sentence", AGAIN)
