"""An answer as text for a terminal: its sentences, the numbered passages they rest on, its age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant import wording
from assistant.cli.show import Line, wrapped
from assistant.types import Answer, Citation, Receipt, Statement
from ingest.language.text import squeeze


def answer_lines(answer: Answer) -> Iterator[Line]:
    """The answer, then what it rests on; each line of a digest with what it rests on."""
    if answer.digest:
        yield Line(wrapped(f"{wording.digest(answer.digest)}."))
    if any(statement.form == "report" for statement in answer.statements):
        yield from _reports(answer)
    else:
        yield from _sentences(answer)
        for citation in answer.citations:
            yield Line()
            yield from _citation(citation)
    if answer.receipt:
        yield from _receipt(answer.receipt, headlines=not answer.statements)
    yield Line()
    if answer.notice:
        yield Line(wrapped(answer.notice, first="note: ", then="      "), {"doubt": ["note:"]})
    narrowed = "" if answer.receipt else wording.narrowed(answer.filters, answer.order)  # a receipt says it itself
    said = " · ".join(filter(None, (wording.standing(answer), narrowed, f"conversation {answer.conversation_id}")))
    yield Line(wrapped(said), {"faint": wrapped(said).splitlines()})


def _reports(answer: Answer) -> Iterator[Line]:
    """A digest: a line for each report, and below it the sentences that tell what is new in it."""
    for statement, cited in wording.reports(answer.statements, answer.citations):
        if cited:
            yield Line()
            yield Line(wrapped(wording.report(cited)), {"outlet": [wording.outlet(cited)]})
            if cited.url:
                yield Line(squeeze(cited.url), {"faint": [squeeze(cited.url)]})
            for said in filter(None, (wording.caution(cited), wording.carried_by(cited))):
                yield Line(wrapped(said))
        yield from _sentence(statement)


def _sentences(answer: Answer) -> Iterator[Line]:
    """One paragraph; where a sentence is not fully supported each has its own line, and the doubt stands below it."""
    if not any(map(wording.doubt, answer.statements)):
        numbers = (number for statement in answer.statements for number in statement.citations)
        yield Line(wrapped(answer.text), {"mark": _marks(numbers)})
        return
    for statement in answer.statements:
        yield from _sentence(statement)


def _sentence(statement: Statement) -> Iterator[Line]:
    doubt = wording.doubt(statement)
    mark = f"{wording.MARKS[statement.support]} " if doubt else ""
    marks = _marks(statement.citations)
    text = " ".join([squeeze(statement.text), *marks])
    yield Line(
        wrapped(text, first=mark, then=" " * len(mark)),
        {"doubt": [mark.strip(), *map(squeeze, statement.doubted)], "mark": marks},
    )
    if doubt:
        said = wrapped(doubt, first="  ", then="  ")
        yield Line(said, {"doubt": said.splitlines()})


def _citation(citation: Citation) -> Iterator[Line]:
    [mark] = _marks([citation.number])
    indent = " " * (len(mark) + 1)
    outlet = wording.outlet(citation)
    heading = f"{outlet} · {squeeze(citation.title)} · {wording.published(citation)}"
    yield Line(wrapped(heading, first=f"{mark} ", then=indent), {"mark": [mark], "outlet": [outlet]})
    if citation.url:
        url = squeeze(citation.url)
        yield Line(indent + url, {"faint": [url]})
    quoted = wording.HEADLINE_CITED if citation.part == "title" else squeeze(citation.text)
    led = indent if citation.part == "title" else f"{indent}> "
    yield Line(wrapped(quoted, first=led, then=led))
    if caution := wording.caution(citation):
        said = wrapped(caution, first=f"{indent}! ", then=f"{indent}  ")
        yield Line(said, {"doubt": said.splitlines()})
    if copies := wording.carried_by(citation):
        yield Line(wrapped(copies, first=indent, then=indent))


def _marks(numbers: Iterable[int]) -> list[str]:
    return [f"[{number}]" for number in numbers]


def _receipt(receipt: Receipt, *, headlines: bool) -> Iterator[Line]:
    yield Line()
    yield Line(wrapped(wording.searched(receipt)))
    for headline in receipt.nearest if headlines else ():
        text = wrapped(wording.headline(headline), first="nearest: ", then="         ")
        yield Line(text, {"outlet": [squeeze(headline.outlet)]})
    if receipt.hint:
        yield Line(wrapped(f"{receipt.hint} (dateline ingest SOURCE)", first="try: ", then="     "))
