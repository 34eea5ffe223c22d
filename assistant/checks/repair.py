"""What is done with a composed sentence that does not pass its checks, before it is shown, marked or left out.

A quotation that no offered passage has is looked for in all that was searched, and cited where it stands. One that
stands nowhere loses its quotation marks, where the rest is supported, and says so. A statement that lost who said it
gets them back, where there is only one. What cannot be repaired keeps its verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant.checks.verify import MOST_QUOTATIONS, Verdict, not_held, verify
from assistant.compose.draft import Draft
from assistant.evidence.evidence import Evidence
from assistant.reading.checker import ClaimChecker
from assistant.types import Kind
from ingest.language.quotations import bare
from ingest.language.speech import who_says

Elsewhere = Callable[[str], Evidence | None]

UNQUOTED = "its quotation marks were removed: none of the articles searched has these words"


def mend(
    draft: Draft,
    verdict: Verdict,
    offered: Mapping[str, Evidence],
    *,
    checker: ClaimChecker | None = None,
    elsewhere: Elsewhere = lambda words: None,
) -> Verdict:
    """The better verdict on what the draft became, else the one it had.

    elsewhere  gives the sentence that holds these words, of all that was searched, if there is one
    """
    if verdict.support == "supported":
        return verdict
    for words in not_held(draft, offered.values())[:MOST_QUOTATIONS]:
        if found := elsewhere(words):
            moved = verify(replace(draft, keys=(found.key,)), {**offered, found.key: found}, checker)
            if moved.support == "supported":
                return replace(moved, quotation="wrong article", found=found)
    for changed, reason in _changed(draft, verdict, offered):
        checked = verify(changed, offered, checker)
        if checked.support == "supported":
            said = replace(checked, quotation=verdict.quotation)
            return replace(said, support="partly", reason=reason) if reason else said
    return verdict


def _changed(draft: Draft, verdict: Verdict, offered: Mapping[str, Evidence]) -> Iterator[tuple[Draft, str]]:
    """What the draft may become, and what its reader is to be told of that."""
    if verdict.quotation == "not found":
        kind: Kind = "attributed" if draft.speaker else "fact"
        text = bare(draft.text, not_held(draft, offered.values()))
        yield replace(draft, text=text, kind=kind, quotation=None), UNQUOTED
    initial = draft.text[-2:-1].isupper() and not draft.text[-3:-2].isalnum()  # no sentence ends at "in the U.S."
    whole = draft.text.endswith(".") and not initial
    if verdict.lost_speaker and whole and (who := who_says(offered[verdict.keys[0]].span.text)):
        text = f"{draft.text.rstrip(' .')}, according to {who}."
        yield replace(draft, text=text, kind="attributed", speaker=who), ""
