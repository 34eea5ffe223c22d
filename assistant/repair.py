"""What is done with a composed sentence that does not pass its checks, before it is shown, marked or left out.

A quotation that no offered passage has is looked for in the whole archive, and cited where it stands. One that stands
nowhere loses its quotation marks, where the rest is supported, and says so. A statement that lost who said it gets
them back. What cannot be repaired keeps its verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant.checks.quotations import bare
from assistant.compose.draft import Draft, Evidence
from assistant.speech import speaker_of
from assistant.types import Kind
from assistant.verify import Similarity, Verdict, not_held, verify

Elsewhere = Callable[[str], Evidence | None]

UNQUOTED = "its quotation marks were taken off: no article has these words"


def mend(
    draft: Draft,
    verdict: Verdict,
    offered: Mapping[str, Evidence],
    *,
    similarity: Similarity | None = None,
    elsewhere: Elsewhere = lambda words: None,
) -> tuple[Verdict, Evidence | None]:
    """The better verdict on what the draft became, else the one it had; and evidence that was found for it.

    elsewhere  gives the sentence of the archive that holds these words, if there is one
    """
    if verdict.support == "supported":
        return verdict, None
    for words in not_held(draft, offered.values()):
        if found := elsewhere(words):
            moved = verify(replace(draft, keys=(found.key,)), {**offered, found.key: found}, similarity)
            if moved.support == "supported":
                return replace(moved, quotation="wrong article"), found
    for changed, reason in _changed(draft, verdict, offered):
        checked = verify(changed, offered, similarity)
        if checked.support == "supported":
            said = replace(checked, quotation=verdict.quotation)
            return (replace(said, support="partly", reason=reason) if reason else said), None
    return verdict, None


def _changed(draft: Draft, verdict: Verdict, offered: Mapping[str, Evidence]) -> Iterator[tuple[Draft, str]]:
    """What the draft may become, and what its reader is to be told of that."""
    if verdict.quotation == "not found":
        kind: Kind = "attributed" if draft.speaker else "fact"
        yield replace(draft, text=bare(draft.text), kind=kind, quotation=None), UNQUOTED
    if verdict.lost_speaker and verdict.keys:
        cited = offered[verdict.keys[0]]
        who = speaker_of(cited.span.text) or cited.article.outlet
        text = f"{draft.text.rstrip(' .')}, according to {who}."
        yield replace(draft, text=text, kind="attributed", speaker=who), ""
