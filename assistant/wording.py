"""How dates, counts, filters and answers are said: the same on the command line and in the chat.

The chat, which loads nothing heavy, imports this too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from assistant.types import (
    Answer,
    Article,
    Became,
    Change,
    Citation,
    Digest,
    Filter,
    Headline,
    Receipt,
    Related,
    SearchOrder,
    Statement,
)
from ingest.language.text import squeeze
from ingest.types import Precision

CITED_ANEW = "its quotation comes from another passage than the one first cited; that passage is cited here"
NEAREST = "I found no sentence that answers this. The nearest say:"
BEYOND = "Nothing within the filter answers this. These sentences are from outside it."
UNREAD = "without the trained reader"
HEADLINE_CITED = "The headline itself is cited."
SINCE: dict[Became, str] = {
    "moved": "the article has changed since; these words still stand in it",
    "corrected": "the article has been corrected since and no longer says this",
    "gone": "this text is no longer in the archive",
}
MARKS = {"supported": "✓", "partly": "~", "unsupported": "?"}
_DAY = "{0.day} {0:%B %Y}"
_FORMATS = {"year": "{0:%Y}", "month": "{0:%B %Y}", "day": _DAY, "hour": _DAY + ", {0:%H} h {0:%Z}"}
_FULL = _DAY + ", {0:%H:%M} {0:%Z}"


class Dated(Protocol):
    """Anything with a publication time as the types of the assistant keep it."""

    @property
    def published(self) -> datetime | None: ...
    @property
    def published_precision(self) -> Precision | None: ...
    @property
    def published_said(self) -> str | None: ...


def printed(at: date | datetime | None, precision: Precision | None, said: str | None = None) -> str:
    """Such as "7 October 2026" or "October 2026"; where there is no date "undated", with the page's own words."""
    if at is None:
        return f"undated (“{said}”)" if said else "undated"
    return _FORMATS.get(precision or "day", _FULL).format(at)


def published(item: Dated) -> str:
    """The publication time as exactly as it is known, or "undated" with the page's own words."""
    return printed(item.published, item.published_precision, squeeze(item.published_said or ""))


def day(moment: datetime) -> str:
    """ "1 November 2026"."""
    return printed(moment, "day")


def minute(moment: datetime) -> str:
    """ "1 November 2026, 14:05 UTC"."""
    return printed(moment, "minute")


def counted(number: int, noun: str) -> str:
    """ "1 article", "2,000 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tallied(number: int, status: str) -> str:
    """ "1 copy", "2 copies", "3 added": how many pages came to that."""
    return f"{number:,} {'copies' if status == 'copy' and number != 1 else status}"


def filters(applied: Filter) -> str:
    """The filter that was applied, or nothing where there is none."""
    within = f"the collection {squeeze(applied.collection)}" if applied.collection else ""
    parts = [*map(squeeze, applied.outlets), *filter(None, [within, dated(applied)])]
    return "only " + ", ".join(parts) if parts else ""


def dated(applied: Filter) -> str:
    """The days that a filter lets through, "between 1 June 2022 and 30 June 2022"; nothing where that is all."""
    since, until = applied.since, applied.until
    if since and until:
        first, last = printed(since, "day"), printed(until, "day")
        return f"on {first}" if first == last else f"between {first} and {last}"
    bounds = (("since", since), ("until", until))
    return "".join(f"{word} {printed(day, 'day')}" for word, day in bounds if day)


def narrowed(applied: Filter, order: SearchOrder) -> str:
    """The filter and the order that were applied, or nothing where there is neither."""
    return " · ".join(filter(None, [filters(applied), "newest first" if order == "newest" else ""]))


def by_words_only(waiting: int, passages: int) -> str:
    """How many passages cannot be found by meaning yet; nothing where all can."""
    verb = "is" if waiting == 1 else "are"
    return f"{waiting:,} of {counted(passages, 'passage')} {verb} searched by words only so far" if waiting else ""


def outlet(item: Citation) -> str:
    """The outlet, and the agency it took the article from where that is stated."""
    name, origin = squeeze(item.outlet), squeeze(item.origin or "")
    return f"{name} ({origin})" if origin and origin != name else name


def caution(item: Article | Citation) -> str:
    """What to know before relying on an article: that it is not whole, or that its page claims another host."""
    claims = f"claims to be {squeeze(item.claims)}" if item.claims else ""
    return " · ".join(filter(None, [squeeze(item.partial or ""), claims]))


def carried_by(citation: Citation) -> str:
    """The outlets that carry the same sentence, each once; nothing where none does."""
    names = dict.fromkeys(squeeze(copy.outlet) for copy in citation.copies)
    return "also carried by " + ", ".join(names) if names else ""


def beside_it(related: Related) -> list[str]:
    """What an article is a copy of, who else carries it, what goes on from it: a line each, where there is any."""
    original = related.copy_of
    others = [copy for copy in related.copies if copy != original]
    lines = [f"a copy of “{squeeze(original.title)}” ({squeeze(original.outlet)})"] if original else []
    names = dict.fromkeys(squeeze(copy.outlet) for copy in others)
    lines += ["also carried by " + ", ".join(names)] if names else []
    return lines + ([f"{counted(len(related.story), 'more article')} of this story"] if related.story else [])


def became(change: Change) -> str:
    """What has become of a cited text since the answer was given."""
    return SINCE[change.became]


def headline(item: Headline) -> str:
    return f"{squeeze(item.outlet)} · {squeeze(item.title)} · {published(item)}"


def mark(statement: Statement) -> str:
    """How far a statement is supported, as a sign; another one where it only comes nearest to an answer."""
    if statement.form == "remark":
        return "·"
    return "≈" if statement.nearest else MARKS[statement.support]


def doubt(statement: Statement) -> str:
    """Why a statement is not fully supported, or that its quotation was cited anew; nothing where all is well."""
    if statement.support == "supported":
        return CITED_ANEW if statement.quotation == "wrong article" else ""
    return f"{statement.support}: {squeeze(statement.reason) or 'no reason given'}"


def searched(receipt: Receipt) -> str:
    """What a refusal looked through."""
    held = f"{counted(receipt.articles_searched, 'article')}, {counted(receipt.passages_searched, 'passage')}"
    return " · ".join(filter(None, [f"searched {held}", filters(receipt.filters)]))


def digest(told: Digest) -> str:
    """How many reports a digest tells, in which order, and how old the newest found is."""
    number = counted(told.told, "report")
    number = number if told.told == told.found else f"{told.told:,} of {counted(told.found, 'report')}"
    if told.mentioned:
        number += f" that {'mentions' if told.found == 1 else 'mention'} {told.mentioned}"
    copies = f"{tallied(told.copies, 'copy')} of these left out" if told.copies else ""
    parts = [f"{number}, {told.order} first" if told.told > 1 else number, *filter(None, [copies])]
    if told.newest is None:
        return "; ".join([*parts, "undated"])
    newest = "from" if told.found == 1 else "the newest is from"
    return "; ".join([*parts, f"{newest} {day(told.newest)}, {aged(told.newest, told.asked)}"])


def aged(moment: datetime, now: datetime) -> str:
    """ "2 days old", "5 months old"."""
    days = max((now - moment).days, 0)
    if days < 1:
        return "less than a day old"
    if days < 60:
        return f"{counted(days, 'day')} old"
    return f"{counted(days // 30, 'month')} old" if days < 730 else f"{counted(days // 365, 'year')} old"


def report(citation: Citation) -> str:
    """The day, the outlet and the headline of a report, as they head its line in a digest."""
    exact = citation.published_precision if citation.published_precision in ("year", "month") else "day"
    when = printed(citation.published, exact, squeeze(citation.published_said or ""))
    return f"{when} · {outlet(citation)} · {squeeze(citation.title)}"


def reports(
    statements: Iterable[Statement], citations: Sequence[Citation]
) -> Iterator[tuple[Statement, Citation | None]]:
    """Each statement with the citation that heads it: the first of a digest on each report."""
    by_number, last = {one.number: one for one in citations}, ""
    for statement in statements:
        cited = by_number.get(statement.citations[0]) if statement.form == "report" and statement.citations else None
        heads = cited is not None and cited.article_id != last
        last = cited.article_id if cited else ""
        yield statement, cited if heads else None


def standing(answer: Answer) -> str:
    """How complete an answer is, the age of its evidence, how many sources stand behind it, and who made it."""
    parts = ["partly answered"] if answer.outcome == "partly" else []
    if answer.as_of:
        newest, oldest = day(answer.as_of.newest), day(answer.as_of.oldest)
        parts.append(f"as of {newest}" + (f", oldest evidence {oldest}" if oldest != newest else ""))
    if answer.citations:
        parts.append(counted(answer.independent_sources, "independent source"))
    if answer.model != "extractive":
        parts.append(f"written by {squeeze(answer.model)}")
    if answer.reader == "none":
        parts.append(UNREAD)
    return " · ".join(parts)
