"""What an answer adds in square brackets to a sentence of an article: full names, its age, that it is a headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.compose.full_names import Addition, full_names
from assistant.evidence.evidence import Evidence
from assistant.safety.prose import as_printed
from assistant.types import Statement
from assistant.wording import printed
from ingest.language.sentences import sentences
from ingest.types import Article

UNDATED = "[Undated:]"
HEADLINE = "[Headline:]"
LONG_AGO = 60  # days after which the month says enough


@dataclass(frozen=True)
class Worded:
    """A sentence as it is shown: its text, the words of it that are ours, and those that answer."""

    text: str
    added: tuple[str, ...]
    answering: str | None


def worded(text: str, evidence: Evidence, before: Sequence[Statement]) -> Worded:
    """The text with the full names of whom it calls by surname, where it is the evidence word for word.

    Nobody is named in full twice in an answer.
    """
    answering = evidence.words if evidence.words and evidence.words in text else None
    if evidence.span.part == "title" and text == as_printed(evidence.span.text):
        return Worded(f"{HEADLINE} {text}", (HEADLINE,), answering)
    span, whole = evidence.span, evidence.article.text
    if text != as_printed(span.text) or whole[span.start : span.end] != span.text:
        return Worded(text, (), answering)
    known = [one.text.replace("[", "").replace("]", "") for one in before]
    additions = _names(evidence, known)
    own = _inserted(evidence.span.text, additions)
    return Worded(as_printed(own), tuple(one.words.strip() for one in additions), _answering(evidence, additions))


def _names(evidence: Evidence, known: Sequence[str]) -> list[Addition]:
    """The additions of each sentence of the span, by places in the span."""
    found: list[Addition] = []
    shift = evidence.span.start
    for start, end in sentences(evidence.span.text):
        here = full_names(evidence.article.text, shift + start, shift + end, known)
        found += [Addition(start + one.start, start + one.end, one.words) for one in here]
    first = {one.words: one for one in reversed(found)}
    return sorted(first.values(), key=lambda one: one.start)


def _answering(evidence: Evidence, additions: Sequence[Addition]) -> str | None:
    """The words that answer, with what was added among them."""
    start = evidence.span.text.find(evidence.words) if evidence.words else -1
    if start < 0:
        return None
    end = start + len(evidence.words)
    inside = [one for one in additions if start <= one.start and one.end <= end]
    moved = [Addition(one.start - start, one.end - start, one.words) for one in inside]
    return as_printed(_inserted(evidence.words, moved))


def _inserted(text: str, additions: Sequence[Addition]) -> str:
    for one in reversed(additions):
        text = text[: one.start] + one.words + text[one.end :]
    return text


def age(article: Article, today: date, fresh_from: date | None, *, bounded: bool = False) -> str:
    """What is said before a sentence of an article that is older than what is asked about; empty where it is not.

    bounded  whether only articles up to some day are asked for, which an undated one need not be
    """
    if article.published is None:
        return UNDATED if fresh_from or bounded else ""
    if fresh_from is None:
        return ""
    day = article.published.date()
    if day >= fresh_from:
        return ""
    precision = article.published_precision or "day"
    exact = precision not in ("year", "month") and (today - day).days <= LONG_AGO
    said = printed(day, "day" if exact else "year" if precision == "year" else "month")
    return f"[{'On' if exact else 'In'} {said}:]"
