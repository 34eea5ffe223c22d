"""The trained reader: what it is given, what it finds, and how its weights are kept."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from assistant.evidence.candidates import candidates
from assistant.evidence.windows import LONGEST as WIDEST
from assistant.evidence.windows import windows
from assistant.reading.graph import packed, unpacked
from assistant.reading.pairs import LONGEST, padded, pairs
from assistant.reading.reader import Found, Reading
from assistant.search.retriever import Retriever
from ingest.archive.archive import Archive
from tests.fakes import HashEmbedder, an_article, trained_reader

LOCK = (
    "The lock at Veltrin closed on Monday for repairs. Keeper Mira Stoll was taken to hospital with a broken arm. "
    "The repair costs 40,000 crowns and takes until 3 June."
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does the repair cost?", "40,000 crowns"),
        ("Who was taken to hospital?", "Mira Stoll"),
        ("When did the lock at Veltrin close?", "Monday"),
    ],
)
def test_it_marks_the_words_that_answer(question: str, words: str) -> None:
    [reading] = trained_reader().read(question, [("Lock at Veltrin closes", LOCK)])
    found = reading.best(0, len(LOCK))
    assert found is not None
    assert words in LOCK[found.start : found.end]


def test_it_says_that_a_text_does_not_answer() -> None:
    [reading] = trained_reader().read("Who won the by-election?", [("Lock at Veltrin closes", LOCK)])
    found = reading.best(0, len(LOCK))
    assert found is not None
    assert found.score < 0


def test_texts_of_any_length_are_read_in_their_order() -> None:
    texts = [("", "Ada Quell won."), ("", LOCK * 20), ("Vote", "The mayor lost."), ("", "Nobody won. " * 40)]
    readings = trained_reader().read("Who won?", texts)
    assert [reading.text for reading in readings] == [text for _, text in texts]
    won = readings[0].best(0, 13)
    assert won is not None
    assert (won.start, won.end) == (0, 9)


def test_an_answer_in_the_title_counts_for_a_sentence_that_repeats_it() -> None:
    text = "Some 410 people left. Another 4100 stayed."
    logits = np.full((2, 2), -5.0, np.float32)
    reading = Reading("410 leave", text, Found(4.0, 0, 3), [(0, 20), (22, len(text))], logits, none=0.0)
    assert reading.best(0, 21) == Found(4.0, 5, 8)
    assert reading.best(22, len(text)) == Found(-10.0, 22, len(text))


def test_where_nothing_was_read_nothing_is_found() -> None:
    [reading] = trained_reader().read("Who won?", [("", "word " * 600)])
    assert reading.best(2_900, 3_000) is None


def test_weights_in_eight_bits_are_nearly_the_same() -> None:
    chance = np.random.default_rng(1)
    weights = {"wide": chance.standard_normal((64, 48)).astype(np.float32), "bias": np.ones(64, np.float32)}
    kept = packed(weights)
    assert kept["wide"].dtype == np.int8
    back = unpacked(kept)
    assert set(back) == set(weights)
    assert np.abs(back["wide"] - weights["wide"]).max() < 0.02
    assert (back["bias"] == 1).all()


def test_what_is_too_long_is_cut_and_lengths_are_few() -> None:
    read = pairs(trained_reader().tokenizer, [("why " * 90, "title " * 90, "text " * 900), ("Who?", "", "Ada.")])
    assert len(read[0].ids) == LONGEST
    ids, mask, kinds = padded(read)
    assert ids.shape == mask.shape == kinds.shape == (2, 160)
    assert mask.sum(axis=1).tolist() == [len(one.ids) for one in read]


def test_windows_hold_every_sentence_and_share_one_with_the_next(tmp_path: Path) -> None:
    text = " ".join(
        f"Sentence number {number} of the long report tells of the lock and its keeper." for number in range(30)
    )
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(text, title="Lock")])
        retriever = Retriever(archive)
        found = candidates(retriever.find("lock keeper", retriever.vector("lock keeper"), 5))
    cut = windows(found)
    assert {place for window in cut for place in window} == set(range(len(found)))
    assert all(found[window[-1]].end - found[window[0]].start <= WIDEST for window in cut)
    same = [(one, other) for one, other in pairwise(cut) if found[one[0]].passage == found[other[0]].passage]
    assert same
    assert all(other[0] == one[-1] for one, other in same)
