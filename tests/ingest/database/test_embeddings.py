"""The kept vectors of passages and of their sentences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ingest.archive.archive import Archive
from ingest.database.embeddings import packed, unpacked
from ingest.embedding.embedder import BundledEmbedder
from ingest.language.sentences import sentences
from tests.fakes import HashEmbedder, an_article

HARBOUR = "The Calliope Star ran aground off Cape Marrow on Monday. It was towed free two days later. Tea was served."


@pytest.mark.parametrize("dimension", [1, 7, 64, 384])
def test_four_bits_keep_the_direction_of_a_vector(dimension: int) -> None:
    vectors = np.random.default_rng(1).normal(size=(50, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = unpacked(packed(vectors))
    assert kept.shape == vectors.shape
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-3)
    assert (kept * vectors).sum(axis=1).min() > 0.97
    assert len(packed(vectors)) == 2 + 50 * ((dimension + 1) // 2)


@given(arrays(np.float32, st.tuples(st.integers(0, 5), st.integers(1, 9)), elements=st.floats(-1, 1, width=32)))
def test_any_vectors_are_kept_as_vectors_of_at_most_unit_length(vectors: np.ndarray) -> None:
    kept = unpacked(packed(vectors))
    assert kept.shape == vectors.shape
    assert np.isfinite(kept).all()
    assert (np.linalg.norm(kept, axis=1) < 1.001).all()


def test_a_sentence_is_read_in_its_passage() -> None:
    bundled = BundledEmbedder(threads=2)
    spans = sentences(HARBOUR)
    whole, [parts] = bundled.embed_parts([HARBOUR], [spans])
    assert np.allclose(whole, bundled.embed([HARBOUR]), atol=1e-2)
    assert parts.shape == (3, 384)
    question = bundled.embed(["When was the Calliope Star towed free?"])[0]
    alone = bundled.embed([HARBOUR[start:end] for start, end in spans])
    assert np.argmax(parts @ question) == 1
    assert (parts @ question)[1] > (alone @ question)[1]


def test_a_part_without_a_token_of_its_own_counts_as_the_whole() -> None:
    whole, [parts] = BundledEmbedder(threads=2).embed_parts([HARBOUR], [[(0, 2), (5, 5)]])
    assert np.allclose(parts, whole, atol=1e-3)


def test_the_archive_keeps_a_vector_for_each_sentence_of_each_passage(tmp_path: Path) -> None:
    text = " ".join(f"The pilot of boat {n} said that the tide was late." for n in range(80))
    with Archive.open(tmp_path, HashEmbedder()) as archive:
        archive.add([an_article(text), an_article(HARBOUR, title="Aground")])
        held = archive.store.passages(archive.store.passage_ids())
        question = np.array(archive.embedder.embed_query("towed free"), np.float32)
        close = {key: kept @ question for key, kept in archive.embeddings.of_sentences(list(held)).items()}
    assert len(held) > 2
    assert {key: len(some) for key, some in close.items()} == {
        key: len(sentences(passage.text)) for key, passage in held.items()
    }
    [aground] = [key for key, passage in held.items() if passage.text == HARBOUR]
    assert np.argmax(close[aground]) == 1
