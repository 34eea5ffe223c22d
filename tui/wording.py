"""What the chat says in words of its own; the rest it says as the command line does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import shorten

from assistant.types import Answer, Readiness
from assistant.wording import (
    HEADLINE_CITED,
    NEAREST,
    UNREAD,
    Dated,
    became,
    beside_it,
    by_words_only,
    carried_by,
    caution,
    counted,
    day,
    digest,
    doubt,
    headline,
    mark,
    minute,
    narrowed,
    outlet,
    published,
    report,
    reports,
    searched,
    standing,
    tallied,
)
from tui.plain import one_line

__all__ = [
    "HEADLINE_CITED",
    "MEANINGS",
    "NEAREST",
    "STRICT",
    "STRICTLY",
    "archive",
    "became",
    "beginning",
    "beside_it",
    "carried_by",
    "caution",
    "counted",
    "day",
    "digest",
    "doubt",
    "headline",
    "mark",
    "marks",
    "minute",
    "narrowed",
    "outlet",
    "problem",
    "published",
    "report",
    "reports",
    "searched",
    "searched_in",
    "short_date",
    "standing",
    "tallied",
    "understood",
    "with_sources",
]  # fmt: skip

STRICTLY = "strict: partly supported sentences are left out"
STRICT = {
    True: "Strict: partly supported sentences are left out. /strict again shows them with a ~.",
    False: "Partly supported sentences are shown with a ~ and the reason, unless the service leaves them out.",
}
_BORROWED = re.compile(r"(.*?)(?: \(([^()]*)\))?")
MEANINGS = "✓ supported   ~ partly supported   ? not supported   ≈ nearest, no answer"


def searched_in(collection: str | None) -> str:
    """What questions search from here on."""
    return (
        f"Questions search only the collection {collection}. /in ends that."
        if collection
        else "Questions search all articles."
    )


def short_date(item: Dated) -> str:
    """The publication day in the narrow column of a list, as exactly as it is known."""
    if item.published is None:
        return "undated"
    month = f"{item.published:%b %Y}"
    by_precision = {"year": f"{item.published:%Y}", "month": month}
    return by_precision.get(item.published_precision or "day", f"{item.published.day} {month}")


def archive(readiness: Readiness) -> str:
    """What the archive holds and who answers."""
    model = f"model: {one_line(readiness.model)}"
    if not readiness.articles:
        return f"no articles yet · ctrl+o ingests some · {model}"
    held = f"{counted(readiness.articles, 'article')} from {counted(readiness.outlets, 'outlet')}"
    newest = [f"newest {day(readiness.newest)}"] if readiness.newest else []
    failing = [f"{counted(readiness.feeds_failing, 'feed')} failing"] if readiness.feeds_failing else []
    unread = [UNREAD] if readiness.reader == "none" else []
    by_words = [by_words_only(readiness.passages_waiting, readiness.passages)] if readiness.passages_waiting else []
    return " · ".join([held, *newest, *failing, *by_words, model, *unread])


def marks(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def beginning(text: str) -> str:
    """The first words of a passage, in quotation marks."""
    return f"“{shorten(one_line(text), 60, placeholder=' …')}”"


def understood(standalone: str) -> str:
    """A follow-up as it was searched for; what it owes to the questions before stands at its end in brackets."""
    question, borrowed = _BORROWED.fullmatch(one_line(standalone)).groups()  # type: ignore[union-attr] # it matches all
    return f"understood as: {question} · about {borrowed}" if borrowed else f"understood as: {question}"


def problem(message: str, hint: str) -> str:
    """An error as one line: what happened, and what to do."""
    return " - ".join(part for part in (one_line(message), one_line(hint)) if part)


def with_sources(answer: Answer) -> str:
    """An answer as it is to be pasted elsewhere: the question, the sentences, and each source that they name."""
    lines = [one_line(answer.question), "", *map(one_line, answer.text.split("\n")), ""]
    for citation in answer.citations:
        address = f" · {one_line(citation.url)}" if citation.url else ""
        lines.append(
            f"[{citation.number}] {outlet(citation)} · {published(citation)} · {one_line(citation.title)}{address}"
        )
    return "\n".join(lines).rstrip()
