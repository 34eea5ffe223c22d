"""An answer as text for a terminal: its sentences, the numbered passages they rest on, its age."""

from __future__ import annotations

from collections.abc import Iterator

from assistant import wording
from assistant.cli.show import wrapped
from assistant.types import Answer, Citation, Receipt, Statement
from ingest.text import squeeze


def answer_lines(answer: Answer) -> Iterator[str]:
    """The answer, then what it rests on."""
    yield from _sentences(answer)
    for citation in answer.citations:
        yield ""
        yield from _citation(citation)
    if answer.receipt:
        yield from _receipt(answer.receipt)
    yield ""
    if answer.notice:
        yield wrapped(answer.notice, first="note: ", then="      ")
    narrowed = "" if answer.receipt else wording.narrowed(answer.filters, answer.order)  # a receipt says it itself
    said = (wording.standing(answer), narrowed, f"conversation {answer.conversation_id}")
    yield " · ".join(filter(None, said))


def _sentences(answer: Answer) -> Iterator[str]:
    """One paragraph; where a sentence is not fully supported each has its own line, and the doubt stands below it."""
    if not any(map(wording.doubt, answer.statements)):
        yield wrapped(answer.text)
        return
    for statement in answer.statements:
        yield from _sentence(statement)


def _sentence(statement: Statement) -> Iterator[str]:
    doubt = wording.doubt(statement)
    mark = f"{wording.MARKS[statement.support]} " if doubt else ""
    numbers = "".join(f" [{number}]" for number in statement.citations)
    yield wrapped(squeeze(statement.text) + numbers, first=mark, then=" " * len(mark))
    if doubt:
        yield wrapped(doubt, first="  ", then="  ")


def _citation(citation: Citation) -> Iterator[str]:
    indent = " " * (len(str(citation.number)) + 3)
    heading = f"{wording.outlet(citation)} · {squeeze(citation.title)} · {wording.published(citation)}"
    yield wrapped(heading, first=f"[{citation.number}] ", then=indent)
    if citation.url:
        yield indent + squeeze(citation.url)
    yield wrapped(squeeze(citation.text), first=f"{indent}> ", then=f"{indent}> ")
    if caution := wording.caution(citation):
        yield wrapped(caution, first=f"{indent}! ", then=f"{indent}  ")
    if copies := wording.carried_by(citation):
        yield wrapped(copies, first=indent, then=indent)


def _receipt(receipt: Receipt) -> Iterator[str]:
    yield ""
    yield wrapped(wording.searched(receipt))
    for headline in receipt.nearest:
        yield wrapped(wording.headline(headline), first="nearest: ", then="         ")
    if receipt.hint:
        yield wrapped(f"{receipt.hint} (dateline ingest SOURCE)", first="try: ", then="     ")
