"""An answer as rows of text: statements with their support, what stands behind them, or a refusal's receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.style import Style

from assistant.types import Answer, Citation, Headline, Receipt, Sources, Statement, Understood
from tui import wording
from tui.plain import one_line
from tui.rows import Row, row

MUTED = "$text-muted"
CITATION = "citation"  # the meta of a mark, its number
_COLOURS = {"supported": "$text-success", "partly": "$text-warning", "unsupported": "$text-error"}


def question_row(question: str) -> Row:
    return row("› ", one_line(question), "bold $text-primary")


def understood_rows(question: str, event: Understood) -> Iterator[Row]:
    """How the question was understood, where that is not obvious."""
    if one_line(event.standalone).casefold() != one_line(question).casefold():
        yield row("  ", wording.understood(event.standalone), MUTED)
    if narrowed := wording.narrowed(event.filters, event.order):
        yield row("  ", f"{narrowed} · /all searches everything", MUTED)


def reading_row(event: Sources) -> Row:
    """What is being read while the answer is made."""
    outlets = ", ".join(dict.fromkeys(one_line(headline.outlet) for headline in event.headlines))
    articles = wording.counted(len(event.headlines), "article")
    return row("  ", f"reading {articles}: {outlets} …" if outlets else f"reading {articles} …", MUTED)


def statements_rows(statements: Sequence[Statement], citations: Sequence[Citation] = ()) -> Iterator[Row]:
    """The sentences of an answer, or under a word on it those that only come nearest to one.

    Those of a digest stand below the day, the outlet and the headline of their report.
    """
    if statements and statements[0].nearest:
        yield row("∅ ", wording.NEAREST, "bold")
    for statement, cited in wording.reports(statements, citations):
        if cited:
            yield row("• ", wording.report(cited), "bold")
        yield from statement_rows(statement)


def statement_rows(statement: Statement) -> Iterator[Row]:
    """One sentence with its support mark, its citation marks, and why its support is not full."""
    colour = MUTED if statement.nearest else f"bold {_COLOURS[statement.support]}"
    mark = Content.styled(f"{wording.mark(statement)} ", colour)
    words = _doubted(_answering(one_line(statement.text), one_line(statement.answering or "")), statement.doubted)
    yield Row(mark, Content(" ").join([words, _marks(statement.citations)]) if statement.citations else words)
    if doubt := wording.doubt(statement):
        yield row("  ", doubt, MUTED)


def _answering(text: str, part: str) -> Content:
    """The text, the part of it that answers underlined."""
    before, found, after = text.partition(part) if part else (text, "", "")
    return Content.assemble(before, (found, "underline"), after) if found else Content(text)


def _doubted(text: Content, words: tuple[str, ...]) -> Content:
    """The text with those of its words in the colour of what is only partly supported."""
    for one in map(one_line, words):
        if (start := text.plain.find(one)) >= 0:
            text = text.stylize(_COLOURS["partly"], start, start + len(one))
    return text


def _marks(numbers: tuple[int, ...]) -> Content:
    """Citation marks; the turn that shows them opens what a click on one points at."""
    return Content("").join(
        Content.styled(f"[{number}]", Style(bold=True) + Style.from_meta({CITATION: number})) for number in numbers
    )


def citation_rows(citation: Citation, *, again: bool = False) -> Iterator[Row]:
    """A citation as one choice of a list: number, outlet, date, title, and who else carries it.

    Where an article is cited `again`, how the passage begins.
    """
    lead = Content.styled(f"[{citation.number}] ", "bold")
    if again:
        yield Row(lead, Content.styled("same article: ", MUTED) + wording.beginning(citation.text))
        return
    outlet = Content.styled(wording.outlet(citation), "bold")
    date = Content.styled(f" · {wording.published(citation)} · ", MUTED)
    yield Row(lead, outlet + date + one_line(citation.title))
    if citation.part == "title":
        yield row("    ", wording.HEADLINE_CITED, MUTED)
    if caution := wording.caution(citation):
        yield row("    ", caution, "$text-warning")
    if citation.copies:
        yield row("    ", wording.carried_by(citation), MUTED)


def nearest_rows(headline: Headline) -> Iterator[Row]:
    """An article that came near without answering."""
    yield row(" ·  ", wording.headline(headline), MUTED)


def closing_rows(answer: Answer) -> Iterator[Row]:
    """What stands under an answer: whether it is complete, its age, its sources, and what the reader should know."""
    if answer.digest:
        yield row("  ", wording.digest(answer.digest), MUTED)
    if standing := wording.standing(answer):
        yield row("  ", standing, MUTED)
    if answer.notice:
        yield row("! ", one_line(answer.notice), "$text-warning")


def receipt_rows(receipt: Receipt, *, alone: bool) -> Iterator[Row]:
    """Why there is no answer, what was searched, and what would help; `alone` where nothing comes near."""
    if alone:
        yield row("∅ ", f"No answer: {one_line(receipt.reason)}", "bold")
    yield row("  ", wording.searched(receipt), MUTED)
    if receipt.hint:
        yield row("→ ", f"{one_line(receipt.hint)} (ctrl+o)")
    if alone and receipt.nearest:
        yield row("  ", "nearest headlines:", MUTED)


def problem_row(message: str, hint: str) -> Row:
    return row("✗ ", wording.problem(message, hint), "$text-error")
