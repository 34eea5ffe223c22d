"""Whether passages say what a sentence says, word by word, as the trained checker reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.checks.dates import days
from assistant.checks.finding import FINE, Finding, partly
from assistant.reading.checker import Checked, ClaimChecker, whole_word
from ingest.language.quantities import quantities
from ingest.language.quotations import quoted
from ingest.language.saying import ACCORDING, INVERTING
from ingest.language.speech import NAMES, bare_name, speakers
from ingest.language.stems import WORD
from ingest.language.tongues import ENGLISH, language_of

MOST, MOST_HELD = 0.30, 0.60  # how likely a word may be not supported, and one that stands in the passage
_CLAUSES = re.compile(r"(?:;|, (?:and|but|while|whereas)) ")
_SOURCE = re.compile(
    rf",? (?:{ACCORDING}) [^,;]+$|(?:\b(?i:{ACCORDING})|, (?:{INVERTING})) (?:the )?(?P<who>{NAMES}),?"
)
_MARK = re.compile(r"[^\w\s]")
SHOWN = 3  # runs of words that a reason names


def readable(text: str, passages: Sequence[tuple[str, str]]) -> bool:
    """Whether it is in English, the only language that the checker was trained on, and there is a passage."""
    return bool(passages) and all(
        language_of(one) == ENGLISH for one in (text, *(passage for _, passage in passages))
    )


def check_words(checker: ClaimChecker, text: str, passages: Sequence[tuple[str, str]]) -> Finding:
    """`passages` are titles and texts: one must support the whole, or of several one each clause."""
    read = _read(checker, text, passages)
    if any(map(_supports, read)) or (len(passages) > 1 and _by_clauses(checker, text, passages)):
        return FINE
    nearest = min(read, key=lambda one: sum(word.wrong for word in one.words))
    wrong = tuple(nearest.wrong(text, MOST))
    named = ", ".join(f"“{words}”" for words in wrong[:SHOWN])
    return partly(f"the cited passage does not say {named}", wrong)


def _by_clauses(checker: ClaimChecker, text: str, passages: Sequence[tuple[str, str]]) -> bool:
    clauses = _CLAUSES.split(text)
    read = (_read(checker, clause, passages) for clause in clauses)
    return len(clauses) > 1 and all(any(map(_supports, of_clause)) for of_clause in read)


def _read(checker: ClaimChecker, text: str, passages: Sequence[tuple[str, str]]) -> list[Checked]:
    """What was read of the words that no exact check decides."""
    exact = [*_exact(text), *(match.span() for match in _MARK.finditer(text))]
    read = checker.check([(text, passage) for passage in passages])
    return [_doubtful(one, text, passage, exact) for one, passage in zip(read, passages, strict=True)]


def _exact(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts, dates, quotations and the source stand, which have checks of their own."""
    told = speakers(text)
    yield from (
        match.span() for match in _SOURCE.finditer(text) if not match["who"] or bare_name(match["who"]) in told
    )
    yield from ((amount.start, amount.end) for amount in quantities(text))
    for said in (*(day.said for day in days(text)[0]), *quoted(text)):
        yield from (match.span() for match in re.finditer(re.escape(said), text))


def _doubtful(one: Checked, text: str, passage: tuple[str, str], exact: Sequence[tuple[int, int]]) -> Checked:
    """What may be wrong in it: not what has a check of its own, nor what the passage has and is doubted little."""
    held = {match[0].casefold() for part in passage for match in WORD.finditer(part)}
    words = (word for word in one.words if not any(word.start < end and word.end > start for start, end in exact))
    kept = (
        word
        for word in words
        if word.wrong > MOST_HELD or text[slice(*whole_word(text, word))].casefold() not in held
    )
    return replace(one, words=tuple(kept))


def _supports(one: Checked) -> bool:
    return all(word.wrong <= MOST for word in one.words)
