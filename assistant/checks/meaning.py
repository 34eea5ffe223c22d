"""Whether passages say what a sentence says, word by word, as the trained checker reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checks.finding import FINE, Finding, partly
from assistant.reading.checker import Checked, ClaimChecker

LEAST, MOST = 0.5, 0.5  # how likely the whole is supported, and a word of it is not
_CLAUSES = re.compile(r"(?:;|, (?:and|but|while|whereas)) ")
SHOWN = 3  # runs of words that a reason names
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|were|for|that|by|has|have|had|said|with|from)\b", re.IGNORECASE)


def readable(text: str, passages: Sequence[tuple[str, str]]) -> bool:
    """Whether it is in English, the only language that the checker was trained on, and there is a passage."""
    return bool(passages) and all(_ENGLISH.search(one) for one in (text, *(passage for _, passage in passages)))


def check_words(checker: ClaimChecker, text: str, passages: Sequence[tuple[str, str]]) -> Finding:
    """`passages` are titles and texts: one must support the whole, or of several one each clause."""
    read = checker.check_all([(text, passage) for passage in passages])
    if any(map(_supports, read)) or (len(passages) > 1 and _by_clauses(checker, text, passages)):
        return FINE
    nearest = max(read, key=lambda one: one.supported)
    wrong = tuple(nearest.wrong(text, MOST))
    if not wrong:
        return partly("it says something else than the cited passage")
    named = ", ".join(f"“{words}”" for words in wrong[:SHOWN])
    return partly(f"the cited passage does not say {named}", wrong)


def _by_clauses(checker: ClaimChecker, text: str, passages: Sequence[tuple[str, str]]) -> bool:
    clauses = _CLAUSES.split(text)
    read = (checker.check_all([(clause, passage) for passage in passages]) for clause in clauses)
    return len(clauses) > 1 and all(any(map(_supports, of_clause)) for of_clause in read)


def _supports(one: Checked) -> bool:
    return one.supported >= LEAST and all(word.wrong <= MOST for word in one.words)
