"""Vectors of eight-bit multiplications beside those of floats, on any processor."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.cli.demo import NEWSROOM
from ingest.embedding.batches import padded
from ingest.embedding.calibrate import found_in, texts_of
from ingest.embedding.eight_bits import RANGES, SHA256, EightBitEncoder, packaged
from ingest.embedding.encoder import Encoder
from ingest.embedding.minilm import load_config, load_weights, model_folder
from ingest.embedding.published import read_published
from ingest.embedding.runtime import compiled, multiplies_bytes
from ingest.errors import ArchiveDamaged

TEXTS = [
    "The central bank left its main rate at 4.25 percent on Thursday, and said that it saw no reason to hurry.",
    "Wildfires forced 3,000 people out of their homes north of the city; two firefighters were hurt, officials said.",
    "Who won the by-election?",
    "“We were told nothing,” the mother of the pupil said. " * 12,
]


def read(encoder: Encoder) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The vectors of the texts, and those of the words of the last."""
    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    encodings = tokenizer.encode_batch(TEXTS)
    found = compiled(encoder.embedder(), threads=1).create_infer_request().infer(list(padded(encodings)))
    return found[0].copy(), found[1][-1, : len(encodings[-1].ids)].copy()


def test_the_vectors_are_nearly_those_of_floats() -> None:
    config, weights = load_config(model_folder()), load_weights(model_folder())
    texts, words = read(Encoder(config, weights))
    eight_bit_texts, eight_bit_words = read(EightBitEncoder(config, weights, packaged()))
    assert (texts * eight_bit_texts).sum(axis=1).min() > 0.99
    assert np.corrcoef(words.ravel(), eight_bit_words.ravel())[0, 1] > 0.99
    assert not np.array_equal(texts, eight_bit_texts)


def test_other_ranges_are_refused(tmp_path: Path) -> None:
    (tmp_path / RANGES).write_bytes(b"not the ranges")
    for name in (RANGES, "nothing"):
        with pytest.raises(ArchiveDamaged, match="not what was published"):
            read_published(tmp_path / name, SHA256)


@pytest.mark.slow
@pytest.mark.thorough
def test_the_ranges_in_the_package_are_those_of_the_newsroom() -> None:
    found, here = found_in(texts_of(NEWSROOM)), packaged()
    assert found.keys() == here.keys()
    for name, values in found.items():
        assert np.allclose(values, here[name], rtol=0.02, atol=0.02), name


@pytest.mark.parametrize(
    ("can", "expected"),
    [("avx2 avx512_vnni", True), ("avx2 avx_vnni", True), ("avx512_vnni amx_tile amx_bf16", False), ("avx2", False)],
)
def test_eight_bits_are_used_where_they_are_faster(can: str, expected: bool) -> None:
    assert multiplies_bytes(frozenset(can.split())) is expected
