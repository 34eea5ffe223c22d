"""The answer without a model: whole sentences, with who says them, that its own checks support."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.checks.verify import verify
from assistant.compose.draft import Draft
from assistant.compose.extractive import SENTENCES, ExtractiveComposer, choose
from assistant.evidence.evidence import Evidence
from tests.assistant.offered import BANK, BRIDGE, ENGINEER, MAYOR, MUSEUM, OFFERED, piece


async def composed(*evidence: Evidence) -> list[Draft]:
    return [draft async for draft in ExtractiveComposer().compose("What happened?", evidence, ())]


@pytest.mark.parametrize(
    ("evidence", "kind", "speaker"),
    [
        (BRIDGE, "fact", None),
        (MAYOR, "quote", "Inga Holm"),
        (ENGINEER, "quote", "Paulo Reis"),
        (BANK, "attributed", "Lena Okoro"),
        (MUSEUM, "fact", None),
    ],
)
async def test_a_sentence_comes_with_its_kind_and_its_speaker(
    evidence: Evidence, kind: str, speaker: str | None
) -> None:
    [draft] = await composed(evidence)
    assert (draft.text, draft.keys) == (evidence.span.text, (evidence.key,))
    assert (draft.kind, draft.speaker) == (kind, speaker)


async def test_its_own_speaker_passes_the_check() -> None:
    drafts = await composed(*OFFERED.values())
    assert drafts
    for draft in drafts:
        verdict = verify(draft, OFFERED)
        assert (verdict.support, verdict.speaker) == ("supported", draft.speaker)


async def test_a_passage_of_two_sentences_passes_with_the_speaker_of_both() -> None:
    lock = piece("k", "“The lock has to breathe,” said keeper Mira Stoll.\n“That is what the gap is for.”")
    [draft] = await composed(lock)
    verdict = verify(draft, {"k": lock})
    assert (verdict.support, verdict.kind, verdict.speaker) == ("supported", "quote", "Mira Stoll")


def test_no_more_than_a_few_sentences_and_none_twice() -> None:
    alike = piece("x", BRIDGE.span.text.replace("took", "lasted"))
    assert choose([BRIDGE, alike]) == [BRIDGE]
    assert len(choose([BRIDGE, MAYOR, ENGINEER, BANK, MUSEUM])) <= SENTENCES


def test_a_sentence_with_another_number_is_no_repetition() -> None:
    other = piece("x", BRIDGE.span.text.replace("3.4", "3.9"))
    assert choose([BRIDGE, other]) == [BRIDGE, other]


def test_a_much_weaker_sentence_is_left_out() -> None:
    weak = piece("x", "The museum is closed on Mondays.", score=0.02)
    assert choose([BRIDGE, weak]) == [BRIDGE]


def test_the_best_comes_first_whatever_stands_before_it_in_its_article() -> None:
    text = "The lock leaks. It will close in May. It was built in 1890."
    article = BRIDGE.article.model_copy(update={"text": text})
    first, best = (
        replace(
            BRIDGE,
            key=sentence,
            article=article,
            score=score,
            span=BRIDGE.span.model_copy(
                update={"start": text.index(sentence), "end": text.index(sentence) + len(sentence), "text": sentence}
            ),
        )
        for sentence, score in (("The lock leaks.", 0.5), ("It was built in 1890.", 0.9))
    )
    assert choose([best, first]) == [best, first]


def test_what_cannot_stand_alone_or_adds_no_answer_does_not_follow() -> None:
    assert choose([BRIDGE, replace(MUSEUM, alone=False)]) == [BRIDGE]
    assert choose([BRIDGE, replace(MUSEUM, read=-9.0)]) == [BRIDGE]
    near = replace(MUSEUM, read=-1.0)
    assert choose([BRIDGE, near]) == [BRIDGE, near]
