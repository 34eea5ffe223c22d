"""The chat line by line, for screen readers, pipes and terminals that cannot do more."""

from __future__ import annotations

import asyncio
from typing import TextIO

from assistant.types import Answer, Done, Failed, Receipt, Stated, StreamEvent, Understood
from tui import wording
from tui.client import Client, ServiceError, ask_request
from tui.plain import one_line

_END = ("/quit", "/exit")


async def run(client: Client, source: TextIO, output: TextIO) -> int:
    """Answer every line of `source` until it ends; 0 where all questions could be asked, else 1.

    A line is a question of the same conversation; /new begins another and /quit ends.
    """
    conversation_id: str | None = None
    failures = 0
    while line := await asyncio.to_thread(source.readline):
        question = line.strip()
        if question in _END:
            break
        if question == "/new":
            conversation_id = None
        elif question:
            answer = await _ask(client, question, conversation_id, output)
            failures += answer is None
            conversation_id = answer.conversation_id if answer else conversation_id
    return min(failures, 1)


async def _ask(client: Client, question: str, conversation_id: str | None, output: TextIO) -> Answer | None:
    try:
        async for event in client.ask(ask_request(question, conversation_id)):
            _print(event, question, output)
            if isinstance(event, Done):
                return event.answer
    except ServiceError as exc:
        _say(output, f"error: {wording.problem(exc.message, exc.hint)}")
    return None


def _print(event: StreamEvent, question: str, output: TextIO) -> None:
    match event:
        case Understood():
            _understood(event, question, output)
        case Stated():
            statement = event.statement
            mark, numbers = wording.MARKS[statement.support], wording.marks(statement.citations)
            _say(output, f"{mark} {one_line(statement.text)} {numbers}".rstrip())
            if doubt := wording.doubt(statement):
                _say(output, f"  {doubt}")
        case Done():
            _close(event.answer, output)
        case Failed():
            _say(output, f"error: {wording.problem(event.message, event.hint)}")


def _understood(event: Understood, question: str, output: TextIO) -> None:
    if one_line(event.standalone) != one_line(question):
        _say(output, f"understood as: {one_line(event.standalone)}")
    if event.filters:
        _say(output, wording.filters(event.filters))


def _close(answer: Answer, output: TextIO) -> None:
    """The numbered citations, what stands behind them, or the receipt of a refusal; then an empty line."""
    for citation in answer.citations:
        line = f"[{citation.number}] {wording.outlet(citation)} · {one_line(citation.title)}"
        details = [wording.published(citation), one_line(citation.url or ""), wording.carried_by(citation)]
        _say(output, " · ".join([line, *(detail for detail in details if detail)]))
    if answer.receipt:
        _refuse(answer.receipt, output)
    for line in filter(None, (wording.standing(answer), one_line(answer.notice))):
        _say(output, line)
    _say(output, "")


def _refuse(receipt: Receipt, output: TextIO) -> None:
    _say(output, f"No answer: {one_line(receipt.reason)}")
    _say(output, wording.searched(receipt))
    for headline in receipt.nearest:
        _say(output, f"nearest: {wording.headline(headline)}")
    if receipt.hint:
        _say(output, one_line(receipt.hint))


def _say(output: TextIO, line: str) -> None:
    print(line, file=output, flush=True)
