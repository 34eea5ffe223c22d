"""Answers by a small chat model: it reads one passage and writes one sentence, and code says what that cites."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from assistant.compose.draft import Draft, settled
from assistant.compose.labels import Labels
from assistant.compose.material import small_messages
from assistant.compose.parse import DraftParser
from assistant.compose.reply import AGAIN, ChatModelComposer, pieces
from assistant.compose.spliced import splices
from assistant.errors import AnswerRejected, ProviderError
from assistant.evidence.evidence import Evidence
from assistant.types import Turn
from ingest.language.sentences import STOPS, last_mark

MOST = 3  # sentences of an answer, where several things are asked for
PIECES = 3  # of question and passage in a sentence: more are hardly ever put together rightly


class OneSentenceComposer(ChatModelComposer):
    """A Composer with a prompt that a small model understands; what is not fully supported is left out."""

    strict = True

    async def compose(
        self, question: str, evidence: Sequence[Evidence], history: Sequence[Turn]
    ) -> AsyncGenerator[Draft, None]:
        """A sentence about the best evidence, or about the best for each of several things that are asked for.

        Raises ProviderError where the model does not come to the end of a sentence, and at the end AnswerRejected
        where it said something of its own: it may put together few pieces of the question and of the passage.
        """
        until = asyncio.get_running_loop().time() + self._deadline
        rejected = False
        for one in [one for one in evidence if one.leads][:MOST] or evidence[:1]:
            sentence = await self._sentence(question, one, until)
            if _only_told(sentence, question, one.span.text):
                yield Draft.of(sentence, one.key)
            else:
                rejected = True
        if rejected:
            raise AnswerRejected("the chat model adds to the passage", AGAIN)

    async def _sentence(self, question: str, one: Evidence, until: float) -> str:
        parser, labels = DraftParser((), waits=self._waits), Labels(question, [one])
        drafts: list[Draft] = []
        try:
            async with aclosing(pieces(self._model, small_messages(question, one), until)) as reply:
                async for piece in reply:
                    drafts += parser.feed(piece)
        except ProviderError:
            written = labels.taken_off(settled([*drafts, *parser.finish(complete=False)]))
            if not written:  # a whole sentence is an answer, wherever the reply was cut after it
                raise
            return written[0].text
        written = labels.taken_off(settled([*drafts, *parser.finish()]))
        self._waits = self._waits or parser.only_closes
        if not written:
            raise ProviderError("empty answer: the chat model wrote no sentence", AGAIN)
        sentence = written[0].text
        return sentence if last_mark(sentence) in STOPS else f"{sentence}."


def _only_told(sentence: str, question: str, passage: str) -> bool:
    """Whether it is put together from few pieces of both; what the question alone has must be one of the passage.

    A bare number is no sentence.
    """
    number = splices(sentence, [question, passage])
    answers = splices(sentence, [question]) is None or splices(sentence, [passage]) == 1
    return number is not None and number <= PIECES and answers and any(map(str.isalpha, sentence))
