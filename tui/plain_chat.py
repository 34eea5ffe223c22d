"""The chat line by line, for screen readers, pipes and terminals that cannot do more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TextIO

from assistant.service.errors import DatelineError
from assistant.service.protocol import Service
from assistant.types import Answer, Done, Failed, IngestEvent, Receipt, Stated, StreamEvent, Understood
from tui import commands, wording
from tui.plain import one_line
from tui.tally import Tally

HELP = (
    "Type a question. /add PATH OR LINK ingests articles, /reindex reads the sources again, /in NAME searches a "
    "collection; /strict, /new, /quit."
)


async def run(service: Service, source: TextIO, output: TextIO, conversation_id: str | None = None) -> int:
    """Answer every line of `source` until it ends; 0 where all could be done, else 1.

    A line is a question of the same conversation, which may be an earlier one that goes on, or a command. A person at
    a terminal gets a prompt; of what is piped in each line is repeated before its answer. Raises NotFound.
    """
    if conversation_id:
        await service.conversation(conversation_id, limit=1)  # raises NotFound
    chat = _Chat(service, output, conversation_id)
    if source.isatty():
        _say(output, HELP)
    while True:
        if source.isatty():
            print("> ", end="", file=output, flush=True)
        line = await asyncio.to_thread(source.readline)
        typed = line.strip()
        if not line or typed in ("/quit", "/exit"):
            return min(chat.failures, 1)
        if typed and not source.isatty():
            _say(output, f"> {one_line(typed)}")
        if typed:
            await chat.take(typed)


class _Chat:
    """A conversation, and how many of its lines could not be obeyed."""

    def __init__(self, service: Service, output: TextIO, conversation_id: str | None) -> None:
        self._service, self._output = service, output
        self._conversation_id = conversation_id
        self._strict = False
        self._collection: str | None = None
        self.failures = 0

    async def take(self, typed: str) -> None:
        command = commands.parse(typed)
        match command.name if command else "":
            case "":
                await self._ask(typed)
            case "strict":
                self._strict = not self._strict
                _say(self._output, wording.STRICT[self._strict])
            case "in":
                await self._search_in(command.rest if command else "")
            case "new":
                self._conversation_id = None
            case "help":
                _say(self._output, HELP)
            case "add" if command and command.rest:
                sources = commands.sources(command.rest)
                await self._follow(lambda: self._service.ingest(sources))
            case "reindex":
                full = bool(command and command.rest == "full")
                await self._follow(lambda: self._service.reindex(full=full))
            case _:
                self.failures += 1
                _say(self._output, f"error: unknown command. {HELP}")

    async def _search_in(self, name: str) -> None:
        try:
            self._collection = await commands.collection_named(self._service, name)
        except DatelineError as exc:
            self.failures += 1
            _say(self._output, f"error: {wording.problem(exc.message, exc.hint)}")
        else:
            _say(self._output, wording.searched_in(self._collection))

    async def _ask(self, question: str) -> None:
        """Print the answer as it comes; one that does not come is a failure."""
        try:
            request = commands.ask_request(
                question, self._conversation_id, strict=self._strict, collection=self._collection
            )
            headed, read = False, list[Stated]()
            async for event in self._service.events(request):
                if isinstance(event, Stated) and event.statement.nearest and not headed:
                    headed = True
                    _say(self._output, wording.NEAREST)
                if isinstance(event, Stated):
                    read.append(event)
                    _head(read, self._output)
                _print(event, question, self._output)
                if isinstance(event, Done):
                    self._conversation_id = event.answer.conversation_id
                    return
        except DatelineError as exc:
            _say(self._output, f"error: {wording.problem(exc.message, exc.hint)}")
        self.failures += 1

    async def _follow(self, run: Callable[[], AsyncIterator[IngestEvent]]) -> None:
        """Tell how an ingest run ended, and its problems."""
        tally = Tally()
        try:
            async for event in run():
                tally.take(event)
        except DatelineError as exc:
            tally.fail(exc.message, exc.hint)
        self.failures += tally.end.startswith("✗")
        for line in filter(None, [*tally.problems, tally.summary, tally.end]):
            _say(self._output, line)


def _head(read: list[Stated], output: TextIO) -> None:
    """Name the report on which a digest goes on, in a line of its own."""
    cited = [citation for event in read for citation in event.citations]
    *_, (_, head) = wording.reports([event.statement for event in read], cited)
    if head:
        _say(output, wording.report(head))


def _print(event: StreamEvent, question: str, output: TextIO) -> None:
    match event:
        case Understood():
            _understood(event, question, output)
        case Stated():
            statement = event.statement
            mark, numbers = wording.mark(statement), wording.marks(statement.citations)
            _say(output, f"{mark} {one_line(statement.text)} {numbers}".rstrip())
            if doubt := wording.doubt(statement):
                _say(output, f"  {doubt}")
        case Done():
            _close(event.answer, output)
        case Failed():
            _say(output, f"error: {wording.problem(event.message, event.hint)}")


def _understood(event: Understood, question: str, output: TextIO) -> None:
    if one_line(event.standalone) != one_line(question):
        _say(output, wording.understood(event.standalone))
    if narrowed := wording.narrowed(event.filters, event.order):
        _say(output, narrowed)


def _close(answer: Answer, output: TextIO) -> None:
    """The numbered citations, what stands behind them, or the receipt of a refusal; then an empty line."""
    for citation in answer.citations:
        line = f"[{citation.number}] {wording.outlet(citation)} · {one_line(citation.title)}"
        details = [wording.published(citation), one_line(citation.url or ""), wording.carried_by(citation)]
        details += [wording.HEADLINE_CITED] if citation.part == "title" else []
        _say(output, " · ".join([line, *(detail for detail in details if detail)]))
    if answer.receipt:
        _refuse(answer.receipt, output, alone=not answer.statements)
    told = wording.digest(answer.digest) if answer.digest else ""
    for line in filter(None, (told, wording.standing(answer), one_line(answer.notice))):
        _say(output, line)
    _say(output, "")


def _refuse(receipt: Receipt, output: TextIO, *, alone: bool) -> None:
    if alone:
        _say(output, f"No answer: {one_line(receipt.reason)}")
    _say(output, wording.searched(receipt))
    for headline in receipt.nearest if alone else ():
        _say(output, f"nearest: {wording.headline(headline)}")
    if receipt.hint:
        _say(output, one_line(receipt.hint))


def _say(output: TextIO, line: str) -> None:
    print(line, file=output, flush=True)
