"""What becomes of a sentence that does not pass its checks."""

from __future__ import annotations

from assistant.checks.repair import UNQUOTED, mend
from assistant.checks.verify import MOST_QUOTATIONS, verify
from assistant.compose.draft import Draft
from tests.assistant.offered import BRIDGE, ENGINEER, MAYOR, piece

OFFERED = {BRIDGE.key: BRIDGE, ENGINEER.key: ENGINEER}


def test_a_quotation_is_cited_where_it_stands() -> None:
    draft = Draft("“Nobody here will miss the detour,” said Inga Holm.", (BRIDGE.key,), "quote", "Inga Holm")
    verdict = mend(draft, verify(draft, OFFERED), OFFERED, elsewhere=lambda words: MAYOR)
    assert (verdict.support, verdict.keys, verdict.quotation) == ("supported", (MAYOR.key,), "wrong article")
    assert verdict.found is MAYOR


def test_only_the_quotation_that_nobody_said_loses_its_marks() -> None:
    text = "Paulo Reis said the new bearings would “last for forty winters” and “the bearings would”."
    draft = Draft(text, (ENGINEER.key,), "quote", "Paulo Reis")
    verdict = mend(draft, verify(draft, OFFERED), OFFERED)
    assert verdict.support == "partly"
    assert "“last for forty winters”" in verdict.text
    assert "“the bearings would”" not in verdict.text
    assert verdict.reason == UNQUOTED


def test_who_said_it_is_given_back_where_there_is_only_one() -> None:
    union = piece("un1", "Crews accepted a raise of 6 percent, the union said.")
    several = piece("un2", "Crews accepted a raise of 6 percent, Inga Holm said, and officials said they would vote.")
    for item, text in (
        (union, "Crews accepted a raise of 6 percent, according to the union."),
        (several, "Crews accepted a raise of 6 percent."),
    ):
        draft = Draft("Crews accepted a raise of 6 percent.", (item.key,))
        verdict = mend(draft, verify(draft, {item.key: item}), {item.key: item})
        assert verdict.text == text


def test_of_a_flood_of_quotations_only_a_few_are_looked_for() -> None:
    asked: list[str] = []
    draft = Draft(" ".join(f"“words {number} of nobody”" for number in range(500)), (BRIDGE.key,))
    mend(draft, verify(draft, OFFERED), OFFERED, elsewhere=asked.append)
    assert len(asked) == MOST_QUOTATIONS
