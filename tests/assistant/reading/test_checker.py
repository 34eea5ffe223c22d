"""The checker's graph and what is made of it, with weights that were not trained."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.checks.meaning import check_words
from assistant.reading.checker import BundledChecker, Checked, Word
from assistant.reading.graph import SHARED
from ingest.embedding.minilm import load_weights, model_folder
from tests.assistant.reading.marking import Marking
from tests.fakes import trained_reader


@pytest.fixture(scope="module")
def checker() -> BundledChecker:
    published = load_weights(model_folder())
    upper = tuple(f"encoder.layer.{number}." for number in range(SHARED, 6))
    own = {name: value for name, value in published.items() if name.startswith(upper)}
    head = {"support.weight": np.zeros((2, 384), np.float32), "support.bias": np.array([-2, 1], np.float32)}
    return BundledChecker(trained_reader(), {**own, **head})


def test_every_word_piece_of_a_claim_is_read(checker: BundledChecker) -> None:
    claim = "The bridge reopened on Wednesday."
    [read] = checker.check([(claim, ("Bridge", "The bridge over the Sella reopened on Wednesday."))])
    assert "".join(claim[word.start : word.end] for word in read.words) == claim.replace(" ", "")
    assert {round(word.wrong, 2) for word in read.words} == {0.12}


def test_several_are_read_at_once_in_their_order(checker: BundledChecker) -> None:
    claims = [(text, ("", "It rained.")) for text in ("It rained all day in London.", "It rained.", "Rain fell.")]
    assert [len(read.words) for read in checker.check(claims)] == [7, 3, 3]


def test_the_words_that_are_not_supported_are_named() -> None:
    finding = check_words(Marking("tumbled"), "Prices tumbled in May.", [("", "Prices soared in May.")])
    assert finding.support == "partly"
    assert finding.words == ("tumbled",)
    assert "“tumbled”" in finding.reason


def test_a_word_is_named_whole_and_with_its_neighbours() -> None:
    claim = "The court overturned the ban."
    read = Checked((Word(10, 14, 0.9), Word(21, 24, 0.8), Word(25, 28, 0.7)))
    assert read.wrong(claim, 0.5) == ["overturned the ban"]


def test_one_passage_that_supports_all_is_enough() -> None:
    passages = [("", "The mill burned."), ("", "The mill was sold.")]
    assert check_words(Marking("sold"), "The mill was sold.", passages).support == "supported"


def test_of_two_clauses_each_may_rest_on_a_passage_of_its_own() -> None:
    passages = [("", "The mill burned."), ("", "The inn was sold.")]
    checker = Marking("mill burned", "inn was sold", "was rebuilt")
    assert check_words(checker, "The mill burned, and the inn was sold.", passages).support == "supported"
    assert check_words(checker, "The mill burned, and the inn was rebuilt.", passages).support == "partly"


@pytest.mark.parametrize("exact", ["40 crowns", "4 May 2024", "on Monday", "“a bargain”"])
def test_what_is_checked_exactly_is_not_left_to_the_checker(exact: str) -> None:
    checker = Marking(exact.removeprefix("on "))
    assert check_words(checker, f"The mill went, it was told, {exact}.", [("", "The mill was sold.")]).words == ()


@pytest.mark.parametrize(
    "source", ["According to Paulo Reis, {}.", "{}, said Paulo Reis.", "{}, according to Paulo Reis."]
)
def test_who_says_it_is_not_left_to_the_checker(source: str) -> None:
    claim = source.format("the mill was sold")
    assert check_words(Marking("Paulo", "Reis"), claim, [("", "The mill was sold.")]).words == ()


def test_a_word_that_stands_in_the_passage_needs_more_doubt() -> None:
    class Doubting:
        def check(self, claims: Sequence[tuple[str, tuple[str, str]]]) -> list[Checked]:
            return [Checked((Word(4, 8, 0.5),)) for _ in claims]

    assert check_words(Doubting(), "The mill burned.", [("", "A mill burned.")]).support == "supported"
    assert check_words(Doubting(), "The barn burned.", [("", "A mill burned.")]).words == ("barn",)
