"""Answers by a small chat model: it reads one passage and writes one sentence, and code says what that cites."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from assistant.compose.draft import Draft, Evidence, settled
from assistant.compose.labels import Labels
from assistant.compose.material import small_messages
from assistant.compose.parse import DraftParser
from assistant.compose.reply import AGAIN, pieces
from assistant.errors import ProviderError
from assistant.speech import kind_of, speaker_of
from assistant.types import Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST = 3  # sentences of an answer, where several things are asked for


class OneSentenceComposer:
    """A Composer on any LangChain chat model, with a prompt that a small one understands.

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
        """A sentence about the best evidence, or about the best for each of several things that are asked for.

        Raises ProviderError where the model does not come to the end of a sentence.
        """
        until = asyncio.get_running_loop().time() + self._deadline
        for one in [one for one in evidence if one.leads][:MOST] or evidence[:1]:
            yield await self._sentence(question, one, until)

    async def _sentence(self, question: str, one: Evidence, until: float) -> Draft:
        parser = DraftParser((), waits=self._waits)
        drafts: list[Draft] = []
        try:
            async with aclosing(pieces(self._model, small_messages(question, one), until)) as reply:
                async for piece in reply:
                    drafts += parser.feed(piece)
        except ProviderError:
            written = _first(question, one, [*drafts, *parser.finish(complete=False)])
            if written is None:  # a whole sentence is an answer, wherever the reply was cut after it
                raise
            return written
        written = _first(question, one, [*drafts, *parser.finish()])
        self._waits = self._waits or parser.only_closes
        if written is None:
            raise ProviderError("empty answer: the chat model wrote no sentence", AGAIN)
        return written


def _first(question: str, one: Evidence, drafts: Sequence[Draft]) -> Draft | None:
    """The first sentence of a reply, as one that rests on what the model was given."""
    written = next(iter(Labels(question, [one]).taken_off(settled(drafts))), None)
    if written is None:
        return None
    return Draft(written.text, (one.key,), kind_of(written.text), speaker_of(written.text))
