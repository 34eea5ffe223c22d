"""How much of a sentence evidence covers."""

from __future__ import annotations

from assistant.checks.cover import Cover

PASSAGES = {
    "bridge": "The bridge over the Sella reopened on Wednesday.",
    "cost": "The repairs of the bridge cost 3.4 million euros.",
    "bank": "The bank raised its rate.",
}


def test_what_a_passage_holds_is_covered_and_numbers_do_not_count() -> None:
    cover = Cover("The bridge over the Sella reopened in 1999.", PASSAGES)
    assert cover.share(["bridge"]) == 1.0
    assert cover.share(["bank"]) == 0.0


def test_what_stands_around_a_passage_covers_too() -> None:
    cover = Cover("The Ledger says that the bank raised its rate.", PASSAGES)
    assert cover.share(["bank"]) < cover.share(["bank"], "The Ledger") == 1.0


def test_the_best_passages_each_add_something() -> None:
    cover = Cover("The bridge over the Sella reopened after repairs that cost millions of euros.", PASSAGES)
    assert cover.best(3) == ["cost", "bridge"]
    assert cover.best(3, ["cost"]) == ["bridge"]
    assert cover.best(1) == ["cost"]


def test_a_sentence_without_a_word_is_covered_by_anything() -> None:
    assert Cover("1999.", PASSAGES).share([]) == 1.0
    assert Cover("1999.", {}).best(2) == []
